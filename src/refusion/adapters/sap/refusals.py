"""What is wrong with a file of SAP's, said with its place and what helps; a person's number is never repeated."""

from __future__ import annotations

import re

from refusion.values.said import BadInput, Fact, Problem, said

MOST = 100
_LONGEST = 60
_MAY_BE_A_PERSON = re.compile(r"\d(?:[\s.\-+]?\d){9,}")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def refusal(key: str, file: str, column: str | None = None, **facts: Fact) -> BadInput:
    """Refuse the file as a whole: ``sap.<key>`` says what is wrong, ``sap.<key>_remedy`` what helps."""
    return BadInput(problem(key, file, None, column, None, **facts))


def problem(key: str, file: str, row: int | None, column: str | None, value: str | None = None, **facts: Fact) -> Problem:
    """Make a problem; its remedy has the same key with ``_remedy`` and the same facts."""
    what, remedy = said(f"sap.{key}", **facts), said(f"sap.{key}_remedy", **facts)
    return Problem(what, remedy, file, row, column, None if value is None else shown(value))


def refuse_if_any(file: str, problems: list[Problem]) -> None:
    """Refuse the file when anything is wrong with it; at most MOST problems are told, and how many were left out."""
    if problems:
        more = [problem("more_problems", file, None, None, count=len(problems) - MOST)] if len(problems) > MOST else []
        raise BadInput(*problems[:MOST], *more)


def shown(text: str) -> str:
    """Give a text as it may be shown: without a person's number, without unseen characters, not endless."""
    seen = _UNSEEN.sub("�", text)
    if _MAY_BE_A_PERSON.search(text):
        return "…"
    return seen if len(seen) <= _LONGEST else f"{seen[:_LONGEST]}…"

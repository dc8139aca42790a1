"""What is wrong with a payment specification, said with its place and what helps; no national number is repeated."""

from __future__ import annotations

import re

from refusion.values.said import BadInput, Fact, Problem, said

MOST = 100
_LONGEST = 60
_MAY_BE_A_PERSON = re.compile(r"\d(?:[\s.\-+]?\d){9,}")


def refusal(key: str, file: str, column: str | None = None, **facts: Fact) -> BadInput:
    """Refuse the file as a whole: ``payments.<key>`` says what is wrong, ``payments.<key>_remedy`` what helps."""
    return BadInput(problem(key, file, None, column, None, **facts))


def problem(key: str, file: str, row: int | None, column: str | None, value: str | None = None, **facts: Fact) -> Problem:
    """Make a problem; its remedy has the same key with ``_remedy`` and the same facts."""
    what, remedy = said(f"payments.{key}", **facts), said(f"payments.{key}_remedy", **facts)
    return Problem(what, remedy, file, row, column, None if value is None else shown(value))


def shown(text: str) -> str:
    """Give a cell as it may be shown: without a person's number, not endless."""
    if _MAY_BE_A_PERSON.search(text):
        return "…"
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"

"""What is wrong with a payroll file, said with its place and what helps; a person's number is never repeated."""

from __future__ import annotations

import re

from refusion.values.said import BadInput, Fact, Problem, Said, said

MOST = 100
_LONGEST = 60
# Ten digits or more, however they are grouped, may be a person's number in any of the three countries.
_MAY_BE_A_PERSON = re.compile(r"\d(?:[\s.\-+]?\d){9,}")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def refusal(key: str, file: str, row: int | None = None, column: str | None = None, **facts: Fact) -> BadInput:
    """Refuse the file as a whole: ``payroll.<key>`` says what is wrong, ``payroll.<key>_remedy`` what helps."""
    return BadInput(problem(said(f"payroll.{key}", **facts), file, row, column))


def problem(what: Said, file: str, row: int | None = None, column: str | None = None, value: str | None = None) -> Problem:
    """Make a problem of what is wrong; its remedy has the same key with ``_remedy`` and the same facts."""
    return Problem(what, Said(f"{what.key}_remedy", what.facts), file, row, column, value)


def shown(text: str) -> str:
    """Give a text as it may be shown: without a person's number, without unseen characters, not endless."""
    seen = _UNSEEN.sub("�", text)
    if len(seen) > _LONGEST:
        seen = seen[:_LONGEST] + "…"
    return "…" if _MAY_BE_A_PERSON.search(text) else seen

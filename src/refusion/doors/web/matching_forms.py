"""Reads what a person typed on the matching board: claims with their kroner, other lines, days, reasons."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from refusion.values.said import BadInput, Problem, said
from refusion.workflow.settlements.by_hand import Given

LONGEST = 200
_SHARE = re.compile(r"(\d{1,18})(?:=(-?)(\d{1,9})(?:[.,](\d{1,2}))?)?", re.ASCII)
_NUMBER = re.compile(r"\d{1,18}", re.ASCII)
Typed = Mapping[str, str]
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class ByHand:
    """What belongs together as a person says, and why."""

    given: tuple[Given, ...]
    reason: str


def by_hand(line: int, typed: Typed) -> ByHand:
    """Read the claims that a line is for, and lines that are for the same one. Raises BadInput with every wrong field."""
    problems: list[Problem] = []
    claims = _kept(problems, lambda: _claims(typed.get("claims", "")))
    others = _kept(problems, lambda: _lines(typed.get("lines", "")))
    why = _kept(problems, lambda: reason(typed))
    if claims and others and len(claims) > 1:
        problems.append(_problem("lines", "settlements.one_claim_for_lines", typed.get("lines", "")))
    if problems or claims is None or others is None or why is None:
        raise BadInput(*problems)
    given = tuple(Given(line, claim, amount) for claim, amount in claims)
    return ByHand(given + tuple(Given(other, claims[0][0]) for other in others), why)


def reason(typed: Typed) -> str:
    """Read a reason. Raises BadInput when there is none."""
    given = typed.get("reason", "").strip()
    if not given or len(given) > LONGEST:
        raise BadInput(_problem("reason", "settlements.no_reason", given[:LONGEST]))
    return given


def aside(typed: Typed) -> tuple[str, date]:
    """Read why and until when a line is laid aside. Raises BadInput with every wrong field."""
    problems: list[Problem] = []
    why = _kept(problems, lambda: reason(typed))
    until = _kept(problems, lambda: _day(typed.get("until", "")))
    if why is None or until is None:
        raise BadInput(*problems)
    return why, until


def numbered(field: str, typed: Typed, *, may_be_empty: bool = False) -> int | None:
    """Read the number of a line or claim. Raises BadInput."""
    given = typed.get(field, "").strip()
    if may_be_empty and not given:
        return None
    if not _NUMBER.fullmatch(given):
        raise BadInput(_problem(field, "settlements.not_a_number", given[:LONGEST]))
    return int(given)


def together(*reads: Callable[[], Value]) -> tuple[Value, ...]:
    """Read several fields. Raises BadInput with the problems of all of them."""
    problems: list[Problem] = []
    found = [_kept(problems, read) for read in reads]
    if problems:
        raise BadInput(*problems)
    return tuple(found)  # type: ignore[arg-type] # without problems every field was read


def _claims(given: str) -> list[tuple[int, int | None]]:
    words = [_SHARE.fullmatch(word) for word in re.split(r"[\s;]+", given.strip())]
    claims = [word for word in words if word is not None]
    if len(claims) != len(words):
        raise BadInput(_problem("claims", "settlements.not_a_share", given[:LONGEST]))
    return [(int(word[1]), _ore(word)) for word in claims]


def _ore(word: re.Match[str]) -> int | None:
    """Give the øre of a share; None where all that is left is meant."""
    if word[3] is None:
        return None
    amount = int(word[3] + (word[4] or "").ljust(2, "0"))
    return -amount if word[2] else amount


def _lines(given: str) -> list[int]:
    words = given.replace(",", " ").split()
    if not all(_NUMBER.fullmatch(word) for word in words):
        raise BadInput(_problem("lines", "settlements.not_a_number", given[:LONGEST]))
    return [int(word) for word in dict.fromkeys(words)]


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given.strip())
    except ValueError:
        raise BadInput(_problem("until", "web.entry_day", given[:LONGEST])) from None


def _kept(problems: list[Problem], read: Callable[[], Value]) -> Value | None:
    try:
        return read()
    except BadInput as bad:
        problems.extend(bad.problems)
        return None


def _problem(field: str, key: str, given: str) -> Problem:
    return Problem(said(key), said(f"{key}_remedy"), column=field, value=given)

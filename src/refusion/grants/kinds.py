"""What a column of facts may hold: how a cell is read, and which values cannot be."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TypeAlias

from refusion.values.said import Said, said

Value: TypeAlias = Fraction | bool | date
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,9})?")
_TRUTHS = {"true": True, "yes": True, "ja": True, "1": True, "false": False, "no": False, "nej": False, "0": False}
HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of column: its name for a reader, how a cell is read (ValueError for none), what is wrong with a value."""

    name: str
    read: Callable[[object], Value]
    fault: Callable[[Value], Said | None]


def _number(cell: object) -> Fraction:
    text = str(cell).strip()
    if isinstance(cell, bool) or not _NUMBER.fullmatch(text):
        raise ValueError(f"not a number: {cell!r}")
    return Fraction(text)


def _truth(cell: object) -> bool:
    if isinstance(cell, bool):
        return cell
    found = _TRUTHS.get(str(cell).strip().lower())
    if found is None:
        raise ValueError(f"not true or false: {cell!r}")
    return found


def _day(cell: object) -> date:
    return date.fromisoformat(str(cell).strip())


def _below_zero(value: Value) -> Said | None:
    return said("grants.below_zero") if isinstance(value, Fraction) and value < 0 else None


def _not_whole(value: Value) -> Said | None:
    whole = isinstance(value, Fraction) and value.denominator == 1
    return _below_zero(value) if whole else said("grants.not_whole")


def _not_people(value: Value) -> Said | None:
    return said("grants.no_people") if value == 0 else _not_whole(value)


def _not_percent(value: Value) -> Said | None:
    within = isinstance(value, Fraction) and 0 <= value <= HUNDRED
    return None if within else said("grants.outside_0_100")


def _nothing(value: Value) -> Said | None:
    del value
    return None


PEOPLE = Kind("people", _number, _not_people)
NET_DAYS = Kind("net_days", _number, _below_zero)
COUNT = Kind("count", _number, _not_whole)
KRONOR = Kind("whole_kronor", _number, _not_whole)
PERCENT = Kind("percent", _number, _not_percent)
YES_NO = Kind("yes_no", _truth, _nothing)
DAY = Kind("day", _day, _nothing)

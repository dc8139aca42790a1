"""Reads single cells: a text becomes a day, an amount, a share or a word, or says what is wrong with it."""

from __future__ import annotations

import re
from datetime import date

from refusion.adapters.sap.mapping import Layout, pattern_of
from refusion.adapters.sap.messages import Column, Shape
from refusion.adapters.sap.schema import PATTERNS
from refusion.values.national_number import NotANationalNumber, parse

Value = str | int | date | None
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_YEARS = range(1900, 2101)
_MOST_KRONER, _WHOLE = 9, 100_00
# A workbook makes a date of a month that is typed into it: its first day is taken for the month.
_OWN_MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})(?:-01)?", re.ASCII)
_OWN_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})", re.ASCII)


class Wrong(Exception):
    """A cell that can't be read; the message is the key that says why."""


def read_cell(column: Column, written: str, layout: Layout) -> Value:
    """Read one cell: days as dates, money and shares as hundredths, an empty cell as None (a text as ""). Raises Wrong."""
    written = layout.codes.get(column.name, {}).get(written, written)
    if not written:
        if not column.may_be_empty:
            raise Wrong("empty_cell")
        return "" if column.shape in (Shape.TEXT, Shape.KEY) else None
    match column.shape:
        case Shape.DATE:
            return _day(layout, written)
        case Shape.MONTH:
            return _month(layout, written)
        case Shape.MONEY:
            return _hundredths(written, layout, "not_kroner")
        case Shape.PERCENT:
            return _percent(written, layout)
        case Shape.NATIONAL_NUMBER:
            return _national_number(written)
    return _word(column, written)


def _word(column: Column, written: str) -> Value:
    match column.shape:
        case Shape.CHOICE:
            if written not in column.choices:
                raise Wrong("not_a_choice")
        case Shape.ORGANISATION | Shape.KEY | Shape.COUNT:
            if re.fullmatch(PATTERNS[column.shape], written, re.ASCII) is None:
                raise Wrong(f"not_a_{column.shape.value}")
            return int(written) if column.shape is Shape.COUNT else written
        case _:
            if len(written) > column.at_most:
                raise Wrong("too_long")
            if _UNPRINTABLE.search(written):
                raise Wrong("unprintable")
    return written


def _day(layout: Layout, written: str) -> date:
    found = pattern_of(layout.date_format).fullmatch(written) or _OWN_DAY.fullmatch(written)
    if found is None:
        raise Wrong("not_a_day")
    return _date(found, int(found["day"]), "not_a_day")


def _month(layout: Layout, written: str) -> date:
    found = pattern_of(layout.month_format).fullmatch(written) or _OWN_MONTH.fullmatch(written)
    if found is None:
        raise Wrong("not_a_month")
    return _date(found, 1, "not_a_month")


def _date(found: re.Match[str], day: int, key: str) -> date:
    try:
        told = date(int(found["year"]), int(found["month"]), day)
    except ValueError:
        raise Wrong(key) from None
    if told.year not in _YEARS:
        raise Wrong(key)
    return told


def _percent(written: str, layout: Layout) -> int:
    share = _hundredths(written, layout, "not_a_percent")
    if not 0 < share <= _WHOLE:
        raise Wrong("not_a_percent")
    return share


def _hundredths(written: str, layout: Layout, key: str) -> int:
    """Read a number with at most two decimals; nothing is rounded."""
    grouped = rf"|\d{{1,3}}(?:{re.escape(layout.thousands)}\d{{3}})+" if layout.thousands else ""
    found = re.fullmatch(rf"(-?)(\d+{grouped})(?:{re.escape(layout.decimal)}(\d{{1,2}}))?", written, re.ASCII)
    if found is None:
        raise Wrong(key)
    sign, whole, part = found.groups()
    digits = whole.replace(layout.thousands, "") if layout.thousands else whole
    if len(digits) > _MOST_KRONER:
        raise Wrong(key)
    amount = int(digits + (part or "").ljust(2, "0"))
    return -amount if sign else amount


def _national_number(written: str) -> str:
    try:
        return parse(written, "NO").digits
    except NotANationalNumber:
        raise Wrong("not_a_national_number") from None

"""Reads single cells: a text becomes a day, an amount, hours or a word, or says what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from refusion.adapters.sls.mapping import Layout
from refusion.adapters.sls.messages import Column, Shape
from refusion.values.said import Said, said

Read = int | str | Said
Reader = Callable[[str], Read]

EMPTY_DAY, EMPTY_HOURS, EMPTY_AMOUNT = 0, -1, -1
_YEARS = range(1900, 2101)
_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})", re.ASCII)
# A workbook makes a date of a month that is typed into it: its first day is taken for the month.
_MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})(?:-01)?", re.ASCII)
_CODE = re.compile(r"\d{3}", re.ASCII)
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_MOST_KRONER = 9


def reader(column: Column, layout: Layout, national_number: Reader) -> Reader:
    """Give the function that reads the cells of a column: to an int for days, hours and money, else to a text."""
    read = _readers(layout, national_number)[column.shape]
    return partial(_cell, column=column, read=partial(read, column), codes=layout.codes.get(column.name, {}))


def _readers(layout: Layout, national_number: Reader) -> dict[Shape, Callable[[Column, str], Read]]:
    """Give for each shape how its cells are read."""
    exact, fine = amount_patterns(layout.decimal, layout.thousands)
    hundredths = partial(_hundredths, exact=exact, fine=fine, layout=layout)
    return {
        Shape.INSTITUTION: _words,
        Shape.TEXT: _words,
        Shape.NATIONAL_NUMBER: lambda _, text: national_number(text),
        Shape.DATE: lambda _, text: _day(text, layout),
        Shape.MONTH: lambda _, text: _month(text, layout),
        Shape.HOURS: lambda column, text: _hours(column, text, hundredths(text, key="hours")),
        Shape.MONEY: lambda _, text: hundredths(text, key="kroner"),
        Shape.CODE: lambda _, text: text if _CODE.fullmatch(text) else said("payroll.not_a_code"),
        Shape.CHOICE: _choice,
    }


def _cell(text: str, column: Column, read: Reader, codes: Mapping[str, str]) -> Read:
    """Read one cell, empty ones included."""
    text = codes.get(text, text)
    if text:
        return read(text)
    if not column.may_be_empty:
        return said("payroll.empty_cell")
    return {Shape.DATE: EMPTY_DAY, Shape.HOURS: EMPTY_HOURS, Shape.MONEY: EMPTY_AMOUNT}.get(column.shape, "")


def _words(column: Column, text: str) -> Read:
    """Read a name or number that is only words to us."""
    if len(text) > column.at_most:
        return said("payroll.too_long", most=column.at_most)
    return said("payroll.unprintable") if _UNPRINTABLE.search(text) else text


def _day(text: str, layout: Layout) -> Read:
    """Read a day in the payroll's format or as ``YYYY-MM-DD`` into its ordinal."""
    found = layout.day.fullmatch(text) or _DAY.fullmatch(text)
    read = _ordinal(found, int(found["day"])) if found else None
    return read or said("payroll.not_a_day", format=layout.day_format)


def _month(text: str, layout: Layout) -> Read:
    """Read a month in the payroll's format or as ``YYYY-MM`` into the ordinal of its first day."""
    found = layout.month.fullmatch(text) or _MONTH.fullmatch(text)
    read = _ordinal(found, 1) if found else None
    return read or said("payroll.not_a_month", format=layout.month_format)


def _ordinal(found: re.Match[str], day: int) -> int | None:
    """Give the ordinal of a day that the calendar has, or None."""
    year = int(found["year"])
    try:
        return date(year, int(found["month"]), day).toordinal() if year in _YEARS else None
    except ValueError:
        return None


def amount_patterns(decimal: str, thousands: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Give the patterns of an amount with at most two decimals, and of one with more."""
    grouped = rf"|\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+" if thousands else ""
    whole = rf"(?P<minus>-?)(?P<whole>\d+{grouped})"
    exact = re.compile(rf"{whole}(?:{re.escape(decimal)}(?P<part>\d{{1,2}}))?", re.ASCII)
    return exact, re.compile(rf"{whole}{re.escape(decimal)}\d{{3,}}", re.ASCII)


def _hundredths(text: str, key: str, exact: re.Pattern[str], fine: re.Pattern[str], layout: Layout) -> Read:
    """Read an amount with at most two decimals into hundredths."""
    found = exact.fullmatch(text)
    if found is None:
        wrong = f"payroll.{key}_too_fine" if fine.fullmatch(text) else f"payroll.not_{key}"
        return said(wrong, example=f"37{layout.decimal}5")
    minus, whole, part = found["minus"], found["whole"], found["part"] or ""
    if layout.thousands:
        whole = whole.replace(layout.thousands, "")
    if len(whole) > _MOST_KRONER:
        return said(f"payroll.not_{key}", example=f"37{layout.decimal}5")
    amount = int(whole + part.ljust(2, "0"))
    return -amount if minus else amount


def _hours(column: Column, text: str, hundredths: Read) -> Read:
    """Accept hours within the limits of the column; hours that may be unknown are never nought."""
    least = 1 if column.may_be_empty else 0
    if isinstance(hundredths, int) and (text.startswith("-") or not least <= hundredths <= column.at_most):
        key = "payroll.weekly_hours_out_of_range" if column.may_be_empty else "payroll.hours_out_of_range"
        return said(key, most=column.at_most // 100)
    return hundredths


def _choice(column: Column, text: str) -> Read:
    """Accept one of the column's words."""
    return text if text in column.choices else said("payroll.not_a_choice", choices=", ".join(column.choices))

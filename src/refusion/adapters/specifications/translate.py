"""From the cells of a payment specification to its rows: every heading and cell is checked, a file is refused with all of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from refusion.adapters.specifications.messages import COLUMNS, NEEDED, Column, Layout, Shape
from refusion.adapters.specifications.refusals import MOST, problem
from refusion.values.national_number import NotANationalNumber, parse
from refusion.values.period import Period
from refusion.values.said import BadInput, Fact, Problem
from refusion.workflow.ports.matching import PaymentRow

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
Value = str | int | date | None


class Wrong(Exception):
    """A cell that can't be read; the message is the key that says why."""


def check_headings(file: str, headings: tuple[str, ...], layout: Layout) -> None:
    """Refuse unknown, doubled and missing headings, all at once."""
    wanted = {layout.heading(column.name): column.name for column in COLUMNS if column.name not in layout.fixed}
    found = [
        problem("column_doubled", file, None, heading)
        for heading in dict.fromkeys(headings)
        if headings.count(heading) > 1 and heading not in layout.ignored
    ]
    found += [
        problem("column_unknown", file, None, heading, known=", ".join(wanted))
        for heading in dict.fromkeys(headings)
        if heading not in wanted and heading not in layout.ignored
    ]
    missing = [heading for heading, name in wanted.items() if name in NEEDED and heading not in headings]
    found += [problem("column_missing", file, None, heading, known=", ".join(wanted)) for heading in missing]
    if found:
        raise BadInput(*found)


def payment_row(file: str, number: int, cells: Mapping[str, str], layout: Layout) -> tuple[PaymentRow | None, list[Problem]]:
    """Read one row; gives the row, or what is wrong with it."""
    values: dict[str, Value] = {}
    problems = []
    for column in COLUMNS:
        written = layout.fixed.get(column.name, cells.get(column.name, "")).strip()
        try:
            values[column.name] = _value(column, written, layout)
        except Wrong as wrong:
            facts: dict[str, Fact] = {"most": column.at_most, "format": layout.date_format, "decimal": layout.decimal}
            value = None if column.shape is Shape.NATIONAL_NUMBER else written
            problems.append(problem(str(wrong), file, number, layout.heading(column.name), value, **facts))
    if problems:
        return None, problems
    return _row(file, number, values, layout)


def _row(file: str, number: int, values: Mapping[str, Value], layout: Layout) -> tuple[PaymentRow | None, list[Problem]]:
    """Put the values of a row together; a period has two days in their order."""
    first, last = values["first_day"], values["last_day"]
    if (first is None) != (last is None) or (isinstance(first, date) and isinstance(last, date) and last < first):
        return None, [problem("period", file, number, layout.heading("last_day"), str(last or ""))]
    period = Period(first, last) if isinstance(first, date) and isinstance(last, date) else None
    amount, pays_on = values["amount"], values["pays_on"]
    row = PaymentRow(
        payment=str(values["payment"]),
        payer=str(values["payer"]),
        pays_on=pays_on if isinstance(pays_on, date) else None,
        amount=amount if isinstance(amount, int) else 0,
        told=tuple(str(values[name]) for name in ("reference", "text") if values[name]),
        number=str(values["national_number"]),
        period=period,
    )
    return row, []


def _value(column: Column, written: str, layout: Layout) -> Value:
    """Read one cell. Raises Wrong."""
    if not written:
        if not column.may_be_empty:
            raise Wrong("empty_cell")
        return None if column.shape is Shape.DATE else ""
    match column.shape:
        case Shape.DATE:
            return _day(written, layout)
        case Shape.MONEY:
            return _ore(written, layout)
        case Shape.NATIONAL_NUMBER:
            return _number(written)
        case Shape.TEXT:
            return _text(column, written)


def _text(column: Column, written: str) -> str:
    if len(written) > column.at_most:
        raise Wrong("too_long")
    if _UNPRINTABLE.search(written):
        raise Wrong("unprintable")
    return written


def _number(written: str) -> str:
    try:
        return parse(written, "DK").digits
    except NotANationalNumber:
        raise Wrong("not_a_national_number") from None


def _day(written: str, layout: Layout) -> date:
    found = layout.day.fullmatch(written) or re.fullmatch(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})", written, re.ASCII)
    if found is None:
        raise Wrong("not_a_day")
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        raise Wrong("not_a_day") from None


def _ore(written: str, layout: Layout) -> int:
    """Read kroner with at most two decimals into øre; nothing is rounded."""
    found = re.fullmatch(rf"(-?)(\d{{1,9}})(?:{re.escape(layout.decimal)}(\d{{1,2}}))?", written, re.ASCII)
    if found is None:
        raise Wrong("not_kroner")
    sign, whole, part = found.groups()
    amount = int(whole + (part or "").ljust(2, "0"))
    if not amount:
        raise Wrong("no_amount")
    return -amount if sign else amount


def refuse_if_any(file: str, problems: list[Problem]) -> None:
    """Refuse the file when anything is wrong with it; at most MOST problems are told."""
    if problems:
        more = [problem("more_problems", file, None, None, count=len(problems) - MOST)] if len(problems) > MOST else []
        raise BadInput(*problems[:MOST], *more)

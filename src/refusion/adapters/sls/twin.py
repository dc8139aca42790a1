"""Plays the payroll: writes the three kinds of file from rows; the same rows give the same bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from refusion.adapters.sls.messages import (
    ABSENCES,
    EMPLOYMENTS,
    PAY,
    AbsenceRow,
    Column,
    EmploymentRow,
    Kind,
    PayRow,
    Row,
    Shape,
)

Value = str | int | date | None
_KIND_OF: dict[type[Row], Kind] = {EmploymentRow: EMPLOYMENTS, PayRow: PAY, AbsenceRow: ABSENCES}
# A workbook carries the instant it was made; a fixed one keeps equal rows equal bytes.
_MADE = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a payroll writes CSV; dates and months as :meth:`datetime.date.strftime` has them."""

    delimiter: str = ";"
    encoding: str = "utf-8"
    decimal: str = "."
    day: str = "%Y-%m-%d"
    month: str = "%Y-%m"
    headings: tuple[str, ...] = ()
    line_end: str = "\r\n"


PLAIN = Dialect()


def as_csv(institution: str, rows: Sequence[Row], kind: Kind | None = None, dialect: Dialect = PLAIN) -> bytes:
    """Write rows of one kind as CSV. ``kind`` is needed where there is no row; raises ValueError without it."""
    kind = kind or kind_of(rows)
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=dialect.delimiter, lineterminator=dialect.line_end)
    writer.writerow(dialect.headings or kind.headings)
    writers = [partial(_text, shape=column.shape, dialect=dialect) for column in kind.columns]
    for row in rows:
        writer.writerow([write(value) for write, value in zip(writers, _values(institution, row), strict=True)])
    return written.getvalue().encode(dialect.encoding)


def as_xlsx(institution: str, rows: Sequence[Row], kind: Kind | None = None) -> bytes:
    """Write rows of one kind as a workbook of one sheet, with real dates and numbers; national numbers are text."""
    kind = kind or kind_of(rows)
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as workbook:
        workbook.set_properties({"created": _MADE})
        sheet = workbook.add_worksheet(kind.name)
        sheet.write_row(0, 0, kind.headings)
        for line, row in enumerate(rows, start=1):
            for place, value in enumerate(_values(institution, row)):
                _write_cell(sheet, (line, place), kind.columns[place], value)
    return written.getvalue()


def as_parquet(institution: str, rows: Sequence[Row], kind: Kind | None = None) -> bytes:
    """Write rows of one kind as Parquet: dates as dates, kroner and hours as decimals with two places."""
    kind = kind or kind_of(rows)
    cells = list(zip(*(_values(institution, row) for row in rows), strict=True)) or [()] * len(kind.columns)
    arrays = {
        column.name: pa.array([_decimal(column, value) for value in values], type=_arrow_type(column))
        for column, values in zip(kind.columns, cells, strict=True)
    }
    written = io.BytesIO()
    pq.write_table(pa.table(arrays), written)
    return written.getvalue()


def kind_of(rows: Sequence[Row]) -> Kind:
    """Tell the kind of file that the rows make; raises ValueError for none or mixed rows."""
    kinds = {type(row) for row in rows}
    if len(kinds) != 1:
        raise ValueError(f"rows of one kind are needed, not of {len(kinds)}")
    return _KIND_OF[kinds.pop()]


def _values(institution: str, row: Row) -> Iterator[Value]:
    """Give the cells of a row in the order of its kind's columns, the institution first."""
    yield institution
    for field in fields(row):
        yield getattr(row, field.name)


def _text(value: Value, shape: Shape, dialect: Dialect) -> str:
    """Write one cell of a CSV file."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.strftime(dialect.month if shape is Shape.MONTH else dialect.day)
    if isinstance(value, int):
        return _hundredths(value).replace(".", dialect.decimal)
    return value


def _write_cell(sheet: xlsxwriter.worksheet.Worksheet, place: tuple[int, int], column: Column, value: Value) -> None:
    """Write one cell of a sheet with the type that the column has."""
    if value is None:
        sheet.write_blank(*place, None)
    elif column.shape is Shape.MONTH and isinstance(value, date):
        sheet.write_string(*place, value.strftime(PLAIN.month))
    elif isinstance(value, date):
        sheet.write_datetime(*place, value)
    elif isinstance(value, int):
        sheet.write_number(*place, float(_hundredths(value)))
    else:
        sheet.write_string(*place, value)


def _hundredths(value: int) -> str:
    """Write hundredths with a point and two places."""
    whole, part = divmod(abs(value), 100)
    return f"{'-' if value < 0 else ''}{whole}.{part:02d}"


def _decimal(column: Column, value: Value) -> Value | Decimal:
    """Give the value as Parquet holds it."""
    if isinstance(value, int):
        return Decimal(_hundredths(value))
    if column.shape is Shape.MONTH and isinstance(value, date):
        return value.strftime(PLAIN.month)
    return value


def _arrow_type(column: Column) -> pa.DataType:
    """Give the Parquet type of a column."""
    if column.shape in (Shape.MONEY, Shape.HOURS):
        return pa.decimal128(18, 2)
    return pa.date32() if column.shape is Shape.DATE else pa.string()

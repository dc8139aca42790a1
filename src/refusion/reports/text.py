"""Writes a report as CSV that a spreadsheet of the reader's language opens as a table, and that cannot run anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date

from refusion.reports.report import Cell, Column, Report, Unit
from refusion.values.money import kroner
from refusion.values.said import Said, said

Say = Callable[[Said], str]
# A spreadsheet takes a text that begins like this for a formula and runs it.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "=", "+", "-", "@")
_COMMA_COUNTRIES = frozenset({"da", "nb", "sv"})


def as_csv(report: Report, say: Say, language: str) -> bytes:
    """Write headings, rows and totals in UTF-8 with a byte order mark, without which spreadsheets misread letters.

    Where the language has decimal commas, fields are parted by semicolons. Days are ISO. Amounts are kroner with
    two decimals and stay numbers when negative; a text that looks like a formula gets an apostrophe before it.
    """
    comma = language in _COMMA_COUNTRIES
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";" if comma else ",", lineterminator="\r\n")
    writer.writerow([harmless(say(column.heading)) for column in report.columns])
    for row in report.rows:
        writer.writerow([_text(cell, column, say, comma=comma) for column, cell in zip(report.columns, row, strict=True)])
    totals = [_text(total, column, say, comma=comma) for column, total in zip(report.columns, report.totals, strict=True)]
    writer.writerow([totals[0] or harmless(say(said("reports.total"))), *totals[1:]])
    return written.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula."""
    return f"'{text}" if text.lstrip(" \xa0").startswith(_FORMULA_STARTS) or text.startswith(_FORMULA_STARTS) else text


def _text(cell: Cell, column: Column, say: Say, *, comma: bool) -> str:
    """Write one cell."""
    if cell is None:
        return ""
    if isinstance(cell, Said):
        return harmless(say(cell))
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int):
        amount = kroner(cell) if column.unit is Unit.ORE else str(cell)
        return amount.replace(".", ",") if comma else amount
    return harmless(cell)

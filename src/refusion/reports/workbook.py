"""Writes a report as a workbook with real numbers and days; the same report gives the same bytes."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from refusion.reports.report import Cell, Column, Report, Unit
from refusion.reports.text import Say
from refusion.values.money import kroner
from refusion.values.said import Said, said

# A workbook carries the instant it was made; a fixed one keeps equal reports equal bytes.
_MADE = datetime(2000, 1, 1, tzinfo=UTC)
_WIDTHS = {Unit.TEXT: 28, Unit.WORD: 28, Unit.NUMBER: 12, Unit.COUNT: 12, Unit.DAY: 12, Unit.ORE: 16}
_FORMATS = {Unit.ORE: "#,##0.00", Unit.DAY: "yyyy-mm-dd", Unit.NUMBER: "0", Unit.COUNT: "0"}


def as_xlsx(report: Report, say: Say) -> bytes:
    """Write headings, rows and totals on one sheet; amounts are kroner, texts are texts and never formulas."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        workbook.set_properties({"title": say(report.title), "comments": say(report.sentence), "created": _MADE})
        heading = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        sheet = workbook.add_worksheet(report.name[:31])
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(report.rows), len(report.columns) - 1)
        for place, column in enumerate(report.columns):
            plain = workbook.add_format({"num_format": _FORMATS.get(column.unit, "General")})
            total = workbook.add_format({"num_format": _FORMATS.get(column.unit, "General"), "bold": True, "top": 1})
            sheet.set_column(place, place, _WIDTHS[column.unit])
            sheet.write_string(0, place, say(column.heading), heading)
            for line, row in enumerate(report.rows, start=1):
                _write(sheet, (line, place), column, _spoken(row[place], say), plain)
            _write(sheet, (len(report.rows) + 1, place), column, report.totals[place], total)
            if place == 0 and report.totals[0] is None:
                sheet.write_string(len(report.rows) + 1, 0, say(said("reports.total")), total)
    return written.getvalue()


def _spoken(cell: Cell, say: Say) -> str | int | date | None:
    """Give a word in the reader's language, everything else as it is."""
    return say(cell) if isinstance(cell, Said) else cell


def _write(sheet: Worksheet, place: tuple[int, int], column: Column, cell: str | int | date | None, style: Format) -> None:
    """Write one cell with its own type."""
    if cell is None:
        sheet.write_blank(*place, None, style)
    elif isinstance(cell, str):
        sheet.write_string(*place, cell, style)
    elif isinstance(cell, date):
        sheet.write_datetime(*place, cell, style)
    else:
        sheet.write_number(*place, float(kroner(cell)) if column.unit is Unit.ORE else cell, style)

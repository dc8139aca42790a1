"""Reads a workbook (xlsx) of one sheet; numbers are taken as they are written, never rounded."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum, load_workbook

from refusion.adapters.sls.formats.grid import Grid, grid
from refusion.adapters.sls.formats.recognition import MEBIBYTE, ZIP_ERRORS, Limits
from refusion.adapters.sls.refusals import refusal

_ROWS = 299_999
_COLUMNS = 26
# A cell far out makes a sheet of billions of empty cells; what lies beyond column Z or row 299,999 is refused unread.
_TOO_WIDE = r"""\sr\s*=\s*["'][A-Za-z]{2}"""
_TOO_LONG = r"""\sr\s*=\s*["'][A-Za-z]?(?:[3-9]\d{5}|\d{7})"""
# The reader gives an error cell (#N/A) as an empty one; an end date that failed to calculate is not "still absent".
_ERROR_CELL = r"""<(?:\w+:)?c\s[^>]*\bt\s*=\s*["']e["']"""
_ADDRESS = re.compile(rb"""\br\s*=\s*["']([A-Za-z]+\d+)["']""")


def read_workbook(file: str, raw: bytes, limits: Limits, decimal: str) -> Grid:
    """Read the cells of the only sheet that is filled and visible; raises BadInput where there is none or several."""
    _inspect(file, raw, limits)
    try:
        with load_workbook(io.BytesIO(raw)) as workbook:
            return _cells(file, _sheet(file, workbook), decimal)
    except CalamineError as error:
        raise refusal("workbook_broken", file) from error


def _inspect(file: str, raw: bytes, limits: Limits) -> None:
    """Refuse, before anything is unpacked into cells, what is too large, too wide, or holds a failed formula."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > limits.unpacked:
                raise refusal("too_large", file, most=limits.unpacked // MEBIBYTE)
            for entry in packed.infolist():
                # Each entry is read to its end: only then is it certain that it is as large as it claims.
                content = packed.read(entry)
                if entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml"):
                    _inspect_sheet(file, content)
    except ZIP_ERRORS as error:
        raise refusal("workbook_broken", file) from error


def _inspect_sheet(file: str, sheet: bytes) -> None:
    """Look through the raw text of a sheet."""
    if b"\x00" in sheet[:1024] or b"<!DOCTYPE" in sheet:
        raise refusal("workbook_broken", file)
    # Arrow's search takes a tenth of the time that Python's needs on a sheet of 200,000 rows.
    text = pa.array([sheet], type=pa.large_binary())
    if _found(text, _TOO_WIDE) >= 0:
        raise refusal("too_wide", file, most=_COLUMNS)
    if _found(text, _TOO_LONG) >= 0:
        raise refusal("too_many_rows", file, most=_ROWS)
    failed = _found(text, _ERROR_CELL)
    if failed >= 0:
        address = _ADDRESS.search(sheet, failed, sheet.index(b">", failed))
        raise refusal("error_cell", file, cell=address.group(1).decode() if address else "")


def _found(text: pa.LargeBinaryArray, pattern: str) -> int:
    """Give the place of the first hit, or -1."""
    return int(pc.find_substring_regex(text, pattern)[0].as_py())


def _sheet(file: str, workbook: CalamineWorkbook) -> CalamineSheet:
    """Find the only visible sheet with content."""
    visible = [sheet.name for sheet in workbook.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
    filled = [sheet for sheet in map(workbook.get_sheet_by_name, visible) if sheet.start is not None]
    if not filled:
        raise refusal("empty_file", file)
    if len(filled) > 1:
        raise refusal("several_sheets", file, sheets=", ".join(sheet.name for sheet in filled))
    return filled[0]


def _cells(file: str, sheet: CalamineSheet, decimal: str) -> Grid:
    """Turn the sheet's values into text cells."""
    first, *body = sheet.to_python()
    start = sheet.start or (0, 0)
    columns = list(zip(*body, strict=True)) if body else [()] * len(first)
    texts = [_texts(column, decimal) for column in columns]
    headings = [heading if isinstance(heading, str) else _text(heading, decimal) for heading in first]
    rows = np.arange(len(body), dtype=np.int64) + start[0] + 2
    return grid(file, headings, texts, rows)


def _texts(column: Sequence[object], decimal: str) -> pa.StringArray:
    """Write a column of typed cells as text; columns of texts and numbers alone, the usual case, in one go."""
    kinds = set(map(type, column))
    if kinds <= {str, date}:
        written = {cell: cell.isoformat() if isinstance(cell, date) else cell for cell in set(column)}
        return pa.array([written[cell] for cell in column], type=pa.string())
    if not kinds <= {str, float}:
        return pa.array([cell if type(cell) is str else _text(cell, decimal) for cell in column], type=pa.string())
    texts = pa.array([cell if type(cell) is str else None for cell in column], type=pa.string())
    # Arrow writes a number as Python does, by its shortest form, and a whole one without a nought behind the point.
    numbers = pa.array([cell if type(cell) is float else None for cell in column], type=pa.float64())
    return pc.coalesce(texts, pc.replace_substring(pc.cast(numbers, pa.string()), ".", decimal))


def _text(value: object, decimal: str) -> str:
    """Write a typed cell as text.

    A number is given by its shortest decimal form that means the same: ``1234.5599999999999``, as some programs store
    1234.56, is 1234.56 exactly; a sum with a real remainder shows all its decimals and is refused as too fine.
    """
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1 << 53 else repr(value).replace(".", decimal)
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date | time) else str(value)

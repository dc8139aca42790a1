"""Reads CSV: UTF-8 with or without byte order mark, or Windows-1252; fields parted by semicolon or comma."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv

from refusion.adapters.sls.formats.grid import Grid, grid
from refusion.adapters.sls.formats.recognition import Limits
from refusion.adapters.sls.refusals import MOST, problem, refusal
from refusion.values.said import BadInput, Problem, said

_MARK = b"\xef\xbb\xbf"
_BLOCK = 16 << 20
# What names and headings hold beyond ASCII; anything else says that the guess of Windows-1252 is wrong.
_WESTERN = re.compile(r"[^\x00-\x7fÀ-ÖØ-öø-ÿŒœŠšŽžŸ§°´’‘“”–—€\xa0]")


def read_csv(file: str, raw: bytes, limits: Limits) -> Grid:
    """Read the cells of a CSV file; raises BadInput naming every row that has too many or too few fields."""
    if b"\x00" in raw:
        raise refusal("nul_byte", file, row=_row_at(raw, raw.index(b"\x00")))
    text = _as_utf8(file, raw.removeprefix(_MARK))
    if text.count(b'"') % 2:
        raise refusal("unclosed_quote", file, row=_row_of_odd_quote(text))
    delimiter = _delimiter(text)
    table, skipped = _parse(file, text, delimiter, limits)
    if len(table) > limits.rows + 1:
        raise refusal("too_many_rows", file, most=limits.rows)
    rows = np.delete(np.arange(1, len(table) + len(skipped) + 1), np.asarray(skipped, dtype=np.int64) - 1)
    columns = [column.combine_chunks() for column in table.columns]
    del table  # each of the copies is as large as the file
    headings = [column[0].as_py() for column in columns]
    return grid(file, headings, [_flat(columns.pop(0).slice(1)) for _ in headings], rows[1:])


def _as_utf8(file: str, raw: bytes) -> bytes:
    """Give the text in UTF-8; Windows-1252 is taken where all its letters are Western ones, else the file is refused."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as wrong:
        try:
            text = raw.decode("cp1252")
        except UnicodeDecodeError as error:
            raise refusal("encoding", file, row=_row_at(raw, error.start)) from error
        if _WESTERN.search(text):
            raise refusal("encoding", file, row=_row_at(raw, wrong.start)) from None
        return text.encode()
    return raw


def _delimiter(text: bytes) -> str:
    """Find what parts the fields: the one of the two that the heading has more of, outside quotes."""
    heading = re.sub(rb'"[^"]*"', b"", text.lstrip().partition(b"\n")[0])
    return "," if heading.count(b",") > heading.count(b";") else ";"


def _parse(file: str, text: bytes, delimiter: str, limits: Limits) -> tuple[pa.Table, list[int]]:
    """Parse the fields, the heading among them; gives the rows that were left out because they are blank."""
    ragged: list[tuple[int, int, int]] = []
    blank: list[int] = []

    def invalid(row: arrow_csv.InvalidRow) -> str:
        if row.text.strip():
            ragged.append((row.number, row.expected_columns, row.actual_columns))
        else:
            blank.append(row.number)
        return "skip"

    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(text),
            # One thread: only then are rows numbered, and a machine that reads files has other work too.
            read_options=arrow_csv.ReadOptions(autogenerate_column_names=True, use_threads=False, block_size=_BLOCK),
            parse_options=arrow_csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=invalid
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types={f"f{place}": pa.string() for place in range(limits.columns)},
                null_values=[],
                strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid as error:
        raise refusal("csv_broken", file) from error
    if ragged:
        raise BadInput(*_field_counts(file, ragged))
    if table.num_columns > limits.columns:
        raise refusal("too_wide", file, most=limits.columns)
    return table, blank


def _field_counts(file: str, ragged: list[tuple[int, int, int]]) -> list[Problem]:
    """Say of each row how many fields it has and how many the heading has."""
    said_of_rows = [
        problem(said("payroll.field_count", expected=expected, found=found), file, row) for row, expected, found in ragged[: MOST - 1]
    ]
    if len(ragged) >= MOST:
        said_of_rows.append(problem(said("payroll.more_problems", count=len(ragged) - MOST + 1), file))
    return said_of_rows


def _flat(column: pa.Array) -> pa.StringArray:
    """Copy a slice, so that it starts at its own first cell."""
    return pa.concat_arrays([column])


def _row_at(raw: bytes, place: int) -> int:
    """Count the row on which a byte lies."""
    return raw.count(b"\n", 0, place) + 1


def _row_of_odd_quote(text: bytes) -> int | None:
    """Find the first line with a quotation mark that is not closed on it."""
    for row, line in enumerate(text.split(b"\n"), start=1):
        if line.count(b'"') % 2:
            return row
    return None

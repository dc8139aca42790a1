"""CSV read block by block: UTF-8, fields parted by comma or semicolon; rows are numbered, ragged ones put aside, blank ones left out."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from refusion.doors.cli.rules.rows import Faulty, Numbers, empty, numbered
from refusion.values.said import BadInput, Problem, said

# The library reads up to 32 of these ahead.
BLOCK = 1 << 20


def read(file: Path, faulty: list[Faulty], at: Callable[[int], None]) -> Iterator[pa.RecordBatch]:
    """Give the rows as text, an empty batch first; rows with too many or too few fields go to ``faulty``.

    Raises BadInput for a quotation mark that is never closed: it would hide all rows after it.
    """
    _refuse_open_quote(file)
    delimiter, names = _heading(file)
    ragged: list[int] = []

    def put_aside(row: arrow_csv.InvalidRow) -> str:
        because = said("law.row_fields", expected=row.expected_columns, found=row.actual_columns)
        faulty.append(Faulty(row.number, row.text, because))
        ragged.append(row.number)
        return "skip"

    with pa.OSFile(str(file)) as content:
        blocks = arrow_csv.open_csv(
            content,
            # One thread: only then are rows numbered.
            read_options=arrow_csv.ReadOptions(use_threads=False, block_size=BLOCK),
            parse_options=arrow_csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=put_aside
            ),
            convert_options=arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string())),
        )
        yield numbered(empty(blocks.schema), np.zeros(0, dtype=np.int64))
        following = 2
        for block in blocks:
            at(content.tell())
            rows = _numbers(following, block.num_rows, ragged)
            following = int(rows[-1]) + 1 if rows.size else following
            yield _without_blank(numbered(block, rows), names)


def _refuse_open_quote(file: Path) -> None:
    with file.open("rb") as content:
        marks = sum(block.count(b'"') for block in iter(lambda: content.read(BLOCK), b""))
        if marks % 2 == 0:
            return
        content.seek(0)
        row = next(row for row, line in enumerate(content, start=1) if line.count(b'"') % 2)
    raise BadInput(Problem(said("law.quote_open"), said("law.quote_open_remedy"), file=str(file), row=row))


def _heading(file: Path) -> tuple[str, list[str]]:
    """Find what parts the fields, by the heading: the one of the two that it has more of outside quotes; and the names."""
    with file.open(encoding="utf-8-sig", newline="") as text:
        line = text.readline()
        outside = re.sub(r'"[^"]*"', "", line)
        delimiter = ";" if outside.count(";") > outside.count(",") else ","
        text.seek(0)
        return delimiter, next(csv.reader(text, delimiter=delimiter), [])


def _numbers(first: int, count: int, ragged: list[int]) -> Numbers:
    """Number rows from ``first``, leaving out the ragged ones, and forget those that are passed."""
    known = ragged[:]
    candidates = np.arange(first, first + count + len(known))
    rows: Numbers = candidates[~np.isin(candidates, known)][:count]
    # The reader may be ahead and add to the end meanwhile.
    del ragged[: sum(row <= rows[-1] for row in known) if rows.size else 0]
    return rows


def _without_blank(batch: pa.RecordBatch, names: list[str]) -> pa.RecordBatch:
    """Leave out rows in which no cell says anything."""
    says = pa.array(np.zeros(batch.num_rows, dtype=np.bool_))
    for name in names:
        if name in batch.schema.names and not pc.all(says).as_py():
            says = pc.or_(says, pc.greater(pc.binary_length(batch.column(name)), 0))
    return batch if pc.all(says).as_py() else batch.filter(says)

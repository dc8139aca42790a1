"""Tables in files, batch by batch: CSV, Parquet and JSON Lines, read as text where a float could round, written as a whole or not."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO

import pyarrow as pa
from pyarrow import csv, parquet

from refusion.values.said import BadInput, Problem, said

ROWS = 1 << 16
CSV, PARQUET, JSON_LINES = ".csv", ".parquet", ".jsonl"
ENDINGS = (CSV, PARQUET, JSON_LINES)


def batches(source: Path) -> Iterator[pa.RecordBatch]:
    """Read a table of any size in batches; CSV and JSON Lines give text columns, so that no amount becomes a float.

    Raises BadInput for another ending or a file that cannot be read as what its ending says, OSError for no file.
    """
    readers = {CSV: _csv, PARQUET: _parquet, JSON_LINES: _json_lines}
    reader = readers.get(source.suffix)
    if reader is None:
        raise _other_ending(source)
    if not source.is_file():
        raise FileNotFoundError(2, "No such file", str(source))
    try:
        yield from reader(source)
    except (pa.ArrowException, UnicodeDecodeError) as error:
        raise _unreadable(source, str(error).splitlines()[0]) from None


def _csv(source: Path) -> Iterator[pa.RecordBatch]:
    with source.open(encoding="utf-8-sig") as file:
        names = file.readline().strip().split(",")
    texts = csv.ConvertOptions(column_types=dict.fromkeys((name.strip('"') for name in names), pa.string()))
    blocks = csv.open_csv(source, convert_options=texts)
    for batch in blocks:
        yield from _cut(batch)


def _parquet(source: Path) -> Iterator[pa.RecordBatch]:
    with parquet.ParquetFile(source) as file:
        yield from file.iter_batches(batch_size=ROWS)


def _json_lines(source: Path) -> Iterator[pa.RecordBatch]:
    with source.open(encoding="utf-8") as file:
        names: dict[str, None] = {}
        rows = _objects(source, file)
        while chunk := list(islice(rows, ROWS)):
            names |= dict.fromkeys(name for row in chunk for name in row)
            columns = {name: pa.array([_text(row.get(name)) for row in chunk], pa.string()) for name in names}
            yield pa.RecordBatch.from_pydict(columns)


def _objects(source: Path, lines: Iterable[str]) -> Iterator[dict[str, object]]:
    for row, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            content = json.loads(line, parse_float=str, parse_int=str)
        except ValueError as error:
            raise _unreadable(source, str(error), row) from None
        if not isinstance(content, dict):
            raise _unreadable(source, "{…}", row)
        yield content


def _text(value: object) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value)


def _cut(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    for start in range(0, batch.num_rows, ROWS):
        yield batch.slice(start, ROWS)


class Writer:
    """A table being written beside its place; it takes its place when it is finished."""

    def __init__(self, target: Path) -> None:
        """Choose the form by the ending; raises BadInput for another one."""
        if target.suffix not in ENDINGS:
            raise _other_ending(target)
        self.rows = 0
        self._target = target
        self._beside = target.with_name(f"{target.name}.part")
        self._file: IO[bytes] | None = None
        self._writer: csv.CSVWriter | parquet.ParquetWriter | None = None

    def add(self, batch: pa.RecordBatch) -> None:
        """Write rows; the first batch gives the columns."""
        self.rows += batch.num_rows
        if self._target.suffix == JSON_LINES:
            self._lines(batch)
        else:
            self._table(batch)

    def finish(self) -> None:
        """Close the file and put it in its place."""
        self._close()
        if self._beside.exists():
            self._beside.replace(self._target)

    def finish_if_any(self) -> None:
        """Put the file in its place when it has rows, else leave none there from an earlier time."""
        self._close()
        if self.rows:
            self._beside.replace(self._target)
        else:
            self._target.unlink(missing_ok=True)

    def forget(self) -> None:
        """Leave nothing behind."""
        self._close()
        self._beside.unlink(missing_ok=True)

    def _close(self) -> None:
        if self._writer is not None:
            self._writer.close()
        if self._file is not None:
            self._file.close()

    def _lines(self, batch: pa.RecordBatch) -> None:
        if self._file is None:
            self._file = self._beside.open("wb")
        for row in batch.to_pylist():
            text = json.dumps(row, ensure_ascii=False, default=str)
            self._file.write(text.encode() + b"\n")

    def _table(self, batch: pa.RecordBatch) -> None:
        if self._writer is None:
            self._file = self._beside.open("wb")
            kind = csv.CSVWriter if self._target.suffix == CSV else parquet.ParquetWriter
            self._writer = kind(self._file, batch.schema)
        self._writer.write_batch(batch)


def _other_ending(file: Path) -> BadInput:
    return BadInput(Problem(said("law.file_ending"), said("law.file_ending_remedy"), file=str(file)))


def _unreadable(file: Path, reason: str, row: int | None = None) -> BadInput:
    what = said("law.file_unreadable", reason=reason)
    return BadInput(Problem(what, said("law.file_unreadable_remedy"), file=str(file), row=row))

"""Tables written to files batch by batch: CSV, Parquet and JSON Lines, as a whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import IO

import pyarrow as pa
from pyarrow import csv, parquet

from refusion.doors.cli.rules.rows import CSV, ENDINGS, JSON_LINES, other_ending
from refusion.values.said import BadInput, Problem, said


class Writer:
    """A table being written beside its place; it takes its place when it is finished."""

    def __init__(self, target: Path) -> None:
        """Choose the form by the ending; raises BadInput for another one."""
        if target.suffix not in ENDINGS:
            raise other_ending(target)
        self.rows = 0
        self._target = target
        self._beside = target.with_name(f"{target.name}.part")
        self._file: IO[bytes] | None = None
        self._writer: csv.CSVWriter | parquet.ParquetWriter | None = None

    def add(self, batch: pa.RecordBatch) -> None:
        """Write rows; the first batch gives the columns. Raises BadInput for a column that the form cannot hold."""
        self.rows += batch.num_rows
        if self._target.suffix == JSON_LINES:
            self._lines(batch)
            return
        try:
            self._table(batch)
        except pa.ArrowException as error:
            what = said("law.file_unwritable", reason=str(error).splitlines()[0])
            raise BadInput(Problem(what, said("law.file_unwritable_remedy"), file=str(self._target))) from None

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
            self._beside.unlink(missing_ok=True)
            self._target.unlink(missing_ok=True)

    def forget(self) -> None:
        """Leave nothing behind."""
        try:
            self._close()
        finally:
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
        if batch.num_rows:
            self._writer.write_batch(batch)

"""Tables read from files batch by batch: CSV, Parquet and JSON Lines, as text where a float could round, rows numbered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from refusion.doors.cli.rules.rows import CSV, ENDINGS, PARQUET, ROW, ROWS, Faulty, empty, numbered, other_ending
from refusion.values.said import BadInput, Problem, said

# So many faulty lines are named when there is nothing else in a file.
MOST = 20
NONE = np.zeros(0, dtype=np.int64)


class Source:
    """A table of any size while it is read: how far it is, and in ``faulty`` the rows that cannot be read, for the reader to take."""

    def __init__(self, file: Path) -> None:
        """Choose the form by the ending; raises BadInput for another one, OSError for no file."""
        if file.suffix not in ENDINGS:
            raise other_ending(file)
        self.file = file
        self.size = file.stat().st_size
        self.done = 0
        self.faulty: list[Faulty] = []

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Give the rows, an empty batch first, each row with its number: the heading is row 1, of JSON Lines the first line.

        CSV and JSON Lines give text columns, so that no amount becomes a float.
        Raises BadInput for a file that cannot be read as what its ending says.
        """
        try:
            for batch in self._by_form():
                yield from _cut(batch)
        except (pa.ArrowException, UnicodeDecodeError) as error:
            raise self._unreadable(str(error).splitlines()[0]) from None

    def take_faulty(self, until: int | None = None) -> list[Faulty]:
        """Give the rows that could not be read, of those up to a row's number, and were not given before."""
        known = self.faulty[:]
        taken = [faulty for faulty in known if until is None or faulty.row <= until]
        # The reader may be ahead and add to the end meanwhile.
        del self.faulty[: len(taken)]
        return taken

    def _by_form(self) -> Iterator[pa.RecordBatch]:
        if self.file.suffix == CSV:
            from refusion.doors.cli.rules.comma_separated import read

            return read(self.file, self.faulty, self._at)
        return self._parquet() if self.file.suffix == PARQUET else self._json_lines()

    def _at(self, place: int) -> None:
        self.done = place

    def _parquet(self) -> Iterator[pa.RecordBatch]:
        with parquet.ParquetFile(self.file) as file:
            yield numbered(empty(file.schema_arrow), NONE)
            read, rows = 0, max(file.metadata.num_rows, 1)
            for batch in file.iter_batches(batch_size=ROWS):
                yield numbered(batch, np.arange(read + 2, read + 2 + batch.num_rows))
                read += batch.num_rows
                self.done = self.size * read // rows

    def _json_lines(self) -> Iterator[pa.RecordBatch]:
        # Read twice: a column may be named for the first time on the last line, and all batches have the same columns.
        faulty: list[Faulty] = []
        names = dict.fromkeys(name for _, content in self._objects(faulty) for name in content)
        if faulty and not names:
            raise BadInput(*(line.as_problem(self.file) for line in faulty[:MOST]))
        schema = pa.schema([(name, pa.string()) for name in names])
        objects = self._objects(self.faulty)
        yield numbered(empty(schema), NONE)
        while chunk := list(islice(objects, ROWS)):
            columns = [pa.array([_text(content.get(name)) for _, content in chunk], pa.string()) for name in names]
            rows = np.array([row for row, _ in chunk], dtype=np.int64)
            yield numbered(pa.RecordBatch.from_arrays(columns, schema=schema), rows)

    def _objects(self, faulty: list[Faulty]) -> Iterator[tuple[int, dict[str, object]]]:
        with self.file.open("rb") as file:
            self.done = 0
            for row, line in enumerate(file, start=1):
                self.done += len(line)
                text = line.decode("utf-8-sig" if row == 1 else "utf-8")
                if not text.strip():
                    continue
                content = _object(text)
                if isinstance(content, dict):
                    yield row, content
                else:
                    faulty.append(Faulty(row, text.rstrip("\r\n"), said("law.row_no_object", reason=content)))

    def _unreadable(self, reason: str) -> BadInput:
        what = said("law.file_unreadable", reason=reason)
        return BadInput(Problem(what, said("law.file_unreadable_remedy"), file=str(self.file)))


def whole(file: Path) -> tuple[list[dict[str, object]], list[int]]:
    """Give all rows of a small table as cells, and their numbers; raises BadInput naming every row that cannot be read."""
    source = Source(file)
    cells = [row for batch in source.batches() for row in batch.to_pylist()]
    if source.faulty:
        raise BadInput(*(faulty.as_problem(file) for faulty in source.faulty))
    return cells, [row.pop(ROW) for row in cells]


def _object(line: str) -> dict[str, object] | str:
    """Read a line as an object, else say why it is none."""
    try:
        content = json.loads(line, parse_float=str, parse_int=str)
    except ValueError as error:
        return str(error)
    return content if isinstance(content, dict) else "{…}"


def _text(value: object) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value)


def _cut(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    for start in range(0, max(batch.num_rows, 1), ROWS):
        yield batch.slice(start, ROWS)

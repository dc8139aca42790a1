"""Rows of tables: the forms of files, how rows are numbered, and rows that cannot be read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from refusion.values.said import BadInput, Problem, Said, said

ROWS = 1 << 16
CSV, PARQUET, JSON_LINES = ".csv", ".parquet", ".jsonl"
ENDINGS = (CSV, PARQUET, JSON_LINES)
# What a file of refused rows says of each row, and the name under which the rules give their text key.
ROW, COLUMN, VALUE, REASON, PROBLEM = "problem_row", "problem_column", "problem_value", "problem_reason", "problem"
SET_ASIDE = (ROW, COLUMN, VALUE, REASON, PROBLEM)
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Faulty:
    """A row without cells to calculate from: its number, its text, and what is wrong with it."""

    row: int
    text: str
    because: Said

    def as_problem(self, file: Path) -> Problem:
        """Say it of the file."""
        return Problem(self.because, said("law.row_fields_remedy"), file=str(file), row=self.row)


def numbered(batch: pa.RecordBatch, rows: Numbers) -> pa.RecordBatch:
    """Add the numbers of the rows, in the place of older ones; raises BadInput for a column that stands twice."""
    names = batch.schema.names
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise BadInput(*(Problem(said("law.column_twice"), said("law.column_twice_remedy"), column=name) for name in twice))
    kept = batch.drop_columns([name for name in names if name in SET_ASIDE])
    return kept.append_column(ROW, pa.array(rows, pa.int64()))


def empty(schema: pa.Schema) -> pa.RecordBatch:
    """Give a batch without rows."""
    return pa.RecordBatch.from_arrays([pa.array([], field.type) for field in schema], schema=schema)


def other_ending(file: Path) -> BadInput:
    """Refuse a file whose ending says no form that is known."""
    return BadInput(Problem(said("law.file_ending"), said("law.file_ending_remedy"), file=str(file)))

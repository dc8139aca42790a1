"""Columns of a table read exactly: days, hundredths, and which row is bad in which column and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from refusion.law.engine.numbers import Column
from refusion.law.engine.words import EPOCH

Marks = NDArray[np.bool_]
HUNDREDTHS = r"^\d{1,12}(\.\d{1,2}0*)?$"
LACKS = "law.row_lacks"
ISO_DAY = r"^\d{4}-\d{2}-\d{2}$"


@dataclass
class Reading:
    """A record batch while its columns are read: the first problem of each row is kept."""

    batch: pa.RecordBatch
    problems: list[str | None] = field(init=False)
    places: list[str | None] = field(init=False)

    def __post_init__(self) -> None:
        """Begin with no problems."""
        self.problems = [None] * self.batch.num_rows
        self.places = [None] * self.batch.num_rows

    @property
    def good(self) -> Marks:
        """Tell which rows have no problem so far."""
        return np.array([problem is None for problem in self.problems], dtype=np.bool_)

    def texts(self, name: str) -> pa.Array:
        """Give a column as trimmed text, empty as null; a column that the table lacks is all null."""
        if name not in self.batch.schema.names:
            return pa.nulls(self.batch.num_rows, pa.string())
        text = pc.utf8_trim_whitespace(self.batch.column(name).cast(pa.string()))
        return pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)

    def refuse(self, rows: Marks, problem: str, place: str) -> None:
        """Note a problem of some rows, unless they have one already; of facts that are missing all are named."""
        for row in np.flatnonzero(rows):
            if self.problems[row] is None:
                self.problems[row], self.places[row] = problem, place
            elif problem == self.problems[row] == LACKS:
                self.places[row] = f"{self.places[row]}, {place}"

    def needed(self, name: str) -> pa.Array:
        """Give a column's text and refuse the rows that lack it."""
        text = self.texts(name)
        self.refuse(_marks(pc.is_null(text)), LACKS, name)
        return text

    def days(self, name: str) -> Column:
        """Read a column of ISO days as ordinals; a bad or missing row is refused and reads as day 1."""
        text = self.needed(name)
        days = _days(text)
        bad = _marks(pc.and_(pc.is_valid(text), pc.is_null(days)))
        self.refuse(bad, "law.row_no_day", name)
        whole = pc.fill_null(days.cast(pa.int32()).cast(pa.int64()), 1 - EPOCH)
        ordinals: Column = whole.to_numpy(zero_copy_only=False).astype(np.int64) + EPOCH
        return ordinals

    def maybe_days(self, name: str, missing: int) -> Column:
        """Read a column of ISO days as ordinals; ``missing`` stands for an empty cell, a bad one is refused."""
        text = self.texts(name)
        days = _days(text)
        self.refuse(_marks(pc.and_(pc.is_valid(text), pc.is_null(days))), "law.row_no_day", name)
        whole = pc.fill_null(days.cast(pa.int32()).cast(pa.int64()), missing - EPOCH)
        ordinals: Column = whole.to_numpy(zero_copy_only=False).astype(np.int64) + EPOCH
        return ordinals

    def hundredths(self, name: str, missing: int | None = None) -> Column:
        """Read numbers of at most two decimals, none below zero; ``missing`` stands for an empty cell, None refuses it."""
        text = self.needed(name) if missing is None else self.texts(name)
        shaped = pc.fill_null(pc.match_substring_regex(text, HUNDREDTHS), False)
        self.refuse(_marks(pc.and_(pc.is_valid(text), pc.invert(shaped))), "law.row_no_amount", name)
        plain = pc.if_else(shaped, text, pa.scalar(None, pa.string()))
        exact = plain.cast(pa.decimal128(18, 2))
        whole = pc.multiply(exact, pa.scalar(Decimal(100), pa.decimal128(3, 0))).cast(pa.int64())
        filled: Column = pc.fill_null(whole, missing or 0).to_numpy(zero_copy_only=False).astype(np.int64)
        return filled


def _days(text: pa.Array) -> pa.Array:
    shaped = pc.fill_null(pc.match_substring_regex(text, ISO_DAY), False)
    plain = pc.if_else(shaped, text, pa.scalar(None, pa.string()))
    try:
        return plain.cast(pa.date32())
    except pa.ArrowInvalid:
        # A shaped text that is no day of the calendar (30 February): rare enough to go one by one.
        return pa.array([_day(value) for value in plain.to_pylist()], pa.date32())


def _day(value: str | None) -> object:
    try:
        return pa.scalar(value).cast(pa.date32()).as_py()
    except pa.ArrowInvalid:
        return None


def _marks(array: pa.Array) -> Marks:
    marks: Marks = array.to_numpy(zero_copy_only=False).astype(np.bool_)
    return marks


def kroner_column(amounts: Column) -> pa.Array:
    """Write hundredths as exact decimals with two places."""
    cent = pa.scalar(Decimal("0.01"), pa.decimal128(3, 2))
    return pc.multiply(pa.array(amounts).cast(pa.decimal128(19, 0)), cent).cast(pa.decimal128(18, 2))

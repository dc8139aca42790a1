"""Collects what is wrong in a file, row by row, and refuses it once with all of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from refusion.adapters.sls.refusals import MOST, problem
from refusion.values.said import BadInput, Problem, Said, said


class Findings:
    """What was found so far; counts everything, keeps what can be told."""

    def __init__(self, file: str, rows: NDArray[np.int64]) -> None:
        """Begin for a file whose rows have these numbers."""
        self._file = file
        self._rows = rows
        self._found: list[tuple[int, int, Problem]] = []
        self._count = 0

    def add(self, wrong: NDArray[np.bool_], column: str, what: Callable[[int], Said], value: Callable[[int], str | None]) -> None:
        """Note for each wrong place what is wrong in the column and which value stands there."""
        places = np.flatnonzero(wrong)
        self._count += len(places)
        for place in places[:MOST].tolist():
            row = int(self._rows[place])
            self._found.append((row, len(self._found), problem(what(place), self._file, row, column, value(place))))

    def add_one(self, what: Said, column: str | None = None, row: int | None = 1) -> None:
        """Note something that is wrong with the heading or the whole file."""
        self._count += 1
        self._found.append((row or 0, len(self._found), problem(what, self._file, row, column)))

    def refuse_if_any(self) -> None:
        """Raise BadInput with at most 100 problems in the order of the rows; the last one counts what was left out."""
        if not self._count:
            return
        ordered: Sequence[Problem] = [found for *_, found in sorted(self._found, key=lambda found: found[:2])]
        if self._count > MOST:
            ordered = [*ordered[: MOST - 1], problem(said("payroll.more_problems", count=self._count - MOST + 1), self._file)]
        raise BadInput(*ordered)

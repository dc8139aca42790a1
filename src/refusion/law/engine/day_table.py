"""A number for each day of a calendar, worked out once by rules and then looked up; for one day or a column of days."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import Context
from functools import cached_property
from typing import overload

import numpy as np

from refusion.law.engine.numbers import Column, Number
from refusion.law.engine.parameters import Dated, on_trial, trying
from refusion.law.engine.refusals import NotKnown


class DayTable:
    """Numbers by day from a first day on; worked out when the first one is asked for."""

    def __init__(self, first_day: int, worked_out: Callable[[], Column], outside: Callable[[], NotKnown]) -> None:
        """Take how all numbers are worked out, and what is raised for a day before or after them."""
        self.first_day = first_day
        self._worked_out = worked_out
        self._outside = outside
        # The numbers under the change of figures that was tried last; what stands in law is never worked out while one is tried.
        self._tried: tuple[Mapping[Dated, Dated], DayTable] | None = None

    @cached_property
    def numbers(self) -> Column:
        """Give all numbers in the order of their days; no tape, choice or trial of whoever asks first reaches them."""
        return Context().run(self._worked_out)

    @cached_property
    def _one_by_one(self) -> list[int]:
        numbers: list[int] = self.numbers.tolist()
        return numbers

    @overload
    def __call__(self, day: int) -> int: ...
    @overload
    def __call__(self, day: Number) -> Number: ...
    def __call__(self, day: Number) -> Number:
        """Give the number of the day; raises NotKnown outside the calendar."""
        trial = on_trial()
        table = self._under(trial) if trial else self
        place = day - table.first_day
        if isinstance(place, np.ndarray):
            if place.size and (int(place.min()) < 0 or int(place.max()) >= table.numbers.size):
                raise self._outside()
            return table.numbers.take(place, mode="clip")
        if not 0 <= place < len(table._one_by_one):
            raise self._outside()
        return table._one_by_one[place]

    def _under(self, trial: Mapping[Dated, Dated]) -> DayTable:
        held = self._tried
        if held is None or held[0] is not trial:
            held = self._tried = (trial, DayTable(self.first_day, lambda: self._worked_out_under(trial), self._outside))
        return held[1]

    def _worked_out_under(self, trial: Mapping[Dated, Dated]) -> Column:
        with trying(trial):
            return self._worked_out()

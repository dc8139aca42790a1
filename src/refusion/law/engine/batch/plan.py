"""Rules put together for a row: one function in house words, of the facts of a row as ints or of many rows as columns."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from refusion.law.engine.catalogue import Foundation, all_behind
from refusion.law.engine.numbers import Column, Day, Number, Truth
from refusion.law.engine.parameters import on_trial
from refusion.law.engine.tape import running

Made = NDArray[Any]


def same_day(day: Day) -> Day:
    """Give the day itself, for a plan whose figures are those of the very day."""
    return day


@dataclass(frozen=True)
class Plan:
    """What rows give, as one function in house words: of the facts of one row as ints, or of a block of them as columns.

    ``facts`` is the frozen class of the facts. The day that figures are looked up by is ``day`` of the column ``dated_by``.
    ``gives`` are the kinds of the columns given.
    """

    body: Callable[[Any, Day], tuple[Number | Truth, ...]]
    facts: type[Any]
    dated_by: str
    day: Callable[[Day], Day]
    gives: tuple[type[np.generic], ...]

    @cached_property
    def rests_on(self) -> Foundation:
        """Find all figures, choices and rules behind the function."""
        return all_behind(self.body)

    @cached_property
    def place_of_day(self) -> int:
        """Tell which of the facts the days are read from."""
        return self.names.index(self.dated_by)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Give the names of the facts in their order."""
        return tuple(field.name for field in fields(self.facts))

    @cached_property
    def one_row(self) -> type:
        """Make the class of the facts of one row."""
        return namedtuple("Row", self.names)

    def one_day(self, days: Column) -> Day:
        """Give the first of the days that figures are looked up by, where all of them have the same figures; else all."""
        first, last = int(self.day(int(days.min()))), int(self.day(int(days.max())))
        return first if all(figure.is_one(first, last) for figure in self.rests_on.figures) else self.day(days)

    def is_as_written(self) -> bool:
        """Tell whether the law is applied as it stands: no other choice than the defaults, no figure on trial, no tape."""
        return not on_trial() and running() is None and all(policy.follows(policy.default) for policy in self.rests_on.policies)

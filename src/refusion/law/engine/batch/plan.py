"""Rules put together for a row, and applied to columns block by block: with NumPy, or compiled where the extra ``mass`` is installed."""

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

BLOCK = 1 << 15
Made = NDArray[Any]
Block = Callable[[tuple[Column, ...], Day, tuple[Made, ...]], None]


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


def calculated(plan: Plan, facts: object, *, compiled: bool = False) -> tuple[Made, ...]:
    """Calculate columns of facts, in the order of their rows, block by block.

    Where all days of a block have the same figures, they are looked up once. ``compiled`` gives the same, sooner for many
    rows, and needs the extra ``mass``. Raises NotKnown for a day before a first value.
    """
    columns = tuple(np.ascontiguousarray(getattr(facts, name), dtype=np.int64) for name in plan.names)
    made = tuple(np.empty(columns[0].size, dtype=kind) for kind in plan.gives)
    block = _compiled(plan) if compiled and plan.is_as_written() else _by_columns(plan)
    for start in range(0, columns[0].size, BLOCK):
        rows = slice(start, start + BLOCK)
        given = tuple(column[rows] for column in columns)
        block(given, plan.one_day(given[plan.place_of_day]), tuple(part[rows] for part in made))
    return made


def _by_columns(plan: Plan) -> Block:
    def block(given: tuple[Column, ...], day: Day, made: tuple[Made, ...]) -> None:
        for target, column in zip(made, plan.body(plan.facts(*given), day), strict=True):
            target[:] = column

    return block


def _compiled(plan: Plan) -> Block:
    from refusion.law.engine.batch.compiled import filled

    by_columns = _by_columns(plan)

    def block(given: tuple[Column, ...], day: Day, made: tuple[Made, ...]) -> None:
        if not filled(plan, given, day, made):
            # A day outside the law's figures or calendar: NumPy's way says which.
            by_columns(given, day, made)

    return block

"""Rules put together for a row, and applied to columns block by block: with NumPy, or compiled where the extra ``mass`` is installed."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from refusion.law.engine.catalogue import Foundation, all_behind
from refusion.law.engine.numbers import Column, Day, Number, Truth
from refusion.law.engine.parameters import on_trial
from refusion.law.engine.tape import running

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

BLOCK = 1 << 15
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


def calculated(plan: Plan, facts: object, *, compiled: bool = False, threads: int = 1) -> tuple[Made, ...]:
    """Calculate columns of facts, in the order of their rows, block by block.

    Where all days of a block have the same figures, they are looked up once. ``compiled`` gives the same, sooner for many
    rows, on so many ``threads``, and needs the extra ``mass``. Raises NotKnown for a day before a first value.
    """
    columns = tuple(np.ascontiguousarray(getattr(facts, name), dtype=np.int64) for name in plan.names)
    made = tuple(np.empty(columns[0].size, dtype=kind) for kind in plan.gives)
    blocks = [_Block(plan, columns, made, start) for start in range(0, columns[0].size, BLOCK)]
    # A block that the compiled rules leave has a day outside the law's figures or calendar: NumPy's way says which.
    for block in _left_by_compiled(blocks, threads) if compiled and plan.is_as_written() else blocks:
        block.by_columns()
    return made


class _Block:
    """Some rows of the columns: their facts, the day that figures are looked up by, and room for what they give."""

    def __init__(self, plan: Plan, columns: tuple[Column, ...], made: tuple[Made, ...], start: int) -> None:
        rows = slice(start, start + BLOCK)
        self.plan = plan
        self.facts = tuple(column[rows] for column in columns)
        self.made = tuple(part[rows] for part in made)
        self.day = plan.one_day(self.facts[plan.place_of_day])

    def by_columns(self) -> None:
        """Calculate with NumPy."""
        for target, column in zip(self.made, self.plan.body(self.plan.facts(*self.facts), self.day), strict=True):
            target[:] = column


def _left_by_compiled(blocks: list[_Block], threads: int) -> list[_Block]:
    from refusion.law.engine.batch.compiled import filled

    def is_filled(block: _Block) -> bool:
        return filled(block.plan, block.facts, block.day, block.made)

    done = [is_filled(block) for block in blocks[:1]]  # the first one waits for what is not compiled yet
    done += _pool(threads).map(is_filled, blocks[1:]) if threads > 1 else map(is_filled, blocks[1:])
    return [block for block, is_done in zip(blocks, done, strict=True) if not is_done]


@cache
def _pool(threads: int) -> ThreadPoolExecutor:
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(threads)

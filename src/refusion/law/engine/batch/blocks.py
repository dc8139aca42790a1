"""Plans applied to columns block by block: with NumPy, or compiled where the extra ``mass`` is installed."""

from __future__ import annotations

from collections import deque
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from refusion.law.engine.batch.plan import Made, Plan
from refusion.law.engine.numbers import Column, Number, Truth

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

# Rows whose columns stay near the processor; compiled rules need none beside the facts and what they give.
BLOCK, COMPILED_BLOCK = 1 << 16, 1 << 15


def calculated(plan: Plan, facts: object, *, compiled: bool = False, threads: int = 1) -> tuple[Made, ...]:
    """Calculate columns of facts, in the order of their rows, block by block.

    Where all days of a block have the same figures, they are looked up once. ``compiled`` gives the same, sooner for many
    rows, on so many ``threads``, and needs the extra ``mass``. Raises NotKnown for a day before a first value.
    """
    columns = tuple(np.ascontiguousarray(getattr(facts, name), dtype=np.int64) for name in plan.names)
    if not compiled and 0 < columns[0].size <= BLOCK:
        return _of_one_block(plan, columns)
    made = tuple(np.empty(columns[0].size, dtype=kind) for kind in plan.gives)
    is_compiled = compiled and plan.is_as_written()
    size = min(BLOCK, COMPILED_BLOCK) if is_compiled else BLOCK
    blocks = [_Block(plan, columns, made, slice(start, start + size)) for start in range(0, columns[0].size, size)]
    # A block that the compiled rules leave has a day outside the law's figures or calendar: NumPy's way says which.
    for block in _left_by_compiled(blocks, threads) if is_compiled else blocks:
        block.by_columns()
    return made


def _of_one_block(plan: Plan, columns: tuple[Column, ...]) -> tuple[Made, ...]:
    """Give what the rules give as it is; what is one value for all rows, or a fact handed on, becomes a column of its own."""
    given = plan.body(plan.facts(*columns), plan.one_day(columns[plan.place_of_day]))
    return tuple(_own(part, kind, columns) for part, kind in zip(given, plan.gives, strict=True))


def _own(part: Number | Truth, kind: type[np.generic], columns: tuple[Column, ...]) -> Made:
    if isinstance(part, np.ndarray) and part.dtype == kind and part.base is None and not any(part is column for column in columns):
        return part
    made = np.empty(columns[0].size, dtype=kind)
    made[:] = part
    return made


class _Block:
    """Some rows of the columns: their facts, the day that figures are looked up by, and room for what they give."""

    def __init__(self, plan: Plan, columns: tuple[Column, ...], made: tuple[Made, ...], rows: slice) -> None:
        self.plan = plan
        self.facts = tuple(column[rows] for column in columns)
        self.made = tuple(part[rows] for part in made)
        self.day = plan.one_day(self.facts[plan.place_of_day])

    def by_columns(self) -> None:
        """Calculate with NumPy."""
        for target, column in zip(self.made, self.plan.body(self.plan.facts(*self.facts), self.day), strict=True):
            target[:] = column


def _left_by_compiled(blocks: list[_Block], threads: int) -> list[_Block]:
    from refusion.law.engine.batch.compiled import filled, is_ready

    left: list[_Block] = []
    waiting: deque[_Block] = deque()

    def fill(block: _Block) -> None:
        if not filled(block.plan, block.facts, block.day, block.made):
            left.append(block)

    def fill_what_waits() -> None:
        while True:
            try:
                block = waiting.popleft()
            except IndexError:  # none is left
                return
            fill(block)

    for block in blocks:
        waiting.append(block) if is_ready(block.plan, block.day) else fill(block)  # one block is compiled for, the others wait for that
    others = [_pool(threads).submit(fill_what_waits) for _ in range(min(threads, len(waiting)) - 1)]
    fill_what_waits()
    for other in others:
        other.result()
    return left


@cache
def _pool(threads: int) -> ThreadPoolExecutor:
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(threads)

"""Plans applied to columns block by block: with NumPy, or compiled where the extra ``mass`` is installed."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from refusion.law.engine.batch.plan import Made, Plan
from refusion.law.engine.numbers import Column

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

BLOCK = 1 << 15


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

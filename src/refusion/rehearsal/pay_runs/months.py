"""Month after month of an employer's clean pay runs, all from one seed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from refusion.rehearsal.pay_runs.days import month_of
from refusion.rehearsal.pay_runs.events import Spells, World, turn
from refusion.rehearsal.pay_runs.pay import clean_sheet
from refusion.rehearsal.pay_runs.sheet import Sheet
from refusion.rehearsal.pay_runs.staff import newcomers, unit_shares

EVENING_RATE = 270
LONGEST_SERVICE = 9_000


def founded(seed: int, size: int, first: date) -> World:
    """Make an employer with so many employments on the first day."""
    luck = np.random.default_rng(np.random.PCG64(seed))
    shares = unit_shares(luck, size)
    since = first.toordinal() - luck.integers(60, LONGEST_SERVICE, size)
    staff = newcomers(luck, size, shares, since.astype(np.int64), 1)
    rates = np.full(len(shares) + 1, EVENING_RATE, np.int64)
    nothing = np.zeros(size, np.int64)
    return World(luck, size, shares, staff, Spells(), rates, size + 1, nothing, staff.monthly)


def months(world: World, first: date, count: int) -> Iterator[tuple[date, Sheet]]:
    """Let so many months happen and give what payroll pays in each, when nothing goes wrong."""
    for number in range(count):
        month = month_of(first, number)
        turn(world, month, month_of(first, number + 1))
        yield month, clean_sheet(world, month)

"""One wrong rate for thousands, month after month, too small to be seen on anybody's payslip: what happened in Kristiansand."""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from refusion.rehearsal.pay_runs.events import World
from refusion.rehearsal.pay_runs.facts import PLACE, Code
from refusion.rehearsal.pay_runs.sheet import Sheet, deduct
from refusion.salary_guard.columns import Ints

PEOPLE = 2_338
RIGHT, WRONG = 50, 150
"""Hundredths of the hourly wage that weekend hours are paid at: as agreed, and as entered."""


class Spread(StrEnum):
    """How the wrong rate came in: for whole units, for people here and there, or with a new code for whole units."""

    UNITS = "units"
    HERE_AND_THERE = "here and there"
    NEW_CODE = "new code"


def affected(world: World, sheet: Sheet, how: Spread, people: int = PEOPLE) -> Ints:
    """Choose the employments that are paid at the wrong rate: so many of those with weekend hours this month."""
    rows = np.flatnonzero(sheet.amount[PLACE[Code.WEEKEND]] > 0)
    if how is Spread.HERE_AND_THERE:
        return np.asarray(sheet.employment[world.luck.permutation(rows)[:people]])
    unit = world.staff.unit[sheet.employment[rows] - 1]
    order = world.luck.permutation(len(world.shares) + 1)
    return np.asarray(sheet.employment[rows[np.argsort(order[unit], kind="stable")][:people]])


def pay_wrongly(world: World, sheet: Sheet, employments: Ints, how: Spread) -> Ints:
    """Pay the weekend hours of these employments at the wrong rate; gives the rows."""
    old, new = PLACE[Code.WEEKEND], PLACE[Code.WEEKEND_ANEW if how is Spread.NEW_CODE else Code.WEEKEND]
    rows = np.flatnonzero(np.isin(sheet.employment, employments) & (sheet.amount[old] > 0))
    amount, quantity = sheet.amount[old, rows] * WRONG // RIGHT, sheet.quantity[old, rows]
    sheet.amount[old, rows], sheet.quantity[old, rows] = 0, 0
    sheet.amount[new, rows], sheet.quantity[new, rows] = amount, quantity
    deduct(world, sheet, rows)
    return rows

"""What happens to people from one month to the next: they come and go, are paid more, move, fall away."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from refusion.rehearsal.pay_runs.days import last_day, value_date
from refusion.rehearsal.pay_runs.staff import ACCOUNT_BASE, HOURS, Shares, Staff, newcomers
from refusion.salary_guard.columns import Flags, Ints

LEAVING, RAISED, MOVED_HOURS, NEW_SUPPLEMENT, NEW_ACCOUNT, NEW_TAX, NEW_SHIFTS = 0.008, 0.01, 0.005, 0.01, 0.006, 0.01, 0.01
BACK_PAID = 0.15
UNPAID_SPELLS, LONG_LEAVES, TOLD_LATE = 0.03, 0.002, 0.2
LATE_CONTRACT = 0.0005
RATE_AGREED = 0.12
APRIL, JANUARY = 4, 1


@dataclass(slots=True)
class Spells:
    """Spells without full pay, with the ordinal of the month in which payroll learned of each."""

    employment: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    first_day: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    last_day: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    paid: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    known: Ints = field(default_factory=lambda: np.zeros(0, np.int64))

    def add(self, *columns: Ints) -> None:
        """Add spells, column by column."""
        for name, more in zip(("employment", "first_day", "last_day", "paid", "known"), columns, strict=True):
            setattr(self, name, np.concatenate([getattr(self, name), more]))


@dataclass(slots=True)
class World:
    """The employer in one month: its people, their spells, what was agreed, and what this month brought."""

    luck: np.random.Generator
    size: int
    shares: Shares
    staff: Staff
    spells: Spells
    evening_rate: Ints
    next_person: int
    back_pay: Ints
    registered_monthly: Ints
    agreed_unit: int = 0


def turn(world: World, month: date, following: date) -> None:
    """Let a month happen; ``following`` is the first day of the next one."""
    _hire(world, month)
    _leave(world, month)
    before = world.staff.monthly
    _raise(world, month)
    _change(world, month)
    late = world.luck.random(world.staff.count) < LATE_CONTRACT
    world.registered_monthly = np.where(late, before, world.staff.monthly)
    _fall_away(world, month, following)
    _agree(world)


def working(staff: Staff, first: int, last: int) -> Flags:
    """Tell who is employed on a day of the period."""
    return np.asarray((staff.since <= last) & ((staff.ends == 0) | (staff.ends >= first)))


def _hire(world: World, month: date) -> None:
    first = month.toordinal()
    missing = world.size - int(working(world.staff, first, first).sum())
    if missing <= 0:
        return
    mid_month = world.luck.random(missing) < 0.3
    since = np.where(mid_month, first + world.luck.integers(5, 20, missing), first).astype(np.int64)
    people = newcomers(world.luck, missing, world.shares, since, world.next_person)
    world.next_person += missing
    world.staff.extend(people)


def _leave(world: World, month: date) -> None:
    staff, last = world.staff, last_day(month)
    can = (staff.ends == 0) & (staff.since < month.toordinal() - 60)
    leaving = can & (world.luck.random(staff.count) < LEAVING)
    early = world.luck.random(staff.count) < 0.3
    ends = np.where(early, last - world.luck.integers(5, 20, staff.count), last)
    staff.ends = np.where(leaving, ends, staff.ends)


def _raise(world: World, month: date) -> None:
    staff, luck = world.staff, world.luck
    raised = luck.random(staff.count) < RAISED
    before = staff.monthly
    factor = np.where(raised, luck.integers(1_020, 1_120, staff.count), 1_000)
    if month.month == APRIL:
        general = int(luck.integers(1_015, 1_035))
        factor = factor * general // 1_000
        staff.supplement = staff.supplement * general // 1_000
    staff.hourly = staff.hourly * factor // 1_000
    late = raised & ~staff.is_hourly & (luck.random(staff.count) < BACK_PAID) & (staff.since < month.toordinal() - 100)
    world.back_pay = np.where(late, (staff.monthly - before) * luck.integers(1, 4, staff.count), 0)


def _change(world: World, month: date) -> None:
    staff, luck, count = world.staff, world.luck, world.staff.count
    staff.hours = np.where(luck.random(count) < MOVED_HOURS, luck.choice(HOURS, count), staff.hours)
    moved = luck.random(count) < NEW_SUPPLEMENT
    staff.supplement = np.where(moved, luck.integers(0, 60, count) * 5_000, staff.supplement)
    _change_accounts(world, month)
    percent = luck.normal(0, 8, count) if month.month == JANUARY else np.where(luck.random(count) < NEW_TAX, luck.normal(0, 25, count), 0)
    staff.tax = np.clip(staff.tax + percent.astype(np.int64), 300, 550)
    in_shifts = (staff.unit % 2 == 0) & (luck.random(count) < NEW_SHIFTS)
    staff.evening = np.where(in_shifts, luck.integers(0, 5_000, count), staff.evening)


def _change_accounts(world: World, month: date) -> None:
    """Give some a new account on any day of the month before pay; both jobs of a person follow."""
    staff, luck = world.staff, world.luck
    changing = np.zeros(world.next_person + 1, np.bool_)
    changing[luck.integers(1, world.next_person, int(NEW_ACCOUNT * world.size))] = True
    pay_day = value_date(month).toordinal()
    entered = luck.integers(pay_day - 30, pay_day, world.next_person + 1)
    theirs = changing[staff.person]
    turned = (staff.account - ACCOUNT_BASE) % 10 == 9
    staff.account = np.where(theirs & ~turned, staff.account + 1, staff.account)
    staff.account_since = np.where(theirs & ~turned, entered[staff.person], staff.account_since)


def _fall_away(world: World, month: date, following: date) -> None:
    """Draw spells without full pay: short ones, and leaves of months; payroll learns of some a month late."""
    staff, luck, first = world.staff, world.luck, month.toordinal()
    here = np.flatnonzero(working(staff, first, first) & ~staff.is_hourly & (staff.since < first) & (staff.ends == 0))
    here = np.setdiff1d(here, world.spells.employment[world.spells.last_day >= first - 31] - 1)
    drawn = luck.random(len(here))
    away = here[drawn < UNPAID_SPELLS + LONG_LEAVES]
    is_long = drawn[drawn < UNPAID_SPELLS + LONG_LEAVES] < LONG_LEAVES
    begins = first + luck.integers(0, 20, len(away))
    short_end = np.minimum(begins + luck.geometric(0.2, len(away)), following.toordinal() - 1)
    ends = np.where(is_long, begins + luck.integers(40, 180, len(away)), short_end)
    paid = np.where(luck.random(len(away)) < 0.3, 500, 0)
    late = ~is_long & (luck.random(len(away)) < TOLD_LATE)
    known = np.where(late, following.toordinal(), first)
    world.spells.add(away + 1, begins, ends, paid.astype(np.int64), known)


def _agree(world: World) -> None:
    """Let a unit agree on another rate for evening hours now and then."""
    world.agreed_unit = 0
    if world.luck.random() < RATE_AGREED:
        world.agreed_unit = int(world.luck.integers(1, len(world.shares) + 1))
        world.evening_rate[world.agreed_unit] = int(world.luck.integers(220, 330))

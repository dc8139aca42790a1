"""Everybody who ever worked at the made-up employer, one row per employment, and how they come to be."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from refusion.salary_guard.columns import Flags, Ints

Shares = np.ndarray[tuple[int], np.dtype[np.float64]]

UNITS_FOR = 1_600
"""One unit for so many employments; a few are very large and many small."""
HOURS = (3700, 3700, 3700, 3700, 3700, 3200, 3000, 1850, 2800, 3400)
SECOND_JOB, PAID_BY_HOUR, TOP_PAID = 0.04, 0.06, 0.001
ACCOUNT_BASE = 10_000_000


@dataclass(slots=True)
class Staff:
    """One row per employment ever; the employment's number is its row plus one. Money in øre, hours in hundredths.

    ``evening`` and ``weekend`` are the hours of a usual month, ``overtime`` and ``travel`` how often in a thousand
    months, ``tax`` and ``pension`` thousandths.
    """

    person: Ints
    unit: Ints
    since: Ints
    ends: Ints
    hours: Ints
    hourly: Ints
    is_hourly: Flags
    supplement: Ints
    evening: Ints
    weekend: Ints
    overtime: Ints
    travel: Ints
    tax: Ints
    allowance: Ints
    pension: Ints
    membership: Ints
    account: Ints
    account_since: Ints

    @property
    def count(self) -> int:
        """Count the employments."""
        return len(self.person)

    @property
    def monthly(self) -> Ints:
        """Give the base pay of a full month: 1924 hours a year at 37 hours a week; 0 for who is paid by the hour."""
        whole = self.hourly * 1924 * self.hours // (12 * 3700)
        return np.where(self.is_hourly, 0, whole)

    def extend(self, newcomers: Staff) -> None:
        """Take newcomers in below those who are there."""
        for column in fields(self):
            setattr(self, column.name, np.concatenate([getattr(self, column.name), getattr(newcomers, column.name)]))


def unit_shares(luck: np.random.Generator, employments: int) -> Shares:
    """Draw how large the units are, as shares of the whole."""
    sizes = luck.lognormal(0.0, 0.9, max(4, employments // UNITS_FOR))
    return np.asarray(sizes / sizes.sum())


def newcomers(luck: np.random.Generator, count: int, shares: Shares, since: Ints, first_person: int) -> Staff:
    """Draw people with contract, habits, tax and account; each is a person of their own unless it is a second job."""
    person = first_person + np.arange(count, dtype=np.int64)
    second = luck.random(count) < SECOND_JOB
    second[:1] = False
    person = np.where(second, np.roll(person, 1), person)
    unit = luck.choice(len(shares), count, p=shares).astype(np.int64) + 1
    in_shifts = unit % 2 == 0
    hourly = np.clip(luck.lognormal(np.log(23_000), 0.25, count), 14_500, 45_000).astype(np.int64) // 25 * 25
    hourly = np.where(luck.random(count) < TOP_PAID, 90_000, hourly)
    is_hourly = luck.random(count) < PAID_BY_HOUR
    has_evening = in_shifts & (luck.random(count) < 0.55)
    has_weekend = in_shifts & (luck.random(count) < 0.25)
    return Staff(
        person=person,
        unit=unit,
        since=since,
        ends=np.zeros(count, np.int64),
        hours=luck.choice(HOURS, count).astype(np.int64),
        hourly=hourly,
        is_hourly=is_hourly,
        supplement=_where(luck.random(count) < 0.6, luck.integers(6, 60, count) * 5_000),
        evening=_where(has_evening, luck.integers(600, 5_000, count)),
        weekend=_where(has_weekend, luck.integers(50, 180, count)),
        overtime=np.minimum(950, luck.gamma(0.6, 200, count)).astype(np.int64),
        travel=np.minimum(900, luck.gamma(0.4, 150, count)).astype(np.int64),
        tax=luck.integers(340, 420, count),
        allowance=luck.integers(30, 75, count) * 10_000,
        pension=np.full(count, 57, np.int64),
        membership=_where(luck.random(count) < 0.5, luck.integers(50, 120, count) * 100),
        account=ACCOUNT_BASE + person * 10,
        account_since=since.copy(),
    )


def _where(condition: Flags, values: Ints) -> Ints:
    return np.where(condition, values, 0).astype(np.int64)

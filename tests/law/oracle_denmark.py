"""A naive second opinion on Danish sickness refunds: exact fractions, one day at a time, sharing nothing with the product."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import NamedTuple

# First Mondays, weekly maximum in kroner, supplement in tenths of a per cent: typed from the published tables.
RATES = [
    ("2008-01-07", 3515, 0), ("2009-01-05", 3625, 0), ("2010-01-04", 3760, 0), ("2011-01-03", 3830, 0),
    ("2012-01-02", 3940, 0), ("2013-01-07", 4005, 0), ("2014-01-06", 4075, 0), ("2015-01-05", 4135, 0),
    ("2016-01-04", 4180, 0), ("2017-01-02", 4245, 0), ("2018-01-01", 4300, 0), ("2019-01-07", 4355, 0),
    ("2020-01-06", 4405, 3), ("2021-01-04", 4460, 6), ("2022-01-03", 4465, 9), ("2023-01-02", 4550, 12),
    ("2024-01-01", 4695, 15), ("2025-01-06", 4865, 18), ("2026-01-05", 5085, 21),
]  # fmt: skip
# Easter Sundays, from the almanac.
EASTER = {
    2008: (3, 23), 2009: (4, 12), 2010: (4, 4), 2011: (4, 24), 2012: (4, 8), 2013: (3, 31), 2014: (4, 20),
    2015: (4, 5), 2016: (3, 27), 2017: (4, 16), 2018: (4, 1), 2019: (4, 21), 2020: (4, 12), 2021: (4, 4),
    2022: (4, 17), 2023: (4, 9), 2024: (3, 31), 2025: (4, 20), 2026: (4, 5),
}  # fmt: skip
ONE = timedelta(days=1)
RATE_DAYS = [date.fromisoformat(since) for since, _, _ in RATES[1:]]
LAST = date(2026, 12, 31)


def half_up(amount: Fraction) -> int:
    """Round to a whole number, half up."""
    whole, rest = divmod(amount.numerator, amount.denominator)
    return whole + (1 if Fraction(rest, amount.denominator) >= Fraction(1, 2) else 0)


def rate(day: date) -> tuple[Fraction, Fraction]:
    """Give the weekly maximum in kroner and the supplement as a share."""
    held = [(week, tenths) for since, week, tenths in RATES if date.fromisoformat(since) <= day]
    week, tenths = held[-1]
    return Fraction(week), Fraction(tenths, 1000)


def refunded(day: date) -> bool:
    """Tell whether a day gives a refund: a weekday, from July 2012 not on a public holiday."""
    if day.isoweekday() > 5:
        return False
    if day < date(2012, 7, 2):
        return True
    easter = date(day.year, *EASTER[day.year])
    moving = {-3, -2, 1, 39, 50} | ({26} if day.year <= 2023 else set())
    return (day - easter).days not in moving and (day.month, day.day) not in {(1, 1), (12, 25), (12, 26)}


def week_of(days: list[date], facts: dict[str, Fraction | None], period_days: int) -> tuple[int, int]:
    """Give one week's refund in øre and supplement in kroner."""
    maximum, share = rate(days[0] - (days[0].isoweekday() - 1) * ONE)
    per_hour = Fraction(half_up(maximum * 100 / 37), 100)
    hours, hourly = facts["hours"], facts["hourly"]
    absent = hours if facts["absent"] is None else min(facts["absent"], hours)
    full = maximum if absent >= 37 and hourly >= per_hour else min(absent * min(hourly, per_hour), maximum)
    if absent < 4:
        full = Fraction(0)
    amount, wage = Fraction(0), Fraction(0)
    for day in days:
        if refunded(day):
            amount += full / 5
            if facts["wage"] is not None:
                wage += facts["wage"] / period_days
    if facts["wage"] is not None:
        amount = min(amount, wage)
    ore = half_up(amount * 100)
    return ore, half_up(Fraction(ore, 100) * share)


def claim(first: date, last: date, facts: dict[str, Fraction | None]) -> tuple[int, int]:
    """Give a claim's refund in øre and supplement in kroner; facts: hours, hourly, wage, absent, in hours and kroner."""
    days = [first + n * ONE for n in range((last - first).days + 1)]
    in_all = sum(refunded(day) for day in days)
    refund = supplement = 0
    while days:
        week = [day for day in days if day.isocalendar()[:2] == days[0].isocalendar()[:2]]
        days = days[len(week) :]
        ore, kroner = week_of(week, facts, in_all)
        refund, supplement = refund + ore, supplement + kroner
    return refund, supplement


class Counts(NamedTuple):
    """How many cases were compared, how many of them held an exact tie, how many differed."""

    cases: int
    ties: int
    off: int


def drawn(chance: Random) -> dict[str, object]:
    """Draw one claim; every fourth begins at a change of rates, every third wage makes an exact half øre likely."""
    around = chance.choice(RATE_DAYS) + timedelta(days=chance.randint(-8, 3))
    first = around if chance.random() < 0.25 else date(2008, 1, 7) + timedelta(days=chance.randrange(6900))
    last = min(first + timedelta(days=chance.choice([0, 2, 6, 13, 30, 60])), LAST)
    hours = chance.choice([3700, 3700, 3000, 1800, 350, 3850, 4000, chance.randrange(100, 4500)])
    absent = chance.choice([None, None, 399, 400, 3700, chance.randrange(0, 4500)])
    hourly = chance.choice([50_000, 13_743, 12_068, 11_905, chance.randrange(5_000, 20_000)])
    wage = chance.choice([None, chance.randrange(0, 5_000_000), chance.randrange(0, 100_000) * 5 + 1])
    return {"first": first, "last": last, "hours": hours, "absent": absent, "hourly": hourly, "wage": wage}


def run(count: int, seed: int) -> Counts:
    """Compare the product with this for so many random claims, one case at a time."""
    from refusion.law.denmark.sickness.amount import claim_amount
    from refusion.values.period import Period, monday_of

    chance = Random(seed)
    ties = off = 0
    for _ in range(count):
        drawn_claim = drawn(chance)
        facts = {name: None if drawn_claim[name] is None else Fraction(drawn_claim[name], 100) for name in ("hours", "absent", "hourly", "wage")}
        refund, supplement = claim(drawn_claim["first"], drawn_claim["last"], facts)
        period, absent = Period(drawn_claim["first"], drawn_claim["last"]), drawn_claim["absent"]
        by_week = None if absent is None else {monday_of(week.first): absent for week in period.weeks()}
        got = claim_amount(period, drawn_claim["hours"], drawn_claim["hourly"], drawn_claim["wage"], by_week)
        days = [sum(refunded(day) for day in week) for week in period.weeks()]
        ties += any(Fraction((drawn_claim["wage"] or 0) * part, sum(days) or 1) % 1 == Fraction(1, 2) for part in days)
        off += (got.refund, got.supplement) != (refund, supplement * 100)
    return Counts(count, ties, off)

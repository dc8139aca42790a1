"""A naive second opinion on the self-employed in Denmark: exact fractions, days counted one by one, sharing nothing with the product."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import NamedTuple

from tests.law.oracle_denmark import EASTER, ONE, RATES, half_up, rate

HALF = Fraction(1, 2)
INSURANCES = (None, None, "day1_min", "day1_max", "day3_min", "day3_max")


class Counts(NamedTuple):
    """How many cases were compared, how many of them held an exact tie, how many differed."""

    cases: int
    ties: int
    off: int


class Person(NamedTuple):
    """One case; income in øre, the share that can be worked in hundredths of per cent."""

    first: date
    day: date
    income: int
    insurance: str | None
    share: int
    weekdays: tuple[int, ...]
    works_holidays: bool


def drawn(chance: Random) -> Person:
    """Draw one case; every fourth day lies around a change of rates."""
    around = date.fromisoformat(chance.choice(RATES[1:])[0]) + timedelta(days=chance.randint(-3, 3))
    day = around if chance.random() < 0.25 else date(2008, 3, 3) + timedelta(days=chance.randrange(6800))
    first = max(day - timedelta(days=chance.choice([0, 1, 12, 13, 14, 15, 100])), date(2008, 1, 7))
    week = half_up(rate(day)[0] * 100)
    income = chance.choice([0, week * 52, week * 52 - 1, 26 + 52 * chance.randrange(10**6), chance.randrange(10**8), chance.randrange(3 * 10**7)])
    share = chance.choice([0, 0, 1, 2500, 2501, 5000, 5001, chance.randrange(10_001)])
    weekdays = chance.choice([(1, 2, 3, 4, 5), (1, 2, 3, 4, 5, 6, 7), (6, 7), tuple(sorted(chance.sample(range(1, 8), 3)))])
    return Person(first, max(day, first), income, chance.choice(INSURANCES), share, weekdays, chance.random() < 0.3)


def weekly(person: Person) -> tuple[int, bool]:
    """Give the week's benefit in øre, and whether it was exactly a half."""
    maximum = rate(person.day)[0] * 100
    least = Fraction(half_up(maximum * Fraction(2, 3) / 100) * 100)
    amount = min(Fraction(person.income, 52), maximum)
    minimum_only = str(person.insurance).endswith("min") and (person.day - person.first).days < 14
    if person.insurance and (minimum_only or amount < least):
        amount = least
    if person.share == 0:
        part = Fraction(1)
    elif person.share <= 2500:
        part = Fraction(3, 4)
    elif person.share <= 5000:
        part = Fraction(1, 2)
    else:
        part = Fraction(0)
    return half_up(amount * part), amount * part % 1 == HALF


def closed(day: date) -> bool:
    """Tell whether a day is a public holiday, by the almanac."""
    after = (day - date(day.year, *EASTER[day.year])).days
    return after in ({-3, -2, 0, 1, 39, 49, 50} | ({26} if day.year <= 2023 else set())) or (day.month, day.day) in {(1, 1), (12, 25), (12, 26)}


def dates(person: Person) -> tuple[date, date]:
    """Give the first day with benefit and the last day to notify."""
    if person.insurance is None:
        return person.first + 14 * ONE, person.first + 21 * ONE
    if person.insurance.startswith("day1"):
        return person.first, person.first + 7 * ONE
    worked = []
    day = person.first
    while len(worked) < 3:
        if day.isoweekday() in person.weekdays and (person.works_holidays or not closed(day)):
            worked.append(day)
        day += ONE
    return worked[2], worked[2] + 7 * ONE


def paid_on(day: date) -> date:
    """Give the payment day of a month: from its end back to the last Thursday, then back to a day when banks are open."""
    found = date(day.year + day.month // 12, day.month % 12 + 1, 1) - ONE
    while found.isoweekday() != 4:
        found -= ONE
    while not banks_open(found):
        found -= ONE
    return found


def banks_open(day: date) -> bool:
    """Tell whether banks are open."""
    bridge = (day - date(day.year, *EASTER[day.year])).days == 40
    own = (day.month, day.day) in {(6, 5), (12, 24), (12, 31)}
    return day.isoweekday() <= 5 and not closed(day) and not bridge and not own


def run(count: int, seed: int) -> Counts:
    """Compare the product with this for so many random cases."""
    from refusion.law.denmark.self_employed.benefit import self_weekly
    from refusion.law.denmark.self_employed.follow_up import payday
    from refusion.law.denmark.self_employed.waiting import Cover, self_entitled_from, self_notify_by

    chance = Random(seed)
    ties = off = 0
    for _ in range(count):
        person = drawn(chance)
        cover = Cover(person.insurance, False, frozenset(person.weekdays), person.works_holidays)
        expected, tie = weekly(person)
        got = self_weekly(person.day, person.first, person.income, person.insurance, person.share)
        on = self_entitled_from(person.first, cover), self_notify_by(person.first, cover)
        ties += tie
        off += (got, *on, payday(person.day)) != (expected, *dates(person), paid_on(person.day))
    return Counts(count, ties, off)

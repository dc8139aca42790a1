"""A naive second opinion on the self-employed in Denmark: exact numbers, days counted one by one, sharing nothing with the product."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from random import Random
from typing import NamedTuple

from tests.law.oracle_counting import Counts, Run, half_up, in_chunks, is_half, written
from tests.law.oracle_denmark import EASTER, ONE, RATE_DAYS, rate

INSURANCES = (None, None, "day1_min", "day1_max", "day3_min", "day3_max")


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
    around = chance.choice(RATE_DAYS) + timedelta(days=chance.randint(-3, 3))
    day = around if chance.random() < 0.25 else date(2008, 3, 3) + timedelta(days=chance.randrange(6800))
    first = max(day - timedelta(days=chance.choice([0, 1, 12, 13, 14, 15, 100])), date(2008, 1, 7))
    week = rate(day)[0] * 100
    income = chance.choice([0, week * 52, week * 52 - 1, 26 + 52 * chance.randrange(10**6), chance.randrange(10**8), chance.randrange(3 * 10**7)])
    share = chance.choice([0, 0, 1, 2500, 2501, 5000, 5001, chance.randrange(10_001)])
    weekdays = chance.choice([(1, 2, 3, 4, 5), (1, 2, 3, 4, 5, 6, 7), (6, 7), tuple(sorted(chance.sample(range(1, 8), 3)))])
    return Person(first, max(day, first), income, chance.choice(INSURANCES), share, weekdays, chance.random() < 0.3)


def weekly(person: Person) -> tuple[int, bool]:
    """Give the week's benefit in øre, and whether it was exactly a half."""
    maximum = rate(person.day)[0]
    least = half_up(2 * maximum, 3) * 100
    # A week is a 52nd of the year's income: counted in 52nds of øre.
    amount = min(person.income, maximum * 100 * 52)
    minimum_only = str(person.insurance).endswith("min") and (person.day - person.first).days < 14
    if person.insurance and (minimum_only or amount < least * 52):
        amount = least * 52
    quarters = 0
    if person.share == 0:
        quarters = 4
    elif person.share <= 2500:
        quarters = 3
    elif person.share <= 5000:
        quarters = 2
    return half_up(amount * quarters, 4 * 52), is_half(amount * quarters, 4 * 52)


@cache
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


def table(people: list[Person]) -> list[int]:
    """Ask the product's table for the weekly benefit of many."""
    import pyarrow as pa

    from refusion.law.denmark.self_employed.claims import calculate

    columns = {
        "day": [person.day for person in people],
        "first_absence_day": [person.first for person in people],
        "income_year": [written(person.income) for person in people],
        "insurance": pa.array([person.insurance for person in people], pa.string()),
        "working_share_percent": [written(person.share) for person in people],
    }
    got = next(calculate([pa.RecordBatch.from_pydict(columns)]))
    assert got.column("problem").null_count == len(people)
    return [int(amount.scaleb(2)) for amount in got.column("weekly").to_pylist()]


def run_weekly(count: int, seed: int) -> Counts:
    """Compare the weekly benefit of so many random cases."""
    chance, ties, off = Random(seed), 0, 0
    for size in in_chunks(count):
        people = [drawn(chance) for _ in range(size)]
        answers = [weekly(person) for person in people]
        ties += sum(tie for _, tie in answers)
        off += sum(got != amount for got, (amount, _) in zip(table(people), answers, strict=True))
    return Counts(count, ties, off)


def run_singly(count: int, seed: int) -> Counts:
    """Compare the weekly benefit of so many random cases, asked for one at a time."""
    from refusion.law.denmark.self_employed.benefit import self_weekly

    chance, ties, off = Random(seed), 0, 0
    for _ in range(count):
        person = drawn(chance)
        amount, tie = weekly(person)
        off += self_weekly(person.day, person.first, person.income, person.insurance, person.share) != amount
        ties += tie
    return Counts(count, ties, off)


def run_dates(count: int, seed: int) -> Counts:
    """Compare the first day with benefit and the last day to notify; a border is a first day that is closed."""
    from refusion.law.denmark.self_employed.waiting import Cover, self_entitled_from, self_notify_by

    chance, borders, off = Random(seed), 0, 0
    for _ in range(count):
        person = drawn(chance)
        cover = Cover(person.insurance, False, frozenset(person.weekdays), person.works_holidays)
        borders += closed(person.first)
        off += (self_entitled_from(person.first, cover), self_notify_by(person.first, cover)) != dates(person)
    return Counts(count, borders, off)


def run_payday(count: int, seed: int) -> Counts:
    """Compare the payment day of the month; a border is a last Thursday on which banks are closed."""
    import numpy as np

    from refusion.law.denmark.self_employed.follow_up import self_payment_day

    chance, borders, off = Random(seed), 0, 0
    for size in in_chunks(count):
        days = [date(2008, 1, 1) + timedelta(days=chance.randrange(6940)) for _ in range(size)]
        got = np.asarray(self_payment_day(np.array([day.toordinal() for day in days], dtype=np.int64))).tolist()
        answers = [paid_on(day) for day in days]
        borders += sum(day.isoweekday() != 4 for day in answers)
        off += sum(ordinal != day.toordinal() for ordinal, day in zip(got, answers, strict=True))
    return Counts(count, borders, off)


RULES: dict[str, Run] = {
    "Denmark: a self-employed person's week": run_weekly,
    "Denmark: a self-employed person's first day and notification": run_dates,
    "Denmark: a self-employed person's payment day": run_payday,
}

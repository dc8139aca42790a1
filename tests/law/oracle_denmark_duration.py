"""A naive second opinion on how long Danish sickness benefit is paid: paid days counted month by month, sharing nothing with the product."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from tests.law.oracle_counting import Counts, Run

ONE = timedelta(days=1)
# From this day 22 weeks in 9 months, before it 52 in 18; of pension age 26 in 12 all along.
REFORM = date(2014, 7, 1)
FIRST = date(2006, 7, 3)
WITHOUT_END = ("rehabilitation", "rehabilitation_team", "life_threatening", "injury_case", "pension_application")
WEEKS_OF_GROUND = {"clarification": 69, "treatment": 134}


class Paid(NamedTuple):
    """Days with benefit that count, as first and last days."""

    periods: list[tuple[date, date]]
    pension_age: bool


def limit_on(day: date, pension_age: bool) -> tuple[int, int]:
    """Give the days that may be paid, and the calendar months that are looked back over."""
    if pension_age:
        return 26 * 7, 12
    return (52 * 7, 18) if day < REFORM else (22 * 7, 9)


def month_end(year: int, month: int) -> date:
    """Give the last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def counted(days: Iterable[date], pension_age: bool) -> tuple[date | None, bool]:
    """Go through paid days month by month: at whose end the right stops, and whether a month held the limit to the day."""
    by_month = Counter((day.year, day.month) for day in days)
    exactly = False
    for year, month in sorted(by_month):
        end = month_end(year, month)
        most, months = limit_on(end, pension_age)
        paid, at = 0, (year, month)
        for _ in range(months):
            paid += by_month[at]
            at = (at[0], at[1] - 1) if at[1] > 1 else (at[0] - 1, 12)
        if paid > most:
            return end, exactly
        exactly = exactly or paid == most
    return None, exactly


def days_of(periods: list[tuple[date, date]]) -> list[date]:
    """List all days of periods, each once."""
    return [date.fromordinal(day) for day in {day for first, last in periods for day in range(first.toordinal(), last.toordinal() + 1)}]


def drawn(chance: Random) -> Paid:
    """Draw one to four stretches of paid days, half of them ending within a day of the limit; some were paid to two employers."""
    pension_age = chance.random() < 0.2
    day = date(2006, 8, 1) + timedelta(days=chance.randrange(6900))
    if chance.random() < 0.25:
        day = REFORM - timedelta(days=chance.randrange(500))
    periods, paid, most = [], 0, limit_on(day, pension_age)[0]
    for _ in range(chance.randint(1, 4)):
        length = chance.choice([1, 7, 30, 77, 78, chance.randrange(1, 160)])
        if chance.random() < 0.5 and most - paid > 1:
            length = most - paid + chance.choice([-1, 0, 0, 1])
        periods.append((day, day + (length - 1) * ONE))
        paid += length
        day += (length + chance.choice([0, 1, 31, chance.randrange(300)])) * ONE
    if chance.random() < 0.3:
        first, last = chance.choice(periods)
        begins = first + chance.randrange((last - first).days + 1) * ONE
        periods.insert(chance.randrange(len(periods) + 1), (begins, last))
    return Paid(periods, pension_age)


def run_limit(count: int, seed: int) -> Counts:
    """Compare the month's end at which the right stops; a border is a month that holds the limit to the day."""
    from refusion.law.denmark.sickness.duration import stops_after
    from refusion.values.period import Period

    chance, borders, off = Random(seed), 0, 0
    for _ in range(count):
        paid = drawn(chance)
        stops, exactly = counted(days_of(paid.periods), paid.pension_age)
        borders += exactly
        off += stops_after([Period(*each) for each in paid.periods], pension_age=paid.pension_age) != stops
    return Counts(count, borders, off)


def unbroken(first_absence_day: date, uncounted: int, pension_age: bool) -> tuple[date, date]:
    """Give the last day of the weeks that may be paid, by the figures of the day the count begins, and the end of the month that passes it."""
    day = first_absence_day
    for _ in range(uncounted):
        day += ONE
    most, _ = limit_on(day, pension_age)
    for _ in range(most - 1):
        day += ONE
    passes = day + ONE
    return day, month_end(passes.year, passes.month)


def run_unbroken(count: int, seed: int) -> Counts:
    """Compare when an unbroken absence reaches the limit; a border is a limit reached on the last day of a month or around the reform."""
    from refusion.law.denmark.sickness.duration import reassess_by, unbroken_stops_after

    chance, borders, off = Random(seed), 0, 0
    for _ in range(count):
        own, pension_age = chance.random() < 0.3, chance.random() < 0.2
        first = FIRST + timedelta(days=chance.randrange(7300))
        if chance.random() < 0.25:
            first = REFORM - timedelta(days=chance.choice([13, 14, 15, 29, 30, 31]))
        last, stops = unbroken(first, 14 if own else 30, pension_age)
        borders += (last + ONE).day == 1 or abs((first - REFORM).days) <= 31
        off += unbroken_stops_after(first, self_employed=own, pension_age=pension_age) != stops
        off += not pension_age and reassess_by(first, self_employed=own) != last
    return Counts(count, borders, off)


def follows(grounds: list[str], reassessed_on: date, unfit: bool) -> tuple[str, date | None]:
    """Tell what follows the limit: nothing ends a ground without an end, else the ground that ends last."""
    if not grounds:
        return ("clarification" if unfit else "ended"), None
    if any(ground in WITHOUT_END for ground in grounds):
        return "extended", None
    return "extended", max(reassessed_on + timedelta(weeks=WEEKS_OF_GROUND[ground]) for ground in grounds)


def run_grounds(count: int, seed: int) -> Counts:
    """Compare what follows the limit on any of the seven grounds; a border is more than one ground with an end."""
    from refusion.law.denmark.sickness.duration import after_the_limit

    chance, borders, off = Random(seed), 0, 0
    names = [*WITHOUT_END, *WEEKS_OF_GROUND]
    for _ in range(count):
        grounds = chance.sample(names, chance.choice([0, 1, 1, 2, 3, 7]))
        if chance.random() < 0.3:
            grounds = chance.choice([["clarification"], ["treatment"], ["treatment", "clarification"]])
        on, unfit = REFORM + timedelta(days=chance.randrange(4500)), chance.random() < 0.5
        got = after_the_limit(grounds, on, unfit=unfit)
        borders += len(grounds) > 1 and set(grounds) <= set(WEEKS_OF_GROUND)
        off += (got.outcome, got.until) != follows(grounds, on, unfit)
    return Counts(count, borders, off)


RULES: dict[str, Run] = {
    "Denmark: the month in which the right to sickness benefit stops": run_limit,
    "Denmark: the reassessment of an unbroken absence": run_unbroken,
    "Denmark: the grounds on which sickness benefit is prolonged": run_grounds,
}

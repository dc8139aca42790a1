"""Which days of a spell give a refund and how much, counted day by day in exact fractions from this page's own figures.

The rules are those of the Danish sickness benefit act as summed up for the demo's year; nothing here is used by the
house, and nothing of the house's law is used here, so that one can judge the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from refusion.rehearsal.institution.facts import Institution, PayMonth, Spell, Worker

ONE_DAY = timedelta(days=1)
EMPLOYER_PERIOD = timedelta(days=30)
EIGHT_WEEKS = timedelta(days=56)
WEEKLY_MAXIMUM = ((date(2024, 1, 1), 4695), (date(2025, 1, 6), 4865), (date(2026, 1, 5), 5085))
"""Kroner a week from the first Monday of January."""
SUPPLEMENT = ((date(2024, 1, 1), Fraction(15, 1000)), (date(2025, 1, 6), Fraction(18, 1000)),
              (date(2026, 1, 5), Fraction(21, 1000)))  # fmt: skip
HOLIDAYS = frozenset({
    date(2024, 1, 1), date(2024, 3, 28), date(2024, 3, 29), date(2024, 4, 1), date(2024, 5, 9), date(2024, 5, 20),
    date(2024, 12, 25), date(2024, 12, 26),
    date(2025, 1, 1), date(2025, 4, 17), date(2025, 4, 18), date(2025, 4, 21), date(2025, 5, 29), date(2025, 6, 9),
    date(2025, 12, 25), date(2025, 12, 26),
    date(2026, 1, 1), date(2026, 4, 2), date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 14), date(2026, 5, 25),
    date(2026, 12, 25),
})  # fmt: skip
"""Weekdays without refund, written out from the calendars of 2024 to 2026."""
KNOWN_YEARS = range(2024, 2027)
AFTER_CONTRIBUTION = Fraction(92, 100)
FULL_WEEK = 37
LEAST_HOURS = 4
WORK_DAYS = 5


@dataclass(frozen=True, slots=True)
class Entitled:
    """A spell as it entitles: the weekdays that give a refund, and what decides the amount of a week."""

    spell: Spell
    national_number: str
    is_waived: bool
    days: tuple[date, ...]
    weekly_hours: Fraction
    hourly: Fraction
    absent: Mapping[date, Fraction]

    def amount(self, days: Iterable[date]) -> int:
        """Give refund and supplement in øre for some of the days, rounded week by week."""
        return sum(refund + supplement for refund, supplement in self.by_week(days))

    def by_week(self, days: Iterable[date]) -> Iterator[tuple[int, int]]:
        """Give refund and supplement in øre of each week that has some of the days."""
        counted: dict[date, int] = {}
        for day in set(days) & set(self.days):
            counted[_monday(day)] = counted.get(_monday(day), 0) + 1
        for monday in sorted(counted):
            refund = _nearest(self._week(monday) * Fraction(counted[monday], WORK_DAYS) * 100)
            yield refund, 100 * _nearest(Fraction(refund, 100) * _since(SUPPLEMENT, monday))

    def _week(self, monday: date) -> Fraction:
        """Give kroner for a whole week before it is cut to its days."""
        maximum = Fraction(_since(WEEKLY_MAXIMUM, monday))
        highest_hourly = Fraction(_nearest(maximum / FULL_WEEK * 100), 100)
        hours = self.absent.get(monday, self.weekly_hours)
        if hours < LEAST_HOURS:
            return Fraction(0)
        if hours >= FULL_WEEK and self.hourly >= highest_hourly:
            return maximum
        return min(hours * min(self.hourly, highest_hourly), maximum)


def entitlements(truth: Institution) -> tuple[Entitled, ...]:
    """Give every spell of an institution that entitles to a refund for one day at least."""
    pay = _last_told(truth.pay)
    found = (_entitled(spell, truth.workers[spell.worker], pay) for spell in truth.spells if spell.happened)
    return tuple(one for one in found if one.days)


def _entitled(spell: Spell, worker: Worker, pay: Mapping[tuple[str, date], PayMonth]) -> Entitled:
    waived = is_waived(spell, worker)
    begins = spell.first_day if waived else spell.first_day + EMPLOYER_PERIOD
    return Entitled(
        spell=spell,
        national_number=worker.national_number,
        is_waived=waived,
        days=tuple(refundable_days(begins, min(spell.last_day, worker.ends or spell.last_day))),
        weekly_hours=Fraction(worker.weekly_hours, 100),
        hourly=hourly_earnings(spell, pay),
        absent={monday: Fraction(worker.weekly_hours - hours, 100) for monday, hours in spell.worked.items()},
    )


def is_waived(spell: Spell, worker: Worker) -> bool:
    """Tell whether the refund begins on the first absence day: fleksjob, § 56, or employed less than eight weeks."""
    agreed = worker.agreement_56 is not None and worker.agreement_56 <= spell.first_day
    return worker.fleksjob or agreed or worker.employed_since > spell.first_day - EIGHT_WEEKS


def refundable_days(first: date, last: date) -> Iterator[date]:
    """Go through the weekdays that are no public holiday. Raises ValueError for a year whose holidays aren't listed."""
    day = first
    while day <= last:
        if day.year not in KNOWN_YEARS:
            raise ValueError(f"the holidays of {day.year} are not listed here")
        if day.weekday() < WORK_DAYS and day not in HOLIDAYS:
            yield day
        day += ONE_DAY


def hourly_earnings(spell: Spell, pay: Mapping[tuple[str, date], PayMonth]) -> Fraction:
    """Give kroner an hour after the labour market contribution, from the last three whole months before the spell."""
    month, gross, hours = spell.first_day.replace(day=1), 0, 0
    for _ in range(3):
        month = (month - ONE_DAY).replace(day=1)
        told = pay.get((spell.worker, month))
        if told is not None:
            gross, hours = gross + told.gross, hours + told.hours
    if not hours:
        raise ValueError(f"no pay is known before {spell.number}")
    return Fraction(_nearest(Fraction(gross * 100, hours) * AFTER_CONTRIBUTION), 100)


def _last_told(pay: Iterable[PayMonth]) -> dict[tuple[str, date], PayMonth]:
    return {(month.worker, month.month): month for month in sorted(pay, key=lambda month: month.told_on)}


def _since(table: tuple[tuple[date, int], ...] | tuple[tuple[date, Fraction], ...], day: date) -> int | Fraction:
    return max((row for row in table if row[0] <= day), key=lambda row: row[0])[1]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _nearest(amount: Fraction) -> int:
    """Round to the nearest whole, halves up."""
    return int((2 * amount + 1) // 2)

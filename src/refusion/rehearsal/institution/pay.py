"""What everybody is paid, month by month, and the day on which payroll delivers it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from refusion.rehearsal.chance import chance
from refusion.rehearsal.institution.days import after, month_before, months, next_month, pay_day, weekday_from, weekdays
from refusion.rehearsal.institution.facts import PayMonth, Profile, Spell, Worker

HISTORY, AFTERWARDS = 6, 92
"""Months of pay from before the first day that the first delivery brings along; days of pay after the last day."""
CORRECTED = "pay corrected"
"""The story of a spell for which a month's pay behind the amount is corrected after filing."""


def all_pay(profile: Profile, workers: Iterable[Worker], spells: Iterable[Spell]) -> tuple[PayMonth, ...]:
    """Give every month's pay and every correction of one, in the order in which payroll tells them."""
    known = {worker.number: worker for worker in workers}
    pay = [month for worker in known.values() for month in _year(profile, worker)]
    pay += [_correction(profile, known[spell.worker], spell) for spell in spells if spell.story == CORRECTED]
    return tuple(sorted(pay, key=lambda month: (month.told_on, month.worker, month.month)))


def _year(profile: Profile, worker: Worker) -> Iterator[PayMonth]:
    for month in months(month_before(profile.first, HISTORY), after(profile.last, AFTERWARDS)):
        hours = _hours(worker, month)
        told_on = max(pay_day(month), profile.first)
        if hours:
            gross = _gross(hours, worker.hourly_wage)
            yield PayMonth(worker.number, month, told_on, gross, hours, gross)


def _hours(worker: Worker, month: date) -> int:
    """Give the paid hours of a month: 52 weeks in twelve months, cut by the days of a job that begins or ends in it."""
    first, last = month, after(next_month(month), -1)
    here, gone = max(first, worker.employed_since), min(last, worker.ends or last)
    if here > gone:
        return 0
    return worker.weekly_hours * 52 * weekdays(here, gone) // (12 * weekdays(first, last))


def _gross(hours: int, hourly_wage: int) -> int:
    return (hours * hourly_wage + 50) // 100


def _correction(profile: Profile, worker: Worker, spell: Spell) -> PayMonth:
    """Raise the pay of the last whole month before the spell; payroll tells it when claims have been filed."""
    luck = chance(profile.seed, profile.code, "pay corrected", spell.number)
    month = month_before(spell.first_day)
    hours = _hours(worker, month)
    gross = _gross(hours, worker.hourly_wage + luck.randrange(400, 1600, 25))
    told_on = weekday_from(after(spell.first_day, luck.randint(64, 80)))
    return PayMonth(worker.number, month, told_on, gross, hours, gross)

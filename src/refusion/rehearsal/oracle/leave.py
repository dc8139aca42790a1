"""Which days of a leave give a refund and how much, counted day by day from this page's own reading of the act on leave.

Leaves of the rehearsal are so short that no parent's weeks run out, and everybody is away altogether.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction

from refusion.rehearsal.institution.facts import Institution, PayMonth, Spell, Worker
from refusion.rehearsal.oracle.entitlement import ONE_DAY, WORK_DAYS, Entitled, hourly_earnings

BEFORE_BIRTH = timedelta(days=28)
LEAST_STAY = 12


def entitled_leaves(truth: Institution) -> tuple[Entitled, ...]:
    """Give every leave of an institution that entitles to a refund for one day at least."""
    pay = {(month.worker, month.month): month for month in sorted(truth.pay, key=lambda month: month.told_on)}
    found = (_entitled(spell, truth.workers[spell.worker], pay) for spell in truth.leaves)
    return tuple(one for one in found if one.days)


def _entitled(spell: Spell, worker: Worker, pay: Mapping[tuple[str, date], PayMonth]) -> Entitled:
    return Entitled(
        spell=spell,
        national_number=worker.national_number,
        is_waived=True,
        days=tuple(_days(spell)),
        weekly_hours=Fraction(worker.weekly_hours, 100),
        hourly=hourly_earnings(spell, pay),
        absent={},
    )


def _days(spell: Spell) -> Iterator[date]:
    """Go through the weekdays with refund, holidays among them: a mother's from four weeks before the birth."""
    if "hospital_days" in spell.known and int(spell.known["hospital_days"]) < LEAST_STAY:
        return
    first = spell.first_day
    if spell.known.get("parent") == "mother":
        first = max(first, date.fromisoformat(spell.known["child_born"]) - BEFORE_BIRTH)
    while first <= spell.last_day:
        if first.weekday() < WORK_DAYS:
            yield first
        first += ONE_DAY

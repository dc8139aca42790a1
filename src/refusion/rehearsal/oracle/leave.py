"""Which days of a leave give a refund and how much, counted day by day from this page's own reading of the act on leave.

Leaves of the rehearsal are so short that no parent's weeks run out, and everybody is away altogether.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction

from refusion.rehearsal.institution.facts import Institution, PayMonth, Spell, Worker
from refusion.rehearsal.oracle.deadlines import was_in_the_house
from refusion.rehearsal.oracle.entitlement import ONE_DAY, WORK_DAYS, Entitled, hourly_earnings
from refusion.rehearsal.oracle.findings import Findings
from refusion.rehearsal.oracle.witness import CLAIM, Dossier, days_of

BEFORE_BIRTH = timedelta(days=28)
LEAST_STAY = 12
EIGHT_WEEKS = timedelta(days=56)


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


def find_leaves(truth: Institution, held: Iterable[Dossier], today: date) -> Findings:
    """Judge the leaves of an institution: days lost for good, requests signed too late, days claimed without any leave.

    A leave is asked for within eight weeks of its end, and only days on which payroll tells of leave are claimed.
    """
    mine = {(one.person, one.first_absence_day): one for one in held if one.on_leave and one.employer == truth.profile.company_number}
    found = Findings(overclaimed_days=sum(_beside_the_leave(truth, one, today) for one in mine.values()))
    for entitled in entitled_leaves(truth):
        found += _lost(entitled, mine.get((entitled.national_number, entitled.spell.first_day)), today)
    return found


def worth_of_leaves(truth: Institution, held: Iterable[Dossier], today: date) -> Mapping[str, int]:
    """Give øre by the authority's id of each claim on a leave of which payroll has told all and that was asked for in time."""
    due = {(one.national_number, one.spell.first_day): one for one in entitled_leaves(truth) if one.spell.tellings[-1].on < today}
    found: dict[str, int] = {}
    for dossier in held:
        entitled = due.get((dossier.person, dossier.first_absence_day))
        if entitled is not None and dossier.on_leave and dossier.employer == truth.profile.company_number:
            in_time = entitled.spell.last_day + EIGHT_WEEKS
            standing = [one for one in dossier.of(CLAIM) if one.is_active and one.signed_on <= in_time]
            found |= {one.authority_id: entitled.amount(days_of(one)) for one in standing}
    return found


def _lost(entitled: Entitled, dossier: Dossier | None, today: date) -> Findings:
    deadline = entitled.spell.last_day + EIGHT_WEEKS
    if today <= deadline:
        return Findings()
    requested = dossier.requested() if dossier else {}
    lost: dict[bool, list[date]] = {True: [], False: []}
    for day in entitled.days:
        if requested.get(day, today) > deadline:
            lost[was_in_the_house(entitled.spell, day, deadline)].append(day)
    late = {requested[day] for day in lost[True] if day in requested}
    return Findings(filed_late=len(late), lost_ore=entitled.amount(lost[True]), unavoidable_lost_ore=entitled.amount(lost[False]))


def _beside_the_leave(truth: Institution, dossier: Dossier, today: date) -> int:
    """Count weekdays in standing claims on which payroll, as far as it has told by today, knows of no leave."""
    people = {worker.number: worker.national_number for worker in truth.workers.values()}
    told = [(spell, [one for one in spell.tellings if one.on <= today]) for spell in truth.leaves if people[spell.worker] == dossier.person]
    known = [(spell.first_day, tellings[-1].last_day or today) for spell, tellings in told if tellings]
    claimed = [day for claim in dossier.of(CLAIM) if claim.is_active for day in days_of(claim) if day.weekday() < WORK_DAYS]
    return sum(not any(first <= day <= last for first, last in known) for day in claimed)

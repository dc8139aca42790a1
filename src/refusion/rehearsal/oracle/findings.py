"""What the witness's list shows against what was due: filed late, lost, filed twice, never asked for, asked for in vain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from itertools import combinations, pairwise

from refusion.rehearsal.institution.facts import Institution
from refusion.rehearsal.oracle.deadlines import Asked, judge, notify_by, request_by, was_in_the_house
from refusion.rehearsal.oracle.entitlement import Entitled, entitlements
from refusion.rehearsal.oracle.witness import ANNULMENT, CLAIM, NOTIFICATION, RECOVERY, Accepted, Dossier, days_of


@dataclass(frozen=True, slots=True)
class Findings:
    """Counts and øre for one institution or several.

    ``filed_late`` counts reports signed after their last day although the absence was in the house 15 days before it;
    ``filed_late_unavoidably`` those of absences learned later than that. ``overclaimed_days`` are weekdays in active
    claims on which nobody was ill as far as payroll has told.
    """

    filed_late: int = 0
    filed_late_unavoidably: int = 0
    lost_ore: int = 0
    unavoidable_lost_ore: int = 0
    double_filings: int = 0
    overclaimed_days: int = 0

    def __add__(self, other: Findings) -> Findings:
        """Add the findings of two institutions."""
        return Findings(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


def find(truth: Institution, held: Iterable[Dossier], today: date) -> Findings:
    """Judge an institution's year as far as it has come, ``today`` being the last day that is over."""
    every = [one for one in held if one.employer == truth.profile.company_number]
    mine = [one for one in every if not one.on_leave]
    by_absence = {(one.person, one.first_absence_day): one for one in mine}
    found = Findings(double_filings=doubles(every), overclaimed_days=_overclaimed(truth, mine, today))
    for entitled in entitlements(truth):
        dossier = by_absence.get((entitled.national_number, entitled.spell.first_day))
        found += _lost(entitled, dossier, today) + _late(entitled, dossier)
    return found


def _lost(entitled: Entitled, dossier: Dossier | None, today: date) -> Findings:
    notified_on = dossier.notified_on if dossier else None
    requested = dossier.requested() if dossier else {}
    lost: dict[bool, list[date]] = {True: [], False: []}
    for day in entitled.days:
        verdict = judge(entitled, day, Asked(notified_on, requested.get(day)), today)
        if verdict.missed is not None:
            lost[verdict.is_avoidable].append(day)
    return Findings(lost_ore=entitled.amount(lost[True]), unavoidable_lost_ore=entitled.amount(lost[False]))


def _late(entitled: Entitled, dossier: Dossier | None) -> Findings:
    """Count reports signed too late; a claim that puts an earlier one right is measured by the earlier one."""
    late = list(_late_reports(entitled, dossier)) if dossier else []
    return Findings(filed_late=sum(late), filed_late_unavoidably=len(late) - sum(late))


def _late_reports(entitled: Entitled, dossier: Dossier) -> Iterator[bool]:
    """Give for each late report whether it could have been in time."""
    deadline = notify_by(entitled)
    notified_on = min((one.signed_on for one in dossier.of(NOTIFICATION)), default=None)
    if deadline and notified_on and notified_on > deadline:
        yield was_in_the_house(entitled.spell, entitled.days[0], deadline)
    asked: set[date] = set()
    for claim in dossier.of(CLAIM):
        new = [day for day in days_of(claim) if day in entitled.days and day not in asked]
        asked.update(new)
        if new and claim.signed_on > request_by(new[0]):
            yield was_in_the_house(entitled.spell, new[0], request_by(new[0]))


def doubles(held: Iterable[Dossier]) -> int:
    """Count reports accepted although another that stood at the time said the same about the same person and days."""
    people: dict[tuple[str, str], list[Dossier]] = {}
    for dossier in held:
        people.setdefault((dossier.employer, dossier.person), []).append(dossier)
    across = sum(_across(one, other) for of_one in people.values() for one, other in combinations(of_one, 2))
    return across + sum(_inside(dossier) for of_one in people.values() for dossier in of_one)


def _across(one: Dossier, other: Dossier) -> int:
    """Count pairs in two dossiers of one person that speak of the same days at the same time."""
    ended = _annulled_at(one) | _annulled_at(other)
    pairs = ((a, b) for form in (NOTIFICATION, CLAIM) for a in one.of(form) for b in other.of(form))
    return sum(_same_days(a, b) and _stood_together(a, b, ended) for a, b in pairs)


def _inside(dossier: Dossier) -> int:
    """Count repeats in one dossier: a second notification, a recovery told twice running, claims that overlap."""
    ended = _annulled_at(dossier)
    twice = sum(_stood_together(a, b, ended) for a, b in combinations(dossier.of(NOTIFICATION), 2))
    told = [one for one in dossier.reports if one.form in {NOTIFICATION, RECOVERY}]
    again = sum(
        a.form == RECOVERY and (a.form, a.action, a.business_hash) == (b.form, b.action, b.business_hash)
        for a, b in pairwise(told)
    )
    active = [claim for claim in dossier.of(CLAIM) if claim.is_active]
    return twice + again + sum(_same_days(a, b) for a, b in combinations(active, 2))


def _annulled_at(dossier: Dossier) -> dict[str, str]:
    return {one.authority_id: one.signed_at for one in dossier.reports if one.action == ANNULMENT}


def _same_days(one: Accepted, other: Accepted) -> bool:
    if one.form == NOTIFICATION:
        return one.first == other.first
    return bool(set(days_of(one)) & set(days_of(other)))


def _stood_together(one: Accepted, other: Accepted, ended: dict[str, str]) -> bool:
    earlier, later = sorted((one, other), key=lambda report: report.signed_at)
    return later.signed_at < ended.get(earlier.authority_id, "9999")


def _overclaimed(truth: Institution, held: Iterable[Dossier], today: date) -> int:
    """Count weekdays in active claims that payroll, as far as it has told by today, knows of no sickness on."""
    ill: dict[str, set[date]] = {}
    for spell in truth.spells:
        told = [telling for telling in spell.tellings if telling.on <= today]
        if told and not told[-1].withdrawn:
            last = told[-1].last_day or today
            days = range((last - spell.first_day).days + 1)
            person = truth.workers[spell.worker].national_number
            ill.setdefault(person, set()).update(date.fromordinal(spell.first_day.toordinal() + n) for n in days)
    claimed = ((dossier.person, day) for dossier in held for claim in dossier.of(CLAIM) if claim.is_active for day in days_of(claim))
    return sum(day not in ill.get(person, set()) for person, day in claimed)



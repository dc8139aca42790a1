"""Which absences open a case, of what kind, and on which day the house notifies by itself: on columns, a day at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

import numpy as np

from refusion.absences.columns import Flags, Ints, TouchedColumns, Words
from refusion.cases.facts import LEAVE, NO_NOTICE, Case, Kind, State
from refusion.cases.stages import GROUP_OF, OWN_SICKNESS, Stage, Stages
from refusion.law.denmark.parental.deadlines import parental_request_by
from refusion.law.denmark.sickness.deadlines import notification_last_day, request_last_day
from refusion.law.denmark.sickness.employer_period import (
    employer_period_last_day,
    is_employed_long_enough,
    refund_from_day,
)
from refusion.values.ids import derived_id

EVERYTHING_BY_DEFAULT = Stages()
FLEKSJOB = "fleksjob"


@dataclass(frozen=True, slots=True)
class Openings:
    """The touched absences that open a case, as positions in the columns with the days that follow from them."""

    at: Ints
    kind: Words
    refund_from: Ints
    notify_by: Ints


def openings(touched: TouchedColumns, day: date, stages: Stages = EVERYTHING_BY_DEFAULT) -> Openings:
    """Choose the absences that can give a refund, of kinds that are not off on the day, and have no case yet.

    An ordinary absence whose end lies inside the employer period gives none; with no employer period every absence
    does (SDL §§ 30, 56). One still open opens its case at once, so that what is missing is asked for in time.
    """
    kinds = _kinds(touched, stages.codes_of_kinds(day))
    waived = np.asarray(kinds != Kind.ORDINARY.value, dtype=np.bool_)
    inside = (touched.last_day > 0) & (touched.last_day <= employer_period_last_day(touched.first_day))
    can_give = np.isin(kinds.astype(str), _on(stages, day)) & ~touched.withdrawn & ~touched.has_case
    at = np.flatnonzero(can_give & (waived | ~inside))
    first, last = touched.first_day[at], touched.last_day[at]
    refund_from = np.asarray(refund_from_day(first, waived[at]), dtype=np.int64)
    long_notice = np.asarray(kinds[at] == Kind.PREGNANCY.value, dtype=np.bool_)
    return Openings(at, kinds[at], refund_from, notify_by(first, last, waived[at] & ~long_notice))


def _on(stages: Stages, day: date) -> list[str]:
    return [kind.value for kind in Kind if stages.on(GROUP_OF[kind], day).stage is not Stage.OFF]


def notify_by(first_absence_day: Ints, last_absence_day: Ints, waived: Flags) -> Ints:
    """Give the last day on which a notification loses nothing (SDL §§ 40 (2), 59 (4)).

    Five weeks, or only the three months of the request where an absence refunded from its first day ended in 30 days; a
    pregnancy has the five weeks always (BEK 843/2018 § 15), so that it stands here as not ``waived``.
    """
    short = waived & (last_absence_day > 0) & (last_absence_day <= employer_period_last_day(first_absence_day))
    return np.where(short, request_last_day(first_absence_day), notification_last_day(first_absence_day))


def file_on(case_first_day: date, legal_day: date, waived: bool, filing_day: int, margin: int) -> date:
    """Choose the day the house notifies: the filing day, never later than the margin before the legal day.

    Kinds refunded from their first day go at once. ``filing_day`` counts absence days from 1.
    """
    if waived:
        return case_first_day
    return min(case_first_day + timedelta(days=filing_day - 1), legal_day - timedelta(days=margin))


def filing_day_of(case: Case, filing_day: int, margin: int) -> date:
    """Choose the day on which the house notifies of a case; leave is told of on its first day with refund."""
    first = case.refund_from if case.kind in LEAVE else case.first_absence_day
    return file_on(first, case.notify_by, case.waived, filing_day, margin)


def cases_of(found: Openings, touched: TouchedColumns, namespace: UUID, rules: tuple[int, int], day: date) -> list[Case]:
    """Make the cases that the openings call for; ``rules`` is the institution's filing day and safe margin.

    A case of leave has the days that hold whoever the parent is; facts that persons give move them.
    """
    planned = [_as_leave(_case(found, n, touched, namespace, day)) for n in range(len(found.at))]
    return [replace(case, file_on=max(day, filing_day_of(case, *rules))) for case in planned]


def _as_leave(case: Case) -> Case:
    if case.kind not in NO_NOTICE:
        return case
    return replace(case, notify_by=parental_request_by(case.last_absence_day or case.first_absence_day))


def _case(found: Openings, n: int, touched: TouchedColumns, namespace: UUID, day: date) -> Case:
    row = int(found.at[n])
    return Case(
        id=derived_id(namespace, "case", touched.absence[row]),
        number=None,
        employment=touched.employment[row],
        person=touched.person[row],
        absence=touched.absence[row],
        kind=Kind(found.kind[n]),
        state=State.WATCHING,
        first_absence_day=_day(touched.first_day[row]),
        last_absence_day=_day(touched.last_day[row]) if touched.last_day[row] else None,
        refund_from=_day(found.refund_from[n]),
        file_on=day,
        notify_by=_day(found.notify_by[n]),
        opened_on=day,
        known_on=_day(touched.recorded_day[row]),
    )


def _kinds(touched: TouchedColumns, codes: Mapping[Kind, tuple[str, ...]]) -> Words:
    """Give each absence's kind by its code, and that of a sickness by the employment too; empty for no refund at all."""
    found = np.full(len(touched.code), "", dtype=object)
    told = touched.code.astype(str)
    for kind, named in codes.items():
        found[np.isin(told, named)] = kind.value
    return np.where(np.isin(told, OWN_SICKNESS), _kinds_of_sickness(touched), found)


def _kinds_of_sickness(touched: TouchedColumns) -> Words:
    newly_hired = ~np.asarray(is_employed_long_enough(touched.employed_since, touched.first_day), dtype=np.bool_)
    fleksjob = touched.fleksjob_decision | (touched.job_kind == FLEKSJOB)
    return np.where(touched.pregnancy_cause, Kind.PREGNANCY.value, kinds(newly_hired, touched.agreement_56, fleksjob))


def kinds(newly_hired: Flags, agreement_56: Flags, fleksjob: Flags) -> Words:
    """Give each absence's kind; of several grounds the first of fleksjob, § 56 agreement, new employee is named."""
    found = np.full(len(newly_hired), Kind.ORDINARY.value, dtype=object)
    found[newly_hired] = Kind.NEW_HIRE.value
    found[agreement_56] = Kind.AGREEMENT_56.value
    found[fleksjob] = Kind.FLEKSJOB.value
    return found


def kind_of(first_absence_day: date, employed_since: date, *, agreement_56: bool, fleksjob: bool) -> Kind:
    """Give one absence's kind by the same rule."""
    newly_hired = not is_employed_long_enough(employed_since.toordinal(), first_absence_day.toordinal())
    return Kind(kinds(*(np.array([ground], dtype=np.bool_) for ground in (newly_hired, agreement_56, fleksjob)))[0])


def _day(ordinal: np.int64) -> date:
    return date.fromordinal(int(ordinal))

"""Which absences wait to be handled, and noting that they were."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import numpy as np

from refusion.absences.columns import Flags, Ints, TouchedColumns, Words
from refusion.absences.facts import Question
from refusion.store.tenant import Row, Tenant

YES = "yes"
# Days leave as ordinals, 0 for none, counted from the day before 0001-01-01.
_ABSENCES = """
    SELECT a.id, v.version, a.employment_id, e.person_id, v.first_day - DATE '0001-01-01' + 1,
           coalesce(v.last_day - DATE '0001-01-01' + 1, 0), v.code, v.withdrawn, e.employed_since - DATE '0001-01-01' + 1,
           e.job_kind, coalesce(said.agreement_56, false), coalesce(said.fleksjob_decision, false),
           coalesce(said.pregnancy_cause, false),
           (v.recorded_at AT TIME ZONE %(zone)s)::date - DATE '0001-01-01' + 1,
           EXISTS (SELECT 1 FROM refund_case c WHERE c.institution_id = a.institution_id AND c.absence_id = a.id)
    FROM {source} a
    JOIN employment t ON t.institution_id = a.institution_id AND t.id = a.employment_id
    JOIN employment_version e ON e.institution_id = a.institution_id AND e.employment_id = a.employment_id
        AND e.superseded_at IS NULL
    JOIN absence_version v ON v.institution_id = a.institution_id AND v.absence_id = a.id AND v.superseded_at IS NULL
    LEFT JOIN LATERAL (
        SELECT bool_or(last.value = %(yes)s) FILTER (WHERE last.question = %(agreement_56)s) AS agreement_56,
               bool_or(last.value = %(yes)s) FILTER (WHERE last.question = %(fleksjob_decision)s) AS fleksjob_decision,
               bool_or(last.value = %(yes)s) FILTER (WHERE last.question = %(pregnancy_cause)s) AS pregnancy_cause
        FROM (
            SELECT DISTINCT ON (q.question) q.question, q.value FROM entered_answer q
            WHERE q.institution_id = a.institution_id AND q.employment_id = a.employment_id
            AND q.question IN (%(agreement_56)s, %(fleksjob_decision)s, %(pregnancy_cause)s)
            AND v.first_day BETWEEN q.valid_from AND coalesce(q.valid_until, 'infinity')
            ORDER BY q.question, q.position DESC) AS last
    ) said ON true
    WHERE a.institution_id = %(institution)s AND {which}
    ORDER BY t.number COLLATE "C", a.number COLLATE "C"
"""
# What waits is few and found first: on an ordinary day nothing waits, and no version is to be read for that.
_WAITING = "WITH waiting AS MATERIALIZED (SELECT * FROM absence WHERE institution_id = %(institution)s AND touched)"
_TOUCHED = _WAITING + _ABSENCES.format(source="waiting", which="true")
_SINCE = _ABSENCES.format(source="absence", which="coalesce(v.last_day, 'infinity') >= %(first)s")
_HANDLED = """
    UPDATE absence a SET handled_version = done.version, touched = v.version <> done.version
    FROM unnest(%(absences)s::uuid[], %(versions)s::int[]) AS done (absence, version), absence_version v
    WHERE a.institution_id = %(institution)s AND a.id = done.absence
    AND v.institution_id = a.institution_id AND v.absence_id = a.id AND v.superseded_at IS NULL
    AND (a.handled_version, a.touched) IS DISTINCT FROM (done.version, v.version <> done.version)
"""
_TOUCH_EMPLOYMENT = """
    UPDATE absence SET touched = true
    WHERE institution_id = %(institution)s AND employment_id = %(employment)s AND NOT touched
"""
_PAY_CHANGED = """
    UPDATE employment SET pay_changed = false WHERE institution_id = %(institution)s AND pay_changed RETURNING id, number
"""


def touched(tenant: Tenant) -> TouchedColumns:
    """Give the absences whose current version was not handled yet, in the order of employment and absence number."""
    return _columns(tenant.rows(_TOUCHED, **_said(tenant)))


def current_since(tenant: Tenant, first: date) -> TouchedColumns:
    """Give all current absences that last until a day or longer, handled or not, in the same order."""
    return _columns(tenant.rows(_SINCE, **_said(tenant), first=first))


def _said(tenant: Tenant) -> dict[str, object]:
    return {
        "yes": YES,
        "zone": str(tenant.at.zone),
        "agreement_56": Question.AGREEMENT_56.value,
        "fleksjob_decision": Question.FLEKSJOB_DECISION.value,
        "pregnancy_cause": Question.PREGNANCY_CAUSE.value,
    }


def _columns(rows: list[Row]) -> TouchedColumns:
    return TouchedColumns(
        absence=_words(rows, 0),
        version=_ints(rows, 1),
        employment=_words(rows, 2),
        person=_words(rows, 3),
        first_day=_ints(rows, 4),
        last_day=_ints(rows, 5),
        code=_words(rows, 6),
        withdrawn=_flags(rows, 7),
        employed_since=_ints(rows, 8),
        job_kind=_words(rows, 9),
        agreement_56=_flags(rows, 10),
        fleksjob_decision=_flags(rows, 11),
        pregnancy_cause=_flags(rows, 12),
        recorded_day=_ints(rows, 13),
        has_case=_flags(rows, 14),
    )


def touch_employment(tenant: Tenant, employment: UUID) -> None:
    """Let the absences of an employment be handled again."""
    tenant.run(_TOUCH_EMPLOYMENT, employment=employment)


def mark_handled(tenant: Tenant, absences: Iterable[UUID], versions: Iterable[int]) -> None:
    """Note which version of each absence has been handled; one that changed meanwhile stays touched."""
    handled = list(absences)
    if handled:
        tenant.run(_HANDLED, absences=handled, versions=[int(version) for version in versions])


def pay_changed(tenant: Tenant) -> tuple[UUID, ...]:
    """Give employments whose pay or hours changed in a month already in the house, by number, and forget them."""
    found = tenant.rows(_PAY_CHANGED)
    return tuple(row[0] for row in sorted(found, key=lambda row: str(row[1])))


def _words(rows: list[Row], place: int) -> Words:
    column = np.empty(len(rows), dtype=np.object_)
    column[:] = [row[place] for row in rows]
    return column


def _ints(rows: list[Row], place: int) -> Ints:
    return np.array([row[place] for row in rows], dtype=np.int64)


def _flags(rows: list[Row], place: int) -> Flags:
    return np.array([row[place] for row in rows], dtype=np.bool_)

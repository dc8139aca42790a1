"""Finds the jobs that may give a right against a fund, their days of leave, and what is refunded of their wage."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from refusion.absences.facts import JobKind, Question
from refusion.cases.facts import Kind
from refusion.cases.states import CLOSED
from refusion.claims.facts import State
from refusion.claims.funds.netting import Refunded
from refusion.claims.funds.rights import FACT_OF
from refusion.store.tenant import Tenant
from refusion.values.period import Period

_EMPLOYMENTS = """
    SELECT e.id FROM employment e WHERE e.institution_id = %(institution)s AND (
        EXISTS (SELECT 1 FROM entered_answer q WHERE q.institution_id = e.institution_id AND q.employment_id = e.id
            AND q.question = ANY (%(questions)s))
        OR %(in_fleksjob)s AND EXISTS (SELECT 1 FROM employment_version v WHERE v.institution_id = e.institution_id
            AND v.employment_id = e.id AND v.superseded_at IS NULL AND v.job_kind = %(fleksjob)s)
        OR %(on_leave)s AND EXISTS (SELECT 1 FROM absence a
            JOIN absence_version v ON v.institution_id = a.institution_id AND v.absence_id = a.id AND v.superseded_at IS NULL
            WHERE a.institution_id = e.institution_id AND a.employment_id = e.id AND v.code = ANY (%(codes)s) AND NOT v.withdrawn))
    ORDER BY e.number COLLATE "C"
"""
_LEAVES = """
    SELECT v.first_day, coalesce(v.last_day, %(today)s) FROM absence a
    JOIN absence_version v ON v.institution_id = a.institution_id AND v.absence_id = a.id AND v.superseded_at IS NULL
    WHERE a.institution_id = %(institution)s AND a.employment_id = %(employment)s AND v.code = ANY (%(codes)s) AND NOT v.withdrawn
      AND coalesce(v.last_day, %(today)s) >= v.first_day
    ORDER BY v.first_day
"""
_REFUNDED = """
    SELECT c.kind, v.first_day, v.last_day,
           CASE WHEN cl.decided IS NULL THEN v.refund ELSE greatest(cl.decided - v.supplement, 0) END
    FROM refund_case c
    JOIN claim cl ON cl.institution_id = c.institution_id AND cl.case_id = c.id AND cl.state <> ALL (%(gone)s)
    JOIN claim_version v ON v.institution_id = cl.institution_id AND v.claim_id = cl.id AND v.version = cl.version
    WHERE c.institution_id = %(institution)s AND c.employment_id = %(employment)s AND (%(pilot)s OR NOT c.pilot)
    ORDER BY c.number, cl.sequence
"""
_CASES = """
    SELECT id FROM refund_case WHERE institution_id = %(institution)s AND absence_id IS NULL AND kind = ANY (%(kinds)s)
    AND state <> ALL (%(closed)s) ORDER BY number
"""
_GONE = [State.ANNULLING.value, State.ANNULLED.value, State.DROPPED.value]


def employments(tenant: Tenant, kinds: Collection[Kind], codes: Collection[str]) -> tuple[UUID, ...]:
    """Give the employments that may have a right against one of the kinds, by number."""
    questions = {FACT_OF[kind].value for kind in kinds if kind in FACT_OF and kind is not Kind.PARENTAL_FUND}
    is_state = Kind.STATE_FLEKSJOB in kinds
    return tenant.column(
        _EMPLOYMENTS,
        questions=sorted(questions | ({Question.FLEKSJOB_DECISION.value} if is_state else set())),
        in_fleksjob=is_state,
        fleksjob=JobKind.FLEKSJOB.value,
        on_leave=Kind.PARENTAL_FUND in kinds,
        codes=sorted(codes),
    )


def leaves(tenant: Tenant, employment: UUID, codes: Collection[str]) -> tuple[Period, ...]:
    """Give an employment's days of leave by payroll's codes; one that goes on has come to today."""
    rows = tenant.rows(_LEAVES, employment=employment, codes=sorted(codes), today=tenant.at.day)
    return tuple(Period(first, last) for first, last in rows)


def refunded(tenant: Tenant, employment: UUID, *, pilot: bool) -> tuple[Refunded, ...]:
    """Give what the claims of an employment give, øre without supplement."""
    rows = tenant.rows(_REFUNDED, employment=employment, pilot=pilot, gone=_GONE)
    return tuple(Refunded(Kind(kind), Period(first, last), refund) for kind, first, last, refund in rows)


def cases(tenant: Tenant, kinds: Collection[Kind]) -> tuple[UUID, ...]:
    """Give the cases of funds that are not closed, by number."""
    return tenant.column(_CASES, kinds=sorted(kinds), closed=sorted(CLOSED))

"""Reads claims: those of some months as the rows of reports, and all of them, page by page, for calculating them anew."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from refusion.cases.facts import FUNDS, LEAVE, Kind
from refusion.cases.states import CLOSED
from refusion.claims.facts import State
from refusion.claims.recalculation import Kept, Standing
from refusion.reports.rows import ClaimLine
from refusion.store.claims import answers_from_json
from refusion.store.reads.rows import one, rows
from refusion.values.period import Period

MOST_LINES = 100_000
CHUNK = 2_000
GONE = (State.ANNULLING, State.ANNULLED, State.DROPPED)
BEFORE_ALL = UUID(int=0)

# What was decided in all is the last decision on each version of a claim, as `workflow.ports.bank.decided_in_all` adds up.
_LINES = """
    SELECT c.person_id, v.first_day, v.last_day, c.number, cl.number, p.name, coalesce(e.unit, ''), c.kind, cl.requested_on,
           v.refund + v.supplement, cl.decided, cl.received, cl.state, coalesce(m.reason, ''), v.request_by,
           coalesce(d.supplement, 0)::bigint
    FROM claim cl
    JOIN claim_version v ON v.institution_id = cl.institution_id AND v.claim_id = cl.id AND v.version = cl.version
    JOIN refund_case c ON c.institution_id = cl.institution_id AND c.id = cl.case_id
    JOIN person p ON p.institution_id = c.institution_id AND p.id = c.person_id
    LEFT JOIN employment_version e ON e.institution_id = c.institution_id AND e.employment_id = c.employment_id
                                  AND e.superseded_at IS NULL
    LEFT JOIN LATERAL (
        SELECT b.reason FROM bank_match b
        WHERE b.institution_id = cl.institution_id AND b.claim_id = cl.id ORDER BY b.matched_on DESC LIMIT 1
    ) m ON true
    LEFT JOIN LATERAL (
        SELECT sum(last.supplement) AS supplement FROM (
            SELECT DISTINCT ON (one.claim_version) one.supplement FROM decision one
            WHERE one.institution_id = cl.institution_id AND one.claim_id = cl.id
            ORDER BY one.claim_version, one.position DESC) AS last
    ) d ON true
    WHERE v.first_day <= %(last)s AND v.last_day >= %(first)s AND cl.state NOT IN ('annulled', 'dropped') AND NOT c.pilot
    ORDER BY v.first_day, cl.number LIMIT %(most)s
"""
_CLAIMS = """
    SELECT cl.id, v.answers::text, c.kind, v.first_day, v.last_day, cl.state, c.number, cl.number, cl.decided,
           c.first_absence_day, c.last_absence_day, c.notified_on, v.refund, v.supplement, v.made_on
    FROM claim cl
    JOIN claim_version v ON v.institution_id = cl.institution_id AND v.claim_id = cl.id AND v.version = cl.version
    JOIN refund_case c ON c.institution_id = cl.institution_id AND c.id = cl.case_id
    WHERE cl.id > %(after)s AND cl.state <> ALL (%(gone)s) AND NOT c.pilot ORDER BY cl.id LIMIT %(chunk)s
"""
_EXPLANATION = """
    SELECT v.explanation::text FROM claim cl
    JOIN claim_version v ON v.institution_id = cl.institution_id AND v.claim_id = cl.id AND v.version = cl.version
    WHERE cl.id = %(claim)s
"""
_CASES = """
    SELECT id, kind, number, first_absence_day, last_absence_day, refund_from, notify_by FROM refund_case
    WHERE id > %(after)s AND state <> ALL (%(closed)s) AND kind <> ALL (%(leave)s) ORDER BY id LIMIT %(chunk)s
"""


def claim_lines(first: date, last: date) -> tuple[tuple[UUID, ClaimLine], ...]:
    """Give the claims whose period touches the days, each with its person; annulled, dropped and a pilot's are left out."""
    return rows(_line, _LINES, {"first": first, "last": last, "most": MOST_LINES})


def _line(person: UUID, first: date, last: date, *facts: Any) -> tuple[UUID, ClaimLine]:
    case, claim, name, unit, kind, *rest = facts
    return person, ClaimLine(case, claim, name, unit, kind, Period(first, last), *rest)


def kept_claims() -> Iterator[Kept]:
    """Give all claims that are not taken back, each in its current version."""
    after, gone = BEFORE_ALL, [state.value for state in GONE]
    while page := rows(_claim, _CLAIMS, {"after": after, "gone": gone, "chunk": CHUNK}):
        yield from (kept for _, kept in page)
        after = page[-1][0]


def kept_explanation(claim: UUID) -> Mapping[str, Any]:
    """Give the explanation kept with a claim's current version; empty where there is none."""
    return one(_tree, _EXPLANATION, {"claim": claim}) or {}


def standing_cases() -> Iterator[Standing]:
    """Give all open cases of sickness with their days; those of leave and of funds follow what persons said, which stands elsewhere."""
    after, closed = BEFORE_ALL, [state.value for state in CLOSED]
    while page := rows(_case, _CASES, {"after": after, "closed": closed, "leave": sorted(LEAVE | set(FUNDS)), "chunk": CHUNK}):
        yield from (standing for _, standing in page)
        after = page[-1][0]


def _tree(written: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(written)
    return found


def _claim(id: UUID, answers: str, kind: str, first: date, last: date, *facts: Any) -> tuple[UUID, Kept]:
    state, case, claim, decided, first_absence, last_absence, notified_on, refund, supplement, made_on = facts
    return id, Kept(
        id=id,
        case_number=case,
        claim_number=claim,
        state=State(state),
        decided=decided,
        first_absence_day=first_absence,
        last_absence_day=last_absence,
        waived=Kind(kind) is not Kind.ORDINARY,
        kind=Kind(kind),
        notified_on=notified_on,
        period=Period(first, last),
        answers=answers_from_json(answers),
        refund=refund,
        supplement=supplement,
        made_on=made_on,
    )


def _case(id: UUID, kind: str, number: int, first: date, last: date | None, *days: date) -> tuple[UUID, Standing]:
    refund_from, notify_by = days
    return id, Standing(number, first, last, Kind(kind) is not Kind.ORDINARY, refund_from, notify_by)

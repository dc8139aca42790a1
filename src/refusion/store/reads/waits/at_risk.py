"""Reads the entitlements that are not safe with the authority yet, as the money-at-risk clock counts them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from refusion.cases.facts import Kind, State
from refusion.claims.expectation import at_most
from refusion.claims.facts import State as ClaimState
from refusion.store.reads.rows import rows
from refusion.values.period import Period, last_of_month
from refusion.watch.at_risk import AtRisk
from refusion.watch.deadlines import Deadline, Layer, Step, WorkingModel, safe_day, to_notify, to_request

Row = tuple[Any, ...]
Place = tuple[UUID, int, int | None, str, str]
IS_PARTIAL = """EXISTS (
    SELECT 1 FROM jsonb_array_elements(v.answers) told
    WHERE told->>0 = 'absent_hours_by_week' AND told->1 IS DISTINCT FROM '{}'::jsonb)"""
_UNIT = """LEFT JOIN employment_version e ON e.institution_id = c.institution_id AND e.employment_id = c.employment_id
    AND e.superseded_at IS NULL"""
_CASES = f"""
    SELECT c.person_id, c.number, p.name, coalesce(e.unit, ''), c.kind, c.first_absence_day, c.last_absence_day, c.refund_from, c.notify_by
    FROM refund_case c JOIN person p ON p.institution_id = c.institution_id AND p.id = c.person_id {_UNIT}
    WHERE c.state = ANY (%(states)s) AND c.authority_id IS NULL AND NOT c.pilot
      AND (c.last_absence_day IS NULL OR c.last_absence_day >= c.refund_from)
    ORDER BY c.number
"""  # noqa: S608 (our own text)
_CLAIMS = f"""
    SELECT c.person_id, c.number, cl.number, p.name, coalesce(e.unit, ''), v.last_day, v.request_by,
           v.refund + v.supplement, {IS_PARTIAL}
    FROM claim cl
    JOIN claim_version v ON v.institution_id = cl.institution_id AND v.claim_id = cl.id AND v.version = cl.version
    JOIN refund_case c ON c.institution_id = cl.institution_id AND c.id = cl.case_id
    JOIN person p ON p.institution_id = c.institution_id AND p.id = c.person_id {_UNIT}
    WHERE cl.state = ANY (%(states)s) AND NOT c.pilot ORDER BY c.number, cl.sequence
"""  # noqa: S608 (our own text)
NOT_NOTIFIED = [State.WATCHING.value, State.NOTIFYING.value, State.STOPPED.value]
NOT_SAFE = [ClaimState.DRAFTED.value, ClaimState.FILING.value, ClaimState.REJECTED.value]


def at_risk(model: WorkingModel, margin_days: int) -> tuple[tuple[UUID, AtRisk], ...]:
    """Give every open entitlement with its person: cases not notified, claims not accepted; a pilot's are none."""
    cases = rows(lambda *row: _of_case(row, model, margin_days), _CASES, {"states": NOT_NOTIFIED})
    claims = rows(lambda *row: _of_claim(row, model, margin_days), _CLAIMS, {"states": NOT_SAFE})
    return (*cases, *claims)


@lru_cache(maxsize=4096)
def worth(refund_from: date, last: date | None, kind: Kind) -> int:
    """Give the most that the first month of a case can be worth, in øre: what a missing notification puts at risk."""
    end = last_of_month(refund_from)
    return at_most(Period(refund_from, end if last is None else min(end, max(last, refund_from))), kind)


def _of_case(row: Row, model: WorkingModel, margin: int) -> tuple[UUID, AtRisk]:
    person, number, name, unit, kind, first, last, refund_from, notify_by = row
    deadlines = to_notify(Kind(kind), first, last, notify_by)
    place = (person, number, None, name, unit)
    return _made(place, Step.NOTIFY, worth(refund_from, last, Kind(kind)), deadlines, safe_day(deadlines, model, margin))


def _of_claim(row: Row, model: WorkingModel, margin: int) -> tuple[UUID, AtRisk]:
    *place, last_day, request_by, amount, partial = row
    deadlines = to_request(last_day, request_by, partial)
    person, number, claim, name, unit = place
    return _made((person, number, claim, name, unit), Step.REQUEST, amount, deadlines, safe_day(deadlines, model, margin))


def _made(place: Place, step: Step, amount: int, deadlines: tuple[Deadline, ...], safe: date) -> tuple[UUID, AtRisk]:
    person, case, claim, name, unit = place
    legal = next(one.day for one in deadlines if one.layer is Layer.LAW)
    return person, AtRisk(case, claim, name, unit, step, amount, safe, legal)

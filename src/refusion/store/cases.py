"""Refund cases: found, kept with their history, and the lists of those that something is due for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from uuid import UUID

from refusion.cases.facts import Case, Kind, State
from refusion.claims.facts import State as ClaimState
from refusion.claims.states import FINISHED
from refusion.store.sets.cases import open_cases
from refusion.store.tenant import Row, Tenant, update

_COLUMNS = ", ".join(
    {"employment": "employment_id", "person": "person_id", "absence": "coalesce(absence_id, id) AS absence"}.get(fact.name, fact.name)
    for fact in fields(Case)
)
_SELECT = f"SELECT {_COLUMNS} FROM refund_case WHERE institution_id = %(institution)s"  # noqa: S608 (our own names)
_LOCK = " AND id = %(id)s FOR UPDATE"
_LOCK_ALL = " AND id = ANY (%(ids)s) ORDER BY id FOR UPDATE"
_MOVES = (
    "kind, state, first_absence_day, last_absence_day, refund_from, file_on, notify_by, known_on, notified_on, "
    "told_last_day, authority_id, version, pilot"
)
_KEEP = update("refund_case", _MOVES)
_HISTORY = """
    INSERT INTO case_history (institution_id, case_id, state, because, "by", at)
    VALUES (%(institution)s, %(id)s, %(state)s, %(because)s, %(by)s, %(at)s)
"""
_DUE = """
    SELECT id FROM refund_case WHERE institution_id = %(institution)s AND state = %(watching)s AND file_on <= %(day)s AND NOT pilot
    ORDER BY notify_by, number
"""
# The next day that no live claim covers; a claim is owed when it has passed and the absence still ran.
# A draft whose month's pay is not in the house cannot be filed yet: it is looked at on the day after its period, when
# the pay has come, on Mondays (weeks that have passed are asked for), and daily once payroll is overdue.
_REVIEW = """
    SELECT c.id FROM refund_case c
    LEFT JOIN LATERAL (
        SELECT max(v.last_day) AS covered, bool_or(l.state = %(drafted)s AND v.last_day < %(day)s AND (
            v.last_day = %(day)s - 1 OR extract(isodow FROM %(day)s) = 1
            OR date_trunc('month', v.last_day) + interval '1 month 10 days' < %(day)s
            OR EXISTS (SELECT 1 FROM pay_version p WHERE p.institution_id = c.institution_id
                AND p.employment_id = c.employment_id AND p.month = date_trunc('month', v.last_day)::date
                AND p.superseded_at IS NULL))) AS waits
        FROM claim l
        JOIN claim_version v ON v.institution_id = l.institution_id AND v.claim_id = l.id AND v.version = l.version
        WHERE l.institution_id = c.institution_id AND l.case_id = c.id AND l.state <> ALL (%(gone)s)
    ) made ON true
    WHERE c.institution_id = %(institution)s AND (c.state = ANY (%(claiming)s) OR (c.pilot AND c.state = %(watching)s)) AND (
        made.waits AND (NOT c.pilot OR extract(isodow FROM %(day)s::date) = 1) OR (coalesce(made.covered + 1, c.refund_from) < %(day)s
            AND coalesce(made.covered + 1, c.refund_from) <= coalesce(c.last_absence_day, %(day)s)))
    ORDER BY c.number
"""
_FINISHED = """
    SELECT c.id FROM refund_case c WHERE c.institution_id = %(institution)s AND c.state = %(ended)s
    AND NOT EXISTS (SELECT 1 FROM claim l WHERE l.institution_id = c.institution_id AND l.case_id = c.id
        AND l.state <> ALL (%(finished)s))
    ORDER BY c.number
"""
_GONE = [ClaimState.ANNULLED.value, ClaimState.DROPPED.value]
_CLAIMING = [State.RUNNING.value, State.ENDED.value]


@dataclass(frozen=True, slots=True)
class StoredCases:
    """An institution's refund cases; those ``held`` are locked in this transaction, so nobody else can change them."""

    tenant: Tenant
    held: dict[UUID, Case] = field(default_factory=dict)

    def open_many(self, cases: Sequence[Case]) -> int:
        """Open cases in one statement, numbered in the order given; those that stand already are left alone."""
        return open_cases(self.tenant, cases)

    def find(self, id: UUID) -> Case:  # noqa: A002 (the port's word)
        """Give a case; raises Refused when the institution has none of that id. Locks the row in this transaction."""
        if id not in self.held:
            self.held[id] = _case(self.tenant.found(_SELECT + _LOCK, id=id))
            self.tenant.seen.clear()
        return self.held[id]

    def find_all(self, ids: Sequence[UUID]) -> tuple[Case, ...]:
        """Give cases in the order asked and lock them, always in the order of their ids, so that two never wait for each other."""
        unlocked = sorted(id for id in ids if id not in self.held)
        if unlocked:
            found = map(_case, self.tenant.rows(_SELECT + _LOCK_ALL, ids=unlocked))
            self.held.update((case.id, case) for case in found)
            self.tenant.seen.clear()
        return tuple(self.find(id) for id in ids)

    def of_absence(self, absence: UUID) -> Case | None:
        """Give the case of an absence, or None."""
        row = self.tenant.one(_SELECT + " AND absence_id = %(absence)s", absence=absence)
        return None if row is None else _case(row)

    def of_employment(self, employment: UUID) -> tuple[Case, ...]:
        """Give the cases of an employment, by number."""
        found = self.tenant.rows(_SELECT + " AND employment_id = %(employment)s ORDER BY number", employment=employment)
        return tuple(map(_case, found))

    def of_fund(self, employment: UUID, kind: Kind) -> Case | None:
        """Give the case of an employment with a fund and hold it, or None."""
        asked = " AND employment_id = %(employment)s AND kind = %(kind)s AND absence_id IS NULL"
        row = self.tenant.one(_SELECT + asked, employment=employment, kind=kind.value)
        return None if row is None else self.find(row[0])

    def keep(self, case: Case, because: str, at: datetime) -> None:
        """Keep the case as it stands now, and its history line when the state changed. Raises Refused for an unknown one."""
        before = self.find(case.id)
        if before == case:
            return
        moves = {name: getattr(case, name) for name in _MOVES.split(", ")}
        self.tenant.run(_KEEP, **{**moves, "id": case.id, "kind": case.kind.value, "state": case.state.value})
        self.held[case.id] = replace(case, number=before.number)
        if before.state is not case.state:
            by = self.tenant.actor.name
            self.tenant.run(_HISTORY, id=case.id, state=case.state.value, because=because, by=by, at=at)

    def due_for_notification(self, day: date) -> tuple[UUID, ...]:
        """Give cases in ``watching`` whose ``file_on`` has come, by ``notify_by``; a pilot's are never due."""
        return self.tenant.column(_DUE, watching=State.WATCHING.value, day=day)

    def to_review(self, day: date) -> tuple[UUID, ...]:
        """Give cases in ``running`` or ``ended``, and a pilot's in ``watching``, in which something waits for the day.

        They have a drafted claim whose period ends before it, or lack a claim for a period that began before it.
        """
        stand = {"drafted": ClaimState.DRAFTED.value, "gone": _GONE, "claiming": _CLAIMING, "watching": State.WATCHING.value}
        return self.tenant.column(_REVIEW, day=day, **stand)

    def all_claims_finished(self) -> tuple[UUID, ...]:
        """Give cases in ``ended`` none of whose claims is open; those that had nothing to claim among them."""
        return self.tenant.column(_FINISHED, ended=State.ENDED.value, finished=[state.value for state in FINISHED])


def _case(row: Row) -> Case:
    found, number, employment, person, absence, kind, state, *rest = row
    return Case(found, number, employment, person, absence, Kind(kind), State(state), *rest)

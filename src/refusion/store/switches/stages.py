"""Keeps which kinds are switched on, finds the absences and cases that a switch is about, and decisions on others' reports."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from refusion.cases.facts import Kind, State
from refusion.cases.stages import Group, Stage, Stages, Switch
from refusion.claims.facts import State as ClaimState
from refusion.store.columns import as_json, from_json
from refusion.store.tenant import Tenant, insert
from refusion.values.period import Period
from refusion.workflow.ports.authority import Decision
from refusion.workflow.ports.stages import PilotLine, Tally

_SAID = """
    SELECT kind, since, stage, codes::text, set_by, set_at FROM kind_stage WHERE institution_id = %(institution)s ORDER BY position
"""
_SAY = insert("kind_stage", "kind, since, stage, codes, set_by, set_at").replace("%(codes)s", "%(codes)s::jsonb")
_WITHOUT_CASE = """
    a.institution_id = %(institution)s AND EXISTS (
        SELECT 1 FROM absence_version v WHERE v.institution_id = a.institution_id AND v.absence_id = a.id
        AND v.superseded_at IS NULL AND NOT v.withdrawn AND v.code = ANY (%(codes)s))
    AND NOT EXISTS (SELECT 1 FROM refund_case c WHERE c.institution_id = a.institution_id AND c.absence_id = a.id)
"""
_TOUCH = f"UPDATE absence a SET touched = true WHERE NOT a.touched AND {_WITHOUT_CASE}"  # noqa: S608 (our own names)
_UNOPENED = f"SELECT count(*) FROM absence a WHERE {_WITHOUT_CASE}"  # noqa: S608 (our own names)
_WATCHING = """
    SELECT id FROM refund_case WHERE institution_id = %(institution)s AND state = %(watching)s AND kind = ANY (%(kinds)s) ORDER BY number
"""
_TALLY = """
    SELECT c.kind, c.state, c.pilot, count(*), coalesce(sum(made.unfiled), 0)::bigint FROM refund_case c
    LEFT JOIN LATERAL (
        SELECT sum(v.refund + v.supplement) AS unfiled FROM claim l
        JOIN claim_version v ON v.institution_id = l.institution_id AND v.claim_id = l.id AND v.version = l.version
        WHERE l.institution_id = c.institution_id AND l.case_id = c.id AND l.state = %(drafted)s
    ) made ON true
    WHERE c.institution_id = %(institution)s AND c.kind = ANY (%(kinds)s)
    GROUP BY c.kind, c.state, c.pilot ORDER BY c.kind, c.state, c.pilot
"""
# A revised decision takes the place of the one that it revises. Decisions of the same days cannot be told apart by them.
# Funds decide by file and on claims of their own numbers: nothing of theirs stands among the decisions of others.
_PILOTS = """
    WITH drafted AS (
        SELECT c.number, c.kind, v.first_day, v.last_day, v.refund + v.supplement AS expected, v.estimated, c.absence_id
        FROM refund_case c
        JOIN claim l ON l.institution_id = c.institution_id AND l.case_id = c.id AND l.state = %(drafted)s
        JOIN claim_version v ON v.institution_id = l.institution_id AND v.claim_id = l.id AND v.version = l.version
        WHERE c.institution_id = %(institution)s AND c.pilot
    ), decided AS (
        SELECT d.first_day, d.last_day, min(d.refund + d.supplement) AS amount, count(*) AS decisions FROM other_decision d
        WHERE d.institution_id = %(institution)s AND NOT EXISTS (
            SELECT 1 FROM other_decision r WHERE r.institution_id = d.institution_id AND r.revises = d.decision_id)
        GROUP BY d.first_day, d.last_day
    )
    SELECT p.number, p.kind, p.first_day, p.last_day, p.expected, p.estimated, d.amount,
           greatest(coalesce(d.decisions, 0), count(*) OVER (PARTITION BY p.first_day, p.last_day, p.absence_id IS NULL))
    FROM drafted p LEFT JOIN decided d ON d.first_day = p.first_day AND d.last_day = p.last_day AND p.absence_id IS NOT NULL
    ORDER BY p.number, p.first_day
"""
_OTHER = (
    insert("other_decision", "decision_id, first_day, last_day, refund, supplement, decided_on, revises, learned_at")
    + " ON CONFLICT DO NOTHING"
)


@dataclass(frozen=True, slots=True)
class StoredStages:
    """An institution's switches; what was said is read once in a transaction."""

    tenant: Tenant
    read: list[Stages] = field(default_factory=list)

    def said(self) -> Stages:
        """Give everything that was said of the kinds."""
        if not self.read:
            self.read.append(said_to(self.tenant))
        return self.read[0]

    def say(self, switch: Switch) -> None:
        """Add a switch."""
        self.tenant.run(
            _SAY,
            kind=switch.kind.value,
            since=switch.since,
            stage=switch.stage.value,
            codes=as_json(list(switch.codes)),
            set_by=switch.set_by,
            set_at=switch.set_at,
        )
        self.read.clear()

    def touch_unopened(self, codes: Collection[str]) -> int:
        """Let the absences of these codes that have no case be handled again; give their number."""
        return self.tenant.run(_TOUCH, codes=sorted(codes))

    def unopened(self, codes: Collection[str]) -> int:
        """Count the absences of these codes that have no case."""
        return int(self.tenant.found(_UNOPENED, codes=sorted(codes))[0])

    def watching(self, kinds: Collection[Kind]) -> tuple[UUID, ...]:
        """Give the cases of these kinds that nobody was notified of yet, by number."""
        return self.tenant.column(_WATCHING, watching=State.WATCHING.value, kinds=sorted(kinds))

    def tally(self, kinds: Collection[Kind]) -> tuple[Tally, ...]:
        """Count the cases of these kinds by kind, state and whether they are a pilot's."""
        found = self.tenant.rows(_TALLY, kinds=sorted(kinds), drafted=ClaimState.DRAFTED.value)
        return tuple(Tally(Kind(kind), State(state), *rest) for kind, state, *rest in found)

    def pilot_lines(self) -> tuple[PilotLine, ...]:
        """Give the drafts of pilots by case and period; a decision stands beside one only where both are alone on their days."""
        found = self.tenant.rows(_PILOTS, drafted=ClaimState.DRAFTED.value)
        return tuple(
            PilotLine(number, Kind(kind), Period(first, last), expected, estimated, decided if alike == 1 else None, alike)
            for number, kind, first, last, expected, estimated, decided, alike in found
        )

    def keep_other_decision(self, decided: Decision, at: datetime) -> bool:
        """Keep a decision on a report that is not ours, once; False when it was known."""
        kept = self.tenant.run(
            _OTHER,
            decision_id=decided.decision_id,
            first_day=decided.period.first,
            last_day=decided.period.last,
            refund=decided.refund,
            supplement=decided.supplement,
            decided_on=decided.decided_on,
            revises=decided.revises,
            learned_at=at,
        )
        return bool(kept)


def said_to(tenant: Tenant) -> Stages:
    """Read everything that an institution said of the kinds."""
    rows = tenant.rows(_SAID)
    return Stages(tuple(Switch(Group(k), since, Stage(s), tuple(from_json(codes)), by, at) for k, since, s, codes, by, at in rows))

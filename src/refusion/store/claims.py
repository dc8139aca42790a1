"""Claims: what each asks for in its current version, versions that never change once filed, and losses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from refusion.claims.facts import Answer, Claim, Expected, Loss, LossCause, State
from refusion.store.columns import as_json, from_json
from refusion.store.tenant import Row, Tenant, insert, update
from refusion.values.period import Period

_SELECT = """
    SELECT c.id, c.number, c.case_id, c.sequence, c.version, c.state, v.first_day, v.last_day, v.request_by, v.answers,
           v.refund, v.supplement, v.estimated, v.law_version,
           v.made_on, c.requested_on, c.authority_id, c.decided, c.received
    FROM claim c
    JOIN claim_version v ON v.institution_id = c.institution_id AND v.claim_id = c.id AND v.version = c.version
    WHERE c.institution_id = %(institution)s
"""
_MOVES = "version, state, requested_on, authority_id, decided, received"
_MOVE = update("claim", _MOVES)
_MAKE = insert("claim", f"id, case_id, sequence, {_MOVES}")
_SAYS = "first_day, last_day, request_by, answers, refund, supplement, estimated, explanation, law_version, made_on"
_SAY = {"answers": "%(answers)s::jsonb", "explanation": "%(explanation)s::jsonb"}
_ADD = insert("claim_version", f"claim_id, version, {_SAYS}, recorded_at, fixed_at")
_REWRITE = f"""
    UPDATE claim_version SET {", ".join(f"{name} = %({name})s" for name in (*_SAYS.split(", "), "recorded_at", "fixed_at"))}
    WHERE institution_id = %(institution)s AND claim_id = %(id)s AND version = %(version)s
    AND (fixed_at, {_SAYS}) IS DISTINCT FROM (%(fixed_at)s, {", ".join(_SAY.get(name, f"%({name})s") for name in _SAYS.split(", "))})
"""  # noqa: S608 (our own names)
# Whether the claim moves, and whether its version stands, is fixed and says the same; no row at all for a new claim.
_STANDING = f"""
    SELECT ({", ".join(f"c.{name}" for name in _MOVES.split(", "))}) IS DISTINCT FROM
           ({", ".join(f"%({name})s" for name in _MOVES.split(", "))}),
           v.version IS NOT NULL, v.fixed_at IS NOT NULL, v.first_day = %(first_day)s AND v.last_day = %(last_day)s
           AND v.refund = %(refund)s AND v.supplement = %(supplement)s AND v.answers = %(answers)s::jsonb
           AND v.law_version = %(law_version)s
    FROM claim c
    LEFT JOIN claim_version v ON v.institution_id = c.institution_id AND v.claim_id = c.id AND v.version = %(version)s
    WHERE c.institution_id = %(institution)s AND c.id = %(id)s FOR UPDATE OF c
"""  # noqa: S608 (our own names)
_EXPLANATION = """
    SELECT explanation FROM claim_version WHERE institution_id = %(institution)s AND claim_id = %(claim)s AND version = %(version)s
"""
_OF_CASES = " AND c.case_id = ANY (%(cases)s) ORDER BY c.sequence, c.number"
_LATE = " AND c.state = %(accepted)s AND c.decided IS NULL AND c.requested_on < %(before)s ORDER BY c.requested_on, c.number"
_STATES = "SELECT id, state FROM claim WHERE institution_id = %(institution)s AND id = ANY (%(ids)s)"
# Days that a case lost by lateness are lost once, however often and on whatever occasion it is noticed.
_LOSS = """
    INSERT INTO loss (institution_id, id, case_id, claim_id, first_day, last_day, amount, cause, certain_on, deadline, known_on)
    SELECT %(institution)s, %(id)s, %(case_id)s, %(claim_id)s::uuid, %(first_day)s, %(last_day)s, %(amount)s, %(cause)s, %(certain_on)s,
           %(deadline)s, %(known_on)s
    WHERE NOT EXISTS (SELECT 1 FROM loss l WHERE l.institution_id = %(institution)s AND l.case_id = %(case_id)s
        AND %(cause)s = ANY (%(by_lateness)s) AND l.cause = ANY (%(by_lateness)s)
        AND l.first_day <= %(first_day)s AND l.last_day >= %(last_day)s)
    ON CONFLICT DO NOTHING
"""
_BY_LATENESS = [cause.value for cause in (LossCause.LATE_NOTIFICATION, LossCause.LATE_REQUEST, LossCause.REJECTED)]


@dataclass(frozen=True, slots=True, eq=False)
class StoredExplanation(Mapping[str, Any]):
    """The explanation of a kept version, read when somebody looks into it while the transaction is open.

    It is long, and most verbs only need the amount.
    """

    tenant: Tenant
    claim: UUID
    version: int

    def __getitem__(self, key: str) -> Any:
        return self._read()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())

    def _read(self) -> dict[str, Any]:
        place = ("explanation", self.claim, self.version)
        if place not in self.tenant.seen:
            written = self.tenant.found(_EXPLANATION, claim=self.claim, version=self.version)[0]
            self.tenant.seen[place] = from_json(written)
        return cast("dict[str, Any]", self.tenant.seen[place])


@dataclass(frozen=True, slots=True)
class StoredClaims:
    """An institution's claims."""

    tenant: Tenant

    def find(self, id: UUID) -> Claim:  # noqa: A002 (the port's word)
        """Give a claim in its current version and lock it. Raises Refused when there is none."""
        return self._claim(self.tenant.found(_SELECT + " AND c.id = %(id)s FOR UPDATE OF c", id=id))

    def look_at(self, ids: Sequence[UUID]) -> tuple[Claim, ...]:
        """Give claims in their current version by number, locking none."""
        found = self.tenant.rows(_SELECT + " AND c.id = ANY (%(ids)s) ORDER BY c.number", ids=list(ids)) if ids else ()
        return tuple(map(self._claim, found))

    def states(self, ids: Sequence[UUID]) -> Mapping[UUID, State]:
        """Give the states of claims; one that the institution has not is left out."""
        found = self.tenant.rows(_STATES, ids=list(ids)) if ids else ()
        return {id: State(state) for id, state in found}

    def of_case(self, case: UUID) -> tuple[Claim, ...]:
        """Give the claims of a case in the order of their sequence, annulled and dropped ones too."""
        if ("claims", case) not in self.tenant.seen:
            self.read_ahead([case])
        return tuple(self.tenant.seen["claims", case])

    def read_ahead(self, cases: Sequence[UUID]) -> None:
        """Read the claims of many cases at once; what :meth:`of_case` then asks is there."""
        self.tenant.seen.update({("claims", case): [] for case in cases})
        for row in self.tenant.rows(_SELECT + _OF_CASES, cases=list(cases)):
            claim = self._claim(row)
            self.tenant.seen["claims", claim.case].append(claim)

    def keep(self, claim: Claim, at: datetime) -> None:
        """Keep the claim; a new version number adds an immutable version with answers, expected and explanation.

        A draft may be written again under the same version until it is filed. Raises ValueError when a version that
        left the house would say something else: that calls for the next version.
        """
        facts = _facts(claim)
        standing = self.tenant.one(_STANDING, **facts)
        self.tenant.seen.pop(("claims", claim.case), None)
        self.tenant.seen.pop(("explanation", claim.id, claim.version), None)
        if standing is None:
            self.tenant.run(_MAKE, **facts)
        elif standing[0]:
            self.tenant.run(_MOVE, **facts)
        self._keep_version(claim, standing[1:] if standing else (False, False, False), facts, at)

    def _keep_version(self, claim: Claim, standing: Row, facts: dict[str, object], at: datetime) -> None:
        stands, is_fixed, says_the_same = standing
        if not is_fixed:
            told = {"explanation": as_json(claim.expected.explanation), "recorded_at": at}
            fixed_at = None if claim.state is State.DRAFTED else at
            self.tenant.run(_REWRITE if stands else _ADD, **facts, **told, fixed_at=fixed_at)
        elif not says_the_same:
            raise ValueError(f"version {claim.version} of claim {claim.id} left the house; what it says now is the next version")

    def awaiting_decision(self, requested_before: date) -> tuple[Claim, ...]:
        """Give accepted claims without a decision that were requested before the day, the longest waiting first."""
        return tuple(map(self._claim, self.tenant.rows(_SELECT + _LATE, accepted=State.ACCEPTED.value, before=requested_before)))

    def keep_loss(self, loss: Loss) -> None:
        """Keep a loss once; the same id again changes nothing."""
        self.tenant.run(
            _LOSS,
            id=loss.id,
            case_id=loss.case,
            claim_id=loss.claim,
            by_lateness=_BY_LATENESS,
            first_day=loss.period.first,
            last_day=loss.period.last,
            amount=loss.amount,
            cause=loss.cause.value,
            certain_on=loss.certain_on,
            deadline=loss.deadline,
            known_on=loss.known_on,
        )

    def _claim(self, row: Row) -> Claim:
        found, number, case, sequence, version, state, first, last, request_by, answers, *rest = row
        refund, supplement, estimated, law_version, *moved = rest
        expected = Expected(refund, supplement, estimated, StoredExplanation(self.tenant, found, version), law_version)
        told, period = answers_from_json(answers), Period(first, last)
        return Claim(found, number, case, sequence, version, State(state), period, request_by, told, expected, *moved)


def answers_as_json(answers: tuple[Answer, ...]) -> str:
    """Write answers as a JSON list in their order."""
    return as_json([[told.field, told.value, told.source, told.version, told.learned_on] for told in answers])


def answers_from_json(written: str) -> tuple[Answer, ...]:
    """Read answers back."""
    return tuple(Answer(*told) for told in from_json(written))


def _facts(claim: Claim) -> dict[str, object]:
    return {
        "id": claim.id,
        "claim_id": claim.id,
        "case_id": claim.case,
        "sequence": claim.sequence,
        "version": claim.version,
        "state": claim.state.value,
        "requested_on": claim.requested_on,
        "authority_id": claim.authority_id,
        "decided": claim.decided,
        "received": claim.received,
        "first_day": claim.period.first,
        "last_day": claim.period.last,
        "request_by": claim.request_by,
        "answers": answers_as_json(claim.answers),
        "refund": claim.expected.refund,
        "supplement": claim.expected.supplement,
        "estimated": claim.expected.estimated,
        "law_version": claim.expected.law_version,
        "made_on": claim.made_on,
    }

"""Which claims may be meant by lines, and the lines of payment specifications."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from refusion.claims.facts import State
from refusion.settlements.facts import Expected, Specified
from refusion.store.columns import as_json, from_json
from refusion.store.matching.lines import without_numbers
from refusion.store.tenant import Row, Tenant, insert
from refusion.values.period import Period
from refusion.workflow.ports.matching import ClaimName, Wanted

# A settled claim waits for nothing more, an annulled one has nothing coming: what came can only be taken back.
_CLAIMS = """
    SELECT c.id, k.person_id::text, v.first_day, v.last_day,
           CASE WHEN c.state = ANY (%(gone)s) THEN 0 WHEN c.state = %(settled)s THEN c.received ELSE v.refund + v.supplement END,
           c.number::text, coalesce(c.authority_id, ''), c.received
    FROM claim c
    JOIN claim_version v ON v.institution_id = c.institution_id AND v.claim_id = c.id AND v.version = c.version
    JOIN refund_case k ON k.institution_id = c.institution_id AND k.id = c.case_id
    WHERE c.institution_id = %(institution)s AND c.requested_on IS NOT NULL AND (c.decided IS NOT NULL) = %(decided)s AND (
        c.id = ANY (%(claims)s) OR k.person_id = ANY (%(people)s) OR c.authority_id = ANY (%(words)s)
        OR c.number::text = ANY (%(words)s)
        OR (c.state <> ALL (%(done)s) AND (v.refund + v.supplement = ANY (%(amounts)s)
            OR v.refund + v.supplement - c.received = ANY (%(amounts)s))))
    ORDER BY c.number
"""
_PART = "id, payment, payer, pays_on, amount, told, person_id, first_day, last_day, file_id, recorded_at"
_KEEP_PART = insert("payment_part", _PART) + " ON CONFLICT DO NOTHING"
_STANDING_PART = """
    SELECT s.part_id FROM matched_part s
    JOIN bank_match m ON m.institution_id = s.institution_id AND m.id = s.match_id
    WHERE s.institution_id = %(institution)s AND NOT EXISTS (
        SELECT 1 FROM bank_match u WHERE u.institution_id = m.institution_id AND u.undoes_id = m.id)
"""
_PARTS = f"""
    SELECT p.id, p.payment, p.amount, p.told::text, p.person_id::text, p.first_day, p.last_day, p.payer, p.pays_on FROM payment_part p
    WHERE p.institution_id = %(institution)s AND p.id NOT IN ({_STANDING_PART}) ORDER BY p.id
"""  # noqa: S608 (our own text)
_OF_LINES = _STANDING_PART + " AND m.line_id = ANY (%(lines)s)"
_NAMES = """
    SELECT c.id, c.number, k.number FROM claim c
    JOIN refund_case k ON k.institution_id = c.institution_id AND k.id = c.case_id
    WHERE c.institution_id = %(institution)s AND c.id = ANY (%(claims)s)
"""
_GONE = [State.ANNULLING.value, State.ANNULLED.value, State.DROPPED.value]
_DONE = [*_GONE, State.SETTLED.value]


def expected(tenant: Tenant, wanted: Wanted, *, decided: bool) -> tuple[Expected, ...]:
    """Give the requested claims that may be meant, decided ones or not, with what they expect in all and what came."""
    rows = tenant.rows(
        _CLAIMS,
        claims=list(wanted.claims),
        people=[UUID(one) for one in wanted.people],
        words=sorted(wanted.words),
        amounts=sorted(wanted.amounts),
        gone=_GONE,
        settled=State.SETTLED.value,
        done=_DONE,
        decided=decided,
    )
    return tuple(map(_expected, rows))


def names(tenant: Tenant, claims: Collection[UUID]) -> Mapping[UUID, ClaimName]:
    """Say how people name claims."""
    found = tenant.rows(_NAMES, claims=list(claims)) if claims else []
    return {row[0]: ClaimName(*row) for row in found}


def specified(tenant: Tenant) -> tuple[Specified, ...]:
    """Give the lines of payment specifications that no standing match was told by."""
    return tuple(map(_specified, tenant.rows(_PARTS)))


def matched_parts(tenant: Tenant, lines: Collection[UUID]) -> frozenset[UUID]:
    """Give the parts that standing matches of lines were told by."""
    return frozenset(tenant.column(_OF_LINES, lines=list(lines))) if lines else frozenset()


def keep_parts(tenant: Tenant, parts: Sequence[Specified], file: UUID, at: datetime) -> int:
    """Keep lines of specifications once; gives how many were new. No national number stays in their texts."""
    return sum(tenant.run(_KEEP_PART, **_facts(part), file_id=file, recorded_at=at) for part in parts)


def _facts(part: Specified) -> dict[str, object]:
    return {
        "id": part.part,
        "payment": part.payment,
        "payer": part.payer,
        "pays_on": part.pays_on,
        "amount": part.amount,
        "told": as_json([text for text in map(without_numbers, part.told) if text]),
        "person_id": UUID(part.person_key) if part.person_key else None,
        "first_day": part.period and part.period.first,
        "last_day": part.period and part.period.last,
    }


def _expected(row: Row) -> Expected:
    claim, person, first, last, amount, number, authority_id, received = row
    return Expected(claim, person, Period(first, last), amount, (number, authority_id) if authority_id else (number,), received)


def _specified(row: Row) -> Specified:
    part, payment, amount, told, person, first, last, payer, pays_on = row
    period = Period(first, last) if first else None
    return Specified(part, payment, amount, tuple(from_json(told)), person or "", period, payer, pays_on)

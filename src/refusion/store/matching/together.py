"""The repository of matching: evidence, lines laid aside, write-offs that one proposes and another approves."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from refusion.settlements.facts import Expected, Specified
from refusion.store.matching import evidence, lines
from refusion.store.tenant import Tenant, insert
from refusion.values.said import Refused, said
from refusion.workflow.ports.bank import Match
from refusion.workflow.ports.matching import ClaimName, OpenLine, Wanted, WriteOff

_ALONE = "SELECT pg_advisory_xact_lock(hashtextextended('matching', %(institution)s))"
_LINE = "SELECT id FROM bank_line WHERE institution_id = %(institution)s AND position = %(number)s"
_CLAIM = "SELECT id FROM claim WHERE institution_id = %(institution)s AND number = %(number)s"
_NUMBERS = "SELECT id, position FROM bank_line WHERE institution_id = %(institution)s AND id = ANY (%(lines)s)"
_STANDING = """
    SELECT m.id, m.line_id, m.claim_id, m.decision_id, m.amount, m.reason, m.matched_on, m.by, m.note FROM bank_match m
    WHERE m.institution_id = %(institution)s AND m.line_id = %(line)s AND m.undoes_id IS NULL AND NOT EXISTS (
        SELECT 1 FROM bank_match u WHERE u.institution_id = m.institution_id AND u.undoes_id = m.id)
    ORDER BY m.matched_on, m.claim_id, m.id
"""
_PARK = insert("parked_line", "id, line_id, reason, until, by, recorded_at")
_PARKED = "SELECT count(*) FROM parked_line WHERE institution_id = %(institution)s AND line_id = %(line)s"
_PROPOSED = "claim_id, line_id, amount, reason, content_hash, proposed_by, proposed_at"
_PROPOSE = insert("write_off", f"id, {_PROPOSED}") + " RETURNING number"
_OPEN = """
    SELECT 1 FROM write_off WHERE institution_id = %(institution)s AND outcome IS NULL
    AND claim_id IS NOT DISTINCT FROM %(claim)s::uuid AND line_id IS NOT DISTINCT FROM %(line)s::uuid
"""
_ALL = f"SELECT id, number, {_PROPOSED}, outcome, decided_by, decided_at FROM write_off WHERE institution_id = %(institution)s"  # noqa: S608 (our own names)
_DECIDE = """
    UPDATE write_off SET outcome = %(outcome)s, decided_by = %(by)s, decided_at = %(at)s, decided_hash = %(hash)s
    WHERE institution_id = %(institution)s AND id = %(id)s
"""


@dataclass(frozen=True, slots=True)
class StoredMatching:
    """An institution's evidence, parked lines and write-offs."""

    tenant: Tenant

    def alone(self) -> None:
        """Let nobody else match at the institution until the transaction ends."""
        self.tenant.rows(_ALONE)

    def open_lines(self) -> tuple[OpenLine, ...]:
        """Give the institution's lines that are neither matched nor written off in whole, by day."""
        return lines.open_lines(self.tenant)

    def line(self, number: int) -> UUID:
        """Give the line of a number. Raises Refused when the institution has none."""
        return self._numbered(_LINE, "settlements.no_line", number)

    def claim(self, number: int) -> UUID:
        """Give the claim of a number. Raises Refused when the institution has none."""
        return self._numbered(_CLAIM, "settlements.no_claim", number)

    def numbers(self, lines: Collection[UUID]) -> Mapping[UUID, int]:
        """Give the numbers of lines."""
        return {row[0]: int(row[1]) for row in self.tenant.rows(_NUMBERS, lines=list(lines))} if lines else {}

    def names(self, claims: Collection[UUID]) -> Mapping[UUID, ClaimName]:
        """Say how people name claims."""
        return evidence.names(self.tenant, claims)

    def expected(self, wanted: Wanted, *, decided: bool) -> tuple[Expected, ...]:
        """Give the requested claims that may be meant, decided ones or not, with what they expect in all and what came."""
        return evidence.expected(self.tenant, wanted, decided=decided)

    def specified(self) -> tuple[Specified, ...]:
        """Give the lines of payment specifications that no standing match was told by."""
        return evidence.specified(self.tenant)

    def matched_parts(self, lines: Collection[UUID]) -> frozenset[UUID]:
        """Give the parts that standing matches of lines were told by."""
        return evidence.matched_parts(self.tenant, lines)

    def keep_parts(self, parts: Sequence[Specified], file: UUID, at: datetime) -> int:
        """Keep lines of specifications once; gives how many were new."""
        return evidence.keep_parts(self.tenant, parts, file, at)

    def person_key(self, national_number: str) -> str:
        """Give the opaque key of a person, known to payroll or not yet."""
        return str(lines.person_id(self.tenant, national_number))

    def standing(self, line: UUID) -> tuple[Match, ...]:
        """Give the matches of a line that nobody took back, oldest first."""
        return tuple(Match(*row) for row in self.tenant.rows(_STANDING, line=line))

    def park(self, line: UUID, reason: str, until: date) -> None:
        """Lay a line aside until a day."""
        times = self.tenant.found(_PARKED, line=line)[0]
        by, at = self.tenant.actor.name, self.tenant.at.now
        self.tenant.run(_PARK, id=self.tenant.id_of("parked", line, times), line_id=line, reason=reason, until=until, by=by, recorded_at=at)

    def propose(self, write_off: WriteOff) -> int:
        """Keep a proposal and give its number. Raises Refused when one for the same claim or line is open."""
        if self.tenant.one(_OPEN, claim=write_off.claim, line=write_off.line):
            raise Refused(said("settlements.write_off_open"))
        facts = {name: getattr(write_off, name) for name in ("id", "amount", "reason", "content_hash", "proposed_by", "proposed_at")}
        return int(self.tenant.found(_PROPOSE, claim_id=write_off.claim, line_id=write_off.line, **facts)[0])

    def write_off(self, number: int) -> WriteOff:
        """Give a proposal and lock it. Raises Refused when there is none."""
        row = self.tenant.one(_ALL + " AND number = %(number)s FOR UPDATE", number=number)
        if row is None:
            raise Refused(said("settlements.no_write_off", number=number))
        return WriteOff(*row)

    def write_offs(self, *, only_open: bool = True) -> tuple[WriteOff, ...]:
        """Give proposals, the open ones first, then the newest."""
        chosen = " AND outcome IS NULL" if only_open else ""
        return tuple(WriteOff(*row) for row in self.tenant.rows(_ALL + chosen + " ORDER BY (outcome IS NOT NULL), number DESC"))

    def decide(self, write_off: WriteOff, decided_hash: str | None) -> None:
        """Keep who approved or withdrew; the database refuses the proposer's own approval and another content."""
        decided = {"outcome": write_off.outcome, "by": write_off.decided_by, "at": write_off.decided_at}
        self.tenant.run(_DECIDE, id=write_off.id, hash=decided_hash, **decided)

    def _numbered(self, query: str, key: str, number: int) -> UUID:
        row = self.tenant.one(query, number=number)
        if row is None:
            raise Refused(said(key, number=number))
        found: UUID = row[0]
        return found

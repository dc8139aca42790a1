"""The outbox: reports in the order they were intended, their attempts, and which of them may go now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from uuid import UUID

from refusion.claims.filing import OPEN, Filing, Kind, State
from refusion.store.columns import open_bytes, seal_bytes
from refusion.store.tenant import Row, Tenant, insert, update

_FIXED = "id, case_id, kind, subject_id, version, sealed_content, content_hash"
_MOVES = (
    "state, due_on, deadline, at_stake, next_try_at, signed_at, attempts, not_found, receipt, authority_id, answer_code"
)
_INTEND = insert("filing", f"{_FIXED}, {_MOVES}, intended_at, supersedes") + " ON CONFLICT (institution_id, id) DO NOTHING"
_KEEP = update("filing", _MOVES)
_SELECT = f"""
    SELECT {_FIXED}, state, due_on, deadline, at_stake, intended_at, next_try_at, signed_at, attempts, not_found, receipt,
           authority_id, answer_code, supersedes
    FROM filing WHERE institution_id = %(institution)s
"""  # noqa: S608 (our own names)
# Per case only the oldest open report goes, and none while another one's outcome is not known; what the service centre
# was sent an order for is the centre's to file.
_DUE = """
    SELECT f.id FROM filing f
    WHERE f.institution_id = %(institution)s AND f.state = %(intended)s AND f.due_on <= %(day)s AND f.next_try_at <= %(now)s
    AND NOT EXISTS (
        SELECT 1 FROM filing o WHERE o.institution_id = f.institution_id AND o.case_id = f.case_id AND o.id <> f.id
        AND o.state = ANY (%(open)s) AND (o.position < f.position OR o.state <> %(intended)s))
    AND NOT EXISTS (
        SELECT 1 FROM service_order s WHERE s.institution_id = f.institution_id AND s.filing_id = f.id
        AND s.state IN ('sent', 'received'))
    ORDER BY f.deadline, f.position LIMIT %(limit)s
    FOR UPDATE OF f SKIP LOCKED
"""
_INQUIRE = """
    SELECT id FROM filing WHERE institution_id = %(institution)s AND state = %(unknown)s AND next_try_at <= %(now)s
    ORDER BY next_try_at, position LIMIT %(limit)s FOR UPDATE SKIP LOCKED
"""
_DOUBTFUL = "SELECT id, state FROM filing WHERE institution_id = %(institution)s AND state = ANY (%(doubtful)s) ORDER BY position"
_HASH = "SELECT content_hash FROM filing WHERE institution_id = %(institution)s AND id = %(id)s"
_BEGIN = insert("filing_attempt", "filing_id, number, content_hash, began_at")
_END = """
    UPDATE filing_attempt SET ended_at = %(at)s, outcome = %(outcome)s, error = %(error)s
    WHERE institution_id = %(institution)s AND filing_id = %(filing)s AND number = %(number)s AND ended_at IS NULL
"""
_LAST_ACCEPTED = """ AND subject_id = %(subject)s AND state = %(accepted)s AND kind = ANY (%(kinds)s)
    ORDER BY signed_at DESC NULLS LAST, position DESC LIMIT 1"""
# The open ones and the accepted ones, the newest of each subject last.
_OF_CASES = """ AND case_id = ANY (%(cases)s)
    AND (state = ANY (%(open)s) OR (state = %(accepted)s AND kind = ANY (%(kinds)s)))
    ORDER BY (state <> %(accepted)s), (CASE WHEN state = %(accepted)s THEN signed_at END) NULLS FIRST, position"""
_STANDING = [Kind.NOTIFICATION.value, Kind.CLAIM.value, Kind.CORRECTION.value]
_OPEN = [state.value for state in OPEN]


@dataclass(frozen=True, slots=True)
class StoredOutbox:
    """An institution's outbox."""

    tenant: Tenant

    def intend(self, filing: Filing) -> bool:
        """Put a report into the outbox; False when the same id lies there. Raises ValueError when its hash is another."""
        self._forget(filing)
        facts = {
            "id": filing.id,
            "case_id": filing.case,
            "kind": filing.kind.value,
            "subject_id": filing.subject,
            "version": filing.version,
            "sealed_content": seal_bytes(self.tenant.keys, filing.content, filing.id, "filing"),
            "content_hash": filing.content_hash,
            "intended_at": filing.intended_at,
            "supersedes": filing.supersedes,
        }
        if self.tenant.run(_INTEND, **facts, **_moved(filing)):
            return True
        if self.tenant.found(_HASH, id=filing.id)[0] != filing.content_hash:
            raise ValueError(f"the intent {filing.id} was given other content before")
        return False

    def keep(self, filing: Filing) -> None:
        """Keep what became of a report."""
        self._forget(filing)
        self.tenant.run(_KEEP, id=filing.id, **_moved(filing))

    def find(self, id: UUID) -> Filing:  # noqa: A002 (the port's word)
        """Give a report and lock it. Raises Refused when there is none."""
        return self._filing(self.tenant.found(_SELECT + " AND id = %(id)s FOR UPDATE", id=id))

    def due(self, now: datetime, day: date, limit: int) -> tuple[UUID, ...]:
        """Give intended reports that may go now: per case only the oldest open one, by deadline, at most ``limit``.

        They are locked; those that another transaction has locked are passed over.
        """
        intended = State.INTENDED.value
        return self.tenant.column(_DUE, now=now, day=day, limit=limit, intended=intended, open=_OPEN)

    def to_inquire(self, now: datetime, limit: int) -> tuple[UUID, ...]:
        """Give reports of unknown outcome whose next inquiry is due, and lock them."""
        return self.tenant.column(_INQUIRE, now=now, limit=limit, unknown=State.UNKNOWN.value)

    def in_doubt(self) -> tuple[tuple[UUID, State], ...]:
        """Give the reports of which nobody knows yet whether the authority took them, with their state.

        One that stands as sending at the start of a round was left by somebody who died.
        """
        doubtful = [State.SENDING.value, State.UNKNOWN.value]
        return tuple((id, State(state)) for id, state in self.tenant.rows(_DOUBTFUL, doubtful=doubtful))

    def begin_attempt(self, filing: Filing, number: int, at: datetime) -> None:
        """Note an attempt before its socket opens."""
        self.tenant.run(_BEGIN, filing_id=filing.id, number=number, content_hash=filing.content_hash, began_at=at)

    def end_attempt(self, filing: UUID, number: int, at: datetime, outcome: str, error: str = "") -> None:
        """Note how an attempt ended; the first word stands. Raises ValueError when none of that number is under way."""
        if not self.tenant.run(_END, filing=filing, number=number, at=at, outcome=outcome, error=error):
            raise ValueError(f"attempt {number} of {filing} is not under way")

    def last_accepted(self, subject: UUID) -> Filing | None:
        """Give the newest accepted notification, claim or correction of a subject: what a later change must name."""
        if ("accepted", subject) not in self.tenant.seen:
            row = self.tenant.one(_SELECT + _LAST_ACCEPTED, subject=subject, accepted=State.ACCEPTED.value, kinds=_STANDING)
            self.tenant.seen["accepted", subject] = None if row is None else self._filing(row)
        return cast("Filing | None", self.tenant.seen["accepted", subject])

    def open_of_case(self, case: UUID) -> tuple[Filing, ...]:
        """Give the reports of a case that are not answered yet, oldest first."""
        if ("open", case) not in self.tenant.seen:
            rows = self.tenant.rows(_SELECT + " AND case_id = %(case)s AND state = ANY (%(open)s) ORDER BY position", case=case, open=_OPEN)
            self.tenant.seen["open", case] = tuple(map(self._filing, rows))
        return cast("tuple[Filing, ...]", self.tenant.seen["open", case])

    def read_ahead(self, cases: Sequence[UUID]) -> None:
        """Read the reports of many cases at once; what is then asked of a case, or of one of its claims, is there."""
        opened: dict[UUID, list[Filing]] = {case: [] for case in cases}
        for row in self.tenant.rows(_SELECT + _OF_CASES, cases=list(cases), open=_OPEN, accepted=State.ACCEPTED.value, kinds=_STANDING):
            filing = self._filing(row)
            if filing.state in OPEN:
                opened[filing.case].append(filing)
            else:
                self.tenant.seen["accepted", filing.subject] = filing
        for case in cases:
            self.tenant.seen.setdefault(("accepted", case), None)
        self.tenant.seen.update({("open", case): tuple(filings) for case, filings in opened.items()})

    def _forget(self, filing: Filing) -> None:
        self.tenant.seen.pop(("open", filing.case), None)
        self.tenant.seen.pop(("accepted", filing.subject), None)

    def _filing(self, row: Row) -> Filing:
        found, case, kind, subject, version, sealed, content_hash, state, *rest = row
        content = open_bytes(self.tenant.keys, sealed, found, "filing")
        return Filing(found, case, Kind(kind), subject, version, content, content_hash, State(state), *rest)


def _moved(filing: Filing) -> dict[str, object]:
    moves = {name: getattr(filing, name) for name in _MOVES.split(", ")}
    return {**moves, "state": filing.state.value}

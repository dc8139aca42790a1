"""The audit trail: one chained line per verb and institution, checked from the first to the last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256

from refusion.store.columns import as_json
from refusion.store.tenant import Row, Tenant, insert

_LAST = "SELECT sequence, hash FROM audit_entry WHERE institution_id = %(institution)s ORDER BY sequence DESC LIMIT 1"
_HOLD = "SELECT last_sequence, last_hash FROM hold_end_of_trail(%(institution)s)"
_ADD = insert("audit_entry", "sequence, at, actor, verb, subject, facts, previous_hash, hash")
_ALL = (
    "SELECT sequence, at, actor, verb, subject, facts, previous_hash, hash FROM audit_entry "
    "WHERE institution_id = %(institution)s ORDER BY sequence"
)


@dataclass(slots=True)
class StoredAudit:
    """The trail of an institution; lines are noted during a transaction and written at its end."""

    tenant: Tenant
    noted: list[tuple[str, str, str]] = field(default_factory=list)

    def note(self, verb: str, subject: str, facts: Mapping[str, object]) -> None:
        """Note what the verb did."""
        self.noted.append((verb, subject, as_json(facts)))

    def write(self) -> None:
        """Write the noted lines at the end of the chain, one transaction at a time."""
        if not self.noted:
            return
        last, previous = self.tenant.one(_HOLD) or (0, b"")
        lines: list[dict[str, object]] = []
        for sequence, (verb, subject, facts) in enumerate(self.noted, int(last) + 1):
            fields = (sequence, self.tenant.at.now, self.tenant.actor.name, verb, subject, facts)
            digest = entry_hash(self.tenant.institution.id, fields, previous)
            names = ("sequence", "at", "actor", "verb", "subject", "facts")
            lines.append({**dict(zip(names, fields, strict=True)), "previous_hash": previous, "hash": digest})
            previous = digest
        self.tenant.run_many(_ADD, lines)
        self.noted.clear()

    def first_broken(self) -> int | None:
        """Give the number of the first line that does not follow from the one before it; None when the chain holds."""
        return first_broken(self.tenant.institution.id, self.tenant.rows(_ALL))

    def head(self) -> tuple[int, str]:
        """Give the last line's number and hash in hexadecimal, to be kept outside; (0, "") before the first."""
        sequence, digest = self.tenant.one(_LAST) or (0, b"")
        return int(sequence), bytes(digest).hex()


def entry_hash(institution: int, fields: Row, previous: bytes) -> bytes:
    """Give the hash of a line: the previous hash and every field, each with its length before it."""
    sequence, at, *words = fields
    instant = at.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(at, datetime) else str(at)
    parts = [bytes(previous), *(str(part).encode() for part in (institution, sequence, instant, *words))]
    return sha256(b"".join(len(part).to_bytes(8, "big") + part for part in parts)).digest()


def first_broken(institution: int, entries: Iterable[Row]) -> int | None:
    """Give the number at which a chain of rows first breaks: a gap, a changed field or a foreign hash."""
    previous = b""
    for expected, (*fields, before, digest) in enumerate(entries, 1):
        if fields[0] != expected or bytes(before) != previous:
            return expected
        if entry_hash(institution, tuple(fields), previous) != bytes(digest):
            return expected
        previous = bytes(digest)
    return None

"""Raw files and raw messages: kept sealed before anyone understands them; the same file twice is once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from refusion.store.columns import facts_as_json, open_bytes, seal_bytes
from refusion.store.tenant import Tenant, insert
from refusion.values.said import Said
from refusion.workflow.ports.files import RawFile

_STANDING = "SELECT name, received_at, state FROM raw_file WHERE institution_id = %(institution)s AND id = %(id)s"
_KEEP = insert("raw_file", "id, kind, name, sha256, size, sealed_raw, received_at, received_by, state") + " ON CONFLICT DO NOTHING"
_STATE = "UPDATE raw_file SET state = %(state)s WHERE institution_id = %(institution)s AND id = %(id)s AND state <> %(state)s"
_RAW = "SELECT sealed_raw FROM {} WHERE institution_id = %(institution)s AND id = %(id)s"
_PROBLEMS = "SELECT count(*) FROM file_problem WHERE institution_id = %(institution)s AND file_id = %(file_id)s"
_PROBLEM = insert("file_problem", "file_id, position, key, facts")
_MESSAGE = insert("message", "id, position, filing_id, attempt, direction, sha256, size, sealed_raw, at")
_MARKER = "SELECT value FROM marker WHERE institution_id = %(institution)s AND name = %(name)s"
_SET_MARKER = (
    insert("marker", "name, value")
    + " ON CONFLICT (institution_id, name) DO UPDATE SET value = excluded.value WHERE marker.value <> excluded.value"
)


@dataclass(frozen=True, slots=True)
class StoredFiles:
    """Where an institution's raw files lie."""

    tenant: Tenant

    def keep(self, kind: str, name: str, raw: bytes, at: datetime) -> RawFile:
        """Keep the bytes; a file of the same kind and hash is the one that lies there already (``seen_before``)."""
        digest = sha256(raw).hexdigest()
        file = self.tenant.id_of("file", kind, digest)
        standing = self.tenant.one(_STANDING, id=file)
        if standing is not None:
            return RawFile(file, kind, standing[0], digest, standing[1], standing[2], seen_before=True)
        self.tenant.run(
            _KEEP,
            id=file,
            kind=kind,
            name=name,
            sha256=digest,
            size=len(raw),
            sealed_raw=seal_bytes(self.tenant.keys, raw, file, "raw_file"),
            received_at=at,
            received_by=self.tenant.actor.name,
            state="kept",
        )
        return RawFile(file, kind, name, digest, at, "kept")

    def set_state(self, file: UUID, state: str, problems: tuple[Said, ...] = ()) -> None:
        """Note that the file was absorbed, or refused with its problems."""
        self.tenant.run(_STATE, id=file, state=state)
        before = self.tenant.found(_PROBLEMS, file_id=file)[0] if problems else 0
        for place, problem in enumerate(problems[before:], before + 1):
            self.tenant.run(_PROBLEM, file_id=file, position=place, key=problem.key, facts=facts_as_json(problem))

    def raw(self, file: UUID) -> bytes:
        """Give the bytes as they came. Raises Refused when there is no such file."""
        return open_bytes(self.tenant.keys, self.tenant.found(_RAW.format("raw_file"), id=file)[0], file, "raw_file")


@dataclass(frozen=True, slots=True)
class StoredMessages:
    """Where an institution's raw messages lie."""

    tenant: Tenant

    def keep(self, filing: UUID | None, attempt: int | None, direction: str, raw: bytes, at: datetime) -> UUID:
        """Keep one message, ``direction`` being ``sent`` or ``received``."""
        position = self.tenant.found("SELECT nextval('message_number')")[0]
        message = self.tenant.id_of("message", position)
        self.tenant.run(
            _MESSAGE,
            id=message,
            position=position,
            filing_id=filing,
            attempt=attempt,
            direction=direction,
            sha256=sha256(raw).hexdigest(),
            size=len(raw),
            sealed_raw=seal_bytes(self.tenant.keys, raw, message, "message"),
            at=at,
        )
        return message

    def raw(self, message: UUID) -> bytes:
        """Give the bytes as they were sent or came. Raises Refused when there is no such message."""
        return open_bytes(self.tenant.keys, self.tenant.found(_RAW.format("message"), id=message)[0], message, "message")

    def marker(self, name: str) -> str | None:
        """Give how far an authority's list has been read."""
        row = self.tenant.one(_MARKER, name=name)
        return None if row is None else str(row[0])

    def set_marker(self, name: str, value: str) -> None:
        """Note how far an authority's list has been read."""
        self.tenant.run(_SET_MARKER, name=name, value=value)

"""Keeps forms on their way to NemRefusion, and raw messages as they were sent and came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from refusion.store.columns import open_bytes, seal_bytes
from refusion.store.self_employed.cases import StoredSelfCases
from refusion.store.tenant import Row, Tenant, insert, update
from refusion.workflow.ports.self_employed import cases as port
from refusion.workflow.ports.self_employed.cases import FilingState, Form, SelfFiling

_MOVES = "state, attempts, not_found, tried_at, receipt, authority_id, signed_at, answer"
_COLUMNS = (
    "id, case_id, form, state, sealed_content, content_hash, intended_at, attempts, not_found, tried_at, receipt, authority_id, "
    "signed_at, answer"
)
_SELECT = f"SELECT {_COLUMNS} FROM self_employed_filing WHERE institution_id = %(institution)s"  # noqa: S608 (our own names)
_INTEND = insert("self_employed_filing", _COLUMNS) + " ON CONFLICT (institution_id, case_id, form) WHERE state <> 'rejected' DO NOTHING"
_KEEP = update("self_employed_filing", _MOVES)
_OPEN = (
    "SELECT id, state FROM self_employed_filing WHERE institution_id = %(institution)s "
    "AND state IN ('intended', 'sending', 'unknown') ORDER BY form, intended_at, id"
)
_MESSAGE = (
    insert("self_employed_message", "id, case_id, channel, direction, reference, at, sealed_raw")
    + " ON CONFLICT (institution_id, channel, direction, reference) DO NOTHING"
)
_LETTERS = (
    "SELECT reference FROM self_employed_message WHERE institution_id = %(institution)s AND case_id = %(case)s "
    "AND channel = 'digital_post' AND direction = 'received' ORDER BY at, reference"
)


@dataclass(frozen=True, slots=True)
class StoredSelfFilings:
    """An institution's forms and messages about self-employed persons."""

    tenant: Tenant

    def intend(self, filing: SelfFiling) -> bool:
        """Keep an intent; False where a form of that kind is on its way or accepted already."""
        facts = {name: getattr(filing, name) for name in SelfFiling.__dataclass_fields__ if name not in ("case", "content")}
        facts |= {"case_id": filing.case, "form": filing.form.value, "state": filing.state.value}
        facts["sealed_content"] = seal_bytes(self.tenant.keys, filing.content, filing.id, "filing")
        return bool(self.tenant.run(_INTEND, **facts))

    def find(self, id: UUID) -> SelfFiling:
        """Give a filing and hold it; raises Refused when there is none."""
        return self._filing(self.tenant.found(_SELECT + " AND id = %(id)s FOR UPDATE", id=id))

    def of_case(self, case: UUID) -> tuple[SelfFiling, ...]:
        """Give the filings of a case, oldest first."""
        return tuple(map(self._filing, self.tenant.rows(_SELECT + " AND case_id = %(case)s ORDER BY intended_at, id", case=case)))

    def keep(self, filing: SelfFiling) -> None:
        """Keep how far a filing is."""
        facts = {name.strip(): getattr(filing, name.strip()) for name in _MOVES.split(",")}
        self.tenant.run(_KEEP, id=filing.id, **(facts | {"state": filing.state.value}))

    def open_ones(self) -> Sequence[tuple[UUID, FilingState]]:
        """Give the filings that are not answered with yes or no, notifications before requests."""
        return [(id, FilingState(state)) for id, state in self.tenant.rows(_OPEN)]

    def letters(self, case: UUID) -> tuple[str, ...]:
        """Give the ids of the letters of a case, oldest first."""
        return self.tenant.column(_LETTERS, case=case)

    def keep_message(self, case: UUID | None, channel: str, direction: str, reference: str, raw: bytes) -> bool:
        """Keep a raw message; False where the same one is there already."""
        id = self.tenant.id_of("self_employed_message", channel, direction, reference)
        sealed = seal_bytes(self.tenant.keys, raw, id, "message")
        facts = {"channel": channel, "direction": direction, "reference": reference, "at": self.tenant.at.now}
        return bool(self.tenant.run(_MESSAGE, id=id, case_id=case, sealed_raw=sealed, **facts))

    def _filing(self, row: Row) -> SelfFiling:
        id, case, form, state, sealed, *rest = row
        content = open_bytes(self.tenant.keys, bytes(sealed), id, "filing")
        return SelfFiling(id, case, Form(form), FilingState(state), content, *rest)


@dataclass(slots=True)
class StoredSelfEmployed:
    """All repositories of self-employed persons in a transaction."""

    cases: port.SelfCases
    filings: port.SelfFilings


def stored_self_employed(tenant: Tenant) -> StoredSelfEmployed:
    """Give the repositories of a transaction."""
    return StoredSelfEmployed(StoredSelfCases(tenant), StoredSelfFilings(tenant))

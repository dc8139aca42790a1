"""Keeps what requests under an idempotency key were answered, sealed, until their days are over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from refusion.store.access.tokens import StoredTokens
from refusion.store.columns import open_bytes, seal_bytes
from refusion.store.tenant import Tenant, insert
from refusion.workflow.ports.access.tokens import Answered, Answers, Asked, Tokens

FIELD = "api_answer"
_MINE = "institution_id = %(institution)s AND actor = %(actor)s AND key = %(key)s"
_BEGIN = insert("api_answer", "actor, key, request_hash, made_on") + " ON CONFLICT DO NOTHING"
_FIND = f"SELECT request_hash, status, sealed_body FROM api_answer WHERE {_MINE}"  # noqa: S608 (our own names)
_KEEP = f"UPDATE api_answer SET status = %(status)s, sealed_body = %(body)s WHERE {_MINE}"  # noqa: S608 (our own names)
_GIVE_UP = f"DELETE FROM api_answer WHERE {_MINE} AND status IS NULL"  # noqa: S608 (our own names)
_FORGET = "DELETE FROM api_answer WHERE institution_id = %(institution)s AND made_on < %(day)s"


@dataclass(frozen=True, slots=True)
class StoredAnswers:
    """An institution's kept answers."""

    tenant: Tenant

    def forget_before(self, day: date) -> int:
        """Forget what was asked before a day."""
        return self.tenant.run(_FORGET, day=day)

    def begin(self, asked: Asked, day: date) -> Answered | None:
        """Note a request that is being done, or give what stands under its key."""
        facts = {"actor": asked.actor, "key": asked.key}
        if self.tenant.run(_BEGIN, **facts, request_hash=asked.request_hash, made_on=day):
            return None
        request_hash, status, sealed = self.tenant.found(_FIND, **facts)
        body = b"" if sealed is None else open_bytes(self.tenant.keys, bytes(sealed), self._row(asked), FIELD)
        return Answered(request_hash, status, body)

    def keep(self, asked: Asked, status: int, body: bytes) -> None:
        """Keep the answer of a request that is done."""
        sealed = seal_bytes(self.tenant.keys, body, self._row(asked), FIELD)
        self.tenant.run(_KEEP, actor=asked.actor, key=asked.key, status=status, body=sealed)

    def give_up(self, asked: Asked) -> None:
        """Take back the note of a request that changed nothing."""
        self.tenant.run(_GIVE_UP, actor=asked.actor, key=asked.key)

    def _row(self, asked: Asked) -> UUID:
        return self.tenant.id_of("api_answer", asked.actor, asked.key)


@dataclass(slots=True)
class StoredAccess:
    """Tokens and kept answers under one transaction."""

    tokens: Tokens
    answers: Answers


def stored_access(tenant: Tenant) -> StoredAccess:
    """Give the repositories of tokens and kept answers in a transaction."""
    return StoredAccess(StoredTokens(tenant), StoredAnswers(tenant))

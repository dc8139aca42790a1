"""Keeps the tokens of machines: the secret's hash alone, never the secret."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from refusion.store.columns import as_json, from_json
from refusion.store.tenant import Row, Tenant, insert
from refusion.workflow.ports.access.tokens import Token

_COLUMNS = (
    "id, number, name, scopes::text, valid_until, by_two, content_hash, made_by, made_at, approved_by, approved_at, withdrawn_by, "
    "withdrawn_at, last_used_on"
)
_SELECT = f"SELECT {_COLUMNS}, secret_hash FROM api_token WHERE institution_id = %(institution)s"  # noqa: S608 (our own names)
_KEEP = insert("api_token", "id, number, name, scopes, secret_hash, valid_until, by_two, content_hash, made_by, made_at").replace(
    "%(scopes)s", "%(scopes)s::jsonb"
)
_APPROVE = """
    UPDATE api_token SET approved_by = %(by)s, approved_at = %(at)s, approved_hash = %(hash)s
    WHERE institution_id = %(institution)s AND id = %(id)s
"""
_WITHDRAW = "UPDATE api_token SET withdrawn_by = %(by)s, withdrawn_at = %(at)s WHERE institution_id = %(institution)s AND id = %(id)s"
_USED = """
    UPDATE api_token SET last_used_on = %(day)s
    WHERE institution_id = %(institution)s AND id = %(id)s AND last_used_on IS DISTINCT FROM %(day)s
"""


@dataclass(frozen=True, slots=True)
class StoredTokens:
    """An institution's tokens."""

    tenant: Tenant

    def every(self) -> tuple[Token, ...]:
        """Give all tokens by number."""
        return tuple(_token(row)[0] for row in self.tenant.rows(f"{_SELECT} ORDER BY number"))

    def keep(self, token: Token, secret_hash: bytes) -> None:
        """Keep a new token with its secret's hash."""
        names = ("id", "number", "name", "valid_until", "by_two", "content_hash", "made_by", "made_at")
        facts: dict[str, Any] = {name: getattr(token, name) for name in names}
        self.tenant.run(_KEEP, **facts, scopes=as_json(list(token.scopes)), secret_hash=secret_hash)

    def secret_hash(self, number: int) -> tuple[Token, bytes] | None:
        """Give a token with its secret's hash."""
        row = self.tenant.one(f"{_SELECT} AND number = %(number)s", number=number)
        return None if row is None else _token(row)

    def approve(self, token: Token, by: str, at: datetime) -> None:
        """Note who approved a token, and what it was."""
        self.tenant.run(_APPROVE, id=token.id, by=by, at=at, hash=token.content_hash)

    def withdraw(self, token: Token, by: str, at: datetime) -> None:
        """Note who withdrew a token."""
        self.tenant.run(_WITHDRAW, id=token.id, by=by, at=at)

    def used(self, token: Token, day: date) -> None:
        """Note the last day of use, written once a day."""
        self.tenant.run(_USED, id=token.id, day=day)


def _token(row: Row) -> tuple[Token, bytes]:
    id, number, name, scopes, *rest, secret_hash = row
    return Token(id, number, name, tuple(from_json(scopes)), *rest), bytes(secret_hash)

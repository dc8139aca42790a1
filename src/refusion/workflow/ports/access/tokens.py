"""Tokens of machines and the answers kept for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Token:
    """What a machine comes in with; ``by_two`` says that it works only when another person approved it."""

    id: UUID
    number: int
    name: str
    scopes: tuple[str, ...]
    valid_until: date
    by_two: bool
    content_hash: str
    made_by: str
    made_at: datetime
    approved_by: str | None = None
    approved_at: datetime | None = None
    withdrawn_by: str | None = None
    withdrawn_at: datetime | None = None
    last_used_on: date | None = None

    def works_on(self, day: date) -> bool:
        """Tell whether the token opens anything on a day."""
        approved = self.approved_at is not None or not self.by_two
        return approved and self.withdrawn_at is None and day <= self.valid_until


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that must have the effect of once: who asks, under which key, and the hash of all that was asked."""

    actor: str
    key: str
    request_hash: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What the first request under a key was answered; ``status`` None while it is being done, or was cut off."""

    request_hash: str
    status: int | None
    body: bytes


class Tokens(Protocol):
    """An institution's tokens."""

    def every(self) -> tuple[Token, ...]:
        """Give all tokens by number, withdrawn ones too."""

    def keep(self, token: Token, secret_hash: bytes) -> None:
        """Keep a new token with its secret's hash."""

    def secret_hash(self, number: int) -> tuple[Token, bytes] | None:
        """Give a token with its secret's hash; None where there is none of that number."""

    def approve(self, token: Token, by: str, at: datetime) -> None:
        """Note who approved a token."""

    def withdraw(self, token: Token, by: str, at: datetime) -> None:
        """Note who withdrew a token."""

    def used(self, token: Token, day: date) -> None:
        """Note the last day on which a token was used."""


class Answers(Protocol):
    """Answers kept for the second time that a request comes."""

    def forget_before(self, day: date) -> int:
        """Forget what was asked before a day; give how many."""

    def begin(self, asked: Asked, day: date) -> Answered | None:
        """Note that a request is being done and give None; give what stands under its key where something does."""

    def keep(self, asked: Asked, status: int, body: bytes) -> None:
        """Keep the answer of a request that is done."""

    def give_up(self, asked: Asked) -> None:
        """Take back the note of a request that changed nothing."""


class Access(Protocol):
    """Tokens and kept answers of one institution."""

    tokens: Tokens
    answers: Answers

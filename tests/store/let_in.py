"""A row in each table of who comes in by machine, made through its repository."""

from __future__ import annotations

from uuid import UUID

from refusion.wiring.work import OpenTransaction
from refusion.workflow.access.tokens import hashed
from refusion.workflow.ports.access.tokens import Asked, Token


def let_in(tx: OpenTransaction) -> None:
    """Keep a token and the note of a request under its key."""
    token = Token(UUID(int=7900), 1, "payroll", ("integrator",), tx.at.day, False, "content", "kim", tx.at.now)
    tx.access.tokens.keep(token, hashed("secret"))
    tx.access.answers.begin(Asked("token:payroll", "key-1", "hash"), tx.at.day)

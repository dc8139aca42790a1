"""An institution's keys: what seals identifying text to its row and field, and finds a number without opening it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Keys(Protocol):
    """The keys of one institution; nobody else's open what they sealed."""

    def seal(self, text: str, row: str, field: str) -> bytes:
        """Encrypt a text so that it opens in this institution, row and field alone."""

    def unseal(self, sealed: bytes, row: str, field: str) -> str:
        """Decrypt a text. Raises ValueError when it was changed or belongs elsewhere."""

    def seal_many(self, texts: Sequence[str], rows: Sequence[str], field: str) -> list[bytes]:
        """Encrypt one text per row of the same field."""

    def unseal_many(self, sealed: Sequence[bytes], rows: Sequence[str], field: str) -> list[str]:
        """Decrypt one text per row of the same field. Raises ValueError when one was changed or belongs elsewhere."""

    def index(self, text: str) -> bytes:
        """Give the 32 bytes under which a number is looked up."""

    def index_many(self, texts: Sequence[str]) -> list[bytes]:
        """Give the bytes under which each of many numbers is looked up."""

"""Raw files and messages: kept before they are understood, by their hash; the same twice is once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from refusion.values.said import Said


@dataclass(frozen=True, slots=True)
class RawFile:
    """One received file; ``state`` is ``kept``, ``absorbed`` or ``refused``."""

    id: UUID
    kind: str
    name: str
    sha256: str
    received_at: datetime
    state: str
    seen_before: bool = False


class Files(Protocol):
    """Where raw files lie."""

    def keep(self, kind: str, name: str, raw: bytes, at: datetime) -> RawFile:
        """Keep the bytes; a file of the same kind and hash is the one that lies there already (``seen_before``)."""

    def set_state(self, file: UUID, state: str, problems: tuple[Said, ...] = ()) -> None:
        """Note that the file was absorbed, or refused with its problems."""


class Messages(Protocol):
    """Where raw messages to and from authorities lie, append-only."""

    def keep(self, filing: UUID | None, attempt: int | None, direction: str, raw: bytes, at: datetime) -> UUID:
        """Keep one message, ``direction`` being ``sent`` or ``received``."""

    def marker(self, name: str) -> str | None:
        """Give how far an authority's list has been read."""

    def set_marker(self, name: str, value: str) -> None:
        """Note how far an authority's list has been read."""

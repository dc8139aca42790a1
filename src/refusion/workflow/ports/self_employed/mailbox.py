"""Digital Post and Mit Sygefravær as the house sees them: letters come, a form is answered, a reminder goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol
from uuid import UUID

from refusion.workflow.ports.authority import Message, Page, RawAnswer, Rejected, Silence, Unknown


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of the municipality about a case: its id, our case, its event (None: for a person to read), its day and facts."""

    id: str
    case: UUID | None
    event: str | None
    day: date
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FormAnswer:
    """The answer to an information form: expected length, whether work will be affected, standby wished; nothing of the illness."""

    intent: UUID
    case: UUID
    expected_until: date | None
    affects_work: bool
    wishes_standby: bool


@dataclass(frozen=True, slots=True)
class Received:
    """A receipt of Mit Sygefravær: its number and the day on which the answer counts as an application."""

    receipt: str
    day: date


class Mailbox(Protocol):
    """Digital Post and Mit Sygefravær: pure coding and reading, and one call that opens a socket."""

    def encode_fetch(self, marker: str) -> Message:
        """Ask for letters after a marker (empty: from the start)."""

    def read_fetch(self, answer: RawAnswer | Silence) -> Page[Letter] | Unknown:
        """Read a page of letters."""

    def encode_answer(self, answer: FormAnswer) -> Message:
        """Write the answer to a form; the same answer gives the same bytes, and twice has the effect of once."""

    def read_answer(self, intent: UUID, answer: RawAnswer | Silence) -> Received | Rejected | Unknown:
        """Read what Mit Sygefravær says to an answer."""

    def send(self, message: Message) -> RawAnswer | Silence:
        """Send a message and wait for the answer."""

"""The line to the authority: counts what goes over it, and breaks where a story says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from refusion.adapters.nemrefusion.client import Client
from refusion.workflow.ports.authority import Message, RawAnswer, Silence

FILE, ASK, DECISIONS = "OpretRetIndberetninger", "HentIndberetninger", "HentSagsbehandling"
Trouble = Callable[[Message, Callable[[], RawAnswer | Silence]], RawAnswer | Silence]


class HouseDied(BaseException):
    """The process is gone at this very place: nothing of the house may catch it."""


@dataclass
class Line:
    """Carries messages with the real client; ``troubles`` befall the next messages of an operation, one each."""

    client: Client
    sent: list[Message] = field(default_factory=list)
    troubles: list[tuple[str, Trouble]] = field(default_factory=list)

    def send(self, message: Message) -> RawAnswer | Silence:
        """Carry a message, or what befalls it."""
        self.sent.append(message)
        for place, (operation, trouble) in enumerate(self.troubles):
            if operation == message.operation:
                del self.troubles[place]
                return trouble(message, lambda: self.client.send(message))
        return self.client.send(message)

    def times(self, operation: str) -> int:
        """Count the messages of an operation."""
        return sum(message.operation == operation for message in self.sent)

    def befall(self, operation: str, *troubles: Trouble) -> None:
        """Let the next messages of an operation meet these troubles."""
        self.troubles += [(operation, trouble) for trouble in troubles]


def dies_before(_message: Message, _go_on: Callable[[], RawAnswer | Silence]) -> RawAnswer | Silence:
    raise HouseDied


def dies_after(_message: Message, go_on: Callable[[], RawAnswer | Silence]) -> RawAnswer | Silence:
    go_on()
    raise HouseDied


def refuses(_message: Message, _go_on: Callable[[], RawAnswer | Silence]) -> RawAnswer | Silence:
    return RawAnswer(400, b"1001 Fejl under validering")


def goes_through(_message: Message, go_on: Callable[[], RawAnswer | Silence]) -> RawAnswer | Silence:
    return go_on()

"""Digital Post and Mit Sygefravær as the house's mailbox: encodes, sends through the client and reads, in the house's words."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from refusion.adapters.digital_post import codec, translate
from refusion.adapters.digital_post.codec import Unreadable
from refusion.adapters.digital_post.messages import HentBeskeder
from refusion.adapters.digital_post.translate import NotUnderstood
from refusion.values.said import said
from refusion.workflow.ports.authority import Message, Page, RawAnswer, Rejected, Silence, Unknown
from refusion.workflow.ports.self_employed.mailbox import FormAnswer, Letter, Received

HENT, BESVAR = "HentBeskeder", "BesvarSkema"
OK = 200
# Nothing was taken: malformed, no agreement, no right, unknown operation, too large, not acceptable.
DEFINITE_NO = frozenset({400, 401, 403, 404, 405, 413, 415, 422})


class Sender(Protocol):
    """Whoever carries a message to Digital Post and brings the answer."""

    def send(self, message: Message) -> RawAnswer | Silence:
        """Send once and wait."""


class DigitalPost:
    """The mailbox port for Digital Post and Mit Sygefravær."""

    def __init__(self, sender: Sender) -> None:
        """Speak through ``sender``."""
        self._sender = sender

    def send(self, message: Message) -> RawAnswer | Silence:
        """Send a message and wait for the answer."""
        return self._sender.send(message)

    def encode_fetch(self, marker: str) -> Message:
        """Ask for letters after a marker (empty: from the start)."""
        return Message(HENT, codec.encode(HentBeskeder(marker)))

    def read_fetch(self, answer: RawAnswer | Silence) -> Page[Letter] | Unknown:
        """Read a page of letters."""
        if isinstance(answer, Silence):
            return Unknown(answer.why)
        if answer.status != OK:
            return Unknown(said("post.status_unclear", status=answer.status))
        try:
            page = codec.letters(answer.raw)
            return Page(tuple(map(translate.to_letter, page.beskeder)), page.maerke, complete=not page.afskaaret)
        except (Unreadable, NotUnderstood):
            # The page is kept raw; passing over one letter in silence would lose it.
            return Unknown(said("post.answer_unreadable"))

    def encode_answer(self, answer: FormAnswer) -> Message:
        """Write the answer to a form."""
        return Message(BESVAR, codec.encode(translate.to_answer(answer)))

    def read_answer(self, intent: UUID, answer: RawAnswer | Silence) -> Received | Rejected | Unknown:
        """Read what Mit Sygefravær says to an answer: a receipt, a refusal with its words, or nothing certain."""
        if isinstance(answer, Silence):
            return Unknown(answer.why)
        if answer.status in DEFINITE_NO:
            code, words = codec.refusal(answer.raw)
            return Rejected(code or f"HTTP {answer.status}", words[:200])
        if answer.status != OK:
            return Unknown(said("post.status_unclear", status=answer.status))
        try:
            svar = codec.receipt(answer.raw)
            receipt = translate.to_receipt(svar)
        except (Unreadable, NotUnderstood):
            return Unknown(said("post.answer_unreadable"))
        return receipt if svar.svar == str(intent) else Unknown(said("post.answer_to_another"))

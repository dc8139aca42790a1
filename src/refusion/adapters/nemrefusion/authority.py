"""NemRefusion as the house's authority: encodes, sends through the client and reads, in the house's words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Protocol, TypeVar
from uuid import UUID

from refusion.adapters.nemrefusion import codec, translate
from refusion.adapters.nemrefusion.codec import Unreadable
from refusion.adapters.nemrefusion.messages import (
    HentHaendelser,
    HentHaendelserSvar,
    HentIndberetninger,
    HentIndberetningerSvar,
    HentSagsbehandling,
    HentSagsbehandlingSvar,
    OpretRetIndberetningerSvar,
)
from refusion.adapters.nemrefusion.translate import NotUnderstood
from refusion.values.said import said
from refusion.workflow.ports.authority import (
    Decision,
    Event,
    Finding,
    Found,
    FoundOther,
    Held,
    Message,
    NotFound,
    Outcome,
    Page,
    RawAnswer,
    Rejected,
    Silence,
    Unknown,
)
from refusion.workflow.ports.report import Report

OPRET, HENT, HAENDELSER, SAGSBEHANDLING = (
    "OpretRetIndberetninger",
    "HentIndberetninger",
    "HentHaendelser",
    "HentSagsbehandling",
)
OK = 200
# documented as "nothing was taken": malformed, no agreement, no right, unknown operation, too large, not acceptable
DEFINITE_NO = frozenset({400, 401, 403, 404, 405, 413, 415, 422})

M = TypeVar("M")
Theirs = TypeVar("Theirs")
Ours = TypeVar("Ours")


class Sender(Protocol):
    """Whoever carries a message to NemRefusion and brings the answer."""

    def send(self, message: Message) -> RawAnswer | Silence:
        """Send once and wait."""


class NemRefusion:
    """The authority port for NemRefusion's Virksomhedsservice."""

    name = "nemrefusion"

    def __init__(self, sender: Sender, read_delay: timedelta = timedelta(0)) -> None:
        """Speak through ``sender``; ``read_delay`` is how long a report may take until an inquiry sees it."""
        self._sender, self.read_delay = sender, read_delay

    def send(self, message: Message) -> RawAnswer | Silence:
        """Send a message and wait for the answer."""
        return self._sender.send(message)

    def encode(self, report: Report) -> Message:
        """Write a report. Raises BadInput for text that XML can't carry, TypeError or ValueError for answers without a field."""
        return Message(OPRET, codec.encode(translate.to_bundle(report)))

    def read_answer(self, intent: UUID, answer: RawAnswer | Silence) -> Outcome:
        """Read the answer to a report: yes with a receipt, no with a code, or unknown."""
        if isinstance(answer, RawAnswer) and answer.status in DEFINITE_NO:
            return Rejected(f"HTTP {answer.status}", _first_words(answer.raw))
        svar = _opened(answer, OpretRetIndberetningerSvar)
        return svar if isinstance(svar, Unknown) else translate.to_outcome(intent, svar)

    def encode_inquiry(self, intent: UUID) -> Message:
        """Ask what is held under an intent of ours."""
        return Message(HENT, codec.encode(HentIndberetninger(str(intent), "", "")))

    def read_inquiry(self, intent: UUID, content_hash: str, answer: RawAnswer | Silence) -> Finding:
        """Read the answer to an inquiry; content is compared by what they hold, not by a hash they repeat."""
        svar = _opened(answer, HentIndberetningerSvar)
        if isinstance(svar, Unknown):
            return svar
        ours = [each for each in svar.indsendelser if each.kvittering.uuid == intent]
        if not ours:
            return Unknown(said("nemrefusion.list_cut")) if svar.afskaaret else NotFound(svar.tidspunkt)
        if len(ours) > 1:
            return Unknown(said("nemrefusion.answer_contradicts"))
        try:
            held = translate.to_held(ours[0])
        except NotUnderstood:
            receipt = ours[0].kvittering
            return FoundOther(receipt.nummer, receipt.identifikator, receipt.underskrevet, "")
        if held.content_hash != content_hash:
            return FoundOther(held.receipt, held.authority_id, held.signed_at, held.content_hash)
        return Found(held.receipt, held.authority_id, held.signed_at, held.standing, held.content_hash)

    def encode_list(self, employer_cvr: str, marker: str) -> Message:
        """Ask for all reports held for an employer, from a marker."""
        return Message(HENT, codec.encode(HentIndberetninger("", employer_cvr, marker)))

    def read_list(self, answer: RawAnswer | Silence) -> Page[Held] | Unknown:
        """Read a page of reports held."""
        svar = _opened(answer, HentIndberetningerSvar)
        if isinstance(svar, Unknown):
            return svar
        return _page(svar.indsendelser, translate.to_held, svar.maerke, svar.afskaaret)

    def encode_events(self, employer_cvr: str, marker: str) -> Message:
        """Ask for events after a marker."""
        return Message(HAENDELSER, codec.encode(HentHaendelser(employer_cvr, marker)))

    def read_events(self, answer: RawAnswer | Silence) -> Page[Event] | Unknown:
        """Read a page of events."""
        svar = _opened(answer, HentHaendelserSvar)
        if isinstance(svar, Unknown):
            return svar
        return _page(svar.haendelser, translate.to_event, svar.maerke, svar.afskaaret)

    def encode_decisions(self, employer_cvr: str, marker: str) -> Message:
        """Ask for decisions after a marker."""
        return Message(SAGSBEHANDLING, codec.encode(HentSagsbehandling(employer_cvr, marker)))

    def read_decisions(self, answer: RawAnswer | Silence) -> Page[Decision] | Unknown:
        """Read a page of decisions."""
        svar = _opened(answer, HentSagsbehandlingSvar)
        if isinstance(svar, Unknown):
            return svar
        return _page(svar.resultater, translate.to_decision, svar.maerke, svar.afskaaret)


def _opened(answer: RawAnswer | Silence, klasse: type[M]) -> M | Unknown:
    if isinstance(answer, Silence):
        return Unknown(answer.why)
    if answer.status != OK:
        return Unknown(said("nemrefusion.status_unclear", status=answer.status))
    try:
        return codec.decode(answer.raw, klasse)
    except Unreadable:
        return Unknown(said("nemrefusion.answer_unreadable"))


def _page(theirs: tuple[Theirs, ...], read: Callable[[Theirs], Ours], marker: str, cut: bool) -> Page[Ours] | Unknown:
    try:
        return Page(tuple(map(read, theirs)), marker, complete=not cut)
    except NotUnderstood:
        # the page is kept raw; passing over one line in silence would lose it
        return Unknown(said("nemrefusion.line_not_understood"))


def _first_words(raw: bytes) -> str:
    return translate.without_numbers(raw[:500].decode("utf-8", "replace")).strip()

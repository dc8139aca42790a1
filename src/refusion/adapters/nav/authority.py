"""NAV as the house's port: encodes, sends through the client and reads, in the house's words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Protocol, TypeVar

from refusion.absences.norwegian import Benefit
from refusion.adapters.nav import codec, notices
from refusion.adapters.nav.translate import NotUnderstood, to_heads, to_report
from refusion.claims.income_notice import IncomeNotice
from refusion.settlements.nav_report import ReportHead, SettlementReport
from refusion.values.said import said
from refusion.workflow.ports.authority import NotFound, Page, Rejected, Silence, Unknown
from refusion.workflow.ports.norway.nav import (
    Duplicate,
    FoundNotice,
    FoundOtherNotice,
    HeldNotice,
    NavAnswer,
    NavMessage,
    NoticeFinding,
    NoticeOutcome,
    NoticeRequest,
    Outdated,
    Received,
    Standing,
    WaitFirst,
)

NOTICE, NOTICES, REQUESTS, REPORTS = "/v1/inntektsmelding", "/v1/inntektsmeldinger", "/v1/forespoersler", "/api/rapport/v1"
OK, CREATED, BAD_REQUEST, CONFLICT = 200, 201, 400, 409
# documented as "nothing was taken": malformed, no agreement, no right, unknown path, too large, not acceptable
DEFINITE_NO = frozenset({400, 401, 403, 404, 405, 406, 413, 415, 422})
DUPLICATE, NOT_DONE, OLD_REQUEST = "DUPLIKAT_INNSENDING", "FEIL_INNSENDING_STATUS", "INNSENDING_PAA_GAMMEL_FORESPOERSEL"
STANDINGS = {"MOTTATT": Standing.RECEIVED, "GODKJENT": Standing.ACCEPTED, "FEILET": Standing.FAILED}
OF_REQUESTS = {"AKTIV": "open", "MOTTATT": "answered", "BESVART": "answered", "FORKASTET": "outdated", "UTGÅTT": "outdated"}
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
# A person's number may stand in NAV's words; it is never repeated.
_PERSON = re.compile(r"\d(?:[ .-]?\d){8,}")
_UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, ArithmeticError, RecursionError, NotUnderstood)
LONGEST_TEXT = 200
Ours = TypeVar("Ours")


class Sender(Protocol):
    """Whoever carries a message to NAV and brings the answer."""

    def send(self, message: NavMessage) -> NavAnswer | Silence:
        """Send once and wait."""


class NavOffice:
    """The port ``Nav``: income notices and settlement reports."""

    name = "nav"

    def __init__(self, sender: Sender, read_delay: timedelta = timedelta(0)) -> None:
        """Speak through ``sender``; ``read_delay`` is how long a notice may take until an inquiry sees it."""
        self._sender, self.read_delay = sender, read_delay

    def send(self, message: NavMessage) -> NavAnswer | Silence:
        """Send a message and wait for the answer."""
        return self._sender.send(message)

    def encode_notice(self, notice: IncomeNotice) -> NavMessage:
        """Write a notice. Raises Refused for what NAV is known to refuse."""
        return NavMessage("POST", NOTICE, notices.encode(notice))

    def read_notice_answer(self, notice: IncomeNotice, answer: NavAnswer | Silence) -> NoticeOutcome:
        """Read the answer to a notice: taken, held already, not yet, elsewhere, no with a code, or unknown."""
        if isinstance(answer, Silence):
            return Unknown(answer.why)
        if answer.status in {OK, CREATED}:
            notice_id = _id_in(answer.raw)
            return Received(notice_id) if notice_id else Unknown(said("nav.answer_unreadable"))
        told = _error(answer.raw)
        if answer.status == CONFLICT and told["feilkode"] == DUPLICATE and told["referanseId"]:
            return Duplicate(told["referanseId"])
        if answer.status == BAD_REQUEST and told["feilkode"] == NOT_DONE:
            return WaitFirst()
        if answer.status == BAD_REQUEST and told["feilkode"] == OLD_REQUEST and told["referanseId"]:
            # A request that is its own successor would send the notice round in a circle.
            return Outdated(told["referanseId"]) if told["referanseId"] != notice.request else Unknown(said("nav.answer_contradicts"))
        if answer.status in DEFINITE_NO:
            return Rejected(told["feilkode"] or f"HTTP {answer.status}", told["feilmelding"])
        return Unknown(said("nav.status_unclear", status=answer.status))

    def encode_inquiry(self, notice: IncomeNotice) -> NavMessage:
        """Ask which notices NAV holds for the notice's request."""
        return _asking(NOTICES, {"orgnr": notice.workplace, "forespoerselId": notice.request})

    def read_inquiry(
        self, notice: IncomeNotice, answer: NavAnswer | Silence, asked_at: datetime, known: Collection[str] = ()
    ) -> NoticeFinding:
        """Compare what NAV holds for the request with ours; the latest that is not known already counts."""
        held = _read(answer, lambda told: [_held(one) for one in told])
        if isinstance(held, Unknown):
            return held
        if isinstance(answer, NavAnswer) and answer.cut:
            return Unknown(said("nav.list_cut"))
        if any(one.request != notice.request for one in held):
            return Unknown(said("nav.answer_contradicts"))
        strange = sorted((one for one in held if one.notice_id not in known), key=_age)
        if not strange:
            return NotFound(asked_at)
        latest = strange[-1]
        return FoundNotice(latest) if latest.content_hash == notice.content_hash else FoundOtherNotice(latest)

    def encode_standing(self, notice_id: str) -> NavMessage:
        """Ask where a notice stands. Raises ValueError for what is no id of NAV."""
        if _UUID.fullmatch(notice_id) is None:
            raise ValueError("an id of NAV is a UUID")
        return NavMessage("GET", f"{NOTICE}/{notice_id}")

    def read_standing(self, notice_id: str, answer: NavAnswer | Silence) -> HeldNotice | Unknown:
        """Read where a notice stands."""
        held = _read(answer, _held)
        if isinstance(held, HeldNotice) and held.notice_id != notice_id:
            return Unknown(said("nav.answer_contradicts"))
        return held

    def encode_notices(self, workplace: str, after: int) -> NavMessage:
        """Ask for all notices of a sub-unit with a serial above ``after``."""
        return _asking(NOTICES, {"orgnr": workplace, "fraLoepenr": after + 1})

    def read_notices(self, answer: NavAnswer | Silence) -> Page[HeldNotice] | Unknown:
        """Read a page of notices, oldest first."""
        return _page(answer, _held)

    def encode_requests(self, workplace: str, after: int) -> NavMessage:
        """Ask for NAV's requests to a sub-unit with a serial above ``after``."""
        return _asking(REQUESTS, {"orgnr": workplace, "fraLoepenr": after + 1})

    def read_requests(self, answer: NavAnswer | Silence) -> Page[NoticeRequest] | Unknown:
        """Read a page of requests, oldest first."""
        return _page(answer, _request)

    def encode_reports(self, organisation: str, after: int) -> NavMessage:
        """Ask for the settlement reports of an organisation with an id above ``after``."""
        # etterId may not go together with a year or days; archived ones are asked for too: a person may have put one away
        return _asking(REPORTS, {"orgnr": organisation, "etterId": after, "rapportTyper": ["ref-arbg"], "inkluderArkiverte": True})

    def read_reports(self, answer: NavAnswer | Silence) -> tuple[ReportHead, ...] | Unknown:
        """Read the heads of reports, lowest id first."""
        return _read(answer, to_heads)

    def encode_content(self, head: ReportHead) -> NavMessage:
        """Ask for the lines of a report."""
        return NavMessage("GET", f"{REPORTS}/{head.id}/innhold", accept="text/csv")

    def read_content(self, head: ReportHead, answer: NavAnswer | Silence) -> SettlementReport | Unknown:
        """Read the lines of a report. Raises BadInput naming every line and field that is not as it must be."""
        if isinstance(answer, Silence):
            return Unknown(answer.why)
        if answer.status != OK:
            return Unknown(said("nav.status_unclear", status=answer.status))
        return to_report(head, codec.decode(answer.raw, f"ref-arbg {head.id}"), answer.raw)


def _asking(path: str, told: Mapping[str, object]) -> NavMessage:
    return NavMessage("POST", path, json.dumps(told, separators=(",", ":")).encode())


def _read(answer: NavAnswer | Silence, read: Callable[[Any], Ours]) -> Ours | Unknown:
    """Read the JSON of an answer; what is no whole answer is unknown."""
    if isinstance(answer, Silence):
        return Unknown(answer.why)
    if answer.status != OK:
        return Unknown(said("nav.status_unclear", status=answer.status))
    try:
        return read(json.loads(answer.raw.decode(), parse_float=Decimal))
    except _UNREADABLE:
        # It is kept raw; passing over one entry in silence would lose it.
        return Unknown(said("nav.answer_unreadable"))


def _page(answer: NavAnswer | Silence, read: Callable[[Any], Any]) -> Page[Any] | Unknown:
    items = _read(answer, lambda told: sorted((read(one) for one in told), key=lambda one: one.serial))
    if isinstance(items, Unknown):
        return items
    if not items and isinstance(answer, NavAnswer) and answer.cut:
        return Unknown(said("nav.list_cut"))
    marker = str(items[-1].serial) if items else ""
    return Page(tuple(items), marker, complete=isinstance(answer, NavAnswer) and not answer.cut)


def _held(told: Mapping[str, Any]) -> HeldNotice:
    notice = notices.read_notice(told)
    return HeldNotice(
        notice_id=_uuid(told["id"]),
        request=notice.request,
        received_at=str(told["innsendtTid"]),
        standing=STANDINGS[told["status"]],
        content_hash=notice.content_hash,
        failure=str((told.get("valideringsfeil") or {}).get("feilkode", "")),
        serial=_serial(told.get("loepenr", 0)),
    )


def _age(held: HeldNotice) -> tuple[int, str]:
    return held.serial, held.received_at


def _request(told: Mapping[str, Any]) -> NoticeRequest:
    income_on = told.get("inntektsdato")
    return NoticeRequest(
        serial=_serial(told["loepenr"]),
        request=_uuid(told["forespoerselId"]),
        workplace=str(told["orgnr"]),
        person=str(told["soekerFnr"]),
        benefit=Benefit(notices.BENEFITS[told["ytelseType"]]),
        start=date.fromisoformat(told["startdato"]),
        income_on=None if income_on is None else date.fromisoformat(income_on),
        standing=OF_REQUESTS[told["status"]],
    )


def _serial(written: object) -> int:
    if not isinstance(written, int) or isinstance(written, bool) or written < 0:
        raise ValueError("a serial is a whole number")
    return written


def _uuid(written: object) -> str:
    if not isinstance(written, str) or _UUID.fullmatch(written) is None:
        raise ValueError("an id of NAV is a UUID")
    return written


def _id_in(raw: bytes) -> str | None:
    """Find the id in NAV's yes: a text alone, or an object that names it."""
    try:
        told = json.loads(raw)
        return _uuid(told if isinstance(told, str) else told["id"] if "id" in told else told["innsendingId"])
    except _UNREADABLE:
        return None


def _error(raw: bytes) -> dict[str, str]:
    """Read NAV's code, words and reference, each empty where it is not told; persons' numbers are left out."""
    try:
        told = json.loads(raw)
    except ValueError:
        told = None
    if not isinstance(told, dict):
        told = {"feilmelding": raw[:LONGEST_TEXT].decode("utf-8", "replace")}
    reference = told.get("referanseId")
    return {
        "feilkode": str(told.get("feilkode") or ""),
        "feilmelding": _PERSON.sub("…", str(told.get("feilmelding") or ""))[:LONGEST_TEXT].strip(),
        "referanseId": reference if isinstance(reference, str) and _UUID.fullmatch(reference) else "",
    }

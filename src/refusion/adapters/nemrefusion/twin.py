"""NemRefusion's twin: a pure machine that takes reports, keeps them through its host's state and answers for the authority.

It speaks the protocol of the README and shares no rule, rate or reading with the product.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from refusion.adapters.nemrefusion.counterpart import control, filing, municipality, wire
from refusion.adapters.nemrefusion.counterpart.records import (
    COPENHAGEN,
    Filed,
    Record,
    State,
    Taken,
    load,
    settings,
)
from refusion.adapters.nemrefusion.counterpart.wire import Garbled, Tree


class Request(Protocol):
    """What a host hands on: the path and the body of a POST."""

    @property
    def path(self) -> str:
        """The path that was asked for."""

    @property
    def body(self) -> bytes:
        """The raw message."""


@dataclass(frozen=True)
class Reply:
    """What the host sends back."""

    status: int
    body: bytes
    content_type: str = "application/xml; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()


def answer(request: Request, state: State, now: datetime) -> tuple[Reply, State]:
    """Answer one message; what is to be remembered is on the shelves of the state that is given back."""
    operation = _OPERATIONS.get(request.path.rpartition("/")[2])
    if operation is None:
        return Reply(404, b"unknown operation", "text/plain"), state
    try:
        return Reply(200, operation(request.body, state, now)), state
    except Garbled as wrong:
        return Reply(400, f"1001 {wrong}".encode(), "text/plain"), state


def advance(state: State, now: datetime) -> State:
    """Let the days pass up to now: fetch, decide and pay what is due."""
    municipality.live(state, now.astimezone(COPENHAGEN).date())
    return state


def obey(order: Record, state: State) -> Record:
    """Answer the control door. Raises ValueError for an order that is not known."""
    return control.obey(order, state)


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def _opret(body: bytes, state: State, now: datetime) -> bytes:
    bundle = wire.bundle(body)
    done = filing.take(state, bundle, now)
    parts: list[Tree | str] = [("BesvarerUUIDIdentifikator", bundle.reports[-1].uuid), ("Tidspunkt", _instant(now))]
    notices = [[one.code, one.severity, one.words] for one in done.notices]
    if done.taken is not None:
        parts.append(_receipt(done.taken, done.already))
        notices = done.taken.warnings
    parts += [("Besked", [("Kode", code), ("Alvor", severity), ("Tekst", words)]) for code, severity, words in notices]
    return wire.written("OpretRetIndberetningerSvar", parts)


def _receipt(taken: Taken, already: bool) -> Tree:
    return (
        "Kvittering",
        [
            ("IndberetningUUIDIdentifikator", taken.intent),
            ("IndberetningIdentifikator", taken.authority_id),
            ("Kvitteringsnummer", taken.receipt),
            ("Underskrevet", _instant(datetime.fromisoformat(taken.signed_at))),
            ("AlleredeModtaget", "true" if already else "false"),
        ],
    )


def _hent(body: bytes, state: State, now: datetime) -> bytes:
    asked = wire.opened(body)
    uuid, cvr = wire.text(asked, "IndberetningUUIDIdentifikator"), wire.text(asked, "CVRNummer")
    if uuid:
        found, marker, cut = ([uuid] if load(state, Taken, uuid) else []), "", False
    else:
        rows, marker, cut = _page(state, "by_employer", cvr, wire.text(asked, "Efter"))
        found = [row["intent"] for row in rows]
    seen_until = now - timedelta(seconds=settings(state)["read_delay_seconds"])
    held = [taken for intent in found if (taken := load(state, Taken, intent))]
    visible = [taken for taken in held if datetime.fromisoformat(taken.signed_at) <= seen_until]
    parts: list[Tree | str] = [*_heading(now, cut, marker), *(_held(state, taken) for taken in visible)]
    return wire.written("HentIndberetningerSvar", parts)


def _held(state: State, taken: Taken) -> Tree:
    filed = load(state, Filed, taken.authority_id)
    standing = filed.standing if filed else "annulleret"
    return (
        "Indsendelse",
        [("BundtUUIDIdentifikator", taken.bundle), _receipt(taken, False), ("Tilstand", standing), *taken.raw],
    )


def _heading(now: datetime, cut: bool, marker: str) -> list[Tree | str]:
    return [("Tidspunkt", _instant(now)), ("Afskaaret", "true" if cut else "false"), ("Maerke", marker)]


def _page(state: State, shelf: str, cvr: str, marker: str) -> tuple[list[Record], str, bool]:
    limit = int(settings(state)["list_limit"])
    rows = list(state.scan(shelf, after=f"{cvr}|{marker}", prefix=f"{cvr}|", limit=limit + 1))
    shown = rows[:limit]
    last = shown[-1][0].removeprefix(f"{cvr}|") if shown else marker
    return [record for _, record in shown], last, len(rows) > limit


def _haendelser(body: bytes, state: State, now: datetime) -> bytes:
    asked = wire.opened(body)
    rows, marker, cut = _page(state, "event", wire.text(asked, "CVRNummer"), wire.text(asked, "Efter"))
    parts = _heading(now, cut, marker)
    parts += [
        (
            "Haendelse",
            [
                ("HaendelseIdentifikator", event["event_id"]),
                ("Art", event["what"]),
                ("IndberetningUUIDIdentifikator", event["intent"]),
                ("IndberetningIdentifikator", event["authority_id"]),
                ("Tidspunkt", event["happened_at"]),
            ],
        )
        for event in rows
    ]
    return wire.written("HentHaendelserSvar", parts)


def _sagsbehandling(body: bytes, state: State, now: datetime) -> bytes:
    asked = wire.opened(body)
    rows, marker, cut = _page(state, "decision", wire.text(asked, "CVRNummer"), wire.text(asked, "Efter"))
    parts = _heading(now, cut, marker)
    parts += [("Sagsbehandlingsresultat", _result(decision)) for decision in rows]
    return wire.written("HentSagsbehandlingSvar", parts)


def _result(decision: Record) -> list[Tree | str]:
    return [
        ("AfgoerelseIdentifikator", decision["decision_id"]),
        ("IndberetningUUIDIdentifikator", decision["intent"]),
        ("IndberetningIdentifikator", decision["authority_id"]),
        ("Udfald", decision["outcome"]),
        ("PeriodeFra", decision["first"]),
        ("PeriodeTil", decision["last"]),
        ("Dage", str(decision["days"])),
        ("Refusion", _kroner(decision["refund"])),
        ("Tillaeg", _kroner(decision["supplement"])),
        ("Afgoerelsesdato", decision["decided_on"]),
        ("ErstatterAfgoerelse", decision["revises"]),
        ("Begrundelse", decision["reason"]),
        (
            "Udbetalingsspecifikation",
            [
                ("Beloeb", _kroner(decision["pays"])),
                ("Dispositionsdato", decision["pays_on"]),
                ("Betalingsreference", decision["reference"]),
            ],
        ),
    ]


def _kroner(amount: int) -> str:
    return f"{'-' if amount < 0 else ''}{abs(amount) // 100}.{abs(amount) % 100:02d}"


_OPERATIONS: dict[str, Callable[[bytes, State, datetime], bytes]] = {
    "OpretRetIndberetninger": _opret,
    "HentIndberetninger": _hent,
    "HentHaendelser": _haendelser,
    "HentSagsbehandling": _sagsbehandling,
}

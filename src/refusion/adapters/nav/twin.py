"""NAV's twin: a pure machine that asks for income notices, takes them, pays month by month and reports what it paid.

It speaks the interfaces of the README and shares no rule, rate or reading with the product.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from refusion.adapters.nav.counterpart import control, intake, paying, serving
from refusion.adapters.nav.counterpart.intake import Refusal
from refusion.adapters.nav.counterpart.records import Record, State
from refusion.adapters.nav.counterpart.serving import Reply, written

NOTICE, REPORTS = "/v1/inntektsmelding", "/api/rapport/v1"


class Request(Protocol):
    """What a host hands on."""

    @property
    def path(self) -> str:
        """The path that was asked for, with its query."""

    @property
    def body(self) -> bytes:
        """The raw message."""

    @property
    def method(self) -> str:
        """GET, POST or PUT."""

    @property
    def accept(self) -> str:
        """What the asker takes back."""


def answer(request: Request, state: State, now: datetime) -> tuple[Reply, State]:
    """Answer one message; what is to be remembered is on the shelves of the state that is given back."""
    try:
        return _answered(request, state, now), state
    except Refusal as refusal:
        return written(refusal.status, refusal.told), state


def advance(state: State, now: datetime) -> State:
    """Let the days pass up to now: judge notices and pay what is due."""
    paying.live(state, now)
    return state


def obey(order: Record, state: State) -> Record:
    """Answer the control door. Raises ValueError for an order that is not known."""
    return control.obey(order, state)


def _answered(request: Request, state: State, now: datetime) -> Reply:
    path, _, query = request.path.partition("?")
    match request.method, path:
        case "POST", "/v1/inntektsmelding":
            return written(intake.TAKEN, intake.take(request.body, state, now))
        case "POST", "/v1/inntektsmeldinger":
            return serving.notices(request.body, state, now)
        case "POST", "/v1/forespoersler":
            return serving.requests(request.body, state)
        case "POST", "/api/rapport/v1":
            return serving.reports(request.body, state, now)
        case "GET", _ if path.startswith(f"{NOTICE}/"):
            return serving.notice(path.removeprefix(f"{NOTICE}/"), state, now)
        case _ if path.startswith(f"{REPORTS}/"):
            return _report(request, path.removeprefix(f"{REPORTS}/"), query, state, now)
    raise Refusal(404, "NOT_FOUND", "Ukjent adresse")


def _report(request: Request, rest: str, query: str, state: State, now: datetime) -> Reply:
    number, _, what = rest.partition("/")
    match request.method, what:
        case "GET", "":
            return serving.report(number, state, now)
        case "GET", "innhold":
            return serving.content(number, request.accept, state, now)
        case "PUT", "arkiver":
            return serving.archive(number, query != "arkivert=false", state, now)
    raise Refusal(404, "NOT_FOUND", "Ukjent adresse")

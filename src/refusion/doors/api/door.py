"""Answers what machines ask under ``/api/v1/``: who it is, whether it may, what it sent; then one call of the house."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any, cast

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.utils.translation.trans_real import parse_accept_lang_header

from refusion.access import may
from refusion.access.lockout import network_of
from refusion.doors.api import problems
from refusion.doors.api.openapi import ROOT, document
from refusion.doors.api.operation import AFTER, LIMIT, Call, Operation, page_of, read_body, read_fields
from refusion.doors.api.operations import OPERATIONS
from refusion.doors.api.plain import plain
from refusion.values.languages import LAST_RESORT, spoken
from refusion.values.said import BadInput, Fact, Problem, Said, said
from refusion.wiring.admission import address_of
from refusion.wiring.house import house
from refusion.wiring.service.pace import Pace
from refusion.workflow.ports.access.tokens import Asked
from refusion.workflow.ports.institution import Actor

BEARER = "Bearer "
KEY, PURPOSE, REPLAYED = "Idempotency-Key", "Refusion-Purpose", "Idempotency-Replayed"
LONGEST_KEY, LONGEST_PURPOSE, LONGEST_DIGITS = 100, 60, 5
A_MINUTE = 60
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Vary": "Authorization, Accept-Language",
}


class NotNow(Exception):
    """A request that is answered before anything is done."""

    def __init__(self, status: int, what: Said, headers: Mapping[str, str] | None = None) -> None:
        """Carry the status, what to say and the headers that go with it."""
        super().__init__(what.key)
        self.status, self.what, self.headers = status, what, dict(headers or {})


@dataclass(frozen=True, slots=True)
class Routed:
    """An operation with what its address holds."""

    operation: Operation
    at: Mapping[str, str]


class Door:
    """Django middleware, outside of all that pages need: no cookie, no session and no form is looked at here."""

    def __init__(self, answering: Callable[[HttpRequest], HttpResponse]) -> None:
        """Stand before the pages, with a pace for machines and one for strangers."""
        self.answering = answering
        self.machines = Pace(600, A_MINUTE)
        self.strangers = Pace(60, A_MINUTE)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer what is asked of the API; let everything else go on to the pages."""
        if not request.path_info.startswith("/api/"):
            return self.answering(request)
        language = _language(request)
        try:
            answer = self._answered(request, language)
        except NotNow as ended:
            answer = _json(ended.status, problems.said_body(ended.what, language))
            for name, value in ended.headers.items():
                answer.headers[name] = value
        except Exception as error:  # noqa: BLE001 (the last door: whatever comes here is answered, not thrown at a machine)
            answer = _json(problems.status_of(error), problems.body_of(error, language))
        for name, value in HEADERS.items():
            answer.headers[name] = value
        answer.headers["Content-Language"] = language
        return answer

    def _answered(self, request: HttpRequest, language: str) -> HttpResponse:
        try:
            request.get_host()
        except SuspiciousOperation:
            raise NotNow(400, said("api.other_host")) from None
        if request.path_info == f"{ROOT}/openapi.json" and request.method == "GET":
            return _json(200, document())
        routed = _routed(request)
        actor, institution = self._machine(request)
        operation = routed.operation
        for duty in operation.duties:
            if not may(actor.roles, duty):
                raise NotNow(403, said("access.not_yours", duty=duty.value))
        raw = _body(request, operation)
        call = Call(house(), actor, institution, language, _purpose(request, operation), _given(request, routed, raw), raw)
        if not operation.writes:
            return _json(200, _done(operation, call))
        return _once(operation, call, _asked(request, actor, raw))

    def _machine(self, request: HttpRequest) -> tuple[Actor, str]:
        """Say which machine asks, and where it works; whoever guesses is slowed down, and so is whoever asks too fast."""
        network = network_of(address_of(request.META))
        self._slow(self.strangers.wait(network, weight=0))
        written = request.headers.get("Authorization", "")
        found = house().machine(written.removeprefix(BEARER)) if written.startswith(BEARER) else None
        if found is None:
            self._slow(self.strangers.wait(network))
            raise NotNow(401, said("api.no_token"), {"WWW-Authenticate": 'Bearer realm="refusion"'})
        actor, institution, token = found
        self._slow(self.machines.wait(str(token.id)))
        return actor, institution

    @staticmethod
    def _slow(seconds: int) -> None:
        if seconds:
            raise NotNow(429, said("api.too_fast", seconds=seconds), {"Retry-After": str(seconds)})


def _routed(request: HttpRequest) -> Routed:
    """Find the operation of an address and method."""
    asked = request.path_info.removeprefix(ROOT).strip("/").split("/") if request.path_info.startswith(f"{ROOT}/") else []
    here = [Routed(one, at) for one, pattern in _patterns() if (at := _matched(pattern, asked)) is not None]
    if not here:
        raise NotNow(404, said("api.not_found"))
    for routed in here:
        if routed.operation.method == request.method:
            return routed
    allowed = ", ".join(sorted(routed.operation.method for routed in here))
    raise NotNow(405, said("api.method_not_allowed", allowed=allowed), {"Allow": allowed})


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[Operation, tuple[str, ...]], ...]:
    """Give the operations with their addresses in parts, those of fewest open parts first."""
    found = [(one, tuple(one.path.strip("/").split("/"))) for one in OPERATIONS]
    return tuple(sorted(found, key=lambda pair: sum(part.startswith("{") for part in pair[1])))


def _matched(pattern: tuple[str, ...], asked: list[str]) -> dict[str, str] | None:
    if len(pattern) != len(asked):
        return None
    at = {}
    for wanted, part in zip(pattern, asked, strict=True):
        if wanted.startswith("{"):
            at[wanted[1:-1]] = part
        elif wanted != part:
            return None
    return at


def _body(request: HttpRequest, operation: Operation) -> bytes:
    """Read the body as far as it may go."""
    if not operation.media:
        return b""
    media = request.content_type or ""
    if media not in operation.media:
        raise NotNow(415, said("api.other_media", media=media[:60], known=", ".join(operation.media)))
    declared = request.META.get("CONTENT_LENGTH") or "0"
    raw = b"" if int(declared) > operation.largest else request.read(operation.largest + 1)
    if int(declared) > operation.largest or len(raw) > operation.largest:
        raise NotNow(413, said("api.too_large", largest=operation.largest))
    return raw


def _given(request: HttpRequest, routed: Routed, raw: bytes) -> dict[str, Any]:
    operation = routed.operation
    given = read_fields(operation.at, routed.at, written=True)
    query = (*operation.query, AFTER, LIMIT) if operation.paged else operation.query
    given |= read_fields(query, dict(request.GET.items()), written=True)
    if operation.takes_file and not raw:
        raise BadInput(Problem(said("api.no_file"), said("api.no_file_remedy")))
    return given | read_fields(operation.body, read_body(raw), written=False) if operation.body else given


def _purpose(request: HttpRequest, operation: Operation) -> str:
    """Give what persons are looked up for; a number that may name somebody is no purpose."""
    told = request.headers.get(PURPOSE, "").strip()
    digits = sum(sign.isdecimal() for sign in told)
    if len(told) > LONGEST_PURPOSE or digits > LONGEST_DIGITS or not told.isprintable():
        facts: dict[str, Fact] = {"field": PURPOSE, "longest": LONGEST_PURPOSE}
        raise BadInput(Problem(said("api.field_text", **facts), said("api.field_text_remedy", **facts), column=PURPOSE))
    return f"api {operation.name}: {told}" if told else f"api {operation.name}"


def _asked(request: HttpRequest, actor: Actor, raw: bytes) -> Asked:
    key = request.headers.get(KEY, "")
    if not key or len(key) > LONGEST_KEY or not key.isascii() or not key.isprintable():
        raise BadInput(Problem(said("api.no_key", longest=LONGEST_KEY), said("api.no_key_remedy"), column=KEY))
    parts = (request.method or "", request.path_info, request.META.get("QUERY_STRING", ""), request.content_type or "")
    written = [part.encode("utf-8", "surrogateescape") for part in parts] + [raw]
    return Asked(actor.name, key, sha256(b"".join(len(part).to_bytes(8, "big") + part for part in written)).hexdigest())


def _once(operation: Operation, call: Call, asked: Asked) -> HttpResponse:
    """Do it, or give the answer that the same request was given before; what was refused is kept as well."""
    before = call.house.begin_once(*call.at, asked)
    if before is not None and before.status is not None:
        answer = HttpResponse(before.body, status=before.status, content_type="application/json")
        answer.headers[REPLAYED] = "true"
        return answer
    try:
        status, body = 200, _done(operation, call)
    except problems.NOTHING_CHANGED:
        call.house.give_up_once(*call.at, asked)
        raise
    except Exception as error:
        status, body = problems.status_of(error), problems.body_of(error, call.language)
        if status >= problems.FAULT:
            raise  # whether it took effect is not known, and its key goes on saying so
    answer = _json(status, body)
    call.house.keep_answer(*call.at, asked, (status, answer.content))
    return answer


def _done(operation: Operation, call: Call) -> Any:
    found = operation.call(call)
    if operation.paged:
        found = page_of(cast("Iterable[object]", found), call.given)
    return {"done": True} if operation.gives is None else plain(found, call.language)


def _json(status: int, body: Any) -> HttpResponse:
    return HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type="application/json")


def _language(request: HttpRequest) -> str:
    asked = (code for code, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")))
    return next(filter(None, map(spoken, asked)), LAST_RESORT)

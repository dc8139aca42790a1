"""Hosts a twin as an HTTP server on loopback: memory, clock, faults and control door; the machine itself is pure.

Run as its own process: ``python -m refusion.rehearsal.host nemrefusion --state FILE --port 0 --day 2024-07-01``.
"""

from __future__ import annotations

import argparse
import json
import re
import signal
import socket
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any, Protocol, cast
from zoneinfo import ZoneInfo

from refusion.rehearsal import faults
from refusion.rehearsal.shelves import Shelves

MACHINES = {
    "digital-post": "refusion.adapters.digital_post.twin",
    "municipality": "refusion.adapters.udbetaling_danmark.twin",
    "nav": "refusion.adapters.nav.twin",
    "nemrefusion": "refusion.adapters.nemrefusion.twin",
    "sap": "refusion.adapters.sap.twin",
}
CONTROL = "/control"
CORRELATION = "X-Korrelation"
LOOPBACK = "127.0.0.1"
_MORNING = time(8, tzinfo=ZoneInfo("Europe/Copenhagen"))
_OK, _BAD, _BROKEN = 200, 400, 500
_NOT_A_NAME = re.compile(r"|v\d+|[0-9a-f-]*\d[0-9a-f-]*", re.IGNORECASE)


@dataclass(frozen=True)
class Request:
    """One message as it came; ``accept`` is what the asker takes back."""

    path: str
    body: bytes
    method: str = "POST"
    accept: str = ""

    @property
    def operation(self) -> str:
        """Name what is asked for: the last word of the path that is no id or version, behind the method unless it is POST."""
        words = [word for word in self.path.partition("?")[0].split("/") if _NOT_A_NAME.fullmatch(word) is None]
        name = words[-1] if words else ""
        return name if self.method == "POST" else f"{self.method}:{name}"


class Reply(Protocol):
    """What a machine answers."""

    @property
    def status(self) -> int:
        """The HTTP status."""

    @property
    def body(self) -> bytes:
        """The bytes of the answer."""

    @property
    def content_type(self) -> str:
        """What the bytes are."""

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """What else is said of them."""


class Machine(Protocol):
    """A twin's pure machine: a module with these three functions."""

    def answer(self, request: Request, state: Shelves, now: datetime) -> tuple[Reply, Shelves]:
        """Answer one message."""

    def advance(self, state: Shelves, now: datetime) -> Shelves:
        """Let the days pass up to now."""

    def obey(self, order: dict[str, Any], state: Shelves) -> dict[str, Any]:
        """Answer the control door; raises ValueError for an order that is not known."""


@dataclass(frozen=True)
class Delivery:
    """An answer and how it travels: ``plain``, or what a fault makes of it."""

    status: int
    body: bytes
    content_type: str
    manner: str = "plain"
    delay_ms: int = 0
    headers: tuple[tuple[str, str], ...] = ()


class Host:
    """One machine with its memory; every request or order is one transaction, one at a time."""

    def __init__(self, machine: Machine, state: Shelves, start: datetime, seed: str = "1") -> None:
        """Go on with what the memory holds, or begin at ``start``; the clock moves by order only."""
        self._machine, self._state, self._turn = machine, state, Lock()
        with state.transaction():
            if state.get("host", "clock") is None:
                state.put("host", "clock", {"now": start.isoformat()})
                state.put("host", "seed", {"seed": seed})
                machine.obey({"order": "set", "seed": seed}, state)

    @property
    def now(self) -> datetime:
        """The twin's clock."""
        return datetime.fromisoformat((self._state.get("host", "clock") or {})["now"])

    def serve(self, request: Request) -> Delivery:
        """Answer a message, as far as the faults let it through."""
        with self._turn, self._state.transaction():
            rules = faults.read((self._state.get("host", "faults") or {"rules": []})["rules"])
            message = (request.operation, request.body or request.path.encode())
            fault = faults.befalling(rules, message, self._state, self.now)
            if fault is not None and not fault.reaches:
                return Delivery(_BROKEN, b"", "text/plain", fault.manner)
            reply, _ = self._machine.answer(request, self._state, self.now)
        delivery = Delivery(reply.status, reply.body, reply.content_type, headers=reply.headers)
        return delivery if fault is None else replace(delivery, manner=fault.manner, delay_ms=fault.delay_ms)

    def control(self, body: bytes) -> Delivery:
        """Carry out an order of the control door."""
        try:
            with self._turn, self._state.transaction():
                answer = self._obey(cast("dict[str, Any]", json.loads(body)))
        except (ValueError, KeyError, TypeError, AttributeError) as wrong:
            return Delivery(_BAD, json.dumps({"error": str(wrong)}).encode(), "application/json")
        return Delivery(_OK, json.dumps(answer, ensure_ascii=False).encode(), "application/json")

    def _obey(self, order: dict[str, Any]) -> dict[str, Any]:
        if order.get("order") == "clock":
            return self._set_clock(order)
        if order.get("order") == "faults":
            rules = faults.written(faults.read(order["rules"]))
            self._state.put("host", "faults", {"rules": rules})
            return {"rules": rules}
        return self._machine.obey(order, self._state)

    def _set_clock(self, order: Mapping[str, str]) -> dict[str, Any]:
        """Move the clock on, by ``now`` or ``day`` (its morning); back is not possible and leaves it where it is."""
        wanted = datetime.fromisoformat(order["now"]) if "now" in order else morning(order["day"])
        now = max(wanted, self.now)
        if now != self.now:
            self._state.put("host", "clock", {"now": now.isoformat()})
            self._machine.advance(self._state, now)
        return {"now": now.isoformat()}


def morning(day: str) -> datetime:
    """Give eight o'clock on a day in Copenhagen."""
    return datetime.combine(datetime.fromisoformat(day), _MORNING)


class _Door(BaseHTTPRequestHandler):
    """Speaks HTTP for a host; headers and body leave in one piece."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    host: Host
    stopping: Event

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if self.path == CONTROL:
            self._deliver(self.host.control(body))
        else:
            self._deliver(self.host.serve(Request(self.path, body, self.command, self.headers.get("Accept", ""))))

    do_GET = do_PUT = do_POST  # noqa: N815 - the names that the standard library's server asks for

    def _deliver(self, delivery: Delivery) -> None:
        if delivery.manner == "late":
            self.stopping.wait(delivery.delay_ms * 0.001)
        if delivery.manner == "hang up":
            self._hang_up()
            return
        status = _BROKEN if delivery.manner == "500" else delivery.status
        body = b"<html>503</html>" if delivery.manner in {"500", "garble"} else delivery.body
        for _ in range(2 if delivery.manner == "twice" else 1):
            self._answer(status, body, delivery)
        if delivery.manner == "truncate":
            self._hang_up()

    def _answer(self, status: int, body: bytes, delivery: Delivery) -> None:
        self.send_response_only(status)
        self.send_header("Content-Type", delivery.content_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header(CORRELATION, self.headers.get(CORRELATION, ""))
        for name, value in delivery.headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if delivery.manner == "truncate" else body)
        self.wfile.flush()

    def _hang_up(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, *_words: object) -> None:
        """Stay silent: messages carry national numbers."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """Pass over a client that went away; anything else is an error of the twin and is shown."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(cast("socket.socket", request), client_address)


@contextmanager
def opened(host: Host, port: int = 0) -> Iterator[str]:
    """Serve a host from a thread while the block runs; gives the address."""
    stopping = Event()
    door = type("_HostDoor", (_Door,), {"host": host, "stopping": stopping})
    with _Server((LOOPBACK, port), door) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://{LOOPBACK}:{server.server_address[1]}"
        finally:
            stopping.set()
            server.shutdown()
            thread.join()


@dataclass(frozen=True)
class Start:
    """What a twin's process is started with; ``day`` counts only when the memory is new."""

    party: str
    state: Path
    day: str
    port: int = 0
    seed: str = "1"
    manners: tuple[faults.Fault, ...] = ()


def run(start: Start) -> None:
    """Host a party until the process is told to end; prints the address as the first line.

    Raises ValueError for a party without a twin or a day that is none, OSError for a port that is taken.
    """
    if start.party not in MACHINES:
        raise ValueError(f"parties with a twin are {', '.join(sorted(MACHINES))}")
    machine = cast("Machine", import_module(MACHINES[start.party]))
    state = Shelves(start.state)
    ended = Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    signal.signal(signal.SIGINT, lambda *_: ended.set())
    host = Host(machine, state, morning(start.day), start.seed)
    if start.manners:
        host.control(json.dumps({"order": "faults", "rules": faults.written(start.manners)}).encode())
    with opened(host, start.port) as address:
        sys.stdout.write(f"{address}\n")
        sys.stdout.flush()
        ended.wait()
    state.close()


def main(words: Sequence[str] | None = None) -> None:
    """Read the command line of a twin's own process."""
    reader = argparse.ArgumentParser(description=run.__doc__)
    reader.add_argument("party", choices=sorted(MACHINES))
    reader.add_argument("--state", type=Path, required=True)
    reader.add_argument("--day", required=True)
    reader.add_argument("--port", type=int, default=0)
    reader.add_argument("--seed", default="1")
    run(Start(**vars(reader.parse_args(words))))


if __name__ == "__main__":
    main()

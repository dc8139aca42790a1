"""Keeps NemRefusion's twin alive in a process of its own: joins it, starts it, starts it again when it died."""

from __future__ import annotations

import json
import os
import signal
from dataclasses import dataclass
from datetime import date, datetime
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import RLock
from typing import Any, Protocol
from urllib.parse import urlsplit

from refusion.adapters.nemrefusion.client import Client
from refusion.rehearsal.faults import Fault, written
from refusion.rehearsal.host import CONTROL, LOOPBACK, Start
from refusion.rehearsal.process import PATIENCE_SECONDS, TwinProcess, spawn
from refusion.workflow.ports.authority import Message, RawAnswer, Silence

PARTY = "nemrefusion"
PAGE = 5000
HOST = b"refusion.rehearsal.host"
NOT_THERE = (OSError, HTTPException, json.JSONDecodeError)


@dataclass(frozen=True, slots=True)
class Manners:
    """How the twin is to behave, the same in every run."""

    seed: str
    faults: tuple[Fault, ...] = ()
    decide_days: tuple[int, int] = (14, 21)


class Counterpart(Protocol):
    """The authority of a simulated world: takes the house's messages, pays, and witnesses what it accepted."""

    starts: int

    def ensure(self) -> int:
        """Have it up; give the number of starts so far."""

    def is_up(self) -> bool:
        """Tell whether it lives."""

    def set_clock(self, now: datetime) -> None:
        """Move its clock on."""

    def accepted(self) -> list[dict[str, Any]]:
        """Give the whole list of accepted reports."""

    def payments(self, day: date) -> list[dict[str, Any]]:
        """Give what it pays on a day, by reference."""


class TwinAuthority:
    """NemRefusion's twin with its memory beside the database; also carries the house's messages to where it listens."""

    def __init__(self, place: Path, first_day: date, manners: Manners) -> None:
        """Take the folder of its memory; nothing is started yet."""
        self._place, self._first_day, self._manners = place, first_day, manners
        self._process: TwinProcess | None = None
        self._client: tuple[str, Client] | None = None
        self._door: HTTPConnection | None = None
        # Institutions that live side by side share the twin: one at a time starts it or gives it an order.
        self._one = RLock()
        self.starts = 0
        """How often this process had to start it."""

    @property
    def memory(self) -> Path:
        """Name the file that the twin remembers in."""
        return self._place / f"{PARTY}.sqlite"

    @property
    def _note(self) -> Path:
        return self._place / f"{PARTY}.address"

    def address(self) -> str:
        """Give where the twin listens, or last listened."""
        return self._noted()[0]

    def process_id(self) -> int:
        """Give the id of the twin's process, or of its last one; 0 before the first."""
        return int(self._noted()[1])

    def _noted(self) -> tuple[str, str]:
        words = self._note.read_text(encoding="utf-8").split() if self._note.exists() else []
        return (words[0], words[1]) if words else ("", "0")

    def is_up(self) -> bool:
        """Tell whether the process that last listened still lives."""
        return is_twin(self.process_id())

    def ensure(self) -> int:
        """Have it up: join the one that runs or start it with its memory; give the number of starts so far."""
        with self._one:
            if not self.is_up():
                self._start()
            return self.starts

    def order(self, name: str, **facts: object) -> dict[str, Any]:
        """Give an order to its control door. Raises OSError when it is away, ValueError when it refuses."""
        with self._one:
            return refused(*self._ordered({"order": name, **facts}))

    def _ordered(self, order: dict[str, object]) -> tuple[int, dict[str, Any]]:
        if self._door is None:
            self._door = HTTPConnection(LOOPBACK, urlsplit(self.address()).port, timeout=PATIENCE_SECONDS)
        try:
            self._door.request("POST", CONTROL, body=json.dumps(order).encode())
            response = self._door.getresponse()
            answer: dict[str, Any] = json.loads(response.read())
        except NOT_THERE:
            self.hang_up()
            raise
        return response.status, answer

    def set_clock(self, now: datetime) -> None:
        """Move its clock on; days that pass are lived by it."""
        self.order("clock", now=now.isoformat())

    def accepted(self) -> list[dict[str, Any]]:
        """Give the whole list of accepted reports."""
        items: list[dict[str, Any]] = []
        marker, complete = "", False
        while not complete:
            page = self.order("accepted", after=marker, limit=PAGE)
            items, marker, complete = [*items, *page["items"]], page["marker"], page["complete"]
        return items

    def payments(self, day: date) -> list[dict[str, Any]]:
        """Give what it pays on a day, by reference."""
        return sorted_payments(self.order("payments", **{"from": day.isoformat(), "to": day.isoformat()}))

    def send(self, message: Message) -> RawAnswer | Silence:
        """Carry a message of the house to where the twin listens now."""
        address = self.address()
        if self._client is None or self._client[0] != address:
            self._client = (address, Client(address))
        return self._client[1].send(message)

    def hang_up(self) -> None:
        """Close this process's connections; the twin lives on."""
        if self._door is not None:
            self._door.close()
        if self._client is not None:
            self._client[1].close()
        self._door = self._client = None

    def stop(self) -> None:
        """Tell the twin to end, also one that an interrupted run left behind."""
        self.hang_up()
        if self._client is not None:
            self._client[1].close()
            self._client = None
        if self._process is not None:
            self._process.stop()
            self._process = None
        elif is_twin(self.process_id()):
            os.kill(self.process_id(), signal.SIGTERM)

    def forget(self) -> None:
        """End the twin and take its memory away."""
        self.stop()
        for file in self._place.glob(f"{PARTY}.*"):
            file.unlink()

    def _start(self) -> None:
        """Start it on its earlier port if that is free, and tell it how to behave."""
        self._place.mkdir(parents=True, exist_ok=True)
        if self._process is not None:
            self._process.kill()
        self.hang_up()
        port = int(self.address().rpartition(":")[2] or 0)
        start = Start(PARTY, self.memory, self._first_day.isoformat(), port, self._manners.seed)
        try:
            self._process = spawn(start)
        except OSError:
            self._process = spawn(Start(PARTY, start.state, start.day, 0, start.seed))
        beside = self._note.with_suffix(".part")
        beside.write_text(f"{self._process.address} {self._process.process.pid}", encoding="utf-8")
        beside.replace(self._note)
        self.starts += 1
        self.order("set", decide_days=list(self._manners.decide_days))
        self.order("faults", rules=written(self._manners.faults))


def refused(status: int, answer: dict[str, Any]) -> dict[str, Any]:
    """Give the answer of a control door. Raises ValueError with its words when it refused."""
    if status != HTTPStatus.OK:
        raise ValueError(answer["error"])
    return answer


def sorted_payments(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """Give a day's payments by reference."""
    return sorted(answer["items"], key=lambda payment: (payment["reference"], payment["payment_id"]))


def is_twin(process: int) -> bool:
    """Tell whether a process lives and is a twin's; a number may have passed on to another process."""
    try:
        return HOST in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False

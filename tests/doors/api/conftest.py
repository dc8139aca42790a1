"""The scene of the pages, asked by machines: a token for any scopes, and a client that speaks JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from refusion.wiring.database.clones import cloned
from refusion.wiring.database.preparation import set_up_django
from refusion.wiring.service.pace import Pace
from refusion.workflow.access.tokens import Wanted
from refusion.workflow.ports.institution import HOUSE, Actor
from tests.doors.web.scene import Scene, scene

NUMBERS = count(1)


@dataclass(slots=True)
class Machine:
    """A machine with its token; each write has an idempotency key of its own unless one is given."""

    token: str
    client: Client = field(default_factory=Client)

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> tuple[int, Any]:
        """Send a request and give status and content."""
        answer = self.whole(method, path, body, **headers)
        return answer.status_code, answer.json()

    def whole(self, method: str, path: str, body: object = None, *, media: str = "application/json", **headers: str) -> Any:
        """Send a request and give the whole answer."""
        sent = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": f"key-{next(NUMBERS)}", "Accept-Language": "en"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        raw = body if isinstance(body, bytes) else json.dumps(body or {})
        return self.client.generic(method, f"/api/v1{path}", raw if method != "GET" else b"", content_type=media, headers=sent)


Machines = Callable[..., Machine]


@pytest.fixture(scope="session", autouse=True)
def ready_django() -> None:
    """Let words be written by language also where no test before has opened a database."""
    set_up_django()


@pytest.fixture(scope="module")
def served(house_server: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """Give the scene on a fresh database."""
    place: Path = tmp_path_factory.mktemp("twin")
    with cloned(), scene(place) as made:
        yield made


@pytest.fixture(scope="module")
def machine(served: Scene) -> Machines:
    """Give a machine whose token carries the scopes; what needs a second person has one."""
    known: dict[tuple[str, ...], Machine] = {}

    def made(*scopes: str) -> Machine:
        if scopes not in known:
            wanted = Wanted(f"machine-{len(known) + 1}", scopes, served.house.today() + timedelta(days=30))
            new = served.house.make_token(HOUSE, served.code, wanted)
            if new.token.by_two:
                served.house.approve_token(Actor("dpo", is_house=True), served.code, new.token.number, new.token.content_hash)
            known[scopes] = Machine(new.written)
        return known[scopes]

    return made


@pytest.fixture(autouse=True)
def no_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let tests ask as fast as they can; the pace has a test of its own."""
    monkeypatch.setattr(Pace, "wait", lambda self, who, weight=1: 0)

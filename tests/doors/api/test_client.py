"""A client generated from the document works against a server on loopback; the examples of the how-to page are run there."""

from __future__ import annotations

import json
import re
import shlex
import threading
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connection

from refusion.workflow.ports.institution import HOUSE
from tests.doors.api.conftest import Machines
from tests.doors.web.scene import Scene

PAGE = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "use-the-api.md"
EXAMPLE = re.compile(r"^```sh\n(curl .*?)^```\n+(?:.*?answers (\d{3}))", re.MULTILINE | re.DOTALL)
Answer = tuple[int, Any]


class Silent(WSGIRequestHandler):
    """Writes no line for each request."""

    def log_message(self, *_said: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address(served: Scene) -> Iterator[str]:
    """Serve the product on loopback, one request at a time, in a thread with a connection of its own."""
    application = get_wsgi_application()
    server = make_server("127.0.0.1", 0, application, handler_class=Silent)

    def serve() -> None:
        try:
            server.serve_forever(poll_interval=0.05)
        finally:
            connection.close()

    thread = threading.Thread(target=serve)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def sent(method: str, url: str, headers: dict[str, str], raw: bytes | None = None) -> Answer:
    """Send a request over the socket."""
    request = urllib.request.Request(url, raw, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, json.loads(answer.read())
    except HTTPError as refused:
        with refused:
            return refused.code, json.loads(refused.read())


def generated(address: str, token: str) -> dict[str, Callable[..., Answer]]:
    """Make a client from the document alone: one function for each operation, called with its fields by name."""
    status, document = sent("GET", f"{address}/api/v1/openapi.json", {})
    assert status == 200
    calls = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            calls[operation["operationId"]] = caller(address + path, method.upper(), operation, token)
    return calls


def caller(url: str, method: str, operation: dict[str, Any], token: str) -> Callable[..., Answer]:
    places = {one["name"]: one["in"] for one in operation["parameters"]}
    content = operation.get("requestBody", {}).get("content", {})

    def call(key: str = "", file: bytes = b"", **fields: Any) -> Answer:
        there, query, body = url, {}, {}
        for name, value in fields.items():
            if places.get(name) == "path":
                there = there.replace(f"{{{name}}}", quote(str(value), safe=""))
            elif places.get(name) == "query":
                query[name] = value
            else:
                body[name] = value
        headers = {"Authorization": f"Bearer {token}"}
        if content:
            headers["Content-Type"] = "application/json" if not file else "text/csv"
        if "Idempotency-Key" in places:
            headers["Idempotency-Key"] = key
        raw = (file or json.dumps(body).encode()) if content else None
        return sent(method, f"{there}?{urlencode(query)}" if query else there, headers, raw)

    return call


def test_a_generated_client_reads_and_writes(served: Scene, machine: Machines, address: str) -> None:
    asks = generated(address, machine("leader").token)
    status, page = asks["cases"](limit=2)
    assert (status, len(page["rows"])) == (200, 2)
    number = page["rows"][0]["number"]
    assert asks["case"](number=number)[1]["head"]["number"] == number
    days = {"person": "eva", "first": "2024-11-01", "last": "2024-11-02"}
    answers = [asks["note_away"](key="client-1", **days) for _ in range(2)]
    assert answers[0] == answers[1]
    assert answers[0][0] == 200
    assert asks["withdraw_away"](key="client-2", id=answers[0][1]["id"]) == (200, {"done": True})
    assert asks["absorb_payroll"](key="client-3", kind="payroll-pay", name="pay.csv", file=b"a;b\n1;2\n")[0] == 403


def test_a_file_is_taken_in_over_the_socket_or_said_row_by_row(served: Scene, machine: Machines, address: str) -> None:
    asks = generated(address, machine("integrator").token)
    status, body = asks["absorb_payroll"](key="file-1", kind="payroll-employments", name="jobs.csv", file=b"a;b\n1;2\n")
    assert status == 422
    assert {"file", "row", "column", "value", "sentence", "remedy"} <= set(body["problems"][0])
    status, files = asks["files"]()
    assert ("jobs.csv", "refused") in [(file["name"], file["state"]) for file in files]


def test_the_examples_of_the_page_answer_as_it_says(served: Scene, machine: Machines, address: str) -> None:
    examples = EXAMPLE.findall(PAGE.read_text(encoding="utf-8"))
    assert len(examples) >= 4
    with served.house.reading(HOUSE, served.code, "test") as reads:
        assert reads.cases(None, None, 1).rows
    for command, status in examples:
        scopes = ("integrator",) if "/files/" in command else ("caseworker",)
        asked = command.replace("$TOKEN", machine(*scopes).token).replace("http://127.0.0.1:8000", address).replace("\\\n", " ")
        method, url, headers, raw = read(asked.replace("CASE", str(served.any_case())).replace("CLAIM", str(served.any_claim())))
        assert sent(method, url, headers, raw)[0] == int(status), command


def read(command: str) -> tuple[str, str, dict[str, str], bytes | None]:
    """Read a command of curl as the page writes them."""
    words, headers, raw, url, method = iter(shlex.split(command)[1:]), {}, None, "", "GET"
    for word in words:
        if word == "-H":
            name, _, value = next(words).partition(": ")
            headers[name] = value
        elif word == "-X":
            method = next(words)
        elif word in ("-d", "--data-binary"):
            given = next(words)
            raw, method = (b"no columns\n" if given.startswith("@") else given.encode()), "POST"
        else:
            url = word
    return method, url, headers, raw

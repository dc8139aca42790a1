"""A browser before the scene of the pages, served over loopback; skipped with its reason where there is no chromium."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, sync_playwright

from refusion.wiring.database.clones import cloned
from tests.doors.web.scene import Scene, scene

CHROMIUM = Path("/usr/bin/chromium")


class Threads(ThreadingMixIn, WSGIServer):
    """Answers each request in a thread of its own."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def served(house_server: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """Give the scene on a fresh database."""
    if not CHROMIUM.exists():
        pytest.skip(f"there is no {CHROMIUM}; install chromium to look at the pages in a browser")
    place: Path = tmp_path_factory.mktemp("twin")
    with cloned(), scene(place) as made:
        yield made


@pytest.fixture(scope="module")
def address(served: Scene) -> Iterator[str]:
    """Serve the pages on a free port of loopback."""
    with make_server("127.0.0.1", 0, get_wsgi_application(), Threads, Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def browser(address: str) -> Iterator[Browser]:
    """Start chromium; as root it cannot use its own sandbox."""
    arguments = ["--no-sandbox"] if os.getuid() == 0 else []
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=arguments)
        yield started
        started.close()

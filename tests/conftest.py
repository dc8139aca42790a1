"""What many tests need: a fresh database with the product's tables, spoken to as the app's role."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator

import pytest
from django.conf import settings
from django.db import connections
from hypothesis import settings as profile

from refusion.wiring.database.clones import cloned
from refusion.wiring.keys import open_vault
from refusion.wiring.launcher import session

# Tests never speak to a database that somebody works with: always the private server, always a clone.
for variable in ("DATABASE_URL", "DATABASE_MIGRATOR_URL", "DATABASE_WORKER_URL", "DATABASE_SUPERUSER_URL", "REFUSION_KEY_FILE"):
    os.environ.pop(variable, None)


NEED_THE_SERVER = {"house_server", "installation", "bare_installation", "newcomer"}
# What `make quick` asks of a property; a test that names its own number of examples keeps it.
profile.register_profile("quick", max_examples=10)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Count what needs the private server among the slow tests: it has to start, and each test has a database of its own."""
    for item in items:
        if NEED_THE_SERVER.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let a test that was skipped for want of chromium or of an optional extra fail where REQUIRE_ALL=1."""
    report = yield
    wants_more = item.get_closest_marker("browser") or item.get_closest_marker("extra")
    if report.skipped and os.environ.get("REQUIRE_ALL") == "1" and wants_more:
        report.outcome = "failed"
        report.longrepr = f"REQUIRE_ALL=1, but this was skipped: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def house_server() -> Iterator[None]:
    """Start or join the private server, and leave it when the last test is done."""
    open_vault()
    socket = str(session.ensure().socket)
    if settings.configured:
        # A test before this one has read the settings, when the server was not up.
        for alias in connections:
            connections[alias].settings_dict["HOST"] = socket
    yield
    session.stop()


@pytest.fixture
def house_database(house_server: None) -> Iterator[str]:
    """Give a fresh database; Django's default connection speaks to it as ``refusion_app``, ``migrator`` as its owner."""
    with cloned() as name:
        yield name

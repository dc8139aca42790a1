"""What many tests need: a fresh database with the product's tables, spoken to as the app's role."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from refusion.wiring.clones import cloned
from refusion.wiring.keys import open_vault
from refusion.wiring.launcher import session


@pytest.fixture(scope="session")
def house_server() -> Iterator[None]:
    """Start or join the private server, and leave it when the last test is done."""
    open_vault()
    session.ensure()
    yield
    session.stop()


@pytest.fixture
def house_database(house_server: None) -> Iterator[str]:
    """Give a fresh database; Django's default connection speaks to it as ``refusion_app``, ``migrator`` as its owner."""
    with cloned() as name:
        yield name

"""The scene that the pages are tested in, made once per module."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from refusion.wiring.database.clones import cloned
from refusion.wiring.database.preparation import set_up_django
from tests.doors.web.scene import Scene, scene


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

"""Installations of their own, removed to the last file after each test."""

from __future__ import annotations

import os
import pwd
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.wiring.installation import Installation

REMOVE = "from refusion.wiring.launcher import remove; remove()"


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Give an installation that the tests of a module share; each leaves it with the server stopped."""
    found = Installation(tmp_path_factory.mktemp("installation"))
    yield found
    found.run(REMOVE)


@pytest.fixture
def bare_installation(tmp_path: Path) -> Iterator[Installation]:
    """Give an installation in which nothing was made yet."""
    found = Installation(tmp_path)
    yield found
    found.run(REMOVE)


@pytest.fixture
def newcomer() -> Iterator[Installation]:
    """Give an installation of an ordinary user, where we are root and may become one."""
    if os.geteuid() != 0:
        pytest.skip("only root can become another user; the other tests already run as an ordinary one")
    folder = Path(tempfile.mkdtemp(prefix="refusion-newcomer-", dir="/var/tmp"))
    account = pwd.getpwnam("nobody")
    os.chown(folder, account.pw_uid, account.pw_gid)
    found = Installation(folder, account.pw_name)
    if not can_read_product(found):
        shutil.rmtree(folder)
        pytest.skip("this checkout or its Python lies in a folder that an ordinary user cannot enter")
    yield found
    found.run(REMOVE)
    shutil.rmtree(folder)


def can_read_product(found: Installation) -> bool:
    try:
        process = found.begin("import refusion.wiring.launcher")
    except OSError:
        return False
    process.communicate(timeout=60)
    return process.returncode == 0

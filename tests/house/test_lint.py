"""Ruff and mypy have nothing to say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import TOP

PROGRAMS = Path(sys.executable).parent


def test_ruff_has_nothing_to_say() -> None:
    checked = subprocess.run(
        [PROGRAMS / "ruff", "check", "--output-format", "concise", "src", "tests", "scripts"],
        cwd=TOP, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.slow
def test_mypy_has_nothing_to_say() -> None:
    checked = subprocess.run([PROGRAMS / "mypy"], cwd=TOP, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr

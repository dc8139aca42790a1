"""Imports only go down: the contracts stand in pyproject.toml."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.house.tree import SOURCE, TOP, nothing, syntax


def test_contracts_hold() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    checked = subprocess.run([linter, "--no-logo", "--no-cache"], cwd=TOP, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_each_room_says_in_one_sentence_what_it_is_for() -> None:
    rooms = sorted(folder for folder in SOURCE.iterdir() if folder.is_dir() and folder.name not in {"locale", "__pycache__"})
    silent = [room.name for room in rooms if not (room / "__init__.py").exists() or not one_sentence(room / "__init__.py")]
    nothing(silent)


def one_sentence(file: Path) -> bool:
    import ast

    said = ast.get_docstring(syntax(file)) or ""
    return said.endswith(".") and "\n" not in said

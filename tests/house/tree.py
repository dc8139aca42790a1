"""The source tree as the house tests read it: files, their syntax trees, the functions and names in them."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
SOURCE = TOP / "src" / "refusion"
MONEY_ROOMS = ("values", "law", "ledger", "claims", "settlements", "salary_guard", "grants")
DECIDING_ROOMS = (*MONEY_ROOMS, "access", "absences", "cases", "watch", "reports", "workflow")
Function = ast.FunctionDef | ast.AsyncFunctionDef


def python_files(*folders: str) -> list[Path]:
    """List the Python files of the folders, migrations left out: Django writes those."""
    files = (file for folder in folders for file in (TOP / folder).rglob("*.py"))
    return sorted(file for file in files if "migrations" not in file.parts)


def room_files(*rooms: str) -> list[Path]:
    """List the Python files of rooms, migrations among them."""
    return sorted(file for room in rooms for file in (SOURCE / room).rglob("*.py"))


@cache
def syntax(file: Path) -> ast.Module:
    """Parse a file once."""
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def functions(file: Path) -> Iterator[Function]:
    """Go through all functions and methods of a file."""
    return (node for node in ast.walk(syntax(file)) if isinstance(node, Function))


def length(node: Function) -> int:
    """Count the lines of a function from its first to its last, decorators left out."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def place(file: Path, node: ast.AST | None = None) -> str:
    """Say where something stands."""
    line = f":{getattr(node, 'lineno', 1)}" if node is not None else ""
    return f"{file.relative_to(TOP)}{line}"


def words(name: str) -> set[str]:
    """Split a name in snake or camel case into its words."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", name)}


def tracked_files() -> list[Path]:
    """List the files that git tracks and that are there."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=TOP, capture_output=True, check=True).stdout.decode().split("\0")
    return [TOP / name for name in listed if name and (TOP / name).is_file()]


def text_of(file: Path) -> str:
    """Read a file as text; one that is not text is empty here."""
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def nothing(found: Iterable[str]) -> None:
    """Fail with every line that was found, one below the other."""
    lines = list(found)
    assert not lines, "\n" + "\n".join(lines)

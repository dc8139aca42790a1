"""Remove all that set-up and running made, outside this folder too; what is tracked stays."""

from __future__ import annotations

import shutil
from pathlib import Path

from refusion.doors.cli.errors import said_on_errors
from refusion.wiring.launcher import remove

TOP = Path(__file__).resolve().parent.parent
MADE = (
    "src/refusion/doors/web/static/vendor",
    "src/refusion/adapters/bank/schemas",
    "static-built",
    "build",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".hypothesis",
    ".import_linter_cache",
    ".coverage",
    "src/refusion.egg-info",
    ".venv",
)


def main() -> None:
    """Stop and remove the database first: while it is in use, nothing is removed."""
    with said_on_errors():
        remove()
    for file in [*TOP.glob("src/refusion/locale/*/LC_MESSAGES/*.mo"), *TOP.rglob("__pycache__")]:
        if ".venv" not in file.parts:
            discard(file)
    for name in MADE:
        discard(TOP / name)


def discard(place: Path) -> None:
    """Remove a file or a folder, where it is there."""
    if place.is_dir():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)


if __name__ == "__main__":
    main()

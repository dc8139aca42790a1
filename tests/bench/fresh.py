"""A fresh clone with nothing built: how long from `make demo` to its summary, packages being in the cache already."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import time
from pathlib import Path

from tests.bench.demo import NOTHING

Row = tuple[str, str, str, bool]
TOP = Path(__file__).resolve().parents[2]
LIMIT_SECONDS = 90
OURS = ("REFUSION_", "DATABASE_", "PYTHON", "VIRTUAL_ENV")
"""What this machine's environment says of an installation and must not reach another one."""


def measure() -> list[Row]:
    """Give the row of the bench table: what, measured, limit, whether the summary was right and came in time.

    A first clone fills the cache and is not measured.
    """
    with tempfile.TemporaryDirectory(prefix="refusion-fresh-") as folder:
        os.chmod(folder, 0o755)  # noqa: PTH101 - the server may have an account of its own that must reach its folder
        _cleaned(_clone(Path(folder) / "warm"), "setup")
        seconds, right = _demo(_clone(Path(folder) / "measured"))
    return [("fresh clone to demo summary, warm package cache", f"{seconds:.0f} s", f"{LIMIT_SECONDS} s", right and seconds <= LIMIT_SECONDS)]


def _clone(folder: Path) -> Path:
    subprocess.run(["git", "clone", "--quiet", str(TOP), str(folder)], check=True)
    return folder


def _demo(clone: Path) -> tuple[float, bool]:
    start = time.perf_counter()
    done = _make(clone, "demo", "SERVE=0")
    seconds = time.perf_counter() - start
    summary = clone / "summary.json"
    # A demo that is over is shown again, from its books.
    shown = subprocess.run(
        [clone / ".venv/bin/refusion", "demo", "--no-serve", "--json", summary], cwd=clone, env=_environment(), check=False
    )
    told = json.loads(summary.read_text(encoding="utf-8")) if shown.returncode == 0 else {}
    _make(clone, "clean")
    right = done.returncode == 0 and bool(told.get("claims_filed")) and not any(told[name] for name in NOTHING)
    return seconds, right


def _cleaned(clone: Path, target: str) -> None:
    _make(clone, target)
    _make(clone, "clean")


def _make(clone: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["make", "--no-print-directory", *words], cwd=clone, env=_environment(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False
    )


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(OURS)}

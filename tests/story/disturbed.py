"""Plays a demo undisturbed, or with SIGKILLs of the run, the database server and the twin on seeded days."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from typing import Any, TextIO

ROOT = Path(__file__).resolve().parents[2]
TARGETS = ("run", "server", "twin")
PATIENCE = 900


@dataclass(frozen=True)
class Kill:
    """What is killed, on the first day lived at or after which, how long into the day."""

    target: str
    day: date
    seconds: float


@dataclass
class Played:
    """What a demo came to: its canonical books, its outcome, its promises, and how it met each kill."""

    books: bytes
    outcome: dict[str, Any]
    promises: dict[str, dict[str, Any]]
    met: list[Kill] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def planned(seed: int, count: int, first: date, last: date) -> list[Kill]:
    """Plan kills, each target in turn, on days spread over the time."""
    luck = Random(seed)
    days = sorted(luck.sample(range(first.toordinal(), last.toordinal()), count))
    targets = [TARGETS[n % len(TARGETS)] for n in range(count)]
    luck.shuffle(targets)
    return [Kill(target, date.fromordinal(day), luck.random() * 0.3) for target, day in zip(targets, days, strict=True)]


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    """Give a fresh installation's folder and take away all that was made for it."""
    with tempfile.TemporaryDirectory(prefix="refusion-", ignore_cleanup_errors=True) as name:
        try:
            yield Path(name)
        finally:
            ask = "from refusion.wiring.launcher import remove; remove()"
            subprocess.run([sys.executable, "-c", ask], cwd=name, env=_environment({}), check=True)


def play(where: Path, kills: list[Kill], **settings: str) -> Played:
    """Play to the end, started again whenever it was killed."""
    played, left = Played(b"", {}, {}), list(kills)
    books, deadline = where / "books.json", time.monotonic() + PATIENCE
    while not books.exists():
        assert time.monotonic() < deadline, "the demo did not come to its end"
        _play_once(where, left, played, settings)
    told = json.loads(books.with_suffix(".outcome").read_text())
    played.books, played.outcome, played.promises = books.read_bytes(), told["outcome"], told["promises"]
    return played


def _play_once(where: Path, left: list[Kill], played: Played, settings: dict[str, str]) -> None:
    # A file takes the errors: a twin that outlives the run would hold a pipe open.
    with (where / "errors").open("w+") as errors, _started(where, settings, errors) as process:
        assert process.stdout is not None
        is_dying = False
        for line in process.stdout:
            if left and not is_dying and date.fromisoformat(line.strip()) >= left[0].day:
                kill = left.pop(0)
                time.sleep(kill.seconds)
                _kill(kill, process, where)
                played.met.append(kill)
                is_dying = kill.target != "twin"
        if process.wait(PATIENCE) != 0:
            played.errors.append((where / "errors").read_text())


def _started(where: Path, settings: dict[str, str], errors: TextIO) -> subprocess.Popen[str]:
    words = [sys.executable, str(ROOT / "tests/story/play.py"), "books.json"]
    return subprocess.Popen(
        words, cwd=where, env=_environment(settings), stdout=subprocess.PIPE, stderr=errors, text=True
    )


def _kill(kill: Kill, process: subprocess.Popen[str], where: Path) -> None:
    number = {"run": lambda: process.pid, "server": lambda: _server(where), "twin": lambda: _twin(where)}[kill.target]()
    os.kill(number, signal.SIGKILL)


def _server(where: Path) -> int:
    ask = "from refusion.wiring.launcher.places import places; print(places().cluster)"
    found = subprocess.run([sys.executable, "-c", ask], cwd=where, env=_environment({}), capture_output=True, text=True, check=True)
    return int((Path(found.stdout.strip()) / "postmaster.pid").read_text().split()[0])


def _twin(where: Path) -> int:
    return int((where / ".refusion/demo/nemrefusion.address").read_text().split()[1])


def _environment(settings: dict[str, str]) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key not in {"REFUSION_STATE", "DATABASE_URL"}}
    return kept | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"} | settings

"""Which processes live in a folder: the only sure way to know whether a database cluster is in use."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

PATIENCE = 2.0
LAST_PATIENCE = 10.0
PAUSE = 0.01


def living_in(folder: Path) -> frozenset[int]:
    """Give the live processes, zombies not among them, that have the folder as their working directory."""
    if not folder.exists():
        return frozenset()
    here = folder.stat()
    numbers = (int(entry) for entry in os.listdir("/proc") if entry.isdigit())
    return frozenset(number for number in numbers if _works_in(number, (here.st_dev, here.st_ino)) and not _is_zombie(number))


def _works_in(number: int, place: tuple[int, int]) -> bool:
    try:
        status = os.stat(f"/proc/{number}/cwd")
    except OSError:
        return False  # gone meanwhile, or somebody else's: not one of ours
    return (status.st_dev, status.st_ino) == place


def _is_zombie(number: int) -> bool:
    try:
        text = Path(f"/proc/{number}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return True  # gone meanwhile
    return text.rpartition(")")[2].split()[0] in {"Z", "X"}


def clear(folder: Path) -> bool:
    """Wait until nobody lives in the folder; orphans of a killed server that stay are asked to quit, then killed."""
    for patience, order in ((PATIENCE, signal.SIGQUIT), (PATIENCE, signal.SIGKILL), (LAST_PATIENCE, None)):
        if _empty_within(folder, patience):
            return True
        if order is not None:
            _order(living_in(folder), order)
    return False


def _empty_within(folder: Path, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while living_in(folder):
        if time.monotonic() > until:
            return False
        time.sleep(PAUSE)
    return True


def _order(numbers: frozenset[int], order: signal.Signals) -> None:
    for number in numbers:
        try:
            os.kill(number, order)
        except ProcessLookupError:
            continue  # it went by itself

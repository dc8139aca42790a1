"""How long a filing takes: message written, sent to the twin's own process, remembered there on disk, answer read."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from refusion.adapters.nemrefusion.authority import NemRefusion
from refusion.adapters.nemrefusion.client import Client
from refusion.rehearsal.host import Start
from refusion.rehearsal.process import spawn
from refusion.workflow.ports.authority import Accepted
from tests.adapters.nemrefusion.world import World, notification

Row = tuple[str, str, str, bool]
FILINGS = 300
LIMIT_MS = 5


def measure() -> list[Row]:
    """Give the rows of the bench table: what, measured, limit, whether the result was correct and within it."""
    with TemporaryDirectory() as folder:
        twin = spawn(Start("nemrefusion", Path(folder) / "twin.db", "2024-08-28"))
        client = Client(twin.address, 10)
        try:
            here = World(NemRefusion(client), twin.address)
            taken, right = _filed(here)
            complete = here.order("counts")["accepted"] == FILINGS
        finally:
            client.close()
            twin.stop()
    measured = median(taken) * 1000
    return [("one report filed with NemRefusion's twin", f"{measured:.1f} ms", f"{LIMIT_MS} ms", right and complete and measured <= LIMIT_MS)]


def _filed(here: World) -> tuple[list[float], bool]:
    taken, right = [], True
    for number in range(1, FILINGS + 1):
        start = perf_counter()
        outcome = here.file(notification(number))
        taken.append(perf_counter() - start)
        right = right and isinstance(outcome, Accepted)
    return taken, right

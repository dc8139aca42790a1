"""The twin's memory survives SIGKILL, and its list does not depend on the order or number of attempts."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

import pytest

from refusion.adapters.nemrefusion.authority import NemRefusion
from refusion.adapters.nemrefusion.client import Client
from refusion.rehearsal.host import Start
from refusion.rehearsal.process import TwinProcess, spawn
from refusion.workflow.ports.authority import Accepted, Found, NotFound
from refusion.workflow.ports.report import Report
from tests.adapters.nemrefusion.world import World, notification, world

EMPLOYEES = 25


def witness(here: World) -> str:
    """Write what the twin holds, without how often it was told."""
    items = here.order("accepted")["items"]
    lists = [here.order("decisions")["items"], here.order("payments")["items"]]
    return json.dumps([[{**item, "received": 0} for item in items], *lists], sort_keys=True)


def settled(here: World, filed: Report) -> bool:
    """Do what the house does: file, inquire when unknown, file again only when it is not there."""
    found = here.inquire(filed)
    if isinstance(found, Found):
        return True
    return isinstance(found, NotFound) and isinstance(here.file(filed), Accepted)


def year(here: World, order: list[int]) -> str:
    """File a notification and a claim for each employee, in an order, and give the list."""
    for number in order:
        while not settled(here, notification(number)):
            pass
    here.day("2024-10-01")
    for number in order:
        while not settled(here, here.claim(f"c{number}", "2024-08-31", "2024-09-30", number)):
            pass
    here.day("2024-11-15")
    return witness(here)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_list_follows_from_content_and_seed_and_not_from_the_order(seed: int) -> None:
    numbers = list(range(1, EMPLOYEES))
    shuffled = random.Random(seed).sample(numbers, len(numbers))
    with world() as one, world() as other:
        one.order("faults", rules=[{"kind": "drop", "per_mille": 200, "on": ["OpretRetIndberetninger"]}])
        assert year(one, numbers) == year(other, shuffled)


def spawned(file: Path, port: int = 0) -> TwinProcess:
    return spawn(Start("nemrefusion", file, "2024-08-28", port))


@dataclass
class Mortal:
    """A twin that is started again on the same port and memory whenever it was killed."""

    file: Path
    twin: TwinProcess

    def here(self) -> World:
        """See it as the house does."""
        return World(NemRefusion(Client(self.twin.address, 5)), self.twin.address)

    def revive(self) -> None:
        """Wait for its death and start it again."""
        self.twin.process.wait(10)
        self.twin.kill()
        self.twin = spawned(self.file, int(self.twin.address.rpartition(":")[2]))

    def settle(self, here: World, make: Callable[[int], Report], killed_after: float) -> None:
        """Settle a report for each employee while a kill falls somewhere into it."""
        kill = Timer(killed_after, self.twin.process.kill)
        kill.start()
        left, doomed = list(range(1, EMPLOYEES)), self.twin
        while left:
            try:
                if settled(here, make(left[0])):
                    left.pop(0)
                elif self.twin is doomed and kill.finished.is_set():
                    self.revive()
            except AssertionError:  # a claim can't be made while its notification can't be asked for
                self.revive()
        kill.join()
        if self.twin is doomed:
            self.revive()


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_killed_in_the_middle_it_ends_with_the_same_list(tmp_path: Path, seed: int) -> None:
    with world() as undisturbed:
        expected = year(undisturbed, list(range(1, EMPLOYEES)))
    chance = random.Random(seed)
    mortal = Mortal(tmp_path / "twin.db", spawned(tmp_path / "twin.db"))
    here = mortal.here()
    try:
        mortal.settle(here, notification, chance.uniform(0.005, 0.15))
        here.day("2024-10-01")
        mortal.settle(here, lambda n: here.claim(f"c{n}", "2024-08-31", "2024-09-30", n), chance.uniform(0.005, 0.15))
        here.day("2024-11-15")
        assert witness(here) == expected
        assert here.order("counts")["double_filings"] == 0
    finally:
        here.close()
        mortal.twin.kill()


def test_a_taken_port_and_a_strange_day_are_said(tmp_path: Path) -> None:
    twin = spawned(tmp_path / "one.db")
    try:
        with pytest.raises(OSError):
            spawned(tmp_path / "two.db", int(twin.address.rpartition(":")[2]))
        with pytest.raises(OSError):
            spawn(Start("nemrefusion", tmp_path / "three.db", "yesterday"))
    finally:
        twin.stop()
    assert twin.process.returncode == 0

"""The demo as a whole: one at a time, gone on with where it stopped, shown again when it is over, or begun anew."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from refusion.rehearsal.outside.authority import Manners, TwinAuthority
from refusion.rehearsal.profiles import Plan
from refusion.rehearsal.stage import staged
from refusion.rehearsal.summary import Outcome, outcome
from refusion.rehearsal.users import log_ins
from refusion.rehearsal.world import World
from refusion.values.said import Refused, Said, said
from refusion.wiring.database import ADDRESSES, APP, DATABASE
from refusion.wiring.demo import LogIn
from refusion.wiring.founding import enrolled
from refusion.wiring.launcher.places import places
from refusion.wiring.start import started

FOLDER, LOCK, SERVING = "demo", "running.lock", "serving.address"


@dataclass(frozen=True, slots=True)
class Show:
    """A demo that is set up: what the house knows as its running demo."""

    world: World
    users: tuple[LogIn, ...]

    def today(self) -> date:
        """Give the day that the demo stands at: the last one that is over."""
        return self.world.lived_until() or self.world.plan.first

    def next_day(self) -> date:
        """Live the next day and give it."""
        day = self.world.next_day()
        self.world.live_day(day)
        return day

    def log_ins(self) -> Sequence[LogIn]:
        """Name the demo's users."""
        return self.users

    def is_over(self) -> bool:
        """Tell whether the plan's last day has been lived."""
        return self.today() >= self.world.plan.last

    def play(self, tell: Callable[[date], None]) -> None:
        """Live the days that are left; ``tell`` hears each that is over."""
        self.world.live(self.world.plan.last, tell)

    def outcome(self) -> Outcome:
        """Sum up what the demo has come to."""
        return outcome(self.world.house, self.world.plan, self.world.authority, self.today())


@contextmanager
def show(plan: Plan, *, afresh: bool = False) -> Iterator[Show]:
    """Set the demo up on the embedded database, from nothing when ``afresh``.

    Raises Refused where a real database is named, and where a demo runs already, with the address that it serves at.
    """
    if os.environ.get(ADDRESSES[APP]):
        raise Refused(said("demo.real_database", variable=ADDRESSES[APP]))
    place = places().state / FOLDER
    with _alone(place), started():
        if afresh:
            _forget(plan, place)
        with staged(plan, place) as world:
            users = log_ins(plan)
            enrolled(users)
            world.authority.ensure()
            world.house.demo = shown = Show(world, users)
            yield shown


@contextmanager
def serving_at(address: str) -> Iterator[None]:
    """Leave word of where the demo is served, for a second one that asks."""
    note = places().state / FOLDER / SERVING
    note.write_text(address, encoding="utf-8")
    try:
        yield
    finally:
        note.unlink(missing_ok=True)


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    place.mkdir(parents=True, exist_ok=True)
    with (place / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(_who_runs(place)) from None
        (place / SERVING).unlink(missing_ok=True)
        yield


def _who_runs(place: Path) -> Said:
    note = place / SERVING
    address = note.read_text(encoding="utf-8") if note.exists() else ""
    return said("demo.served_at", address=address) if address else said("demo.runs_already")


def _forget(plan: Plan, place: Path) -> None:
    """Take everything away that an earlier demo left: the twin's memory and the database."""
    from refusion.wiring.database.clones import drop
    from refusion.wiring.database.preparation import prepare, superuser

    TwinAuthority(place, plan.first, Manners(str(plan.seed))).forget()
    with superuser() as connection:
        if connection is not None:
            drop(connection, DATABASE)
    prepare()

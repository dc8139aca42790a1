"""NAV's twin of the Norwegian demo in a process of its own: what persons apply for, its clock, its faults, its list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from refusion.adapters.nav.client import Client
from refusion.rehearsal.host import Start
from refusion.rehearsal.norway.leaves import Leave, Telling
from refusion.rehearsal.norway.people import born
from refusion.rehearsal.norway.profile import NorwegianPlan
from refusion.rehearsal.process import TwinProcess, spawn

PARTY = "nav"
PERCENT = 100


@dataclass(frozen=True, slots=True)
class Office:
    """The running twin and what carries the house's messages to it."""

    twin: TwinProcess
    client: Client
    plan: NorwegianPlan

    def day(self, day: date) -> None:
        """Move its clock to a day."""
        self.twin.order("clock", day=day.isoformat())

    def moment(self, now: datetime) -> None:
        """Move its clock on within a day."""
        self.twin.order("clock", now=now.isoformat())

    def hear(self, leave: Leave, telling: Telling) -> None:
        """Let the person apply, or apply for other days, or take the application back."""
        about = {"fnr": leave.person.national_number, "code": leave.code, "start": leave.first.isoformat()}
        if telling.withdrawn:
            self.twin.order("withdraw", **about)
            return
        degree, position = leave.degree // PERCENT, leave.person.position // PERCENT
        work = position - position * degree // PERCENT
        days = {"first": leave.first.isoformat(), "last": telling.last.isoformat()}
        graded = {"payout": degree, "position": position, "work": work}
        self.twin.order(
            "apply",
            **about,
            person_name=leave.person.name,
            coverage=leave.coverage // PERCENT,
            born=born(leave.person).isoformat(),
            periods=[{**days, **graded}],
            employers=list(self._employers(leave)),
        )

    def _employers(self, leave: Leave) -> Iterator[Mapping[str, object]]:
        yield {
            "workplace": self.plan.workplace,
            "organisation": self.plan.organisation,
            "account": self.plan.account,
            "income_ore": leave.person.pay,
        }
        if leave.other_pay:
            yield {"workplace": "983887457", "income_ore": leave.other_pay, "claim_ore": leave.other_pay, "asked": False}

    def owed(self, until: date) -> dict[str, Any]:
        """Give what it owes through a day by its own list, and what it will take back."""
        return self.twin.order("owed", until=until.isoformat())

    def paid(self, since: date, until: date) -> int:
        """Sum what it paid from one day to another, in øre."""
        items = self.twin.order("payments", **{"from": since.isoformat(), "to": until.isoformat()})["items"]
        return sum(int(one["amount_ore"]) for one in items)

    def counts(self) -> dict[str, Any]:
        """Give what it witnessed."""
        return self.twin.order("counts")


@contextmanager
def opened(plan: NorwegianPlan, place: Path) -> Iterator[Office]:
    """Start the twin with its memory in a folder, tell it how to behave, and stop it in the end."""
    place.mkdir(parents=True, exist_ok=True)
    memory = place / f"{PARTY}-{plan.code}.sqlite"
    twin = spawn(Start(PARTY, memory, plan.first.isoformat(), seed=str(plan.seed)))
    client = Client(twin.address)
    try:
        twin.order("set", **dict(plan.manners))
        twin.order("faults", rules=[asdict(fault) for fault in plan.faults])
        yield Office(twin, client, plan)
    finally:
        client.close()
        twin.stop()

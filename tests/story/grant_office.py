"""The office that pays a grant out, as the stories live it: a Swedish institution, its people, a clock that is set day by day."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from uuid import UUID, uuid5

from refusion.grants.course.records import Order
from refusion.grants.course.standing import Standing
from refusion.grants.reading import text_of
from refusion.store import institutions
from refusion.wiring.clock import HERE, SetClock
from refusion.wiring.house import House
from refusion.wiring.keys import open_vault
from refusion.wiring.parts import ports_of
from refusion.wiring.work import HouseWork
from refusion.workflow.grants.deciding import Proposal, batch_hash
from refusion.workflow.grants.papers import Heard, Table
from refusion.workflow.grants.paying import Wanted
from refusion.workflow.grants.reporting import Report
from refusion.workflow.ports.institution import Actor, Institution, Settings

MADE_UP = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "grant-made-up.csv"
NAMESPACE = UUID("0b1f0c0a-6a6e-5d0c-8f0a-0f6f1d1f2a19")
CODE, NAME = "GRANT", "se-2013"
ANNA = Actor("anna", frozenset({"grant_administrator"}))
BO = Actor("bo", frozenset({"grant_approver"}))
GOTLAND = Actor("gun", frozenset({"county_reporter"}))
STATISTICS = ("county", "population", "population_day", "net_days_2012", "net_days_2013", "new_grants_2012", "new_grants_2013")
SHARES = ("county", "share_ok_2012", "share_ok_2013")
LATE = frozenset({"25"})
WITHOUT_VIOLENCE_PLAN = "22"


def made_up() -> list[dict[str, str]]:
    """Give the made-up facts of the how-to."""
    with MADE_UP.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def columns(names: Sequence[str], **more: str) -> list[dict[str, str]]:
    """Give some columns of the made-up facts of the counties."""
    return [{**{name: row[name] for name in names}, **more} for row in made_up() if row["county"] != "00"]


@dataclass(slots=True)
class Office:
    """The office with its house; ``day`` is set by the story."""

    house: House
    day: date

    def on(self, day: str, hour: int = 9) -> Office:
        """Go to a day."""
        self.day = date.fromisoformat(day)
        clock = SetClock(self.day)
        ports = self.house.ports
        work = HouseWork(clock, open_vault(), HERE, must_note=True)
        self.house = House(replace(ports, clock=clock, work=work))
        return self

    @property
    def standing(self) -> Standing:
        """Give the agreement as it stands."""
        return self.house.agreement(ANNA, CODE, NAME)

    def count(self, state: str) -> int:
        """Count the matters that took their last step into a state."""
        last = {(step.pot, step.who): step.state for step in self.standing.steps}
        return sum(found == state for found in last.values())

    def opens(self) -> None:
        """Open the agreement of 2013."""
        self.house.open_agreement(ANNA, CODE, text_of(NAME), NAME)

    def approvals(self, *names: str) -> None:
        """Record approvals under made-up diary numbers."""
        for name in names:
            self.house.record_approval(ANNA, CODE, NAME, (name, self.day, f"dnr {name}"))

    def requires(self, *pots: str) -> None:
        """Set requirements after consulting SKL, and send them the same day."""
        for pot in pots:
            heard = Heard("SKL", self.day, f"minutes {pot}", self.day)
            self.house.set_requirement(ANNA, CODE, NAME, (pot, self.day, f"requirement {pot}"), heard)

    def evidence(self, pot: str, *without: str) -> Mapping[str, str]:
        """Give made-up evidence for every check of a condition."""
        kinds = {"precondition", "required", "integration", "national"}
        checks = [check.id for check in self.standing.agreement.checks if check.pot == pot and check.kind in kinds]
        return {check: f"document {check}" for check in checks if check not in without}

    def reports(self, pot: str, *whos: str, without: Sequence[str] = ()) -> None:
        """Register reports of counties."""
        evidence = self.evidence(pot, *without)
        for who in whos:
            self.house.register_report(ANNA, CODE, NAME, Report(pot, who, f"{pot}/{who}/{self.day}", None, evidence))

    def decides(self, pot: str, *whos: str, fulfilled: bool = True, reason: str = "complete") -> None:
        """Propose and approve decisions."""
        consulted = "Socialstyrelsen" if pot == "condition_2" else ""
        proposed = self.house.propose_decisions(ANNA, CODE, NAME, Proposal(pot, whos, fulfilled, reason, consulted))
        self.house.approve_decisions(BO, CODE, NAME, pot, batch_hash(proposed)[:12])

    def statistics(self, names: Sequence[str], day: str = "2013-12-31", **more: str) -> None:
        """Bring statistics of the made-up facts."""
        table = Table(columns(names, **more), "made-up.csv", 2, date.fromisoformat(day), "made up for rehearsal")
        self.house.add_statistics(ANNA, CODE, NAME, table)

    def orders(self, orders: Sequence[Order]) -> tuple[int, int]:
        """Bring a file of orders."""
        return self.house.absorb_orders(ANNA, CODE, NAME, list(enumerate(orders, 2)), "orders.csv")

    def pays(self, *pots: str, on: date | None = None) -> int:
        """Propose, approve and pay a run; gives its number."""
        run = self.house.propose_run(ANNA, CODE, NAME, Wanted(pots, on))
        self.house.approve_run(BO, CODE, NAME, run.number, run.content_hash[:12])
        self.house.pay_run(ANNA, CODE, NAME, run.number)
        return run.number


@contextmanager
def grant_office() -> Iterator[Office]:
    """Found the institution on the database at hand."""
    facts = Institution(0, CODE, "Försäkringskassan", uuid5(NAMESPACE, CODE), "2021005521", "1", "sweden", "SEK", "sv", Settings())
    institutions.create(facts, open_vault().new_institution_keys())
    house = House(ports_of(clock=SetClock(date(2012, 12, 12))))
    yield Office(house, date(2012, 12, 12)).on("2012-12-12")


def instant(text: str) -> datetime:
    """Give an instant of local time."""
    return datetime.fromisoformat(text).replace(tzinfo=HERE)

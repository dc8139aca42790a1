"""The Norwegian year: SAP tells, persons apply, the house works with NAV, runs are closed, people explain what differs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from refusion.rehearsal.norway import feed
from refusion.rehearsal.norway.leaves import Leave, Telling, leaves
from refusion.rehearsal.norway.office import Office
from refusion.rehearsal.norway.people import Person, workforce
from refusion.rehearsal.norway.profile import NorwegianPlan
from refusion.rehearsal.outside.clock import VirtualClock
from refusion.settlements.nav_items.item import Nature
from refusion.values.period import first_of_month, months_after
from refusion.watch.facts import Kind, Task
from refusion.wiring.house import House
from refusion.workflow.ports.institution import HOUSE, Actor
from refusion.workflow.ports.norway.sap import RunKind

PEOPLE, DAY = "norway people", "norway day"
FRIDAY, MONDAY, PAY_TOLD = 4, 0, 10
RUN_DAYS = {RunKind.MAIN: 15, RunKind.CORRECTION: 26}
CASEWORK = Actor("saksbehandler", frozenset({"caseworker"}))
ACCOUNTS = Actor("regnskap", frozenset({"accountant"}))
RENEWED, MOST_ROUNDS = 730, 8
EXPLAINED = "NAVs vedtak er gjennomgått og godtatt"


@dataclass
class NorwegianWorld:
    """The house, its clock, NAV's twin and the truth of a plan."""

    house: House
    plan: NorwegianPlan
    clock: VirtualClock
    office: Office
    told: int = field(default=0)

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """Everybody who works there."""
        return workforce(self.plan)

    @cached_property
    def leaves(self) -> tuple[Leave, ...]:
        """Everybody who is away."""
        return leaves(self.plan, self.people)

    def lived_until(self) -> date | None:
        """Give the last day that is over."""
        return self.house.last_done(HOUSE, self.plan.code, DAY)

    def live(self, tell: Callable[[date], None] = lambda _day: None) -> None:
        """Live the days that are left; a day that was interrupted is lived again, to no other effect."""
        over = self.lived_until()
        day = self.plan.first if over is None else over + timedelta(days=1)
        while day <= self.plan.last:
            self._live(day)
            self.house.mark_step(HOUSE, self.plan.code, day, DAY)
            tell(day)
            day += timedelta(days=1)

    def _live(self, day: date) -> None:
        self.clock.begin(day)
        self.office.day(day)
        heard = list(self._told(day))
        self._sap(day, heard)
        for leave, telling in heard:
            self.office.hear(leave, telling)
        runs = [kind for kind in RUN_DAYS if run_day(day, kind) == day]
        if day.weekday() == MONDAY or runs:
            self._work_with_nav()
        for kind in runs:
            self.house.close_nav_run(HOUSE, self.plan.code, kind, day)

    def _work_with_nav(self) -> None:
        """Work in rounds until NAV has said yes or no to what was sent, as the worker does by itself."""
        for _ in range(MOST_ROUNDS):
            if not self.house.nav_day(HOUSE, self.plan.code).waiting:
                break
            self.clock.next_round()
            self.office.moment(self.clock.now())
        self._explain()

    def _sap(self, day: date, heard: list[tuple[Leave, Telling]]) -> None:
        code, plan = self.plan.code, self.plan
        if day == plan.first:
            self._absorb("sap-employments", feed.employments(plan, self.people, {}, day))
            self._absorb("sap-allocations", feed.allocations(plan, self.people))
            before = [months_after(first_of_month(day), -back) for back in (3, 2, 1)]
            self._absorb("sap-pay", feed.pay(plan, self.people, before, day))
        if day.day == PAY_TOLD:
            self._absorb("sap-pay", feed.pay(plan, self.people, [first_of_month(day)], day))
        ends = {leave.person.number: _ends(telling) for leave, telling in heard if _tells_of_contract(leave, telling)}
        if ends:
            known = [leave.person for leave, _ in heard if leave.person.number in ends]
            self._absorb("sap-employments", feed.employments(plan, known, ends, day))
        if heard:
            self.house.absorb_sap(HOUSE, code, "sap-absences", f"absences-{day}.csv", feed.absences(plan, heard))

    def _absorb(self, kind: str, raw: bytes) -> None:
        self.house.absorb_sap(HOUSE, self.plan.code, kind, f"{kind}-{self.clock.today()}.csv", raw)

    def _told(self, day: date) -> Iterator[tuple[Leave, Telling]]:
        """Give what SAP and NAV hear on a day."""
        for leave in self.leaves:
            for telling in leave.tellings:
                if telling.on == day:
                    yield leave, telling

    def _explain(self) -> None:
        """Let people look at what differs, and at what NAV refused."""
        for task in self._tasks((Kind.NAV_DIFFERENCE, Kind.NAV_NOTICE)):
            facts = task.said.facts
            case = facts.get("case")
            if task.kind is Kind.NAV_NOTICE and isinstance(case, int):
                self.house.retry_nav_notice(CASEWORK, self.plan.code, case)
            elif isinstance(case, int) and isinstance(month := facts["month"], date):
                nature = Nature.HOLIDAY if task.said.key.endswith("holiday") else Nature.BENEFIT
                self.house.explain_nav_difference(ACCOUNTS, self.plan.code, (case, month, nature), EXPLAINED)

    def _tasks(self, kinds: Iterable[Kind]) -> list[Task]:
        with self.house.ports.work(self.plan.code, HOUSE) as tx:
            return [task for task in tx.tasks.open_tasks() if task.kind in kinds]


def run_day(day: date, kind: RunKind) -> date:
    """Give the day of a month's run: the 15th or the 26th, or the Friday before."""
    found = day.replace(day=RUN_DAYS[kind])
    return found - timedelta(days=max(0, found.weekday() - FRIDAY))


def _tells_of_contract(leave: Leave, telling: Telling) -> bool:
    return any(each.contract_ends for each in leave.tellings) and telling is not leave.tellings[0]


def _ends(telling: Telling) -> date:
    """Give the contract's last day; a renewed one ends much later."""
    return telling.contract_ends or telling.last + timedelta(days=RENEWED)

"""A Norwegian institution on a fresh database with NAV's twin behind a real socket; SAP is told row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from uuid import UUID, uuid5

from refusion.absences.norwegian import WHOLE, AbsenceTold, AllocationTold, Benefit, EmploymentTold, FeedRow, PayTold
from refusion.adapters.nav.reading import SettlementFiles
from refusion.store import institutions
from refusion.values.period import months_after
from refusion.wiring.abroad.norway import norwegian_world
from refusion.wiring.clock import HERE, SetClock
from refusion.wiring.keys import open_vault
from refusion.wiring.parts import ports_of
from refusion.workflow.nav.absorb import SapAbsorbed, absorb_sap
from refusion.workflow.nav.plan import plan_notices, poll_requests
from refusion.workflow.nav.reports import Polled, poll_reports
from refusion.workflow.nav.run import Closing, close_run
from refusion.workflow.nav.send import send_notices
from refusion.workflow.ports.institution import HOUSE, Institution, Settings
from refusion.workflow.ports.norway.sap import RunKind
from refusion.workflow.ports.norway.world import NorwegianWorld
from refusion.workflow.ports.work import Ports
from tests.adapters.nav.world import ACCOUNT, HEAD, WORKPLACE, World, person

ROOT = UUID("2c7b1a52-33f4-5a39-9f43-6b2b6f0a1c10")
CODE = "UIO"
INCOME = 5_000_000


@dataclass
class ToldRows:
    """A feed whose file names stand for rows."""

    rows: dict[str, Sequence[FeedRow]] = field(default_factory=dict)

    def read(self, kind: str, name: str, raw: bytes, institution: str, mapping: Path | None = None) -> tuple[FeedRow, ...]:
        """Give the rows of a name."""
        return tuple(self.rows[name])


@dataclass
class Uio:
    """The institution, its clock, and NAV."""

    ports: Ports
    clock: SetClock
    nav: World
    feed: ToldRows
    files: int = 0

    def on(self, day: str) -> None:
        """Let a day come, here and at NAV."""
        self.clock.day = date.fromisoformat(day)
        self.nav.day(day)

    def told(self, kind: str, *rows: FeedRow) -> SapAbsorbed:
        """Let SAP tell rows."""
        self.files += 1
        name = f"{kind}-{self.files}.csv"
        self.feed.rows[name] = rows
        return absorb_sap(self.ports, HOUSE, CODE, (kind, name, name.encode()))

    def employs(self, number: int = 1, *, income: int = INCOME, ends: date | None = None, since: date = date(2020, 1, 1)) -> None:
        """Let SAP tell of a person with a year's pay."""
        told = EmploymentTold(
            f"{number:05d}", person(number), f"Prøve {number}", since, ends, ends is not None, WORKPLACE, "HF", WHOLE, date(2025, 10, 1)
        )
        self.told("sap-employments", told)
        months = [months_after(date(2025, 10, 1), n) for n in range(15)]
        self.told("sap-pay", *(PayTold(told.number, month, income, income, 0, month) for month in months))

    def away(self, number: int, first: str, last: str | None, benefit: Benefit = Benefit.PARENTAL_BIRTH, **more: object) -> SapAbsorbed:
        """Let SAP tell of an absence."""
        day = date.fromisoformat
        told = AbsenceTold(
            f"{number:05d}",
            "1",
            benefit,
            day(first),
            None if last is None else day(last),
            WHOLE,
            None if benefit is Benefit.SICKNESS else 100,
            day(first),
            withdrawn=False,
            registered_on=self.clock.now().date(),
        )
        return self.told("sap-absences", replace(told, **more))  # type: ignore[arg-type]

    def costs(self, number: int, *shares: tuple[str, str, int]) -> None:
        """Let SAP tell who carries the cost."""
        first = date(2020, 1, 1)
        self.told("sap-allocations", *(AllocationTold(f"{number:05d}", first, None, centre, project, share, first) for centre, project, share in shares))

    def notify(self) -> None:
        """Let notices go until NAV has accepted them."""
        poll_requests(self.ports, HOUSE, CODE)
        plan_notices(self.ports, HOUSE, CODE)
        send_notices(self.ports, HOUSE, CODE)

    def reports(self) -> Polled:
        """Ask NAV for reports."""
        return poll_reports(self.ports, HOUSE, CODE)

    def run(self, month: str, kind: RunKind = RunKind.MAIN) -> Closing:
        """Close a run."""
        return close_run(self.ports, HOUSE, CODE, kind, date.fromisoformat(f"{month}-01"))

    def balances(self) -> dict[str, int]:
        """Sum the postings by account."""
        sums: dict[str, int] = {}
        with self.ports.work(CODE, HOUSE) as tx:
            for line in tx.norway.books.lines():
                sums[line.account] = sums.get(line.account, 0) + line.amount
        return sums

    def tasks(self) -> list[str]:
        """Name what the open tasks say."""
        with self.ports.work(CODE, HOUSE) as tx:
            return sorted(task.said.key for task in tx.tasks.open_tasks())


@contextmanager
def uio(nav: World, day: str = "2026-01-12", *, wired: bool = False) -> Iterator[Uio]:
    """Found the institution; ``wired`` reads SAP's real files instead of told rows."""
    facts = Institution(0, CODE, "Universitetet", uuid5(ROOT, CODE), HEAD, WORKPLACE, "norway", "NOK", "en", Settings())
    institutions.create(facts, open_vault().new_institution_keys())
    clock = SetClock(date.fromisoformat(day))
    feed = ToldRows()
    real = norwegian_world()
    told = NorwegianWorld(SettlementFiles(), real.feed if wired else feed, real.files, nav.nav)
    ports = replace(ports_of(clock), zone=HERE, norway=told)
    with ports.work(CODE, HOUSE) as tx:
        tx.norway.facts.decide("profile", "uio")
        tx.audit.note("nav_setting", "profile", {})
    yield Uio(ports, clock, nav, feed)


__all__ = ["ACCOUNT", "CODE", "HEAD", "WORKPLACE", "Uio", "person", "uio"]

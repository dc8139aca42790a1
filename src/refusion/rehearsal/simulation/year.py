"""Lives one institution-year from its first day to its judgement, in a database of its own."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

from refusion.rehearsal.books import canonical
from refusion.rehearsal.simulation.judge import Complaint, Judged, complain, judged
from refusion.rehearsal.simulation.plan import DAYS, YearPlan, year_plan
from refusion.rehearsal.simulation.storm import Storm
from refusion.rehearsal.simulation.trace import Trace

ONE_DAY = timedelta(days=1)
Tell = Callable[[date], None]


@dataclass(frozen=True, slots=True)
class Order:
    """Which year to live: its seed, its number, about how many employees, and with how many days of new absences."""

    seed: int
    number: int
    employees: int
    days: int = DAYS


@dataclass(frozen=True, slots=True)
class Lived:
    """What a year came to. ``complaints`` is empty when all is as it must be; ``day`` the last one that was lived."""

    number: int
    day: str
    employees: int
    first_day: str
    cases: int
    claims_filed: int
    messages: int
    deaths: int
    places: int
    places_died_at: int
    outage_ended_on: str
    requested_ore: int
    received_ore: int
    lost_in_time_ore: int
    lost_learned_too_late_ore: int
    double_filings: int
    complaints: tuple[Complaint, ...]
    trace_sha256: str
    trace: bytes = b""

    def as_json(self) -> dict[str, object]:
        """Give the keys and values as JSON writes them; the trace is a file of its own."""
        told = {name: value for name, value in asdict(self).items() if name != "trace"}
        return told | {"complaints": [one.as_json() for one in self.complaints]}


def lived(order: Order, tell: Tell = lambda _day: None) -> Lived:
    """Live a year in a fresh database of the private server, and judge it; ``tell`` hears each day that is over."""
    from refusion.wiring.database.clones import cloned

    plan = year_plan(order.seed, order.number, order.employees, order.days)
    with cloned():
        storm = Storm(plan, Trace())
        return _told(storm, plan, _through(storm, plan, tell))


def _through(storm: Storm, plan: YearPlan, tell: Tell) -> Judged | Complaint:
    """Live every day; gives the judgement, or what broke on the day that could not be lived."""
    day = plan.profile.first
    try:
        while day <= plan.until:
            storm.live(day)
            tell(day)
            day += ONE_DAY
        return judged(storm)
    except Exception as broke:  # noqa: BLE001 (whatever breaks is a complaint about this year; the others are still lived)
        last = traceback.extract_tb(broke.__traceback__)[-1]
        place = f"{Path(last.filename).name}:{last.lineno}"
        return complain("broke", kind=type(broke).__name__, reason=str(broke), place=place)


def _told(storm: Storm, plan: YearPlan, came_to: Judged | Complaint) -> Lived:
    complaints = (came_to,) if isinstance(came_to, Complaint) else came_to.complaints
    counted, found = (None, None) if isinstance(came_to, Complaint) else (came_to.summary, came_to.findings)
    books = sha256(canonical(storm.house(), [plan.profile.code], storm.authority)).hexdigest()
    storm.trace.tell(storm.now, "books", books, *(one.as_json() for one in complaints))
    raw = storm.trace.raw()
    return Lived(
        number=plan.number,
        day=storm.today.isoformat(),
        employees=plan.profile.employees,
        first_day=plan.profile.first.isoformat(),
        cases=counted.cases if counted else 0,
        claims_filed=counted.claims_filed if counted else 0,
        messages=storm.messages,
        deaths=sum(storm.fate.deaths.values()),
        places=len(storm.fate.visits),
        places_died_at=len(storm.fate.deaths),
        outage_ended_on=plan.deadline.isoformat() if plan.deadline else "",
        requested_ore=counted.requested if counted else 0,
        received_ore=counted.received if counted else 0,
        lost_in_time_ore=found.lost_ore if found else 0,
        lost_learned_too_late_ore=found.unavoidable_lost_ore if found else 0,
        double_filings=found.double_filings if found else 0,
        complaints=complaints,
        trace_sha256=sha256(raw).hexdigest(),
        trace=raw,
    )

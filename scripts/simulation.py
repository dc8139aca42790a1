"""Live a hundred simulated institution-years and write down what they came to, as they come: the body of ``make simulation``."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from refusion.rehearsal.simulation.year import Lived

TOP = Path(__file__).resolve().parent.parent
PAGE = TOP / "docs" / "reference" / "simulation.md"
TEXT = """# What the simulation found

`make simulation` lives institution-years with every kind of fault and judges each by the authority's own list
([how and what](../how-to/simulate-years.md)). This page is written by it; every row is what that run came to.

| | |
|---|---|
| day of the run | {day} |
| seed | {seed} |
| institution-years | {years} of {asked} asked for |
| employees for each | about {employees} |
| it took | {seconds} s with {processes} processes |
| cases, claims filed | {cases:,}, {claims:,} |
| messages to the authority | {messages:,} |
| times the house was killed and started again | {deaths:,} |
| places at which it commits or sends, died at | {died_at} of {places} in the year that met most |
| lost though known 15 days before the deadline | {lost:,} øre |
| lost because payroll told later than that | {late:,} øre |
| filed twice | {double} |
| years with any complaint | {failed} |

| year | first day | employees | claims | killed | outage ended on | received, øre | complaints | trace |
|---|---|---|---|---|---|---|---|---|
{rows}
"""


def row_of(one: Lived) -> str:
    """Write a year's row."""
    complaints = ", ".join(sorted({complaint.about for complaint in one.complaints})) or "none"
    cells = (one.number, one.first_day, one.employees, one.claims_filed, one.deaths, one.outage_ended_on or "no deadline")
    return f"| {' | '.join(map(str, cells))} | {one.received_ore} | {complaints} | {one.trace_sha256[:12]} |"


def page_of(asked: argparse.Namespace, lived: Sequence[Lived], seconds: float) -> str:
    """Write the page of the years that are over."""
    widest = max(lived, key=lambda one: one.places_died_at)
    return TEXT.format(
        day=asked.day,
        seed=asked.seed,
        years=len(lived),
        asked=asked.years,
        employees=asked.employees,
        seconds=round(seconds),
        processes=asked.processes,
        cases=sum(one.cases for one in lived),
        claims=sum(one.claims_filed for one in lived),
        messages=sum(one.messages for one in lived),
        deaths=sum(one.deaths for one in lived),
        died_at=widest.places_died_at,
        places=widest.places,
        lost=sum(one.lost_in_time_ore for one in lived),
        late=sum(one.lost_learned_too_late_ore for one in lived),
        double=sum(one.double_filings for one in lived),
        failed=sum(bool(one.complaints) for one in lived),
        rows="\n".join(row_of(one) for one in sorted(lived, key=lambda one: one.number)),
    )


def asked_for() -> argparse.Namespace:
    """Read what is asked for."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--years", type=int, default=100)
    wanted.add_argument("--seed", type=int, default=20_261_122)
    wanted.add_argument("--employees", type=int, default=150)
    wanted.add_argument("--day", required=True, help="the day of this run, as it shall stand in the page")
    wanted.add_argument("--page", type=Path, default=PAGE)
    wanted.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    return wanted.parse_args()


def main() -> int:
    """Live them all; exit code 1 when there is any complaint."""
    asked = asked_for()
    sys.path.insert(0, str(TOP / "src"))
    from refusion.rehearsal.simulation.run import Simulation, simulate

    began, lived = time.perf_counter(), []

    def hear(one: Lived) -> None:
        lived.append(one)
        asked.page.write_text(page_of(asked, lived, time.perf_counter() - began), encoding="utf-8")
        said = "holds" if not one.complaints else f"does not hold: {[complaint.as_json() for complaint in one.complaints]}"
        print(f"{time.perf_counter() - began:6.0f} s  year {one.number} {said}", flush=True)
        if one.complaints:
            print(f"          refusion simulate --seed {asked.seed} --year {one.number} --employees {asked.employees}", flush=True)

    simulate(Simulation(asked.seed, asked.years, asked.employees, processes=asked.processes), hear)
    return 1 if any(one.complaints for one in lived) else 0


if __name__ == "__main__":
    raise SystemExit(main())

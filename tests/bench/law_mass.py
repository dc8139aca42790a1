"""How fast the law answers for very many rows, beside OpenFisca-Core and a kernel written by hand; each checked exact first.

All engines take turns in one process and are compared round by round by the processor's time, all on one thread;
the compiled rules are told on one thread and measured against OpenFisca by the clock, on all the processors there are.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import fields
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import numpy as np

from refusion.law.denmark.sickness.amount import claim_amount
from refusion.law.denmark.sickness.batch import WeekAmounts, WeekColumns, weeks
from refusion.law.engine.explanation import Explanation
from refusion.law.engine.tape import explaining
from refusion.law.norway.batch import NEVER, Refunds
from refusion.law.norway.parental.claims import Leaves, leaves
from refusion.values.period import Period

Row = tuple[str, str, str, bool]
Work = Callable[[], object]
Times = tuple[float, float]
Taken = dict[str, list[Times]]
PROCESSOR, CLOCK = 0, 1
TOP = Path(__file__).resolve().parents[2]
NEEDED = {"the extra mass": "numba", "OpenFisca-Core": "openfisca_core"}
LACKING = [name for name, package in NEEDED.items() if find_spec(package) is None]
PERSONS, BATCH, ROUNDS, SEED = 500_000, 1 << 16, 9, 1
WEEKS = ("2025-W10", "2025-W11", "2025-W12", "2025-W13")
MONTH = Period(date(2025, 3, 1), date(2025, 3, 31))
HOURLY = range(5_000, 25_000, 1_000)
TIMES_NUMPY, TIMES_MASS, TIMES_BY_HAND, TIMES_TRACE = 3, 8, 3, 25
THREADS = os.cpu_count() or 1
IMPORT_SECONDS, BATCH_MEBIBYTES = 0.1, 16


def measure() -> list[Row]:
    """Give the rows of the bench table: what, measured, limit, whether the result was correct and within it."""
    if LACKING:
        return [("mass calculation beside OpenFisca", f"not measured: {' and '.join(LACKING)} (make extras)", "measured", False)]
    return [*danish_sickness(), *norwegian_parental(), one_case_beside_a_trace(), memory_of_a_stream(), import_of_the_law()]


def danish_sickness() -> list[Row]:
    """Measure weeks of sickness: the product on NumPy alone and compiled, OpenFisca with and without loading, a kernel by hand."""
    from tests.bench.peers import by_hand
    from tests.bench.peers import openfisca_denmark as openfisca

    chance = np.random.default_rng(SEED)
    by_week = {week: drawn_weeks(chance, week) for week in WEEKS}
    parts = [part for columns in by_week.values() for part in in_batches(columns)]
    large = [part for columns in by_week.values() for part in in_batches(columns, THREADS)]
    package, given = openfisca.system(), {week: openfisca.facts(columns) for week, columns in by_week.items()}
    expected = [weeks(columns) for columns in by_week.values()]
    correct = all(
        np.array_equal(theirs[0], ours.refund) and np.array_equal(theirs[1], ours.supplement)
        for theirs, ours in zip(openfisca.calculated(openfisca.loaded(package, given), WEEKS), expected, strict=True)
    ) and all(alike(weeks(part, compiled=True), weeks(part)) for part in parts)
    facts = [(*columns_of(part), *by_hand.made(part.first_day.size)) for part in parts]
    taken = in_turns(
        whole=lambda: openfisca.calculated(openfisca.loaded(package, given), WEEKS),
        numpy=lambda: streamed(weeks, parts),
        mass=lambda: streamed(weeks, parts, compiled=True),
        threads=lambda: streamed(weeks, large, compiled=True, threads=THREADS),
        hand=lambda: [by_hand.kernel(*row) for row in facts],
        calc=(lambda: openfisca.loaded(package, given), lambda simulation: openfisca.calculated(simulation, WEEKS)),
    )
    correct = correct and all(
        np.array_equal(made, getattr(weeks(part), name))
        for part, row in zip(parts, facts, strict=True)
        for made, name in zip(row[-3:], ("refundable_days", "refund", "supplement"), strict=True)
    )
    times = ratio(taken["mass"], taken["hand"])
    return [
        *beside("Danish sickness", taken, PERSONS * len(WEEKS), correct),
        (
            "Danish sickness compiled, beside a kernel by hand",
            f"{times:.1f} times its time",
            f"{TIMES_BY_HAND} times",
            correct and times <= TIMES_BY_HAND,
        ),
    ]


def norwegian_parental() -> list[Row]:
    """Measure a month of parental leaves in the same way."""
    from tests.bench.peers import openfisca_norway as openfisca

    columns = drawn_leaves(np.random.default_rng(SEED))
    parts, package, month = in_batches(columns), openfisca.system(), "2025-03"
    expected, given = leaves(columns), openfisca.facts(columns)
    theirs = openfisca.calculated(openfisca.loaded(package, month, given), month)
    correct = all(np.array_equal(made, getattr(expected, name)) for made, name in zip(theirs, openfisca.GIVES, strict=True))
    correct = correct and all(alike(leaves(part, compiled=True), leaves(part)) for part in parts)
    taken = in_turns(
        whole=lambda: openfisca.calculated(openfisca.loaded(package, month, given), month),
        numpy=lambda: streamed(leaves, parts),
        mass=lambda: streamed(leaves, parts, compiled=True),
        threads=lambda: streamed(leaves, in_batches(columns, THREADS), compiled=True, threads=THREADS),
        calc=(lambda: openfisca.loaded(package, month, given), lambda simulation: openfisca.calculated(simulation, month)),
    )
    return beside("Norwegian parental benefit", taken, PERSONS, correct)


def beside(what: str, taken: Taken, rows: int, correct: bool) -> list[Row]:
    """Compare with OpenFisca from facts to amounts; its calculation without loading the facts is told beside."""
    alone, bare = ratio(taken["whole"], taken["numpy"]), ratio(taken["calc"], taken["numpy"])
    single, clocked = ratio(taken["whole"], taken["mass"]), ratio(taken["whole"], taken["threads"], CLOCK)
    bare_clocked = ratio(taken["calc"], taken["threads"], CLOCK)
    clocked_speed = speed(taken["threads"], rows, CLOCK)
    return [
        (
            f"{what}, NumPy alone, beside OpenFisca-Core",
            f"{alone:.1f} times ({bare:.1f} without loading its facts), {speed(taken['numpy'], rows)} million rows/s",
            f"{TIMES_NUMPY} times",
            correct and alone >= TIMES_NUMPY,
        ),
        (
            f"{what}, compiled, {THREADS} threads, beside OpenFisca-Core",
            f"{clocked:.1f} times ({bare_clocked:.1f} without loading its facts; on one thread {single:.1f}), {clocked_speed} million rows/s",
            f"{TIMES_MASS} times",
            correct and clocked >= TIMES_MASS,
        ),
    ]


def speed(taken: list[Times], rows: int, clock: int = PROCESSOR) -> str:
    """Write how many million rows a second's median round gives."""
    return f"{rows / median(times[clock] for times in taken) / 1_000_000:.0f}"


def one_case_beside_a_trace() -> Row:
    """Explain a month's claim of some persons, and let OpenFisca trace the same ones, one by one, and write the trace's lines."""
    from tests.bench.peers import openfisca_denmark as openfisca

    package, weeks_of_month = openfisca.system(), [(f"{week.first:%G-W%V}", week) for week in MONTH.weeks()]
    given = [{name: openfisca.facts(one_week(week, hourly)) for name, week in weeks_of_month} for hourly in HOURLY]
    names = tuple(name for name, _ in weeks_of_month)

    def loaded() -> list:
        return [openfisca.loaded(package, by_week, trace=True) for by_week in given]

    def traced(simulations: list) -> list[int]:
        refunds = [sum(int(refund[0]) for refund, _ in openfisca.calculated(simulation, names)) for simulation in simulations]
        assert all(simulation.tracer.computation_log.lines() for simulation in simulations)
        return refunds

    told = [explained(hourly) for hourly in HOURLY]
    correct = traced(loaded()) == [explanation.result.refund for explanation in told]
    correct = correct and all(len(explanation.steps) == len(names) + 1 for explanation in told)
    taken = in_turns(
        ours=lambda: [explained(hourly).steps for hourly in HOURLY],
        written=lambda: [explained(hourly).as_tree() for hourly in HOURLY],
        whole=lambda: traced(loaded()),
        trace=(loaded, traced),
    )
    found, written = ratio(taken["trace"], taken["ours"]), ratio(taken["trace"], taken["written"])
    loading = ratio(taken["whole"], taken["ours"])
    milliseconds = median(times[PROCESSOR] for times in taken["ours"]) / len(HOURLY) * 1000
    row = f"{found:.0f} times ({milliseconds:.2f} ms; {loading:.0f} with loading its facts; {written:.0f} with ours written as text too)"
    return ("one case explained, beside OpenFisca's trace", row, f"{TIMES_TRACE} times", correct and found >= TIMES_TRACE)


def explained(hourly: int) -> Explanation:
    """Explain the claim of a month."""
    with explaining() as tape:
        claim_amount(MONTH, 3700, hourly, 10_000_000, None)
    return tape.explanation


def memory_of_a_stream() -> Row:
    """Stream one and four million claims, each in a process of its own."""
    peaks = []
    for rows in (1_000_000, 4_000_000):
        command = (sys.executable, str(TOP / "tests" / "bench" / "peers" / "streamed.py"), str(rows))
        told = subprocess.run(command, env={"PYTHONPATH": str(TOP / "src")}, capture_output=True, text=True, check=True).stdout.split()
        peaks.append((int(told[0]) == rows, int(told[1]) / 1024))
    more = peaks[1][1] - peaks[0][1]
    held = all(counted for counted, _ in peaks) and more <= BATCH_MEBIBYTES
    return (
        "memory of 4 million claims streamed, more than of 1 million",
        f"{more:.0f} MiB (of {peaks[0][1]:.0f})",
        f"{BATCH_MEBIBYTES} MiB, a batch",
        held,
    )


def import_of_the_law() -> Row:
    """Import the rules of all three countries where NumPy is imported already."""
    script = (
        "import numpy, time; start = time.process_time(); "
        "import refusion.law.denmark.library, refusion.law.norway.library, refusion.law.sweden.library; print(time.process_time() - start)"
    )
    command = (sys.executable, "-c", script)
    taken = [
        float(subprocess.run(command, env={"PYTHONPATH": str(TOP / "src")}, capture_output=True, text=True, check=True).stdout)
        for _ in range(ROUNDS)
    ]
    seconds = median(taken)
    return ("import of the law library, after NumPy's", f"{seconds:.3f} s", f"{IMPORT_SECONDS} s", 0 < seconds <= IMPORT_SECONDS)


def in_turns(**ways: Work | tuple[Work, Callable[..., object]]) -> Taken:
    """Let all ways take turns; of a pair the first prepares, and only the second counts."""
    taken: Taken = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            prepared = (way[0](),) if isinstance(way, tuple) else ()
            work = way[1] if isinstance(way, tuple) else way
            start = process_time(), perf_counter()
            work(*prepared)
            taken[name].append((process_time() - start[PROCESSOR], perf_counter() - start[CLOCK]))
    return taken


def streamed(work: Callable[..., object], parts: Iterable[object], **how: int) -> None:
    """Calculate batch by batch; what a batch gives is handed on before the next one."""
    for part in parts:
        work(part, **how)


def ratio(above: list[Times], below: list[Times], clock: int = PROCESSOR) -> float:
    """Give the median of the rounds' ratios."""
    return median(one[clock] / other[clock] for one, other in zip(above, below, strict=True))


def columns_of(facts: WeekColumns | Leaves) -> tuple[np.ndarray, ...]:
    """Give the columns in their order."""
    return tuple(getattr(facts, part.name) for part in fields(facts))


def in_batches(facts: WeekColumns | Leaves, threads: int = 1) -> list:
    """Cut columns as they come from a file: batch by batch, as many rows more as threads share them."""
    columns, size = columns_of(facts), BATCH * threads
    return [type(facts)(*(column[start : start + size] for column in columns)) for start in range(0, columns[0].size, size)]


def alike(one: WeekAmounts | Refunds, other: WeekAmounts | Refunds) -> bool:
    """Tell whether all columns are equal."""
    return all(np.array_equal(getattr(one, part.name), getattr(other, part.name)) for part in fields(one))


def drawn_weeks(chance: np.random.Generator, week: str) -> WeekColumns:
    """Draw a week of many persons, whole and cut, full and partial, with and without enough wage."""
    monday = date.fromisocalendar(int(week[:4]), int(week[-2:]), 1).toordinal()
    first = monday + chance.integers(0, 4, PERSONS)
    return WeekColumns(
        first_day=first,
        last_day=np.minimum(first + chance.integers(0, 7, PERSONS), monday + 6),
        weekly_hours=chance.integers(300, 4500, PERSONS),
        absent_hours=chance.integers(0, 4500, PERSONS),
        hourly_after_am=chance.integers(5_000, 30_000, PERSONS),
        wage_paid=chance.integers(0, 3_000_000, PERSONS),
        period_days=chance.integers(5, 23, PERSONS),
    )


def drawn_leaves(chance: np.random.Generator) -> Leaves:
    """Draw a month of leaves that began in it or up to 13 months before; some end, some are claimed late."""
    first, last = MONTH.first.toordinal(), MONTH.last.toordinal()
    start = first + 15 - chance.integers(0, 400, PERSONS)
    return Leaves(
        start=start,
        first_day=np.maximum(start, first),
        last_day=np.full(PERSONS, last),
        coverage=chance.choice([100_00, 80_00], PERSONS),
        annual_basis=chance.integers(5_000_000, 120_000_000, PERSONS),
        weekly=np.zeros(PERSONS, dtype=np.int64),
        ends=np.where(chance.random(PERSONS) < 0.05, last - 5, NEVER),
        received=np.where(chance.random(PERSONS) < 0.05, last + chance.integers(0, 200, PERSONS), NEVER),
        uio=np.zeros(PERSONS, dtype=np.int64),
    )


def one_week(week: Period, hourly: int) -> WeekColumns:
    """Give the facts of one person fully absent."""
    facts = (week.first.toordinal(), week.last.toordinal(), 3700, 3700, hourly, 10_000_000, 21)
    return WeekColumns(*(np.array([fact]) for fact in facts))

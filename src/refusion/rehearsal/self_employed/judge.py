"""Judges a simulated year from what was kept: every date met or seen the day after, every path walked, every due day counted anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from refusion.cases.self_employed.facts import Course, Event
from refusion.cases.self_employed.happening import happen
from refusion.cases.self_employed.tables import TABLES, TRACK_OF
from refusion.rehearsal.self_employed.player import COMES, Cell
from refusion.values.period import ONE_DAY
from refusion.values.said import Said
from refusion.wiring.house import House
from refusion.workflow.ports.institution import HOUSE
from refusion.workflow.ports.self_employed.cases import OpenWait, SelfCase, Step

EVERY_CELL: frozenset[Cell] = frozenset(cell for table in TABLES.values() for cell in table)
THURSDAY = 3


@dataclass
class Judgement:
    """What was found: dates counted, those missed, those seen late the day after, paths not walked, due days that differ."""

    cases: int = 0
    steps: int = 0
    waits: int = 0
    missed: list[str] = field(default_factory=list)
    late: int = 0
    unwalked: frozenset[Cell] = EVERY_CELL
    wrong_days: list[str] = field(default_factory=list)
    not_replayed: list[str] = field(default_factory=list)
    unread: int = 0


def judge(house: House, code: str, today: date) -> Judgement:
    """Judge all cases of an institution as they stand on a day."""
    found, walked = Judgement(), set[Cell]()
    with house.ports.work(code, HOUSE) as tx:
        for listed in tx.self_employed.cases.listed(None, 1_000_000):
            case = tx.self_employed.cases.find(listed.number)
            steps, waits = tx.self_employed.cases.steps(case.id), tx.self_employed.cases.all_waits(case.id)
            found.cases, found.steps, found.waits = found.cases + 1, found.steps + len(steps), found.waits + len(waits)
            course, cells = _walked(case, steps)
            walked |= cells
            if course != case.course:
                found.not_replayed.append(str(case.number))
            for wait in waits:
                _met(wait, today, found)
            found.wrong_days += _wrong_days(case, waits)
            read = {step.document for step in steps}
            found.unread += sum(letter not in read for letter in tx.self_employed.filings.letters(case.id))
    found.unwalked = EVERY_CELL - walked
    return found


def _walked(case: SelfCase, steps: tuple[Step, ...]) -> tuple[Course, set[Cell]]:
    course, cells = case.opening, set[Cell]()
    for step in steps:
        if step.undone_at is not None:
            continue
        cells.add((course.on(TRACK_OF[step.happened.event]), step.happened.event))
        after = happen(course, step.happened)
        if isinstance(after, Said):
            break
        course = after
    return course, cells


def _met(wait: OpenWait, today: date, found: Judgement) -> None:
    """A date is met by its day, one that comes of itself by the day after; any other is missed unless it was seen the day after.

    What a restored right brings back may lie in the past already: then its day is the day on which it came back.
    """
    due = max(wait.wait.due, wait.opened_on)
    grace = ONE_DAY if wait.wait.kind in COMES else timedelta()
    ended = wait.ended_on
    if (ended is not None and ended <= due + grace) or (ended is None and today <= due):
        return
    found.late += 1
    seen = wait.warned_on is not None and wait.warned_on <= due + ONE_DAY
    if not seen:
        found.missed.append(f"{wait.number} {wait.wait.kind} due {wait.wait.due}, ended {ended}, warned {wait.warned_on}")


def _wrong_days(case: SelfCase, waits: tuple[OpenWait, ...]) -> Iterator[str]:
    """Count the main due days anew from the source's own words."""
    first = case.opening.first_absence_day
    expected = {
        "request": {first + timedelta(weeks=3)},
        "reassessment": {first + timedelta(weeks=2) + timedelta(weeks=22) - ONE_DAY},
        "first_meeting": {first + timedelta(weeks=8), *_fast_track(case, first)},
        "notification": {first + timedelta(weeks=3)} if case.opening.insurance is None else None,
    }
    for wait in waits:
        allowed = expected.get(wait.wait.kind)
        if allowed is not None and wait.wait.due not in allowed and not case.course.agreement_58a:
            yield f"{case.number} {wait.wait.kind} due {wait.wait.due}"
        if wait.wait.kind == "payment" and not _is_payday(wait.wait.due):
            yield f"{case.number} paid on {wait.wait.due}"


def _fast_track(case: SelfCase, first: date) -> set[date]:
    asked = case.course.day(Event.FAST_TRACK_ASKED.value)
    return set() if asked is None else {min(first + timedelta(weeks=8), asked + timedelta(weeks=2))}


def _is_payday(day: date) -> bool:
    """The last Thursday of its month, or one of the days before it that banks were closed after."""
    last = date(day.year + day.month // 12, day.month % 12 + 1, 1) - ONE_DAY
    thursday = last - timedelta(days=(last.weekday() - THURSDAY) % 7)
    return timedelta() <= thursday - day <= timedelta(days=8)

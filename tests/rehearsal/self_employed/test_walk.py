"""Every path of every table is walked by made-up courses, in memory: each step legal, each wait dated, each course its own history."""

from __future__ import annotations

from collections import deque
from datetime import date, timedelta
from random import Random

import pytest

from refusion.cases.self_employed.automatic import by_itself
from refusion.cases.self_employed.facts import Course, Event, Happened, State, Track
from refusion.cases.self_employed.happening import happen, replay
from refusion.cases.self_employed.tables import TABLES, TRACK_OF
from refusion.cases.self_employed.waits import waits
from refusion.rehearsal.chance import chance
from refusion.rehearsal.self_employed.judge import EVERY_CELL
from refusion.rehearsal.self_employed.player import BY_ITSELF, ENDS, Cell, paid_on, possible
from refusion.wiring import texts

FIRST = date(2021, 7, 1)
MOST_COURSES, STEPS = 400, 40


def way_to(track: Track, start: State, goal: State) -> Event | None:
    """Give the first event on the shortest way between two states of a track; None where one is there or cannot get there."""
    found, ways = {start}, deque[tuple[State, Event | None]]([(start, None)])
    while ways:
        state, first = ways.popleft()
        if state is goal:
            return first
        for (at, event), after in TABLES[track].items():
            if at is state and after not in found:
                found.add(after)
                ways.append((after, first or event))
    return None


class Walk:
    """Courses that make for a cell that nobody walked yet, each by the shortest way that people and days allow."""

    def __init__(self) -> None:
        self.walked: set[Cell] = set()
        self.kinds: set[str] = set()

    def course(self, number: int) -> None:
        dice = chance(11, number)
        goal = dice.choice(sorted(EVERY_CELL - self.walked))
        opened = course = Course(FIRST + timedelta(days=number % 300), dice.choice([None, "day1_min"]), income_year=300_000_00)
        today, history = opened.first_absence_day, list[Happened]()
        for _ in range(STEPS):
            wanted = self._wanted(course, goal)
            happened = by_itself(course, today) or self._next(course, today, dice, wanted)
            if happened is None:
                # What comes of itself needs days; so does a course that is stuck.
                today += timedelta(days=dice.choice([3, 30, 90]))
                continue
            after = happen(course, happened)
            assert isinstance(after, Course), (happened, after)
            self.walked.add((course.on(TRACK_OF[happened.event]), happened.event))
            history.append(happened)
            course = after
            today += timedelta(days=dice.choice([0, 0, 1, 2]))
            self.kinds |= {wait.kind for wait in waits(course)}
        assert replay(opened, history) == course

    @staticmethod
    def _wanted(course: Course, goal: Cell) -> Event | None:
        """Give what is wanted next: the goal's own event where its state is reached, else the next on the way."""
        track = TRACK_OF[goal[1]]
        return goal[1] if course.on(track) is goal[0] else way_to(track, course.on(track), goal[0])

    @staticmethod
    def _next(course: Course, today: date, dice: Random, wanted: Event | None) -> Happened | None:
        paid = paid_on(course, today, short=False)
        if paid is not None and wanted in (Event.PAID, Event.ALL_PAID):
            return paid
        options = list(possible(course, today, dice))
        right = [each for each in options if each.event is wanted]
        if right or wanted in BY_ITSELF:
            return right[0] if right else None
        calm = [each for each in options if each.event not in ENDS and TRACK_OF[each.event] is not Track.MAIN]
        return dice.choice(calm) if calm and dice.random() < 0.7 else None


@pytest.mark.slow
def test_every_path_is_walked_and_every_wait_has_its_words() -> None:
    walk, number = Walk(), 0
    while walk.walked != EVERY_CELL and number < MOST_COURSES:
        walk.course(number)
        number += 1
    assert EVERY_CELL - walk.walked == frozenset()
    for language in ("da", "en"):
        told = texts.catalogue("self_employed", language)
        assert {f"self_employed.{start}_{kind}" for kind in walk.kinds for start in ("wait", "rescue")} <= told.keys()

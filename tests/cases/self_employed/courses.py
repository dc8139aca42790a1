"""Courses made for tests: opened, and led on by what happens."""

from __future__ import annotations

from datetime import date

from refusion.cases.self_employed.facts import Course, Event, Happened
from refusion.cases.self_employed.happening import happen

FIRST = date(2022, 3, 1)
OPENED = Course(FIRST, income_year=900_000_00)
Step = tuple[Event, date] | tuple[Event, date, dict[str, object]]
E = Event


def led(*steps: Step, course: Course = OPENED) -> Course:
    """Let everything happen in its order; fails where something is refused."""
    for step in steps:
        event, day, *facts = step
        after = happen(course, Happened(event, day, facts[0] if facts else {}))  # type: ignore[arg-type]
        assert isinstance(after, Course), f"{event} on {day}: {after}"
        course = after
    return course


FILED: tuple[Step, ...] = (
    (E.NOTIFIED, date(2022, 3, 10), {"way": "nemrefusion"}),
    (E.REQUESTED, date(2022, 3, 10), {"way": "nemrefusion"}),
)
APPLIED: tuple[Step, ...] = (
    *FILED,
    (E.FORM_SENT, date(2022, 3, 14), {"answer_by": date(2022, 3, 22)}),
    (E.FORM_ANSWERED, date(2022, 3, 20), {"way": "mit_sygefravaer"}),
)
GRANTED: tuple[Step, ...] = (*APPLIED, (E.GRANTED, date(2022, 3, 25), {"benefit_from": date(2022, 3, 15)}))
RUNNING: tuple[Step, ...] = (*GRANTED, (E.BENEFIT_BEGAN, date(2022, 3, 25)))

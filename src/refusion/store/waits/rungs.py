"""Notes where late tasks stand each day, shows it on the work list, and keeps the warnings of missing hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from refusion.absences.facts import Question
from refusion.store.tenant import Tenant, insert
from refusion.watch.climbing import Rung
from refusion.watch.facts import Kind, Task
from refusion.watch.partial_hours import HoursOwed, MissingWeek

_RUNG = insert("task_rung", "task_id, day, turn, person, days_late, at_stake, because") + " ON CONFLICT DO NOTHING"
_NOTED = "SELECT task_id FROM task_rung WHERE institution_id = %(institution)s AND day = %(day)s"
_SHOW = """
    UPDATE task SET climbed_to = %(turn)s, climbed_person = %(person)s WHERE institution_id = %(institution)s AND id = %(task_id)s
    AND (climbed_to IS DISTINCT FROM %(turn)s OR climbed_person IS DISTINCT FROM %(person)s)
"""
_BACK = """
    UPDATE task SET climbed_to = NULL, climbed_person = NULL
    WHERE institution_id = %(institution)s AND climbed_to IS NOT NULL AND done_on IS NULL AND id <> ALL (%(standing)s)
"""
_MISSING = """
    SELECT c.id, p.id, c.number, p.name, coalesce(e.unit, ''), t.about, t.at_stake FROM task t
    JOIN refund_case c ON c.institution_id = t.institution_id AND c.id = t.case_id
    JOIN person p ON p.institution_id = c.institution_id AND p.id = c.person_id
    LEFT JOIN employment_version e ON e.institution_id = c.institution_id AND e.employment_id = c.employment_id
        AND e.superseded_at IS NULL
    WHERE t.institution_id = %(institution)s AND t.done_on IS NULL AND t.kind = %(kind)s AND t.question = %(question)s
    ORDER BY c.number, t.about
"""
_WARN = insert("hours_warning", "case_id, week, due, warned_on, at_stake") + " ON CONFLICT DO NOTHING"
_WARNED = "SELECT case_id, week FROM hours_warning WHERE institution_id = %(institution)s"


@dataclass(frozen=True, slots=True)
class StoredRungs:
    """Where an institution's late tasks stand."""

    tenant: Tenant

    def keep(self, day: date, climbed: Sequence[tuple[Task, Rung]]) -> int:
        """Note where tasks stand on a day, once a day each, and show it on the work list; give the number newly noted."""
        noted = set(self.tenant.column(_NOTED, day=day))
        rows = [_facts(task, rung, day) for task, rung in climbed]
        new = [row for row in rows if row["task_id"] not in noted]
        if new:
            self.tenant.run_many(_RUNG, new)
        if rows:
            self.tenant.run_many(_SHOW, rows)
        back = self.tenant.run(_BACK, standing=[task.id for task, _ in climbed])
        return len(new) + back


def _facts(task: Task, rung: Rung, day: date) -> dict[str, object]:
    return {
        "task_id": task.id,
        "day": day,
        "turn": rung.turn.value,
        "person": rung.person,
        "days_late": rung.days_late,
        "at_stake": task.at_stake,
        "because": rung.because.key,
    }


@dataclass(frozen=True, slots=True)
class StoredWarnings:
    """An institution's weeks of partial return whose hours lack, and the warnings given."""

    tenant: Tenant

    def missing(self) -> tuple[MissingWeek, ...]:
        """Give the weeks that a person was asked for and did not answer."""
        return missing_weeks(self.tenant)

    def keep(self, owed: Sequence[HoursOwed], day: date) -> int:
        """Note that somebody was warned of each week; give the number of weeks newly warned of."""
        warned = set(self.tenant.rows(_WARNED))
        weeks = [(one, week) for one in owed for week in one.weeks if (one.case, week) not in warned]
        if weeks:
            self.tenant.run_many(_WARN, [_warning(one, week, day) for one, week in weeks])
        return len(weeks)


def missing_weeks(tenant: Tenant) -> tuple[MissingWeek, ...]:
    """Give the weeks whose hours worked somebody was asked for and that nobody answered, by case."""
    rows = tenant.rows(_MISSING, kind=Kind.ANSWER_MISSING.value, question=Question.HOURS_WORKED.value)
    return tuple(
        MissingWeek(case, person, number, name, unit, date.fromisoformat(about), at_stake)
        for case, person, number, name, unit, about, at_stake in rows
    )


def _warning(one: HoursOwed, week: date, day: date) -> dict[str, object]:
    share, left = divmod(one.amount, len(one.weeks))
    at_stake = share + (left if week == one.weeks[0] else 0)
    return {"case_id": one.case, "week": week, "due": one.due, "warned_on": day, "at_stake": at_stake}

"""Keeps self-employed persons' cases with their steps and waits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from refusion.cases.self_employed.facts import Course, Event, Happened, State, Track
from refusion.cases.self_employed.waits import Rests, Turn, Wait
from refusion.store.columns import as_json, from_json
from refusion.store.tenant import Row, Tenant, insert, update
from refusion.workflow.ports.self_employed.cases import Listed, OpenWait, Person, SelfCase, Step

_CASE = (
    "SELECT id, number, sealed_person, sealed_opening, sealed_course, version, opened_on, opened_by, next_look FROM self_employed_case "
    "WHERE institution_id = %(institution)s"
)
_INSERT = (
    insert(
        "self_employed_case",
        "id, person_index, sealed_person, first_absence_day, state, sealed_opening, sealed_course, version, next_look, opened_on, "
        "opened_by",
    )
    + " ON CONFLICT (institution_id, id) DO NOTHING"
)
_KEEP = update("self_employed_case", "state, sealed_course, version, next_look")
_OF_PERSON = (
    "SELECT number FROM self_employed_case WHERE institution_id = %(institution)s AND person_index = %(index)s "
    "ORDER BY first_absence_day DESC"
)
_ADD = insert("self_employed_step", "case_id, position, event, day, sealed_facts, by, learned_at")
_STEPS = (
    "SELECT position, event, day, sealed_facts, by, learned_at, undone_by, undone_at FROM self_employed_step "
    "WHERE institution_id = %(institution)s AND case_id = %(case)s ORDER BY position"
)
_UNDO = (
    "UPDATE self_employed_step SET undone_by = %(by)s, undone_at = %(at)s "
    "WHERE institution_id = %(institution)s AND case_id = %(case)s AND position = %(position)s"
)
_LOOK = "SELECT number FROM self_employed_case WHERE institution_id = %(institution)s AND next_look <= %(day)s ORDER BY number"
_LISTED = """
    SELECT c.number, c.state, c.first_absence_day, c.opened_on, (
        SELECT min(w.due) FROM self_employed_wait w
        WHERE w.institution_id = c.institution_id AND w.case_id = c.id AND w.ended_on IS NULL)
    FROM self_employed_case c WHERE c.institution_id = %(institution)s AND (%(state)s::text IS NULL OR c.state = %(state)s)
    ORDER BY c.number DESC LIMIT %(limit)s
"""
_WAITS = """
    SELECT w.case_id, c.number, w.kind, w.due, w.turn, w.rests, w.opened_on, w.ended_on, w.warned_on
    FROM self_employed_wait w JOIN self_employed_case c ON c.institution_id = w.institution_id AND c.id = w.case_id
    WHERE w.institution_id = %(institution)s AND (%(case)s::uuid IS NULL OR w.case_id = %(case)s)
"""
_STANDING = _WAITS + " AND w.ended_on IS NULL AND (%(until)s::date IS NULL OR w.due <= %(until)s) ORDER BY w.due, c.number, w.kind"
_BEGIN = (
    insert("self_employed_wait", "case_id, kind, due, opened_on, turn, rests")
    + " ON CONFLICT (institution_id, case_id, kind, due, opened_on) DO UPDATE SET ended_on = NULL"
)
_OF_WAIT = "WHERE institution_id = %(institution)s AND case_id = %(case)s AND kind = %(kind)s AND due = %(due)s AND opened_on = %(opened)s"
_END = f"UPDATE self_employed_wait SET ended_on = %(day)s {_OF_WAIT}"  # noqa: S608 (our own names)
_WARN = f"UPDATE self_employed_wait SET warned_on = %(day)s {_OF_WAIT}"  # noqa: S608 (our own names)


@dataclass(frozen=True, slots=True)
class StoredSelfCases:
    """An institution's cases of self-employed persons."""

    tenant: Tenant

    def open(self, case: SelfCase) -> SelfCase:
        """Keep a new case and give it with its number; the one that stands where the same illness is there already."""
        index = self.tenant.keys.index(case.person.national_number)
        self.tenant.run(
            _INSERT,
            **self._moving(case),
            person_index=index,
            sealed_person=self._seal(case.id, "person", {fact.name: getattr(case.person, fact.name) for fact in fields(Person)}),
            first_absence_day=case.opening.first_absence_day,
            sealed_opening=self._seal(case.id, "opening", plain_course(case.opening)),
            opened_on=case.opened_on,
            opened_by=case.opened_by,
        )
        return self.held(case.id)

    def find(self, number: int) -> SelfCase:
        """Give a case by its number and hold it; raises Refused when there is none."""
        return self._case(self.tenant.found(_CASE + " AND number = %(number)s FOR UPDATE", number=number))

    def held(self, id: UUID) -> SelfCase:
        """Give a case by its id and hold it; raises Refused when there is none."""
        return self._case(self.tenant.found(_CASE + " AND id = %(id)s FOR UPDATE", id=id))

    def of_person(self, national_number: str) -> tuple[int, ...]:
        """Give the numbers of a person's cases, newest first."""
        return self.tenant.column(_OF_PERSON, index=self.tenant.keys.index(national_number))

    def keep(self, case: SelfCase) -> None:
        """Keep a case's course, version and the day it is looked at next."""
        self.tenant.run(_KEEP, **self._moving(case))

    def add(self, case: UUID, step: Step) -> None:
        """Keep one more thing that happened."""
        facts = {"facts": dict(step.happened.facts), "document": step.document}
        self.tenant.run(
            _ADD,
            case_id=case,
            position=step.position,
            event=step.happened.event.value,
            day=step.happened.day,
            sealed_facts=self._seal(case, f"step {step.position}", facts),
            by=step.by,
            learned_at=step.learned_at,
        )

    def steps(self, case: UUID) -> tuple[Step, ...]:
        """Give all that happened, undone things among them, in order."""
        return tuple(self._step(case, row) for row in self.tenant.rows(_STEPS, case=case))

    def undo(self, case: UUID, position: int, by: str, at: datetime) -> None:
        """Note that a thing is undone; the database refuses a second time."""
        self.tenant.run(_UNDO, case=case, position=position, by=by, at=at)

    def to_look_at(self, day: date) -> tuple[int, ...]:
        """Give the numbers of the cases that are looked at on a day or were to be before it."""
        return self.tenant.column(_LOOK, day=day)

    def listed(self, state: str | None, limit: int) -> tuple[Listed, ...]:
        """Give cases of a state, of all where none is named, newest first."""
        return tuple(Listed(*row) for row in self.tenant.rows(_LISTED, state=state, limit=limit))

    def waits(self, case: UUID | None, until: date | None) -> tuple[OpenWait, ...]:
        """Give the waits that stand, of one case or all, with a day up to ``until``; by their day."""
        return tuple(map(_wait, self.tenant.rows(_STANDING, case=case, until=until)))

    def all_waits(self, case: UUID) -> tuple[OpenWait, ...]:
        """Give all waits of a case, those that ended among them, by their day."""
        return tuple(map(_wait, self.tenant.rows(_WAITS + " ORDER BY w.due, w.kind, w.opened_on", case=case)))

    def begin_wait(self, case: UUID, wait: Wait, day: date) -> None:
        """Keep a wait that begins on a day."""
        facts = {"kind": wait.kind, "due": wait.due, "turn": wait.turn.value, "rests": wait.rests.value}
        self.tenant.run(_BEGIN, case_id=case, opened_on=day, **facts)

    def end_wait(self, wait: OpenWait, day: date) -> None:
        """Note that a wait ended."""
        self.tenant.run(_END, **_key(wait), day=day)

    def warn(self, wait: OpenWait, day: date) -> None:
        """Note that somebody was warned of a wait whose day has passed."""
        self.tenant.run(_WARN, **_key(wait), day=day)

    def _moving(self, case: SelfCase) -> dict[str, object]:
        sealed = self._seal(case.id, "course", plain_course(case.course))
        return {
            "id": case.id, "state": case.course.main.value, "sealed_course": sealed, "version": case.version, "next_look": case.next_look,
        }  # fmt: skip

    def _seal(self, case: UUID, name: str, value: object) -> bytes:
        return self.tenant.keys.seal(as_json(value), str(case), name)

    def _opened(self, case: UUID, name: str, sealed: bytes) -> Any:
        return from_json(self.tenant.keys.unseal(bytes(sealed), str(case), name))

    def _case(self, row: Row) -> SelfCase:
        id, number, person, opening, course, *rest = row
        return SelfCase(
            id,
            number,
            Person(**self._opened(id, "person", person)),
            course_from(self._opened(id, "opening", opening)),
            course_from(self._opened(id, "course", course)),
            *rest,
        )

    def _step(self, case: UUID, row: Row) -> Step:
        position, event, day, sealed, *rest = row
        told = self._opened(case, f"step {position}", sealed)
        return Step(position, Happened(Event(event), day, told["facts"]), told["document"], *rest)


def _key(wait: OpenWait) -> dict[str, object]:
    return {"case": wait.case, "kind": wait.wait.kind, "due": wait.wait.due, "opened": wait.opened_on}


def _wait(row: Row) -> OpenWait:
    case, number, kind, due, turn, rests, *days = row
    return OpenWait(case, number, Wait(kind, due, Turn(turn), Rests(rests)), *days)


def plain_course(course: Course) -> dict[str, object]:
    """Write a course as plain values."""
    return {fact.name: getattr(course, fact.name) for fact in fields(Course)}


def course_from(written: Mapping[str, Any]) -> Course:
    """Read a course that was written so."""
    course = Course(**{**written, "states": {}})
    return replace(
        course,
        states={Track(track): State(state) for track, state in written["states"].items()},
        working_weekdays=tuple(written["working_weekdays"]),
        shares=tuple((since, quarters) for since, quarters in written["shares"]),
    )

"""The work list: tasks opened, brought up to date and closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from refusion.store.columns import facts_as_json, said_from
from refusion.store.tenant import Row, Tenant, insert
from refusion.watch.facts import Kind, Task, Turn

_COLUMNS = (
    "id, kind, said_key, said_facts, turn, at_stake, opened_on, safe_day, legal_day, case_id, claim_id, line_id, question, about"
)
_MOVES = ("said_key", "said_facts", "turn", "at_stake", "safe_day", "legal_day", "question", "about")
_OPEN = f"""
    {insert("task", _COLUMNS)} ON CONFLICT (institution_id, id) DO UPDATE
    SET {", ".join(f"{name} = excluded.{name}" for name in _MOVES)}, done_on = NULL, done_by = NULL
    WHERE task.done_on IS NOT NULL OR {" OR ".join(f"task.{name} IS DISTINCT FROM excluded.{name}" for name in _MOVES)}
"""  # noqa: S608 (our own names)
_SELECT = f"SELECT {_COLUMNS}, done_on, done_by FROM task WHERE institution_id = %(institution)s"  # noqa: S608 (our own names)
_ORDER = " ORDER BY safe_day NULLS LAST, at_stake DESC, opened_on, id"
_CLOSE = "UPDATE task SET done_on = %(day)s, done_by = %(by)s WHERE institution_id = %(institution)s AND done_on IS NULL AND "


@dataclass(frozen=True, slots=True)
class StoredTasks:
    """An institution's work list; what is opened waits to be written together, before the list is read or changed."""

    tenant: Tenant
    opened: list[dict[str, object]] = field(default_factory=list)

    def open(self, task: Task) -> None:
        """Open a task; the same id again brings its words, kroner and days up to date and opens it if it was done."""
        self.opened.append(_facts(task))

    def write(self) -> None:
        """Write what was opened, in the order it was."""
        if self.opened:
            self.tenant.run_many(_OPEN, self.opened)
            self._forget(*(task["case_id"] for task in self.opened))
            self.opened.clear()

    def find(self, id: UUID) -> Task:  # noqa: A002 (the port's word)
        """Give a task; raises Refused when there is none."""
        self.write()
        return _task(self.tenant.found(_SELECT + " AND id = %(id)s", id=id))

    def close(self, id: UUID, day: date, by: str) -> None:  # noqa: A002 (the port's word)
        """Close a task; nothing happens when it is closed or was never opened."""
        self.write()
        self._forget(None)
        self.tenant.run(_CLOSE + "id = %(id)s", id=id, day=day, by=by)

    def close_for(self, *, case: UUID | None = None, claim: UUID | None = None, day: date, by: str) -> None:
        """Close all open tasks of a case or a claim."""
        self.write()
        self._forget(case)
        if case is not None:
            self.tenant.run(_CLOSE + "case_id = %(case)s", case=case, day=day, by=by)
        if claim is not None:
            self.tenant.run(_CLOSE + "claim_id = %(claim)s", claim=claim, day=day, by=by)

    def open_tasks(self, *, case: UUID | None = None) -> tuple[Task, ...]:
        """Give open tasks, of one case or all, by safe day and kroner."""
        self.write()
        if ("tasks", case) not in self.tenant.seen:
            chosen = "" if case is None else " AND case_id = %(case)s"
            rows = self.tenant.rows(_SELECT + " AND done_on IS NULL" + chosen + _ORDER, case=case)
            self.tenant.seen["tasks", case] = list(map(_task, rows))
        return tuple(self.tenant.seen["tasks", case])

    def read_ahead(self, cases: Sequence[UUID]) -> None:
        """Read the open tasks of many cases at once; what :meth:`open_tasks` then asks is there."""
        self.write()
        self.tenant.seen.update({("tasks", case): [] for case in cases})
        for row in self.tenant.rows(_SELECT + " AND done_on IS NULL AND case_id = ANY (%(cases)s)" + _ORDER, cases=list(cases)):
            task = _task(row)
            self.tenant.seen["tasks", task.case].append(task)

    def _forget(self, *cases: object) -> None:
        """Forget what was read of the tasks of some cases, of whatever case where None is among them, and of all."""
        gone = [place for place in self.tenant.seen if place[0] == "tasks" and (None in cases or place[1] in (*cases, None))]
        for place in gone:
            del self.tenant.seen[place]


def _task(row: Row) -> Task:
    found, kind, key, facts, turn, *rest = row
    return Task(found, Kind(kind), said_from(key, facts), Turn(turn), *rest)


def _facts(task: Task) -> dict[str, object]:
    return {
        "id": task.id,
        "kind": task.kind.value,
        "said_key": task.said.key,
        "said_facts": facts_as_json(task.said),
        "turn": task.turn.value,
        "at_stake": task.at_stake,
        "opened_on": task.opened_on,
        "safe_day": task.safe_day,
        "legal_day": task.legal_day,
        "case_id": task.case,
        "claim_id": task.claim,
        "line_id": task.line,
        "question": task.question,
        "about": task.about,
    }

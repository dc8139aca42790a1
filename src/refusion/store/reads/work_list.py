"""Reads the work list: what is open, the kroner it can lose per day first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from refusion.store.columns import said_from
from refusion.store.reads.rows import bounded, one, rows
from refusion.values.said import Said

SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One open task with the case, claim and person that it is about."""

    task: UUID
    kind: str
    said: Said
    turn: str
    at_stake: int
    safe_day: date | None
    legal_day: date | None
    opened_on: date
    question: str | None
    about: str | None
    case: UUID | None
    case_number: int | None
    claim: UUID | None
    claim_number: int | None
    claim_first_day: date | None
    claim_last_day: date | None
    first_absence_day: date | None
    person: UUID | None
    name: str | None


@dataclass(frozen=True, slots=True)
class WorkTotals:
    """What is open altogether: tasks, and øre that can be lost by the next safe days, the first of them."""

    open_tasks: int
    at_risk: int
    first_safe_day: date | None
    next_safe_day: date | None
    done_today: int


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many tasks of a kind are open."""

    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class WorkList:
    """The rows shown, the totals of all, and the kinds that are open."""

    rows: tuple[WorkRow, ...]
    totals: WorkTotals
    kinds: tuple[KindCount, ...]


_SHOWN = """
    SELECT t.id, t.kind, t.said_key, t.said_facts::text, coalesce(t.climbed_to, t.turn), t.at_stake, t.safe_day, t.legal_day, t.opened_on,
           t.question, t.about, t.case_id, c.number, t.claim_id, cl.number, v.first_day, v.last_day,
           c.first_absence_day, p.id, p.name
    FROM chosen t
    LEFT JOIN claim cl ON cl.institution_id = t.institution_id AND cl.id = t.claim_id
    LEFT JOIN claim_version v ON v.institution_id = cl.institution_id AND v.claim_id = cl.id AND v.version = cl.version
    LEFT JOIN refund_case c ON c.institution_id = t.institution_id AND c.id = t.case_id
    LEFT JOIN person p ON p.institution_id = c.institution_id AND p.id = c.person_id
"""
# Kroner about to be lost per day come first; what has no date comes after, by kroner.
_ORDER = """
    ORDER BY t.safe_day IS NULL,
             t.at_stake / greatest(t.safe_day - %(today)s::date + 1, 1) DESC,
             t.at_stake DESC, t.safe_day, t.id
"""
# The rows of a page are chosen first, so that only they are joined.
_LIST = f"""
    WITH chosen AS MATERIALIZED (
        SELECT t.* FROM task t
        WHERE t.done_on IS NULL
          AND (%(turns)s::text[] IS NULL OR t.turn = ANY(%(turns)s::text[]) OR t.climbed_to = ANY(%(turns)s::text[])
               OR t.climbed_person = %(me)s)
          AND (%(kind)s::text IS NULL OR t.kind = %(kind)s)
        {_ORDER} LIMIT %(limit)s
    ) {_SHOWN} {_ORDER}
"""  # noqa: S608 (our own text)
_ONE = f"WITH chosen AS MATERIALIZED (SELECT t.* FROM task t WHERE t.id = %(task)s) {_SHOWN}"  # noqa: S608 (our own text)
_OF_CASE = f"""
    WITH chosen AS MATERIALIZED (
        SELECT t.* FROM task t WHERE t.done_on IS NULL AND t.case_id = %(case)s
        ORDER BY t.safe_day NULLS LAST, t.at_stake DESC, t.id LIMIT %(limit)s
    ) {_SHOWN} ORDER BY t.safe_day NULLS LAST, t.at_stake DESC, t.id
"""  # noqa: S608 (our own text)
_TOTALS = """
    SELECT count(*),
           coalesce(sum(at_stake) FILTER (WHERE safe_day <= %(soon)s), 0)::bigint,
           min(safe_day) FILTER (WHERE safe_day <= %(soon)s),
           min(safe_day) FILTER (WHERE safe_day > %(soon)s),
           (SELECT count(*) FROM task WHERE done_on = %(today)s)
    FROM task WHERE done_on IS NULL
"""
_KINDS = "SELECT kind, count(*) FROM task WHERE done_on IS NULL GROUP BY kind ORDER BY kind"


def work_list(today: date, turns: Sequence[str] | None, kind: str | None, limit: int, me: str = "") -> WorkList:
    """Give the open tasks, of some turns or one kind where asked, by kroner about to be lost per day.

    A task that climbed shows to those it climbed to and to those it was with at first; ``me`` sees what came to him by name.
    """
    chosen = {"today": today, "turns": list(turns) if turns is not None else None, "kind": kind, "limit": bounded(limit), "me": me or None}
    totals = one(WorkTotals, _TOTALS, {"today": today, "soon": today + SOON})
    return WorkList(rows(_row, _LIST, chosen), totals or WorkTotals(0, 0, None, None, 0), rows(KindCount, _KINDS, {}))


def task(id: UUID) -> WorkRow | None:
    """Give one task, open or done."""
    return one(_row, _ONE, {"task": id})


def tasks_of_case(case: UUID, limit: int) -> tuple[WorkRow, ...]:
    """Give the open tasks of a case and its claims, the nearest safe day first."""
    return rows(_row, _OF_CASE, {"case": case, "limit": bounded(limit)})


def _row(id: UUID, kind: str, key: str, facts: str, *rest: Any) -> WorkRow:
    return WorkRow(id, kind, said_from(key, facts), *rest)

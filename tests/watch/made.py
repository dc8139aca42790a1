"""Cases, claims and tasks as the tests of the watch need them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from refusion.cases.facts import Case, Kind, State
from refusion.claims.facts import Answer, Claim, Expected
from refusion.claims.facts import State as ClaimState
from refusion.law.denmark.sickness.dates import notify_by, refund_from, request_by
from refusion.values.period import Period
from refusion.values.said import said
from refusion.watch.facts import Kind as TaskKind
from refusion.watch.facts import Task, Turn


def a_case(first: date, last: date | None = None, kind: Kind = Kind.ORDINARY, **more: object) -> Case:
    """Make a case with the days that the law gives it."""
    waived = kind is not Kind.ORDINARY
    facts: dict[str, object] = {
        "id": UUID(int=1), "number": 7, "employment": UUID(int=2), "person": UUID(int=3), "absence": UUID(int=4), "kind": kind,
        "state": State.WATCHING, "first_absence_day": first, "last_absence_day": last, "refund_from": refund_from(first, waived),
        "file_on": first, "notify_by": notify_by(first, waived, last), "opened_on": first, "known_on": first,
    }  # fmt: skip
    return Case(**{**facts, **more})  # type: ignore[arg-type] (facts by their names)


def a_claim(period: Period, hours: object = None, ore: int = 10_000, received: int = 0, state: ClaimState = ClaimState.DRAFTED) -> Claim:
    """Make a claim of a period; ``hours`` None means away altogether, anything else the answer by weeks."""
    answers = (Answer("absent_hours_by_week", {} if hours is None else hours, "entered"),)
    return Claim(
        UUID(int=9), 1, UUID(int=1), 1, 1, state, period, request_by(period.first), answers,
        Expected(ore, 0, estimated=False, explanation={}, law_version="1"), period.first, received=received,
    )  # fmt: skip


def a_task(safe: date | None, turn: Turn = Turn.CASEWORKER, number: int = 1, ore: int = 100) -> Task:
    """Make a task with its last safe day."""
    return Task(UUID(int=number), TaskKind.ANSWER_MISSING, said("watch.answer_missing"), turn, ore, date(2025, 1, 1), safe, safe)

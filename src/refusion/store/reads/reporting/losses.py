"""Reads losses with the steps of following them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from refusion.cases.facts import Kind
from refusion.claims.facts import Loss, LossCause
from refusion.claims.losses import Followed, FollowedLoss, Step
from refusion.reports.rows import LossLine
from refusion.store.reads.rows import rows
from refusion.values.period import Period

MOST_LINES = 100_000
_TOUCHING = "l.first_day <= %(last)s AND l.last_day >= %(first)s"
_LOSSES = f"""
    SELECT p.id, l.id, l.case_id, l.claim_id, l.first_day, l.last_day, l.amount, l.cause, l.certain_on, l.deadline, l.known_on,
           l.number, c.number, c.kind, c.first_absence_day, p.name, cl.number, coalesce(e.unit, '')
    FROM loss l
    JOIN refund_case c ON c.institution_id = l.institution_id AND c.id = l.case_id
    JOIN person p ON p.institution_id = c.institution_id AND p.id = c.person_id
    LEFT JOIN claim cl ON cl.institution_id = l.institution_id AND cl.id = l.claim_id
    LEFT JOIN employment_version e ON e.institution_id = c.institution_id AND e.employment_id = c.employment_id
                                  AND e.superseded_at IS NULL
    WHERE {_TOUCHING} ORDER BY l.certain_on, l.number LIMIT %(most)s
"""  # noqa: S608 (our own text)
_STEPS = f"""
    SELECT s.loss_id, s.step, s.day, s.by, s.text, s.amount FROM loss_step s
    JOIN loss l ON l.institution_id = s.institution_id AND l.id = s.loss_id
    WHERE {_TOUCHING} ORDER BY s.position
"""  # noqa: S608 (our own text)


def loss_lines(first: date, last: date) -> tuple[tuple[UUID, LossLine], ...]:
    """Give the losses whose days touch the period, each with its person, by the day on which they became certain."""
    asked = {"first": first, "last": last, "most": MOST_LINES}
    steps: dict[UUID, list[Followed]] = defaultdict(list)
    for loss, step in rows(_step, _STEPS, asked):
        steps[loss].append(step)
    return tuple((person, _line(loss, steps[loss.id], *rest)) for person, loss, rest in rows(_loss, _LOSSES, asked))


def _step(loss: UUID, step: str, *told: Any) -> tuple[UUID, Followed]:
    return loss, Followed(Step(step), *told)


def _loss(person: UUID, id: UUID, case: UUID, claim: UUID | None, *facts: Any) -> tuple[UUID, Loss, tuple[Any, ...]]:
    first, last, amount, cause, certain_on, deadline, known_on, *rest = facts
    loss = Loss(id, case, Period(first, last), amount, LossCause(cause), certain_on, deadline, known_on, claim)
    return person, loss, tuple(rest)


def _line(loss: Loss, steps: list[Followed], *facts: Any) -> LossLine:
    number, case_number, kind, first_absence_day, person, claim_number, unit = facts
    found = FollowedLoss(loss, number, case_number, Kind(kind), first_absence_day, person, tuple(steps))
    return LossLine(found, claim_number, unit)

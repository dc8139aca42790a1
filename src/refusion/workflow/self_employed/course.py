"""Carries a case on: what happened, what then happens by itself, its waits brought up to date; one place for every verb."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from refusion.cases.self_employed.automatic import by_itself
from refusion.cases.self_employed.facts import Happened
from refusion.cases.self_employed.happening import happen
from refusion.cases.self_employed.waits import waits
from refusion.values.period import ONE_DAY
from refusion.values.said import Refused, Said, said
from refusion.workflow.ports.self_employed.cases import SelfCase, Step
from refusion.workflow.ports.work import Transaction

# What can happen by itself on one day is never more than this; beyond it the tables would turn in a circle.
MOST_BY_ITSELF = 10
ITSELF, NEMREFUSION, POST = "house", "nemrefusion", "post"
# What these told stands with them; nobody here undoes it.
TOLD_BY = frozenset({NEMREFUSION, POST})


def carry_on(tx: Transaction, case: SelfCase, happened: Happened, document: str = "", by: str = "") -> SelfCase:
    """Let something happen in a case and all that follows by itself; raises Refused where it cannot happen.

    ``by`` is who told: the actor, or the authority that did (``TOLD_BY``).
    """
    if happened.day > tx.at.day:
        raise Refused(said("self_employed.in_future", day=happened.day))
    after = happen(case.course, happened)
    if isinstance(after, Said):
        raise Refused(after)
    tx.self_employed.cases.add(case.id, Step(case.version, happened, document, by or tx.actor.name, tx.at.now))
    return look_at(tx, replace(case, course=after, version=case.version + 1))


def look_at(tx: Transaction, case: SelfCase) -> SelfCase:
    """Let happen what does by itself today, and bring the waits up to date."""
    for _ in range(MOST_BY_ITSELF):
        happened = by_itself(case.course, tx.at.day)
        if happened is None:
            break
        after = happen(case.course, happened)
        if isinstance(after, Said):
            raise ValueError(f"{happened.event} cannot happen by itself: {after.key}")  # noqa: TRY004 (the tables, not a type, are wrong)
        tx.self_employed.cases.add(case.id, Step(case.version, happened, "", ITSELF, tx.at.now))
        case = replace(case, course=after, version=case.version + 1)
    keep_waits(tx, case)
    looked = replace(case, next_look=_next_look(tx, case))
    tx.self_employed.cases.keep(looked)
    return looked


def keep_waits(tx: Transaction, case: SelfCase) -> None:
    """End the waits that no longer stand, and begin those that now do."""
    wanted = {(wait.kind, wait.due): wait for wait in waits(case.course)}
    for standing in tx.self_employed.cases.waits(case.id, None):
        if wanted.pop((standing.wait.kind, standing.wait.due), None) is None:
            tx.self_employed.cases.end_wait(standing, tx.at.day)
    for wait in wanted.values():
        tx.self_employed.cases.begin_wait(case.id, wait, tx.at.day)


def _next_look(tx: Transaction, case: SelfCase) -> date | None:
    """Give the day on which a case is looked at next: a wait's last day, the day after it, today for one that passed unseen."""
    standing = [each for each in tx.self_employed.cases.waits(case.id, None) if each.warned_on is None]
    return min((_looked_at_on(each.wait.due, tx.at.day) for each in standing), default=None)


def _looked_at_on(due: date, today: date) -> date:
    if due < today:
        return today
    return due if due > today else today + ONE_DAY

"""A row in every table of what waits, made through its repository."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from refusion.cases.facts import Case
from refusion.claims.answer_rules import AnswerRule, hash_of
from refusion.claims.filing import Filing
from refusion.values.period import Period
from refusion.values.said import said
from refusion.watch.climbing import Away, Rung
from refusion.watch.facts import Task, Turn
from refusion.watch.orders import Form, Order, State
from refusion.watch.partial_hours import HoursOwed
from refusion.watch.stops import Cause, Stop
from refusion.wiring.work import OpenTransaction
from refusion.workflow.ports.waits import KnownAway

DAY = date(2025, 3, 3)


def rule_of(tx: OpenTransaction, number: int = 1) -> AnswerRule:
    """Make a proposed rule."""
    words = ("weekly_hours", "3700", "the collective agreement", DAY, None)
    return AnswerRule(UUID(int=7000 + number), number, *words, hash_of(*words), "kim", tx.at.now)


def order_of(filing: Filing, number: int = 1) -> Order:
    """Make an order for a report."""
    return Order(UUID(int=7100 + number), filing.id, filing.case, number, Form.NEW_SICKNESS, State.PREPARED, DAY, DAY, 100, DAY)


def stop_of(case: Case) -> Stop:
    """Make a stop of a case."""
    return Stop(UUID(int=7200), case.id, Cause.NO_ANSWER, DAY, DAY, "letter", DAY, "kim", 100)


def wait(tx: OpenTransaction, case: Case, filing: Filing, task: Task) -> None:
    """Let everything wait that can."""
    tx.waits.colleagues.keep(KnownAway(UUID(int=7300), Away("kim", Period(DAY, DAY)), "kim"), tx.at.now)
    tx.waits.rungs.keep(DAY, [(task, Rung(Turn.LEADER, "", 1, said("watch.climbed_late", days=1)))])
    tx.waits.warnings.keep([HoursOwed(case.id, 1, "Anna", "HR", DAY, (DAY,), 100, DAY, DAY)], DAY)
    tx.waits.orders.keep(order_of(filing))
    tx.waits.stops.keep(stop_of(case))
    tx.waits.rules.propose(rule_of(tx))

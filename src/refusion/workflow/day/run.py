"""A day of the house for one institution, in its order; each part commits for itself and can be repeated."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from refusion.workflow.books.reconcile import reconcile_books, reconciliation_due
from refusion.workflow.cases.notify import notify_due, review_due, settle_finished
from refusion.workflow.cases.open import open_cases
from refusion.workflow.day.watch import prove_books, watch_decisions, watch_payments
from refusion.workflow.filing.send import file_due
from refusion.workflow.funds.open import review_funds
from refusion.workflow.losses.learn import learn_losses
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports, Transaction
from refusion.workflow.self_employed.day import self_employed_day, self_employed_due
from refusion.workflow.settlements.fetch import fetch_decisions
from refusion.workflow.settlements.settle import settle
from refusion.workflow.watch.climb import climb_tasks
from refusion.workflow.watch.orders import order_due
from refusion.workflow.watch.partial_hours import warn_partial_hours
from refusion.workflow.watch.stops import watch_stops

Step = Callable[[Transaction], int]
Tell = Callable[[str, int], None]

# What payroll said becomes cases, notifications and claims, and what they intend, in one transaction.
FROM_PAYROLL: Sequence[Step] = (open_cases, notify_due, review_due, review_funds)
# What waits is seen by whoever can do something about it: orders, missing hours, stops, and late tasks that climb.
WAITS: Sequence[Step] = (order_due, warn_partial_hours, watch_stops, climb_tasks)
# The books sum to zero, always; whether they also agree with bank and authority is asked each night.
PROOF: Sequence[Step] = (prove_books, reconciliation_due)
# What authority and bank said becomes matches, postings and closed cases, and the books are proved, in another.
FROM_MONEY: Sequence[Step] = (settle, settle_finished, learn_losses, watch_decisions, watch_payments, *WAITS, *PROOF, self_employed_due)


def run_day(ports: Ports, actor: Actor, institution: str, tell: Tell = lambda _step, _count: None) -> dict[str, int]:
    """Do a day's work; ``tell`` hears each step with its count. Done twice it changes nothing more."""
    counts = begin_day(ports, actor, institution)
    counts["file_due"] = file_due(ports, actor, institution)
    counts |= end_day(ports, actor, institution)
    for step, count in counts.items():
        tell(step, count)
    return counts


def begin_day(ports: Ports, actor: Actor, institution: str) -> dict[str, int]:
    """Do what comes before filing: cases, notifications and claims."""
    return _together(ports, actor, institution, FROM_PAYROLL)


def end_day(ports: Ports, actor: Actor, institution: str) -> dict[str, int]:
    """Do what comes after filing: decisions, matches, postings, what waits too long, the proof of the books.

    Where it is due the books are then reconciled with the authority's whole list, which is asked for outside a transaction.
    """
    fetched = {"fetch_decisions": fetch_decisions(ports, actor, institution)}
    counts = fetched | _together(ports, actor, institution, FROM_MONEY)
    if counts.pop(reconciliation_due.__name__):
        counts[reconcile_books.__name__] = len(reconcile_books(ports, actor, institution).differences)
    if counts.pop(self_employed_due.__name__):
        counts[self_employed_day.__name__] = self_employed_day(ports, actor, institution)
    return counts


def _together(ports: Ports, actor: Actor, institution: str, steps: Sequence[Step]) -> dict[str, int]:
    with ports.work(institution, actor) as tx:
        return {step.__name__: step(tx) for step in steps}

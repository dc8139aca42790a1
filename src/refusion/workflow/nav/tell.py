"""Tasks about Norwegian refunds: opened when a person must look, closed when there is nothing to see any more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from refusion.settlements.nav_items.item import ItemKey
from refusion.values.period import first_of_month
from refusion.values.said import Said, said
from refusion.watch.facts import Kind, Task, Turn
from refusion.workflow.nav.items import Everything, Item, everything
from refusion.workflow.ports.norway.kept import ParkedLine
from refusion.workflow.ports.work import Transaction
from refusion.workflow.tasks.ask import task_id


def tell_differences(tx: Transaction) -> None:
    """Open a task for each difference that nothing explains, and for each line that waits; close those that are over.

    Every report that is in counts, booked or not: who explains before the run has the difference booked with its money.
    """
    found = everything(tx, first_of_month(tx.at.day), lambda _part: True, tx.at.day)
    open_now = {difference_task(tx, item.key): item for item in found.items.values() if item.is_unexplained}
    for item in open_now.values():
        tx.tasks.open(_difference(tx, found, item))
    parked = {line_task(tx, line): line for line in tx.norway.reports.parked() if line.placed_by is None}
    for id, line in parked.items():
        tx.tasks.open(_waiting(tx, id, line))
    close_others(tx, Kind.NAV_DIFFERENCE, open_now)
    close_others(tx, Kind.NAV_LINE_PARKED, parked)


def close_others(tx: Transaction, kind: Kind, still_open: Iterable[UUID]) -> None:
    """Close the open tasks of a kind that are not among those still to be seen."""
    keep = set(still_open)
    for task in tx.tasks.open_tasks():
        if task.kind is kind and task.id not in keep:
            tx.tasks.close(task.id, tx.at.day, tx.actor.name)


def open_task(
    tx: Transaction, kind: Kind, subject: UUID, what: Said, *, at_stake: int = 0, last_day: date | None = None, about: str = ""
) -> UUID:
    """Open a task of the caseworker about a matter, or bring it up to date; gives its id."""
    id = task_id(tx, kind, subject, about)
    tx.tasks.open(Task(id, kind, what, Turn.CASEWORKER, at_stake, tx.at.day, safe_day=last_day, legal_day=last_day, about=about or None))
    return id


def line_task(tx: Transaction, line: ParkedLine) -> UUID:
    """Give the id of the task about a parked line."""
    return task_id(tx, Kind.NAV_LINE_PARKED, line.report, str(line.place))


def difference_task(tx: Transaction, key: ItemKey) -> UUID:
    """Give the id of the task about an item's difference."""
    return task_id(tx, Kind.NAV_DIFFERENCE, key.case, f"{key.month}:{key.nature.value}")


def _difference(tx: Transaction, found: Everything, item: Item) -> Task:
    came = item.came.amount if item.came else 0
    what = said(
        f"refusjon.difference_{item.key.nature.value}",
        case=found.leaves.cases[item.key.case].number,
        month=item.key.month,
        expected_ore=item.wanted.amount,
        received_ore=came,
        difference_ore=came - item.wanted.amount,
    )
    at_stake = max(0, item.wanted.amount - came)
    return Task(difference_task(tx, item.key), Kind.NAV_DIFFERENCE, what, Turn.ACCOUNTANT, at_stake, tx.at.day)


def _waiting(tx: Transaction, id: UUID, line: ParkedLine) -> Task:
    return Task(id, Kind.NAV_LINE_PARKED, line.because, Turn.ACCOUNTANT, abs(line.amount), tx.at.day, about=f"{line.report}/{line.place}")

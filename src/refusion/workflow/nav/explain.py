"""A person's words about what NAV paid otherwise than we claimed; the next run moves the difference to its account."""

from __future__ import annotations

from datetime import date

from refusion.settlements.nav_items.item import ItemKey, Nature
from refusion.values.period import first_of_month
from refusion.values.said import Refused, said
from refusion.watch.facts import Kind
from refusion.workflow.nav.items import everything
from refusion.workflow.nav.tell import difference_task
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.norway.kept import Explanation
from refusion.workflow.ports.work import Ports, Transaction


def explain_difference(ports: Ports, actor: Actor, institution: str, item: tuple[int, date, Nature], reason: str) -> int:
    """Explain the difference of an item, named by the case's number, the month and what it is for; gives its øre.

    Raises Refused where there is no such case, no reason is given, or nothing differs.
    """
    words = reason.strip()
    if not words:
        raise Refused(said("refusjon.reason_missing"))
    with ports.work(institution, actor) as tx:
        key = item_of(tx, *item)
        found = everything(tx, key.month, lambda _part: True, tx.at.day).items.get(key)
        if found is None or found.came is None or found.came.amount == found.wanted.amount:
            raise Refused(said("refusjon.nothing_differs", case=item[0], month=key.month))
        difference = found.came.amount - found.wanted.amount
        tx.norway.books.explain(Explanation(key, words, difference, actor.name, tx.at.now))
        tx.tasks.close(difference_task(tx, key), tx.at.day, actor.name)
        tx.audit.note("nav_explain", str(key.case), {"month": str(key.month), "nature": key.nature.value, "amount": difference})
        return difference


def accept_pay(ports: Ports, actor: Actor, institution: str, case_number: int, *, month: date, reason: str) -> None:
    """Say that a month in which less was paid than is claimed is right as it is, so that the notice goes.

    Raises Refused where there is no such case or no reason is given.
    """
    words = reason.strip()
    if not words:
        raise Refused(said("refusjon.reason_missing"))
    with ports.work(institution, actor) as tx:
        key = item_of(tx, case_number, month, Nature.PAY)
        tx.norway.books.explain(Explanation(key, words, 0, actor.name, tx.at.now))
        for task in tx.tasks.open_tasks():
            if task.kind is Kind.NAV_PAY_BELOW and task.said.facts.get("case") == case_number and task.said.facts.get("month") == key.month:
                tx.tasks.close(task.id, tx.at.day, actor.name)
        tx.audit.note("nav_accept_pay", str(key.case), {"month": str(key.month)})


def item_of(tx: Transaction, case_number: int, month: date, nature: Nature) -> ItemKey:
    """Give the key of an item; raises Refused where there is no such case."""
    case = next((case for case in tx.norway.facts.cases() if case.number == case_number), None)
    if case is None:
        raise Refused(said("refusjon.no_such_case", number=case_number))
    first = date(month.year, 1, 1) if nature is Nature.HOLIDAY else first_of_month(month)
    return ItemKey(case.id, first, nature)

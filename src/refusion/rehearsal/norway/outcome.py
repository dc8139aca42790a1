"""What the Norwegian year came to: the books beside NAV's own list, to the øre."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from refusion.ledger.nav_chart import DEBTORS, DEVIATIONS, Role
from refusion.rehearsal.norway.world import NorwegianWorld
from refusion.values.period import first_of_month, last_of_month
from refusion.watch.facts import Kind
from refusion.workflow.nav.items import Item, everything
from refusion.workflow.nav.reconcile import reconciliation_of
from refusion.workflow.ports.institution import HOUSE
from refusion.workflow.ports.norway.sap import RunKind

HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True)
class NorwegianOutcome:
    """The sums, øre where the name says so; the keys of the demo's JSON."""

    days: str
    employees: int
    cases: int
    notices_accepted: int
    double_notices: int
    runs: int
    claimed_ore: int
    received_ore: int
    deviations_ore: int
    explained_deviations_ore: int
    holiday_expected_ore: int
    open_items_ore: int
    debtor_ore: int
    owed_by_nav_ore: int
    paid_not_booked_ore: int
    deviations_to_book_ore: int
    residual_ore: int
    interim_ore: int
    unexplained_ore: int
    open_differences: int
    books_sum_ore: int

    def as_json(self) -> dict[str, object]:
        """Give the keys and values as JSON writes them."""
        return asdict(self)


def outcome(world: NorwegianWorld) -> NorwegianOutcome:
    """Sum up what the year has come to.

    ``residual_ore`` is what the open items have more than NAV's list says it still owes, payments and differences that the
    next run books apart.
    """
    plan, day = world.plan, world.lived_until() or world.plan.first
    month = first_of_month(day)
    with world.house.ports.work(plan.code, HOUSE) as tx:
        found = reconciliation_of(tx, month)
        lines, runs, cases = tx.norway.books.lines(), tx.norway.books.runs(), tx.norway.facts.cases()
        notices = tx.norway.notices.newest().values()
        differences = sum(task.kind is Kind.NAV_DIFFERENCE for task in tx.tasks.open_tasks())
        known = everything(tx, month, lambda _part: True, tx.at.day).items.values()
    to_book = sum(_to_book(item) for item in known)
    sums: dict[str, int] = {}
    for line in lines:
        sums[line.role] = sums.get(line.role, 0) + line.amount
    open_items = sum(item.open for item in found.open_items if item.nature != HOLIDAY)
    owed = int(world.office.owed(last_of_month(month))["ore"])
    # A main run books what was paid before its month.
    waiting = world.office.paid(max((run.month for run in runs if run.kind is RunKind.MAIN), default=date.min), day)
    deviated = -sum(sums.get(role, 0) for role in DEVIATIONS)
    return NorwegianOutcome(
        days=f"{plan.first}..{day}",
        employees=plan.employees,
        cases=len(cases),
        notices_accepted=sum(notice.state == "accepted" for notice in notices),
        double_notices=int(world.office.counts()["double_filings"]),
        runs=len(runs),
        claimed_ore=-sums.get(Role.INCOME_PARENTAL, 0) - sums.get(Role.INCOME_SICKNESS, 0),
        received_ore=sums.get(Role.BANK, 0),
        deviations_ore=deviated,
        explained_deviations_ore=sum(item.deviated for item in found.deviations if item.explained is not None),
        holiday_expected_ore=-sums.get(Role.HOLIDAY_PARENTAL, 0) - sums.get(Role.HOLIDAY_SICKNESS, 0),
        open_items_ore=open_items,
        debtor_ore=sum(sums.get(role, 0) for role in DEBTORS if role is not Role.DEBTOR_HOLIDAY),
        owed_by_nav_ore=owed,
        paid_not_booked_ore=waiting,
        deviations_to_book_ore=to_book,
        residual_ore=open_items + to_book - owed - waiting,
        interim_ore=sums.get(Role.INTERIM, 0),
        unexplained_ore=found.open,
        open_differences=differences,
        books_sum_ore=sum(sums.values()),
    )


def _to_book(item: Item) -> int:
    """Give what a report has shown of a difference and the next run books, in øre."""
    return (item.deviation.amount if item.deviation else 0) - sum(item.booked.deviated.values())

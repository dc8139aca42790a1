"""Compares NAV's reports, the accounts and the claims, and says what each unit carries; reads only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from refusion.ledger.nav_chart import INCOME
from refusion.reports.nav.reconciliation import ItemRow, ParkedRow, Reconciliation, ReportRow, reconciled
from refusion.reports.nav.shares import Covered, UnitShare, by_receipt, by_unit, cost_of_days
from refusion.settlements.nav_items.item import Cause, Nature
from refusion.values.period import Period, first_of_month, last_of_month
from refusion.values.said import Said, said
from refusion.workflow.nav.items import Everything, Item, everything
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.norway.kept import BookedLine, DuePart, ParkedLine
from refusion.workflow.ports.work import Ports, Transaction


@dataclass(frozen=True, slots=True)
class Accrual:
    """What belongs to a year that has ended and was claimed after it, or is holiday pay earned in it: unit, nature, øre."""

    unit: str
    nature: str
    sickness: bool
    amount: int


@dataclass(frozen=True, slots=True)
class YearEnd:
    """A year's refunds by the month they came in (employer's contribution), and its accruals, øre."""

    year: int
    received: Mapping[tuple[date, str], int]
    accruals: tuple[Accrual, ...]


def reconcile(ports: Ports, actor: Actor, institution: str, month: date) -> Reconciliation:
    """Compare as of a month: claims up to it, everything that came, everything that was booked."""
    with ports.work(institution, actor) as tx:
        return reconciliation_of(tx, first_of_month(month))


def reconciliation_of(tx: Transaction, month: date) -> Reconciliation:
    """Compare in an open transaction."""
    found = everything(tx, month, lambda _part: True, tx.at.day)
    lines = tx.norway.books.lines()
    balances: dict[str, int] = {}
    for line in lines:
        balances[line.role] = balances.get(line.role, 0) + line.amount
    parked = tx.norway.reports.parked()
    return reconciled(
        month, balances, [_item_row(found, item) for item in found.items.values()], _reports(tx, found.parts, parked), _parked(tx, parked)
    )


def unit_shares(ports: Ports, actor: Actor, institution: str, days: Period) -> tuple[UnitShare, ...]:
    """Give by unit what leaves cost in some months and how much of it NAV covers (the page of UiO: about 75 %)."""
    with ports.work(institution, actor) as tx:
        found = everything(tx, days.last, lambda _part: True, tx.at.day)
        return by_unit(_covered(found, days))


def year_end(ports: Ports, actor: Actor, institution: str, year: int) -> YearEnd:
    """Give what a year's end needs: refunds by month of receipt, and what belongs to the year and is claimed after it."""
    with ports.work(institution, actor) as tx:
        found = everything(tx, date(year, 12, 31), lambda _part: True, tx.at.day)
        parts = [part for part in found.parts if part.pays_on.year == year]
        told = ((part.pays_on, found.leaves.leaves[part.part.item.case].workplace, part.part.amount) for part in parts)
        return YearEnd(year, by_receipt(told), _accruals(found, tx.norway.books.lines(), year))


def _accruals(found: Everything, lines: Sequence[BookedLine], year: int) -> tuple[Accrual, ...]:
    """Holiday pay is booked in the year it is earned; of benefits, what no run of the year has booked is accrued."""
    booked: dict[object, int] = {}
    for line in lines:
        if line.role in INCOME and line.run_month.year <= year and line.item is not None:
            booked[line.item] = booked.get(line.item, 0) - line.amount
    sums: dict[tuple[str, str, bool], int] = {}
    for key, item in found.items.items():
        amount = item.wanted.amount - booked.get(key, 0)
        if key.month.year == year and amount:
            place = found.leaves.leaves[key.case].unit, key.nature.value, item.sickness
            sums[place] = sums.get(place, 0) + amount
    return tuple(Accrual(*place, amount) for place, amount in sorted(sums.items()))


def _item_row(found: Everything, item: Item) -> ItemRow:
    return ItemRow(
        case=found.leaves.cases[item.key.case].number,
        month=item.key.month,
        nature=item.key.nature.value,
        unit=found.leaves.leaves[item.key.case].unit,
        expected=item.wanted.amount,
        came=item.came.amount if item.came else 0,
        claimed=sum(item.booked.claimed.values()),
        deviated=sum(item.booked.deviated.values()),
        received=item.booked.received,
        explained=_words(item),
        is_unexplained=item.is_unexplained,
        has_come=item.came is not None,
    )


def _words(item: Item) -> Said | None:
    """Say why an item differs, in a person's words or by NAV's own rate."""
    if item.deviation is None:
        return None
    if item.deviation.cause is Cause.BY_HAND and item.by_hand is not None:
        return said("refusjon.by_hand", reason=item.by_hand.reason, by=item.by_hand.by)
    if item.deviation.cause is Cause.HOLIDAY_RATE:
        return said("refusjon.holiday_rate", by_law_ore=item.wanted.by_law)
    return said("refusjon.rate", rate_ore=item.deviation.rate, own_rate_ore=item.wanted.rate)


def _reports(tx: Transaction, parts: Sequence[DuePart], parked: Sequence[ParkedLine]) -> list[ReportRow]:
    """A line counts as booked when its parts are, or when it stands on the interim account."""
    interim = {(line.report, line.place) for line in parked if line.on_interim}
    booked: dict[object, int] = {}
    for part in parts:
        if part.run is not None and (part.report, part.place) not in interim:
            booked[part.report] = booked.get(part.report, 0) + part.part.amount
    for line in parked:
        if line.on_interim:
            booked[line.report] = booked.get(line.report, 0) + line.amount
    return [ReportRow(one.nav_number or 0, one.pays_on, one.total, booked.get(one.id, 0)) for one in tx.norway.reports.reports()]


def _parked(tx: Transaction, parked: Sequence[ParkedLine]) -> list[ParkedRow]:
    """A line that was placed leaves the interim account with the run that books its part."""
    still = {(part.report, part.place) for part in tx.norway.reports.parts() if part.of_interim and part.run is not None}
    waits = [(line, line.on_interim and (line.report, line.place) not in still) for line in parked]
    return [ParkedRow(line.pays_on, line.amount, line.because, on_interim, line.placed_by is not None) for line, on_interim in waits]


def _covered(found: Everything, days: Period) -> list[Covered]:
    rows = []
    for key, item in found.items.items():
        leave = found.leaves.leaves[key.case]
        pay = found.leaves.pay.get(leave.employment_number, {}).get(key.month)
        if key.nature is Nature.BENEFIT and key.month in days and pay is not None and item.wanted.paid_days:
            weekdays = Period(key.month, last_of_month(key.month)).weekdays
            refunded = item.wanted.amount + (item.deviation.amount if item.deviation else 0)
            rows.append(Covered(leave.unit, cost_of_days(pay.paid, item.wanted.paid_days, weekdays), refunded))
    return rows

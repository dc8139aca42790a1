"""What a run writes: postings for the accounting system, and claims, payments and maximum dates back to SAP."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from refusion.ledger.nav_chart import DEBTORS, NavChart
from refusion.settlements.nav_items.book import Entry, Why
from refusion.settlements.nav_items.item import Carrier, ItemKey
from refusion.values.period import Period, first_of_month, last_of_month
from refusion.workflow.nav.items import Everything
from refusion.workflow.ports.norway.sap import LoadKind, LoadLine, Run, TransferLine, line_key

Place = tuple[ItemKey | None, str, Carrier]
KINDS = {Why.CLAIMED: LoadKind.CLAIM, Why.RECEIVED: LoadKind.PAYMENT, Why.PLACED: LoadKind.PAYMENT}


@dataclass(frozen=True, slots=True)
class Written:
    """An entry of a run with its id, the day it happened and the account of each line."""

    id: UUID
    entry: Entry
    happened_on: date
    accounts: tuple[str, ...]


def transfer_lines(
    run: Run, written: Sequence[Written], chart: NavChart, earlier: Mapping[Place, tuple[int, UUID, int]]
) -> tuple[TransferLine, ...]:
    """Give every posting of a run as a line for the accounting system, with the standard account of SAF-T."""
    return tuple(_transfer(run, written, chart, earlier))


def _transfer(
    run: Run, written: Sequence[Written], chart: NavChart, earlier: Mapping[Place, tuple[int, UUID, int]]
) -> Iterator[TransferLine]:
    for one in written:
        item = one.entry.item
        for place, (line, account) in enumerate(zip(one.entry.lines, one.accounts, strict=True), 1):
            before = earlier.get((item, line.role.value, line.carrier)) if one.entry.why is Why.CLAIMED else None
            yield TransferLine(
                key=line_key(run.institution, run.number, one.id, place),
                account=account,
                standard_account=chart.standard(account),
                cost_centre=line.carrier.cost_centre,
                project=line.carrier.project,
                period=days_of(item, one.happened_on),
                amount=line.amount,
                text=f"NAV {one.entry.why.value}",
                corrects="" if before is None else line_key(run.institution, *before),
            )


def load_lines(run: Run, written: Sequence[Written], found: Everything, ends: Mapping[UUID, date]) -> tuple[LoadLine, ...]:
    """Give what SAP is told: claims and payments of each absence, and NAV's maximum dates of those that were paid."""
    paid = {one.entry.item.case for one in written if one.entry.item is not None and KINDS.get(one.entry.why) is LoadKind.PAYMENT}
    dates = [_max_date(run, found, case, ends[case]) for case in sorted(paid) if case in ends]
    return (*_amounts(run, written, found), *dates)


def _amounts(run: Run, written: Sequence[Written], found: Everything) -> Iterator[LoadLine]:
    for one in written:
        kind, item = KINDS.get(one.entry.why), one.entry.item
        if kind is None or item is None:
            continue
        case = found.leaves.cases[item.case]
        debtor = [(line, account) for line, account in zip(one.entry.lines, one.accounts, strict=True) if line.role in DEBTORS]
        for line, account in debtor:
            yield LoadLine(
                key=line_key(run.institution, run.number, "load", one.id),
                kind=kind,
                employment_number=case.employment_number,
                absence_number=case.absence_number,
                period=days_of(item, one.happened_on),
                amount=line.amount if kind is LoadKind.CLAIM else -line.amount,
                account=account,
            )


def _max_date(run: Run, found: Everything, case: UUID, last: date) -> LoadLine:
    kept = found.leaves.cases[case]
    key = line_key(run.institution, run.number, "max_date", case)
    return LoadLine(key, LoadKind.MAX_DATE, kept.employment_number, kept.absence_number, None, 0, max_date=last)


def days_of(item: ItemKey | None, day: date) -> Period:
    """Give the days that a posting belongs to: the item's month, or that of the day."""
    first = item.month if item is not None else first_of_month(day)
    return Period(first, last_of_month(first))

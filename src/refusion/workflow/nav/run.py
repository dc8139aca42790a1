"""Closes a booking run: claims, NAV's payments and explained differences are posted, and the files for SAP and accounting made.

A run is one transaction. It is closed whole or not at all; asked for again it gives what it gave before, byte for byte. What
turns out wrong in a closed run is posted as a difference in the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from refusion.ledger.nav_chart import DEVIATIONS, INCOME, NavChart, Role, nav_chart
from refusion.settlements.nav_items.book import (
    Entry,
    Why,
    claim_entry,
    deviation_entry,
    parked_entry,
    placed_entry,
    received_entry,
    roles_of,
)
from refusion.settlements.nav_items.item import Carrier, ItemKey
from refusion.values.ids import derived_id
from refusion.values.period import first_of_month
from refusion.values.said import Refused, said
from refusion.workflow.nav.files import Written, load_lines, transfer_lines
from refusion.workflow.nav.items import Everything, everything
from refusion.workflow.nav.tell import tell_differences
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.norway.kept import ClosedRun, DuePart, NavSettings, ParkedLine
from refusion.workflow.ports.norway.sap import Run, RunKind
from refusion.workflow.ports.norway.world import NorwegianWorld
from refusion.workflow.ports.work import Ports, Transaction

_FIRST: Mapping[Why, frozenset[Role]] = {
    Why.CLAIMED: INCOME,
    Why.DEVIATED: DEVIATIONS,
    Why.RECEIVED: frozenset({Role.BANK}),
    Why.PLACED: frozenset({Role.INTERIM}),
    Why.PARKED: frozenset({Role.BANK}),
    Why.ACCRUED: frozenset(),
    Why.ACCRUAL_REVERSED: frozenset(),
}
"""By the postings on which accounts an entry of each kind is summed up."""


@dataclass(frozen=True, slots=True)
class Closing:
    """What a run came to; ``again`` when it had been closed before."""

    run: ClosedRun
    claimed: int
    received: int
    deviated: int
    parked: int
    again: bool = False


def chart_of(settings: NavSettings) -> NavChart:
    """Give the institution's accounts; raises Refused where its own numbers mix what must stay apart."""
    try:
        return nav_chart(settings.profile).with_numbers(settings.accounts)
    except ValueError:
        raise Refused(said("refusjon.accounts_mixed")) from None


def world_of(ports: Ports) -> NorwegianWorld:
    """Give the Norwegian outside world; raises Refused where the house has none."""
    if ports.norway is None:
        raise Refused(said("refusjon.nav_not_connected"))
    return ports.norway


def close_run(ports: Ports, actor: Actor, institution: str, kind: RunKind, month: date) -> Closing:
    """Close the main or the correction run of a month, or give it again as it was.

    Raises Refused for a month that has not begun, and for one that lies before a run that is closed already.
    """
    world, first = world_of(ports), first_of_month(month)
    with ports.work(institution, actor) as tx:
        closed = tx.norway.books.run(first, kind)
        if closed is not None:
            return _told(tx, closed, again=True)
        _refuse_wrong_time(tx, kind, first)
        made = _close(tx, world, kind, first)
        tx.audit.note("nav_run", str(made.number), {"kind": kind.value, "month": str(first), "entries": made.entries})
        return _told(tx, made, again=False)


def is_due(part: DuePart | ParkedLine, kind: RunKind, month: date, settings: NavSettings) -> bool:
    """Tell whether a run books a payment: NAV's payments of a calendar month belong to the first main run of the next.

    UiO: payments of August are booked on 15 September.
    """
    takes = kind is RunKind.MAIN or settings.payments_in_corrections
    return takes and first_of_month(part.pays_on) < month


def _refuse_wrong_time(tx: Transaction, kind: RunKind, month: date) -> None:
    if month > tx.at.day:
        raise Refused(said("refusjon.run_too_early", month=month))
    order = (RunKind.MAIN, RunKind.CORRECTION)
    later = [run for run in tx.norway.books.runs() if (run.month, order.index(run.kind)) > (month, order.index(kind))]
    if later:
        raise Refused(said("refusjon.run_too_late", month=month, closed=later[-1].month))


def _close(tx: Transaction, world: NorwegianWorld, kind: RunKind, month: date) -> ClosedRun:
    settings = tx.norway.facts.settings()
    chart = chart_of(settings)

    def counts(part: DuePart) -> bool:
        return part.run is not None or is_due(part, kind, month, settings)

    found = everything(tx, month, counts, tx.at.day)
    due = [part for part in found.parts if part.run is None and counts(part)]
    waiting = [line for line in tx.norway.reports.parked() if not line.on_interim and is_due(line, kind, month, settings)]
    interim = [line for line in waiting if line.placed_by is None]
    entries = list(_entries(found, due, interim))
    number = len(tx.norway.books.runs()) + 1
    run = Run(tx.institution.code, number, kind, month, tx.at.day)
    id = derived_id(tx.institution.namespace, "nav_run", month, kind.value)
    written = [_written(id, place, entry, chart, tx.at.day) for place, entry in enumerate(entries, 1)]
    closed = ClosedRun(
        id,
        number,
        kind,
        month,
        tx.at.day,
        tx.at.now,
        len(entries),
        world.files.transfer_file(run, transfer_lines(run, written, chart, _earlier(tx))),
        world.files.load_file(run, load_lines(run, written, found, tx.norway.reports.right_ends())),
    )
    tx.norway.books.close(closed, [(one.id, one.entry, one.happened_on, one.accounts) for one in written])
    tx.norway.books.mark_booked(id, due, interim)
    tell_differences(tx)
    return closed


def _entries(found: Everything, due: Sequence[DuePart], interim: Sequence[ParkedLine]) -> Iterator[Entry]:
    money: dict[tuple[ItemKey, bool], int] = {}
    for part in due:
        place = part.part.item, part.of_interim
        money[place] = money.get(place, 0) + part.part.amount
    for key, item in found.items.items():
        roles, shares = roles_of(key.nature, sickness=item.sickness), found.leaves.carriers(key.case, key.month)
        deviation = item.deviation.amount if item.deviation else 0
        made = (
            claim_entry(key, roles, item.wanted.amount, shares, item.booked),
            received_entry(key, roles, money.get((key, False), 0)),
            placed_entry(key, roles, money.get((key, True), 0)),
            deviation_entry(key, roles, deviation, shares, item.booked),
        )
        yield from (entry for entry in made if entry is not None)
    for line in interim:
        entry = parked_entry(line.amount)
        if entry is not None:
            yield entry


def _written(run: UUID, place: int, entry: Entry, chart: NavChart, day: date) -> Written:
    id = derived_id(run, "nav_entry", place)
    return Written(id, entry, day, tuple(chart.number(line.role) for line in entry.lines))


def _earlier(tx: Transaction) -> Mapping[tuple[ItemKey | None, str, Carrier], tuple[int, UUID, int]]:
    """Give where each item's last posting on a role stands: run, entry, place. What is posted now corrects it."""
    return {
        (line.item, line.role, Carrier(line.cost_centre, line.project)): (line.run, line.entry, line.position)
        for line in tx.norway.books.lines()
        if line.item is not None
    }


def _told(tx: Transaction, run: ClosedRun, *, again: bool) -> Closing:
    sums = dict.fromkeys(Why, 0)
    for line in tx.norway.books.lines(run.id):
        if line.role in _FIRST[Why(line.why)]:
            sums[Why(line.why)] += line.amount
    received = sums[Why.RECEIVED] + sums[Why.PLACED]
    return Closing(run, -sums[Why.CLAIMED], received, -sums[Why.DEVIATED], sums[Why.PARKED], again)


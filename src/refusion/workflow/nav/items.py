"""All open items of an institution: what is expected of each, what NAV paid, what stands in the books, why the two differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from refusion.cases.nav_case import SICKNESS
from refusion.claims.nav_refund.holiday import Earned, expected_holiday
from refusion.claims.nav_refund.months import MonthExpected, columns_of, expected_months
from refusion.claims.nav_refund.rate import day_rate
from refusion.settlements.nav_items.deviation import deviation_of, is_unexplained, rate_shown
from refusion.settlements.nav_items.item import Booked, Came, Deviation, ItemKey, Nature, Wanted
from refusion.settlements.nav_items.place import Known, holiday_item
from refusion.values.period import first_of_month, last_of_month
from refusion.workflow.nav.leaves import Leaves, read_leaves
from refusion.workflow.ports.norway.kept import DuePart, Explanation
from refusion.workflow.ports.work import Transaction

NOTHING = Wanted(0)
DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Item:
    """One item; ``came`` counts the lines that were asked for, ``by_hand`` is a person's explanation."""

    key: ItemKey
    sickness: bool
    wanted: Wanted
    came: Came | None
    booked: Booked
    deviation: Deviation | None
    by_hand: Explanation | None

    @property
    def is_unexplained(self) -> bool:
        """Tell whether NAV paid something else than we claimed and nothing says why."""
        return is_unexplained(self.wanted, self.came, self.deviation)


@dataclass(frozen=True, slots=True)
class Everything:
    """All items by key with the leaves behind them and the expected months; parts are those of all lines."""

    leaves: Leaves
    months: tuple[MonthExpected, ...]
    items: Mapping[ItemKey, Item]
    parts: tuple[DuePart, ...]


def everything(tx: Transaction, until: date, counts: Callable[[DuePart], bool], registered_by: date) -> Everything:
    """Reckon all items up to a month; ``counts`` tells which parts of lines are asked for.

    A leave that SAP registered after ``registered_by`` expects nothing yet, unless something of it is booked.
    """
    leaves = read_leaves(tx, last_of_month(until))
    months = months_of(leaves, until)
    booked, parts = tx.norway.books.booked(), tx.norway.reports.parts()
    begun = {item.case for item in booked}
    ready = {case for case, leave in leaves.leaves.items() if leave.registered_on <= registered_by or case in begun}
    wanted = {ItemKey(one.case, one.month): _wanted(one) for one in months if one.case in ready}
    came = _came(part for part in parts if counts(part))
    rates = known_rates(wanted, came)
    wanted.update(_holidays(leaves, [one for one in months if one.case in ready], rates, until))
    explained = tx.norway.books.explanations()
    keys = {*wanted, *booked, *came}
    items = {}
    for key in sorted(keys):
        rate = rates.get(key.case) if key.nature is Nature.BENEFIT else None
        told = Told(wanted.get(key, NOTHING), came.get(key), booked.get(key, Booked()), rate, explained.get(key))
        items[key] = _item(key, told, sickness=leaves.leaves[key.case].benefit in SICKNESS)
    return Everything(leaves, months, items, parts)


def months_of(leaves: Leaves, until: date) -> tuple[MonthExpected, ...]:
    """Give the expected months of all leaves, column by column, up to a month."""
    rates = {}
    for case, leave in leaves.leaves.items():
        given = day_rate(leave, leaves.settings.profile)
        if given is not None:
            rates[case] = given.rate
    received = {case.id: case.received_on for case in leaves.cases.values() if case.received_on is not None}
    return expected_months(columns_of(list(leaves.leaves.values()), rates, leaves.first_days, received), until)


def known_rates(wanted: Mapping[ItemKey, Wanted], came: Mapping[ItemKey, Came]) -> Mapping[UUID, int]:
    """Give the daily rate that NAV showed last for each case."""
    found: dict[UUID, int] = {}
    for key in sorted(came, key=lambda key: key.month):
        if key.nature is Nature.BENEFIT:
            shown = rate_shown(wanted.get(key, NOTHING), came[key])
            if shown is not None:
                found[key.case] = shown
    return found


def cases_of(leaves: Leaves, person: UUID) -> tuple[Known, ...]:
    """Give a person's cases as lines of a report ask for them."""
    return tuple(
        Known(leave.case, leave.benefit, leave.first_day, leave.last_day) for leave in leaves.leaves.values() if leave.person == person
    )


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of an item before it is judged; ``rate`` is the daily rate that NAV showed for its case."""

    wanted: Wanted
    came: Came | None
    booked: Booked
    rate: int | None
    by_hand: Explanation | None


def _item(key: ItemKey, told: Told, *, sickness: bool) -> Item:
    deviation = deviation_of(told.wanted, told.came, known_rate=told.rate, by_hand=told.by_hand is not None)
    return Item(key, sickness, told.wanted, told.came, told.booked, deviation, told.by_hand)


def _wanted(month: MonthExpected) -> Wanted:
    return Wanted(month.amount, month.days, month.paid_days, month.rate)


def _came(parts: Iterable[DuePart]) -> dict[ItemKey, Came]:
    found: dict[ItemKey, Came] = {}
    for due in parts:
        part = due.part
        found[part.item] = found.get(part.item, Came(0)).with_line(part.amount, part.days)
    return found


def _holidays(
    leaves: Leaves, months: Sequence[MonthExpected], rates: Mapping[UUID, int], until: date
) -> Mapping[ItemKey, Wanted]:
    """Expect the holiday pay of every year that has ended, or ends with the month, once for a person and benefit."""
    found: dict[ItemKey, tuple[int, int]] = {}
    earned: dict[tuple[UUID, object, object], list[Earned]] = {}
    for month in months:
        leave = leaves.leaves[month.case]
        paid = replace(month, rate=rates.get(month.case, month.rate))
        earned.setdefault((leave.person, leave.benefit, leave.due_on or leave.case), []).append(Earned(leave, paid))
    for (person, benefit, _), each in earned.items():
        known = [case for case in cases_of(leaves, person) if case.benefit == benefit]
        for year in sorted({one.month.month.year for one in each}):
            key = holiday_item(known, year)
            if key is not None and date(year, DECEMBER, 1) <= first_of_month(until):
                before, by_law = found.get(key, (0, 0))
                found[key] = before + expected_holiday(each, year, leaves.settings.profile), by_law + expected_holiday(each, year)
    return {key: Wanted(amount, by_law=by_law) for key, (amount, by_law) in found.items() if amount}

"""To which item a line of NAV's report belongs: by code, person and days alone, or it is parked with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from refusion.absences.norwegian import Benefit
from refusion.settlements.nav_items.item import ItemKey, Nature
from refusion.settlements.nav_report import ReportLine
from refusion.values.period import Period, first_of_month
from refusion.values.said import Said, said


@dataclass(frozen=True, slots=True)
class Known:
    """A case of a person as far as lines ask: its benefit and its days (``last`` None: open), withdrawn or not."""

    case: UUID
    benefit: Benefit
    first: date
    last: date | None

    def days_within(self, period: Period) -> Period | None:
        """Give the case's days in a period."""
        return period.overlap(Period(self.first, max(self.first, self.last or period.last, self.first)))


@dataclass(frozen=True, slots=True)
class Part:
    """What a line gives an item: øre and the days it names."""

    item: ItemKey
    amount: int
    days: Period | None


Placed = tuple[Part, ...]


def place(line: ReportLine, pays_on: date, cases: Sequence[Known], open_items: Mapping[ItemKey, int]) -> Placed | Said:
    """Give the parts of a line, or say why it is parked; ``cases`` are those of the line's person.

    ``open_items`` (øre) decide about a line without days: it belongs to the one item that is open with exactly its amount.
    """
    meaning = line.meaning
    if meaning is None:
        return said("refusjon.parked_code", code=line.code, amount_ore=line.amount)
    own = [case for case in cases if meaning.benefit in (None, case.benefit)]
    if not own:
        return said("refusjon.parked_no_case", code=line.code, amount_ore=line.amount)
    if meaning.holiday_pay:
        return _holiday(line, pays_on, own)
    if line.period is None:
        return _undated(line, own, open_items)
    return _dated(line, line.period, own)


def holiday_item(cases: Sequence[Known], year: int) -> ItemKey | None:
    """Give the item on which a person's holiday pay of an earning year stands: that of the first case of the year."""
    whole = Period(date(year, 1, 1), date(year, 12, 31))
    within = sorted((case for case in cases if case.days_within(whole)), key=lambda case: (case.first, str(case.case)))
    return ItemKey(within[0].case, whole.first, Nature.HOLIDAY) if within else None


def _holiday(line: ReportLine, pays_on: date, cases: Sequence[Known]) -> Placed | Said:
    """NAV's own days of holiday pay are always those of May of the year after; the year before was earned."""
    paid_for = line.first or pays_on
    item = holiday_item(cases, paid_for.year - 1)
    if item is None:
        return said("refusjon.parked_no_earning_year", year=paid_for.year - 1, amount_ore=line.amount)
    return (Part(item, line.amount, None),)


def _undated(line: ReportLine, cases: Sequence[Known], open_items: Mapping[ItemKey, int]) -> Placed | Said:
    own = {case.case for case in cases}
    found = [item for item, amount in open_items.items() if item.case in own and amount == line.amount and item.nature is Nature.BENEFIT]
    if len(found) != 1:
        return said("refusjon.parked_undated", code=line.code, amount_ore=line.amount)
    return (Part(found[0], line.amount, None),)


def _dated(line: ReportLine, period: Period, cases: Sequence[Known]) -> Placed | Said:
    touching = [case for case in cases if case.days_within(period)]
    whole = [case for case in touching if case.days_within(period) == period]
    found = whole if len(touching) != 1 else touching
    if len(found) != 1:
        key = "refusjon.parked_several" if touching else "refusjon.parked_outside"
        return said(key, first=period.first, last=period.last, amount_ore=line.amount)
    return _by_month(line, period, found[0].case)


def _by_month(line: ReportLine, period: Period, case: UUID) -> Placed | Said:
    """Cut a line that spans months where each weekday of it gives the same whole øre; otherwise nobody knows the parts."""
    months = list(period.months())
    if len(months) == 1:
        return (Part(ItemKey(case, first_of_month(period.first)), line.amount, period),)
    days = period.weekdays
    if not days or line.amount % days:
        return said("refusjon.parked_spans_months", first=period.first, last=period.last, amount_ore=line.amount)
    a_day = line.amount // days
    return tuple(Part(ItemKey(case, first_of_month(month.first)), a_day * month.weekdays, month) for month in months if month.weekdays)

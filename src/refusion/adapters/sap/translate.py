"""SAP's rows to the house's facts, with what a row says against itself and what rows say against each other; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from refusion.absences.norwegian import PARENTAL, WHOLE, AbsenceTold, AllocationTold, Benefit, EmploymentTold, FeedRow, PayTold
from refusion.adapters.sap.messages import ABSENCES, ALLOCATIONS, EMPLOYMENTS, PAY, Kind
from refusion.adapters.sap.refusals import problem
from refusion.values.period import ONE_DAY
from refusion.values.said import Problem

# The cells of a row that were read: their types are those of its columns.
Row = Mapping[str, Any]


def to_fact(kind: Kind, row: Row) -> FeedRow:
    """Make the fact of a row of the feed."""
    return _FACTS[kind.name](row)


def wrong_in(kind: Kind, row: Row) -> Iterator[tuple[str, str]]:
    """Say what a row says against itself: the key of what is wrong, and the column."""
    for name, first, last, key in _ORDER:
        if name == kind.name and row[first] is not None and row[last] is not None and row[last] < row[first]:
            yield key, last
    if kind is EMPLOYMENTS and row["contract"] == "temporary" and row["employment_ends"] is None:
        yield "temporary_without_end", "employment_ends"
    if kind is ABSENCES and row["coverage"] is not None and Benefit(row["benefit"]) not in PARENTAL:
        yield "coverage_without_parental", "coverage"
    if kind is PAY and min(row["agreed_pay"], row["benefits_in_kind"] or 0) < 0:
        yield "below_nought", "agreed_pay"


def check_together(kind: Kind, file: str, rows: Sequence[tuple[int, Row]]) -> list[Problem]:
    """Note employments whose shares of a day do not sum to the whole; one problem for each, at its first row."""
    if kind is not ALLOCATIONS:
        return []
    by_employment: defaultdict[str, list[tuple[int, Row]]] = defaultdict(list)
    for number, row in rows:
        by_employment[row["employment_number"]].append((number, row))
    found = []
    for told in by_employment.values():
        day = _day_out_of_share([row for _, row in told])
        if day is not None:
            share = _share_on(day, [row for _, row in told])
            found.append(problem("shares_differ", file, told[0][0], "share_percent", day=day, percent=_percent(share)))
    return found


def _day_out_of_share(rows: Sequence[Row]) -> date | None:
    """Give the first day on which something begins or ends and the shares are neither nothing nor the whole."""
    turns = {row["first_day"] for row in rows} | {row["last_day"] + ONE_DAY for row in rows if row["last_day"] not in {None, date.max}}
    return next((day for day in sorted(turns) if _share_on(day, rows) not in {0, WHOLE}), None)


def _share_on(day: date, rows: Sequence[Row]) -> int:
    return sum(row["share_percent"] for row in rows if row["first_day"] <= day and (row["last_day"] is None or day <= row["last_day"]))


def _percent(share: int) -> str:
    whole, part = divmod(share, 100)
    return f"{whole}.{part:02d}"


def _employment(row: Row) -> EmploymentTold:
    return EmploymentTold(
        number=row["employment_number"],
        national_number=row["national_number"],
        name=row["name"],
        employed_since=row["employed_since"],
        ends=row["employment_ends"],
        temporary=row["contract"] == "temporary",
        workplace=row["workplace"],
        unit=row["unit"],
        position=row["position_percent"],
        registered_on=row["registered_on"],
    )


def _pay(row: Row) -> PayTold:
    return PayTold(
        number=row["employment_number"],
        month=row["month"],
        agreed=row["agreed_pay"],
        paid=row["paid_pay"],
        in_kind=row["benefits_in_kind"] or 0,
        registered_on=row["registered_on"],
    )


def _absence(row: Row) -> AbsenceTold:
    return AbsenceTold(
        number=row["employment_number"],
        absence_number=row["absence_number"],
        benefit=Benefit(row["benefit"]),
        first_day=row["first_day"],
        last_day=row["last_day"],
        degree=row["degree_percent"],
        coverage=None if row["coverage"] is None else int(row["coverage"]),
        due_on=row["due_on"],
        withdrawn=row["status"] == "withdrawn",
        registered_on=row["registered_on"],
    )


def _allocation(row: Row) -> AllocationTold:
    return AllocationTold(
        number=row["employment_number"],
        first_day=row["first_day"],
        last_day=row["last_day"],
        cost_centre=row["cost_centre"],
        project=row["project"],
        share=row["share_percent"],
        registered_on=row["registered_on"],
    )


_FACTS: Mapping[str, Callable[[Row], FeedRow]] = {
    EMPLOYMENTS.name: _employment,
    PAY.name: _pay,
    ABSENCES.name: _absence,
    ALLOCATIONS.name: _allocation,
}
_ORDER = (
    (EMPLOYMENTS.name, "employed_since", "employment_ends", "ends_before_employed"),
    (ABSENCES.name, "first_day", "last_day", "ends_before_start"),
    (ALLOCATIONS.name, "first_day", "last_day", "ends_before_start"),
)

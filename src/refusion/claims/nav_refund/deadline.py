"""Until when NAV must have a claim, and what is lost on which day if it has not (ftrl § 22-13)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from refusion.claims.nav_refund.months import MonthExpected
from refusion.law.norway.deadline import claim_from_day
from refusion.values.period import ONE_DAY, last_of_month, months_after


@dataclass(frozen=True, slots=True)
class AtRisk:
    """A month that no notice has asked for: the last day to do so, what it is worth in øre, and whether that day is over."""

    case: UUID
    month: date
    last_day: date
    amount: int
    lost: bool


def last_day_to_claim(month: date) -> date:
    """Give the last day on which a notice still reaches back to the month: a claim reaches back whole months."""
    day = last_of_month(month)
    while int(claim_from_day((day + ONE_DAY).toordinal())) <= month.toordinal():
        day = last_of_month(months_after(day.replace(day=1), 1))
    return day


def at_risk(months: Iterable[MonthExpected], claimed: Iterable[UUID], today: date) -> tuple[AtRisk, ...]:
    """Give the months of cases of which NAV has no notice, the nearest day first, then the most kroner."""
    done = set(claimed)
    found = [
        AtRisk(one.case, one.month, last_day_to_claim(one.month), one.amount, last_day_to_claim(one.month) < today)
        for one in months
        if one.case not in done and one.amount
    ]
    return tuple(sorted(found, key=lambda one: (one.last_day, -one.amount, str(one.case))))

"""Named reasons why a payer pays another amount: each computes the øre it would explain, from the facts of the claim."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from refusion.settlements.difference import ROUNDING_ORE
from refusion.values.period import ONE_DAY, Period
from refusion.values.said import Fact, Said, said

WEEKDAYS, WEEK, HUNDREDTHS = 5, 7, 100


class Reason(StrEnum):
    """The reasons, in the order in which they are tried."""

    SUPPLEMENT = "supplement"
    RATE_CHANGE = "rate_change"
    CALENDAR_DAYS = "calendar_days"
    PARTIAL_HOURS = "partial_hours"
    ROUNDED_HOUR = "rounded_hour"
    ROUNDING = "rounding"


@dataclass(frozen=True, slots=True)
class RateChange:
    """A weekly maximum that changed: øre per week until the day before ``day`` and from it."""

    day: date
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Basis:
    """What an expected amount was computed from; what is not known is None and explains nothing.

    Money in øre, hours in hundredths over the whole period. ``hourly`` is the refund of an absent hour, ``weekly`` that
    of a whole week of absence. ``rate`` is given when the refund is the weekly maximum.
    """

    period: Period
    supplement: int | None = None
    weekly: int | None = None
    hourly: int | None = None
    absent_hours: int | None = None
    normal_hours: int | None = None
    rate: RateChange | None = None


@dataclass(frozen=True, slots=True)
class Explained:
    """A reason with the difference it would make (received less expected, øre) and the facts it was computed from."""

    reason: Reason
    difference: int
    because: Said


def explanations(basis: Basis) -> tuple[Explained, ...]:
    """List every difference that the facts of a claim can explain, but for rounding; none of nothing."""
    found = (*_supplement(basis), *_rate_change(basis), *_calendar_days(basis), *_partial_hours(basis), *_rounded_hour(basis))
    return tuple(one for one in found if one.difference)


def explain(difference: int, basis: Basis | None) -> tuple[Explained, ...]:
    """Name the reasons that explain a difference (øre): rounding alone, or one of the claim's own with rounding at most.

    A reason that meets to the øre leaves out those that only come near.
    """
    found = [] if basis is None else [one for one in explanations(basis) if abs(difference - one.difference) <= ROUNDING_ORE]
    exact = [one for one in found if one.difference == difference]
    if abs(difference) <= ROUNDING_ORE and not exact:
        found.append(_explained(Reason.ROUNDING, difference, limit_ore=ROUNDING_ORE))
    return tuple(exact or found)


def _explained(reason: Reason, difference: int, **facts: Fact) -> Explained:
    return Explained(reason, difference, said(f"settlements.tolerance_{reason.value}", difference_ore=difference, **facts))


def _supplement(basis: Basis) -> Iterator[Explained]:
    """The pension supplement came on top, or was left out of what we expected to hold it."""
    if basis.supplement is not None:
        for difference in (basis.supplement, -basis.supplement):
            yield _explained(Reason.SUPPLEMENT, difference, supplement_ore=basis.supplement)


def _rate_change(basis: Basis) -> Iterator[Explained]:
    """The old weekly maximum was used for all days, or the new one."""
    rate = basis.rate
    if rate is None:
        return
    after = basis.period.overlap(Period(rate.day, max(rate.day, basis.period.last)))
    before = basis.period.overlap(Period(min(rate.day - ONE_DAY, basis.period.first), rate.day - ONE_DAY))
    facts: dict[str, Fact] = {"changed_on": rate.day, "before_ore": rate.before, "after_ore": rate.after}
    raised = rate.after - rate.before
    for days, sign in ((after, -1), (before, 1)):
        if days is not None:
            difference = _part(sign * raised * days.weekdays * _absent(basis), WEEKDAYS * _normal(basis))
            yield _explained(Reason.RATE_CHANGE, difference, weekdays=days.weekdays, **facts)


def _calendar_days(basis: Basis) -> Iterator[Explained]:
    """Sevenths of a week for calendar days were used in place of fifths for weekdays."""
    if basis.weekly is not None:
        by_weekdays = _part(basis.weekly * basis.period.weekdays, WEEKDAYS)
        by_days = _part(basis.weekly * basis.period.days, WEEK)
        facts = {"calendar_days": basis.period.days, "weekdays": basis.period.weekdays}
        yield _explained(Reason.CALENDAR_DAYS, by_days - by_weekdays, weekly_ore=basis.weekly, **facts)


def _partial_hours(basis: Basis) -> Iterator[Explained]:
    """The hours worked were not taken off: the whole time was paid."""
    if basis.hourly is not None and basis.absent_hours is not None and basis.normal_hours is not None:
        worked = basis.normal_hours - basis.absent_hours
        difference = _part(basis.hourly * worked, HUNDREDTHS)
        yield _explained(Reason.PARTIAL_HOURS, difference, hourly_ore=basis.hourly, **_hours(worked))


def _rounded_hour(basis: Basis) -> Iterator[Explained]:
    """The absent hours were rounded to whole hours, down or up."""
    if basis.hourly is not None and basis.absent_hours is not None:
        down = -(basis.absent_hours % HUNDREDTHS)
        for moved in (down, (HUNDREDTHS + down) % HUNDREDTHS):
            difference = _part(basis.hourly * moved, HUNDREDTHS)
            yield _explained(Reason.ROUNDED_HOUR, difference, hourly_ore=basis.hourly, **_hours(basis.absent_hours + moved))


def _hours(hundredths: int) -> dict[str, int]:
    """Say hundredths of hours as hours and minutes."""
    return {"hours": hundredths // HUNDREDTHS, "minutes": hundredths % HUNDREDTHS * 60 // HUNDREDTHS}


def _absent(basis: Basis) -> int:
    return 1 if basis.absent_hours is None or not basis.normal_hours else basis.absent_hours


def _normal(basis: Basis) -> int:
    return 1 if basis.absent_hours is None or not basis.normal_hours else basis.normal_hours


def _part(whole: int, parts: int) -> int:
    """Divide and round half away from nothing."""
    share = (2 * abs(whole) + parts) // (2 * parts)
    return share if whole >= 0 else -share

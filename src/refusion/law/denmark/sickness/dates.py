"""From which day, until which day: the employer period, the deadlines, and what of a claimed period reaches a refund."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from refusion.law.denmark.sickness import deadlines
from refusion.law.denmark.sickness import employer_period as periods
from refusion.law.denmark.statutes import SDL
from refusion.law.engine.refusals import NotAnswered
from refusion.law.engine.rule import account
from refusion.law.engine.words import months_on
from refusion.values.period import ONE_DAY, Period
from refusion.values.said import said

GROUNDS = ("system_outage", "employee_fault", "wrong_official_guidance", "special_circumstances")
LONG_AGO = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Window:
    """The days of a claimed period that are refunded, and those that are lost because something came late."""

    refundable: Period | None
    lost: Period | None


@dataclass(frozen=True, slots=True)
class Hiring:
    """What is known of an employment on the first absence day; hours in hundredths, None = enough."""

    employed_since: date | None = None
    hours_in_eight_weeks: int | None = None
    hours_in_earlier_employment: int = 0
    agreement_56: bool = False
    fleksjob: bool = False
    covid: bool = False


def waived(first_absence_day: date, hiring: Hiring) -> bool:
    """Tell whether there is no employer period: § 56, fleksjob, a new employee, COVID-19 (SDL §§ 30, 53 b, 56)."""
    first = first_absence_day.toordinal()
    since = (hiring.employed_since or first_absence_day - LONG_AGO).toordinal()
    hours = hiring.hours_in_eight_weeks
    worked = periods.HOURS_IN_EIGHT_WEEKS.value_on(first).amount if hours is None else hours
    duty = periods.has_employer_duty(since, worked, hiring.hours_in_earlier_employment, first)
    covid = periods.is_covid_refund(hiring.covid, first)
    return bool(periods.is_waived(hiring.agreement_56, hiring.fleksjob, duty, covid))


def employer_period(first_absence_day: date, waived: bool = False) -> Period | None:
    """Give the days that the employer pays itself (SDL § 30), None when there are none."""
    last = _day(periods.employer_period_last_day(first_absence_day.toordinal()))
    return None if waived else Period(first_absence_day, last)


def refund_from(first_absence_day: date, waived: bool = False) -> date:
    """Give the first day that is refunded when nothing comes late (SDL § 30)."""
    return _day(periods.refund_from_day(first_absence_day.toordinal(), waived))


def notify_by(first_absence_day: date, waived: bool = False, last_absence_day: date | None = None) -> date:
    """Give the last day of a notification that costs nothing (SDL §§ 40, 59).

    An absence without employer period that ended within 30 days is bound by the three months alone.
    Raises NotKnown for first absence days before 2 July 2012.
    """
    if _months_only(first_absence_day, waived, last_absence_day):
        return request_by(first_absence_day)
    return _day(deadlines.notification_last_day(first_absence_day.toordinal()))


def request_by(day: date) -> date:
    """Give the last day on which a request still reaches refund for ``day`` (SDL § 59: three months)."""
    return _day(deadlines.request_last_day(day.toordinal()))


def right_until(first_absence_day: date, hiring: Hiring) -> date | None:
    """Give the last day of the right to a COVID refund (SDL § 53 b), for ``window``; None when it is not one."""
    first = first_absence_day.toordinal()
    if not periods.is_covid_refund(hiring.covid, first):
        return None
    return _day(periods.covid_window_last_day(first))


def dispensation_possible(first_absence_day: date, requested_on: date, ground: str) -> bool:
    """Tell whether a late request may still be excused on a ground of ``GROUNDS`` (SDL § 59, stk. 6)."""
    first, requested = first_absence_day.toordinal(), requested_on.toordinal()
    return bool(deadlines.is_dispensation_possible(ground in GROUNDS, first, requested))


def dispensation_by(first_absence_day: date) -> date:
    """Give the last day on which a late request may still be excused (SDL § 59, stk. 6: six months)."""
    return _day(int(months_on(first_absence_day.toordinal(), deadlines.DISPENSATION_MONTHS.ever())))


@account(SDL.section("59"), called="perioden der kan refunderes")
def window(
    *,
    first_absence_day: date,
    waived: bool,
    notified_on: date,
    claimed: Period,
    requested_on: date,
    last_absence_day: date | None = None,
    right_until: date | None = None,
) -> Window:
    """Tell what of a claimed period is refundable and what was lost by lateness (SDL §§ 30, 40, 59).

    Days inside the employer period, after the last absence day, or after ``right_until`` (the end of a
    COVID window) are neither. No last absence day = still absent.
    Raises NotAnswered for a request on or before the claimed period's last day.
    """
    if requested_on <= claimed.last:
        raise NotAnswered(said("law.requested_before_period_ended", last_day=claimed.last))
    first = first_absence_day.toordinal()
    months_only = _months_only(first_absence_day, waived, last_absence_day)
    since = periods.refund_from_day(first, waived)
    entitled = deadlines.entitled_from_day(
        since,
        deadlines.notified_from_day(first, notified_on.toordinal(), months_only),
        deadlines.requested_from_day(requested_on.toordinal()),
    )
    last = min(claimed.last, last_absence_day or claimed.last, right_until or claimed.last)
    return _split(max(claimed.first, _day(since)), max(claimed.first, _day(entitled)), last)


def _split(right: date, entitled: date, last: date) -> Window:
    refundable = Period(entitled, last) if entitled <= last else None
    lost_last = min(entitled - ONE_DAY, last)
    return Window(refundable, Period(right, lost_last) if right <= lost_last else None)


def _months_only(first_absence_day: date, waived: bool, last_absence_day: date | None) -> bool:
    if last_absence_day is None:
        return False
    first, last = first_absence_day.toordinal(), last_absence_day.toordinal()
    return bool(deadlines.is_bound_by_months_only(waived, first, last))


def _day(ordinal: int) -> date:
    return date.fromordinal(ordinal)

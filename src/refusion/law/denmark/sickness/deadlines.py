"""SDL §§ 40 and 59: when the notification and the request must be there, and what is lost when they are late."""

# ruff: noqa: D401 (a rule states what holds)

from __future__ import annotations

from refusion.law.denmark.statutes import SDL
from refusion.law.engine.numbers import DAY, YES_OR_NO, Day, Truth
from refusion.law.engine.parameters import figures
from refusion.law.engine.rule import rule
from refusion.law.engine.words import at_least, both, either, month_end, months_on, when

FIGURES = figures(__file__, "dates.toml")
NOTIFICATION_DAYS = FIGURES["notification_days"]
SHORT_ABSENCE_DAYS = FIGURES["short_absence_days"]
REQUEST_MONTHS = FIGURES["request_months"]
DISPENSATION_MONTHS = FIGURES["dispensation_months"]


@rule(SDL.section("40").subsection(1), called="sidste rettidige anmeldelsesdag", gives=DAY)
def notification_last_day(first_absence_day: Day) -> Day:
    """Five weeks after the first absence day; a weekend or holiday does not move it."""
    return first_absence_day + NOTIFICATION_DAYS.at(first_absence_day)


@rule(SDL.section("59").subsection(4), called="kun tremånedersfristen", gives=YES_OR_NO)
def is_bound_by_months_only(waived: Truth, first_absence_day: Day, last_absence_day: Day) -> Truth:
    """An absence refunded from its first day that ended within 30 days needs no notification in 5 weeks."""
    days = last_absence_day - first_absence_day + 1
    return both(waived, days <= SHORT_ABSENCE_DAYS.at(first_absence_day))


@rule(SDL.section("59").subsection(3), called="ret fra anmeldelsen", gives=DAY)
def notified_from_day(first_absence_day: Day, notified_on: Day, months_only: Truth) -> Day:
    """A timely notification reaches the first absence day; a late one only the day it was given."""
    timely = either(months_only, notified_on <= notification_last_day(first_absence_day))
    return when(timely, first_absence_day, notified_on)


@rule(SDL.section("59").subsection(2), called="tidligste dag anmodningen når", gives=DAY)
def requested_from_day(requested_on: Day) -> Day:
    """Three months before the request; a day that the month lacks becomes its last."""
    return months_on(requested_on, -REQUEST_MONTHS.ever())


@rule(SDL.section("59").subsection(2), called="sidste rettidige anmodningsdag", gives=DAY)
def request_last_day(day: Day) -> Day:
    """The last day whose three months back still reach the day: to the month's end when the day ends its month."""
    months = REQUEST_MONTHS.ever()
    on = months_on(day, months)
    return when(month_end(day) == day, month_end(on), on)


@rule(SDL.section("59"), called="første dag der kan refunderes", gives=DAY)
def entitled_from_day(refund_from: Day, notified_from: Day, requested_from: Day) -> Day:
    """The latest of the end of the employer period, a late notification, and three months before the request."""
    return at_least(at_least(refund_from, notified_from), requested_from)


@rule(SDL.section("59").subsection(6), called="dispensation", gives=YES_OR_NO)
def is_dispensation_possible(accepted_ground: Truth, first_absence_day: Day, requested_on: Day) -> Truth:
    """On an accepted ground, and never more than six months after the first absence day."""
    return both(accepted_ground, requested_on <= months_on(first_absence_day, DISPENSATION_MONTHS.ever()))

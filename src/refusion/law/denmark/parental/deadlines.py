"""BL § 40 and the order's § 15: when a request for parental refund, and a notification of pregnancy-related absence, must be there."""

# ruff: noqa: D401 (a rule states what holds)

from __future__ import annotations

from datetime import date

from refusion.law.denmark.statutes import BL, PARENTAL_ORDER
from refusion.law.engine.numbers import DAY, YES_OR_NO, Day, Truth
from refusion.law.engine.parameters import figures
from refusion.law.engine.policies import Policy
from refusion.law.engine.rule import account, rule
from refusion.law.engine.words import at_most, either, when

FIGURES = figures(__file__, "parental.toml")
PARENTAL_REQUEST_DAYS = FIGURES["parental_request_days"]
PARENTAL_GAP_DAYS = FIGURES["parental_gap_days"]
PREGNANCY_NOTIFICATION_DAYS = FIGURES["pregnancy_notification_days"]
PREGNANCY_NOTIFICATION_DAYS_OF_A_MUNICIPALITY = FIGURES["pregnancy_notification_days_of_a_municipality"]
PREGNANCY_CHANGE_DAYS = FIGURES["pregnancy_change_days"]
PREGNANCY_LEAVE_DAYS = FIGURES["pregnancy_leave_days"]
PREGNANCY_NOTICE = Policy(
    "pregnancy_notice",
    ("five_weeks", "four_weeks"),
    "five_weeks",
    "The order of 2018 gives five weeks; a municipality's page of 2019 still says four.",
)


@rule(BL.section("40").subsection(3), called="perioden er afsluttet", gives=YES_OR_NO)
def is_leave_period_ended(last_refundable_day: Day, next_refundable_day: Day) -> Truth:
    """A week has passed without refundable absence."""
    return next_refundable_day - last_refundable_day > PARENTAL_GAP_DAYS.ever()


@rule(BL.section("40").subsection(2), called="dagen fristen regnes fra", gives=DAY)
def request_counts_from(leave_period_ended: Day, wage_stopped: Day) -> Day:
    """The end of the leave period, or of the wage where that came before it."""
    return at_most(leave_period_ended, wage_stopped)


@rule(BL.section("40").subsection(2), called="sidste rettidige anmodningsdag", gives=DAY)
def parental_request_last_day(counted_from: Day) -> Day:
    """Eight weeks after the leave period, or the wage in it, ended."""
    return counted_from + PARENTAL_REQUEST_DAYS.at(counted_from)


@rule(BL.section("40").subsection(4), called="ret til refusion trods fristen", gives=YES_OR_NO)
def is_parental_right_kept(requested_on: Day, request_last_day: Day, system_outage: Truth) -> Truth:
    """Requested in time; only an outage of the system excuses lateness, else the right is lost."""
    return either(requested_on <= request_last_day, system_outage)


@rule(BL.section("6").subsection(2), called="graviditetsbetinget fravær", gives=YES_OR_NO)
def is_before_pregnancy_leave(first_absence_day: Day, expected_birth: Day) -> Truth:
    """Absence for the pregnancy's sake that begins more than 4 weeks before the expected birth."""
    return first_absence_day < expected_birth - PREGNANCY_LEAVE_DAYS.ever()


@rule(PARENTAL_ORDER.section("15"), called="sidste rettidige anmeldelsesdag", gives=DAY)
def pregnancy_notification_last_day(first_absence_day: Day) -> Day:
    """Five weeks after the first absence day."""
    by_municipality = PREGNANCY_NOTIFICATION_DAYS_OF_A_MUNICIPALITY.at(first_absence_day)
    days = when(PREGNANCY_NOTICE.follows("five_weeks"), PREGNANCY_NOTIFICATION_DAYS.at(first_absence_day), by_municipality)
    return first_absence_day + days


@rule(PARENTAL_ORDER.section("15"), called="refusion fra", gives=DAY)
def pregnancy_refund_from_day(first_absence_day: Day, notified_on: Day) -> Day:
    """From the first absence day, with no employer period; a late notification reaches only the day it was given."""
    timely = notified_on <= pregnancy_notification_last_day(first_absence_day)
    return when(timely, first_absence_day, notified_on)


@rule(PARENTAL_ORDER.section("15"), called="sidste dag for en ændring", gives=DAY)
def pregnancy_change_last_day(changed_on: Day) -> Day:
    """Three weeks after the change."""
    return changed_on + PREGNANCY_CHANGE_DAYS.ever()


@account(BL.section("40").subsection(2), called="sidste rettidige anmodningsdag")
def parental_request_by(leave_period_ended: date, wage_stopped: date | None = None) -> date:
    """Give the last day of the request (BL § 40); ``wage_stopped`` is the last day with wage where wage ended earlier."""
    ended = leave_period_ended.toordinal()
    counted = request_counts_from(ended, (wage_stopped or leave_period_ended).toordinal())
    return date.fromordinal(parental_request_last_day(counted))


def pregnancy_refund_from(first_absence_day: date, notified_on: date) -> date:
    """Give the first refunded day of pregnancy-related absence (BEK 843/2018 § 15)."""
    return date.fromordinal(pregnancy_refund_from_day(first_absence_day.toordinal(), notified_on.toordinal()))


def pregnancy_notify_by(first_absence_day: date) -> date:
    """Give the last day of a timely notification of pregnancy-related absence (BEK 843/2018 § 15)."""
    return date.fromordinal(pregnancy_notification_last_day(first_absence_day.toordinal()))

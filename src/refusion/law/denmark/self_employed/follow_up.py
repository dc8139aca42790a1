"""SDL §§ 13 b, 77 and the municipality's guide: meetings, the day of payment, the complaint."""

# ruff: noqa: D401, PLR2004 (a rule states what holds; the numbers are days of the calendar)

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from refusion.law.denmark.sickness.duration import reassess_by
from refusion.law.denmark.statutes import SDL, SELF_EMPLOYED_GUIDE
from refusion.law.denmark.working_days import moved_back
from refusion.law.engine.numbers import DAY, YES_OR_NO, Day, Truth
from refusion.law.engine.parameters import figures
from refusion.law.engine.rule import account, rule
from refusion.law.engine.words import at_most, monday, month_end, weekday

FIGURES = figures(__file__, "self_employed.toml")
FOLLOW_UP_DAYS = FIGURES["follow_up_days"]
FAST_TRACK_DAYS = FIGURES["fast_track_days"]
COMPLAINT_DAYS = FIGURES["complaint_days"]
MUNICIPALITY_REASSESSMENT_DAYS = FIGURES["municipality_reassessment_days"]
APPLICATION_DAYS = FIGURES["application_days"]
COMPLAINT = SDL.section("77").not_verified("the guide has the four weeks; the act's chapter on complaints was not read")


@dataclass(frozen=True, slots=True)
class Milestones:
    """What happens until when while benefit is paid; no meeting for a person on standby."""

    first_follow_up_by: date | None
    reassessment_by: date


@rule(SDL.section("13 b").subsection(1), called="første opfølgning senest", gives=DAY)
def first_follow_up_last_day(first_absence_day: Day) -> Day:
    """Eight weeks after the first absence day."""
    return first_absence_day + FOLLOW_UP_DAYS.ever()


@rule(SDL.section("13 b").subsection(2), called="første opfølgning ved fast track", gives=DAY)
def fast_track_last_day(follow_up_last_day: Day, fast_track_requested_on: Day) -> Day:
    """Two weeks after the wish for fast track; never later than without it."""
    return at_most(follow_up_last_day, fast_track_requested_on + FAST_TRACK_DAYS.ever())


@rule(SELF_EMPLOYED_GUIDE.section("udbetaling"), called="sidste torsdag i måneden", gives=DAY)
def last_thursday(month_day: Day) -> Day:
    """The last Thursday of the day's month."""
    last = month_end(month_day)
    return last - (weekday(last) - 3) % 7


@rule(SELF_EMPLOYED_GUIDE.section("udbetaling"), called="udbetalingsdag", gives=DAY)
def self_payment_day(month_day: Day) -> Day:
    """The last Thursday, or the banking day before it when banks are closed."""
    return moved_back(last_thursday(month_day))


@rule(SELF_EMPLOYED_GUIDE.section("udbetaling"), called="udbetalt til og med", gives=DAY)
def self_paid_through(month_day: Day) -> Day:
    """The Sunday before the week of the last Thursday, so that four or five whole weeks are paid."""
    return monday(last_thursday(month_day)) - 1


@rule(COMPLAINT, called="rettidig klage", gives=YES_OR_NO)
def is_complaint_timely(decision_received: Day, complained: Day) -> Truth:
    """Within four weeks of receiving the decision."""
    return complained <= decision_received + COMPLAINT_DAYS.ever()


@rule(COMPLAINT, called="kommunens genvurdering senest", gives=DAY)
def municipality_reassesses_by(complaint_received: Day) -> Day:
    """Four weeks after the complaint; what is kept goes on to Ankestyrelsen."""
    return complaint_received + MUNICIPALITY_REASSESSMENT_DAYS.ever()


@rule(SELF_EMPLOYED_GUIDE.section("ansøgning"), called="ansøgning behandlet senest", gives=DAY)
def application_decided_by(application_received: Day) -> Day:
    """Two weeks after it was received: a goal of service, else notice is given."""
    return application_received + APPLICATION_DAYS.ever()


@account(SDL.section("13 b"), called="milepæle")
def milestones(first_absence_day: date, fast_track_requested_on: date | None = None, *, standby: bool = False) -> Milestones:
    """Give the last days of the first meeting and of the reassessment (SDL §§ 13 b, 24); standby lifts only the meetings."""
    last = first_follow_up_last_day(first_absence_day.toordinal())
    if fast_track_requested_on is not None:
        last = fast_track_last_day(last, fast_track_requested_on.toordinal())
    meeting = None if standby else date.fromordinal(last)
    return Milestones(meeting, reassess_by(first_absence_day, self_employed=True))


def payday(month: date) -> date:
    """Give the day on which a month's benefit is paid; any day of the month."""
    return date.fromordinal(self_payment_day(month.toordinal()))


def complaint_in_time(decision_received: date, complained: date) -> bool:
    """Tell whether a complaint is in time; a late one is forwarded as late (SDL § 77)."""
    return bool(is_complaint_timely(decision_received.toordinal(), complained.toordinal()))

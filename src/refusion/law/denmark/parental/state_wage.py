"""The state's agreement on wage during leave: which weeks are paid, and which of them give no refund."""

# ruff: noqa: D401 (a rule states what holds)

from __future__ import annotations

from refusion.law.denmark.parental.weeks import pregnancy_leave_first_day
from refusion.law.denmark.statutes import STATE_LEAVE
from refusion.law.engine.numbers import COUNT, DAY, DAYS, Count, Day, Days
from refusion.law.engine.parameters import figures
from refusion.law.engine.rule import rule

FIGURES = figures(__file__, "state_wage.toml")
STATE_WAGE_WEEKS_BEFORE_BIRTH = FIGURES["state_wage_weeks_before_birth"]
STATE_MOTHER_WEEKS_AT_BIRTH = FIGURES["state_mother_weeks_at_birth"]
STATE_MOTHER_WEEKS_LATER = FIGURES["state_mother_weeks_later"]
STATE_FATHER_WEEKS_AT_BIRTH = FIGURES["state_father_weeks_at_birth"]
STATE_FATHER_WEEKS_LATER = FIGURES["state_father_weeks_later"]
STATE_SHARED_WEEKS = FIGURES["state_shared_weeks"]


@rule(STATE_LEAVE.section("1"), called="løn før fødslen fra", gives=DAY)
def state_wage_first_day(expected_birth: Day) -> Day:
    """Six weeks before the expected birth."""
    return expected_birth - 7 * STATE_WAGE_WEEKS_BEFORE_BIRTH.at(expected_birth)


@rule(STATE_LEAVE.section("1"), called="lønnede dage uden refusion", gives=DAYS)
def paid_days_without_refund(expected_birth: Day) -> Days:
    """The calendar days of the fifth and sixth week before birth: wage is paid, the right to benefit has not begun."""
    return pregnancy_leave_first_day(expected_birth) - state_wage_first_day(expected_birth)


@rule(STATE_LEAVE.section("2"), called="moderens lønnede uger efter fødslen", gives=COUNT)
def state_mother_wage_weeks(born_on: Day) -> Count:
    """Her own weeks with wage from the birth and later; shared weeks are not among them."""
    return STATE_MOTHER_WEEKS_AT_BIRTH.at(born_on) + STATE_MOTHER_WEEKS_LATER.at(born_on)


@rule(STATE_LEAVE.section("3"), called="faderens eller medmoderens lønnede uger", gives=COUNT)
def state_father_wage_weeks(born_on: Day) -> Count:
    """Their own weeks with wage around the birth and later; shared weeks are not among them."""
    return STATE_FATHER_WEEKS_AT_BIRTH.at(born_on) + STATE_FATHER_WEEKS_LATER.at(born_on)


@rule(STATE_LEAVE.section("4"), called="fælles lønnede uger", gives=COUNT)
def state_shared_wage_weeks(born_on: Day) -> Count:
    """Weeks with wage that the parents share."""
    return STATE_SHARED_WEEKS.at(born_on)

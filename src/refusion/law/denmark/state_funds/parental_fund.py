"""Den statslige Barselsfond: a fixed amount for each paid hour of leave, claimed by the quarter."""

# ruff: noqa: D401 (a rule states what holds)

from __future__ import annotations

from datetime import date

from refusion.law.denmark.statutes import STATE_PARENTAL_FUND
from refusion.law.denmark.working_days import moved_on
from refusion.law.engine.numbers import COUNT, DAY, ORE, YES_OR_NO, Amount, Count, Day, Days, Hours, Truth
from refusion.law.engine.parameters import figures
from refusion.law.engine.rule import account, rule
from refusion.law.engine.words import month_end, months_on, portion, when
from refusion.values.money import Ore

FIGURES = figures(__file__, "parental_fund.toml")
PARENTAL_FUND_HOUR_LOW = FIGURES["parental_fund_hour_low"]
PARENTAL_FUND_HOUR_HIGH = FIGURES["parental_fund_hour_high"]
PARENTAL_FUND_GRADE_LIMIT = FIGURES["parental_fund_grade_limit"]
PARENTAL_FUND_CLAIM_MONTHS = FIGURES["parental_fund_claim_months"]
PARENTAL_FUND_GAP_DAYS = FIGURES["parental_fund_gap_days"]
PARENTAL_FUND_CONTRIBUTION = FIGURES["parental_fund_contribution"]
FULL_TIME_YEAR_WEEK = FIGURES["full_time_year_week"]
MONTHS_OF_A_QUARTER = 3


@rule(STATE_PARENTAL_FUND.section("1"), called="refusionssats pr. time", gives=ORE)
def parental_fund_hour(pay_grade: Count, day: Day) -> Amount:
    """The lower rate up to pay grade 35, the higher one above."""
    low = PARENTAL_FUND_HOUR_LOW.at(day)
    return when(pay_grade <= PARENTAL_FUND_GRADE_LIMIT.ever(), low, PARENTAL_FUND_HOUR_HIGH.at(day))


@rule(STATE_PARENTAL_FUND.section("1"), called="refusion fra Barselsfonden", gives=ORE)
def parental_fund_amount(hour_ore: Amount, paid_leave_hours: Hours) -> Amount:
    """Paid hours of leave times the rate."""
    return portion(hour_ore, paid_leave_hours, 100)


@rule(STATE_PARENTAL_FUND.section("2"), called="sidste dag for kvartalets ansøgning", gives=DAY)
def parental_fund_claim_last_day(quarter_last_day: Day) -> Day:
    """The end of the fifth month after the quarter, moved on to a working day."""
    return moved_on(month_end(months_on(quarter_last_day, PARENTAL_FUND_CLAIM_MONTHS.ever())))


@rule(STATE_PARENTAL_FUND.section("2"), called="to orlovsperioder", gives=YES_OR_NO)
def is_leave_interrupted(working_days_between: Days) -> Truth:
    """Seven working days between make two leave periods; both are claimed."""
    return working_days_between >= PARENTAL_FUND_GAP_DAYS.ever()


@rule(STATE_PARENTAL_FUND.section("3"), called="barselsbidrag", gives=ORE)
def parental_fund_contribution(quarter_day: Day) -> Amount:
    """The contribution a month for each full-time year."""
    return PARENTAL_FUND_CONTRIBUTION.at(quarter_day)


@rule(STATE_PARENTAL_FUND.section("3"), called="årsværk i hundrededele", gives=COUNT)
def full_time_hundredths(weekly_hours: Hours) -> Count:
    """Weekly hours over 37, to two decimals, as hundredths of a full-time year."""
    return portion(100, weekly_hours, FULL_TIME_YEAR_WEEK.ever())


@rule(STATE_PARENTAL_FUND.section("3"), called="bidrag for et kvartal", gives=ORE)
def quarter_contribution(full_time_hundredths: Count, month_ore: Amount) -> Amount:
    """Full-time years times the month's contribution times three months."""
    return portion(MONTHS_OF_A_QUARTER * month_ore, full_time_hundredths, 100)


@account(STATE_PARENTAL_FUND.section("1"), called="refusion fra Barselsfonden")
def parental_fund_refund(year: int, pay_grade: int, paid_leave_hours_hundredths: int) -> Ore:
    """Give the fund's refund in øre for paid hours of leave of a year. Raises NotKnown before 2017."""
    hour = parental_fund_hour(pay_grade, date(year, 1, 1).toordinal())
    return Ore(parental_fund_amount(hour, paid_leave_hours_hundredths))

"""ftrl §§ 8-28, 8-29, 8-30, 14-7: a year's basis from months or weeks, and whether it deviates from what was reported."""

# ruff: noqa: D401, PLR2004 (a rule states what holds; 5 and 6 are Saturday and Sunday)

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from refusion.law.engine.numbers import DAY, ORE, YES_OR_NO, Amount, Day, Truth
from refusion.law.engine.parameters import figures
from refusion.law.engine.rule import account, rule
from refusion.law.engine.words import at_least, either, month_end, portion, weekday, when
from refusion.law.norway.choices import PROFILE
from refusion.law.norway.statutes import BASIS, FTRL, REPORTING
from refusion.values.period import ONE_DAY, Period, first_of_month, last_of_month, months_after

FIGURES = figures(__file__, "basis.toml")
BASIS_FROM_WEEKS = FIGURES["basis_from_weeks"]
WEEKS_IN_YEAR = FIGURES["weeks_in_year"]
MONTHS_IN_YEAR = FIGURES["months_in_year"]
BASIS_MONTHS = FIGURES["basis_months"]
DEVIATION_LIMIT = FIGURES["deviation_limit"]
REPORT_DAY = FIGURES["report_day"]
WHOLE = 10_000
PERCENT_TO_TEN_DECIMALS = 100 * 10**10


class Comparison(NamedTuple):
    """The twelve months a basis is compared with, and what was reported for them, in øre."""

    months: Period
    reported: int


@rule(FTRL.section("8-28").subsection(3), called="beregningsperiode i uker", gives=YES_OR_NO)
def is_basis_from_weeks(start: Day) -> Truth:
    """Before 2019, and by an institution that follows the older text, the basis is the average weekly income."""
    return either(PROFILE.follows("uio"), BASIS_FROM_WEEKS.at(start) == 1)


@rule(FTRL.section("8-28").subsection(3), called="årsinntekt av ukeinntekt", gives=ORE)
def annual_basis_from_week(weekly_ore: Amount) -> Amount:
    """The average weekly income of the last four weeks times 52."""
    return weekly_ore * WEEKS_IN_YEAR.ever()


@rule(BASIS.subsection(1), called="årsinntekt av tre kalendermåneder", gives=ORE)
def annual_basis_from_months(three_months_ore: Amount) -> Amount:
    """The average of the last three whole calendar months times 12."""
    return portion(three_months_ore, MONTHS_IN_YEAR.ever(), BASIS_MONTHS.ever())


@rule(FTRL.section("8-29"), called="bortfalt naturalytelse pr. år", gives=ORE)
def annual_benefits_in_kind(monthly_ore: Amount) -> Amount:
    """Benefits in kind that end with the leave, times 12."""
    return monthly_ore * MONTHS_IN_YEAR.ever()


@rule(BASIS.subsection(2), called="avvik over 25 prosent", gives=YES_OR_NO)
def is_deviating(basis_ore: Amount, reported_ore: Amount) -> Truth:
    """More than 25 % between basis and reported income, or nothing reported; exactly 25 % is accepted."""
    difference = at_least(basis_ore - reported_ore, reported_ore - basis_ore)
    return either(reported_ore <= 0, difference * WHOLE > reported_ore * DEVIATION_LIMIT.ever())


@rule(REPORTING.section("4"), called="frist for a-meldingen", gives=DAY)
def report_last_day(day_of_month: Day) -> Day:
    """The 5th of the month after the day's, or the next weekday."""
    last = month_end(day_of_month) + REPORT_DAY.at(day_of_month)
    return last + when(weekday(last) == 5, 2, when(weekday(last) == 6, 1, 0))


@account(BASIS.subsection(2), called="avvik i prosent")
def basis_deviation(basis: int, reported: int) -> tuple[int, bool]:
    """Give the deviation in per cent times 10^10 (rounded half up) and whether it is over the limit; money in øre.

    Nothing reported is a deviation of 100 %.
    """
    over = bool(is_deviating(basis, reported))
    if reported <= 0:
        return PERCENT_TO_TEN_DECIMALS, over
    return (2 * abs(basis - reported) * PERCENT_TO_TEN_DECIMALS + reported) // (2 * reported), over


@account(BASIS.subsection(2), called="sammenligningsgrunnlag")
def comparison_basis(handled_on: date, start: date, reported: Period, monthly: int) -> Comparison:
    """Give the 12 months before the start that are reported, or whose report was due, on the day it is handled."""
    last = first_of_month(start) - ONE_DAY
    while not (last in reported or handled_on.toordinal() > report_last_day(last.toordinal())):
        last = first_of_month(last) - ONE_DAY
    months = Period(months_after(first_of_month(last), -11), last_of_month(last))
    counted = months.overlap(reported)
    return Comparison(months, monthly * sum(1 for _ in counted.months()) if counted else 0)

"""SDL §§ 45, 46, 50, 53: what a week of sickness gives a self-employed person, and what the insurance costs."""

# ruff: noqa: D401 (a rule states what holds)

from __future__ import annotations

from datetime import date

from refusion.law.denmark.rates import LABOUR_MARKET_CONTRIBUTION, weekly_maximum
from refusion.law.denmark.self_employed.waiting import INSURANCES
from refusion.law.denmark.statutes import SDL
from refusion.law.engine.numbers import COUNT, ORE, YES_OR_NO, Amount, Count, Day, Share, Truth
from refusion.law.engine.parameters import figures
from refusion.law.engine.policies import Policy
from refusion.law.engine.refusals import NotAnswered
from refusion.law.engine.rule import account, rule
from refusion.law.engine.words import at_least, at_most, both, monday, portion, when
from refusion.values.money import Ore
from refusion.values.said import said

FIGURES = {**figures(__file__, "self_employed.toml"), **figures(__file__, "premiums.toml")}
SELF_FIRST_DAYS = FIGURES["self_first_days"]
SELF_MINIMUM_THIRDS = FIGURES["self_minimum_thirds"]
SELF_YEAR_WEEKS = FIGURES["self_year_weeks"]
SELF_SMALL_SHARE = FIGURES["self_small_share"]
SELF_HALF_SHARE = FIGURES["self_half_share"]
PREMIUM_DAY3_MINIMUM = FIGURES["premium_day3_minimum"]
PREMIUM_DAY3_FULL = FIGURES["premium_day3_full"]
PREMIUM_DAY1_MINIMUM = FIGURES["premium_day1_minimum"]
PREMIUM_DAY1_FULL = FIGURES["premium_day1_full"]
INCOME = Policy(
    "self_employed_income",
    ("before_contribution", "after_contribution"),
    "before_contribution",
    "The source gives no formula: it does not say whether the labour market contribution is taken off the income first.",
)
KRONE, THIRDS, QUARTERS, WHOLE = 100, 3, 4, 10_000


@rule(SDL.section("45").subsection(2), called="mindstesats", gives=ORE)
def self_minimum(day: Day) -> Amount:
    """Two thirds of the weekly maximum, to whole kroner."""
    return KRONE * portion(weekly_maximum(monday(day)), SELF_MINIMUM_THIRDS.ever(), THIRDS * KRONE)


@rule(SDL.section("46").subsection(1), called="indtægt der regnes med", gives=ORE)
def self_counted_income(income_year_ore: Amount) -> Amount:
    """The year's income of the latest assessment; by the other policy less the labour market contribution."""
    after = portion(income_year_ore, WHOLE - LABOUR_MARKET_CONTRIBUTION.ever(), WHOLE)
    return when(INCOME.follows("before_contribution"), income_year_ore, after)


@rule(SDL.section("45").subsection(2), called="kun mindstesatsen", gives=YES_OR_NO)
def is_minimum_only(minimum_cover: Truth, first_absence_day: Day, day: Day) -> Truth:
    """Minimum cover within the first two weeks."""
    return both(minimum_cover, day < first_absence_day + SELF_FIRST_DAYS.ever())


@rule(SDL.section("53").subsection(3), called="fjerdedele af ugebeløbet", gives=COUNT)
def self_paid_quarters(working_share: Share) -> Count:
    """Four when nothing can be worked, three up to a quarter, two up to half, none above."""
    partly = when(working_share <= SELF_HALF_SHARE.ever(), QUARTERS - 2, 0)
    return when(working_share <= 0, QUARTERS, when(working_share <= SELF_SMALL_SHARE.ever(), QUARTERS - 1, partly))


@rule(SDL.section("45"), called="ugebeløb", gives=ORE)
def self_week_benefit(counted_income_ore: Amount, insured: Truth, minimum_only: Truth, paid_quarters: Count, day: Day) -> Amount:
    """Income over 52 within the maximum, with insurance never below the minimum; the share of it rounded once."""
    weeks = SELF_YEAR_WEEKS.ever()
    income = at_most(counted_income_ore, weekly_maximum(monday(day)) * weeks)
    least = self_minimum(day) * weeks
    with_cover = when(minimum_only, least, at_least(income, least))
    return portion(when(insured, with_cover, income), paid_quarters, QUARTERS * weeks)


@rule(SDL.section("45").subsection(4), called="årlig præmie", gives=ORE)
def self_insurance_premium(from_first_day: Truth, full_cover: Truth, day: Day) -> Amount:
    """The premium of the insurance year, 1 April to 31 March."""
    first = when(full_cover, PREMIUM_DAY1_FULL.at(day), PREMIUM_DAY1_MINIMUM.at(day))
    return when(from_first_day, first, when(full_cover, PREMIUM_DAY3_FULL.at(day), PREMIUM_DAY3_MINIMUM.at(day)))


@account(SDL.section("45"), called="ugebeløb for selvstændige")
def self_weekly(day: date, first_absence_day: date, income_year: int, insurance: str | None, working_share: int) -> Ore:
    """Give the benefit of the week that holds the day, in øre; the share that can be worked in hundredths of per cent.

    The waiting period is not looked at. Raises NotAnswered for a negative income, a share outside 0-100 %, an unknown
    insurance or a day before the first absence day, NotKnown before the first known rate.
    """
    _refuse_what_cannot_be(day, first_absence_day, income_year, insurance, working_share)
    cover = insurance or ""
    first, on = first_absence_day.toordinal(), day.toordinal()
    minimum_only = is_minimum_only(cover.endswith("_min"), first, on)
    quarters = self_paid_quarters(working_share)
    return Ore(self_week_benefit(self_counted_income(income_year), bool(cover), minimum_only, quarters, on))


def _refuse_what_cannot_be(day: date, first: date, income: int, insurance: str | None, share: int) -> None:
    if insurance is not None and insurance not in INSURANCES:
        raise NotAnswered(said("law.unknown_insurance", insurance=insurance))
    if income < 0:
        raise NotAnswered(said("law.negative_fact", name="income_year", value=income))
    if not 0 <= share <= WHOLE:
        raise NotAnswered(said("law.share_outside", name="working_share_percent"))
    if day < first:
        raise NotAnswered(said("law.day_before_absence", first_day=first))

"""LAB chapter 12: the subsidy for paid hours, less what sickness or leave gave back."""

# ruff: noqa: D401 (a rule states what holds)

from __future__ import annotations

from datetime import date

from refusion.law.denmark.statutes import LAB, LAB_CHAPTERS, LAB_ORDER
from refusion.law.engine.numbers import DAY, ORE, YES_OR_NO, Amount, Day, Hours, Truth
from refusion.law.engine.parameters import figures
from refusion.law.engine.rule import account, rule
from refusion.law.engine.words import at_least, at_most, months_on, portion, when
from refusion.values.money import Ore

FIGURES = figures(__file__, "wage_subsidy.toml")
PRIVATE_SUBSIDY = FIGURES["private_subsidy"]
PUBLIC_SUBSIDY = FIGURES["public_subsidy"]
EDUCATED_SUBSIDY = FIGURES["educated_subsidy"]
PENSIONER_LOW_SUBSIDY = FIGURES["pensioner_low_subsidy"]
PENSIONER_HIGH_SUBSIDY = FIGURES["pensioner_high_subsidy"]
SUBSIDY_MOST_HOURLY_WAGE = FIGURES["subsidy_most_hourly_wage"]
SUBSIDY_SHARE_PRIVATE = FIGURES["subsidy_share_private"]
SUBSIDY_SHARE_SPECIAL = FIGURES["subsidy_share_special"]
SUBSIDY_MONTHS_PRIVATE = FIGURES["subsidy_months_private"]
SUBSIDY_MONTHS_PUBLIC = FIGURES["subsidy_months_public"]
SUBSIDY_REQUEST_MONTHS = FIGURES["subsidy_request_months"]
AMOUNTS = LAB_CHAPTERS.section("12").not_verified("the section of the amounts was not read; §§ 71 and 72 are on terms of work")
WHOLE = 10_000


@rule(AMOUNTS, called="løntilskud pr. time, privat", gives=ORE)
def private_subsidy(day: Day) -> Amount:
    """The year's subsidy for an hour with a private employer."""
    return PRIVATE_SUBSIDY.at(day)


@rule(AMOUNTS, called="løntilskud pr. time, offentlig", gives=ORE)
def public_subsidy(day: Day) -> Amount:
    """The year's subsidy for an hour with a public employer."""
    return PUBLIC_SUBSIDY.at(day)


@rule(AMOUNTS, called="løntilskud pr. time, nyuddannet med handicap", gives=ORE)
def educated_subsidy(day: Day) -> Amount:
    """The year's subsidy for an hour of a newly educated person with a disability."""
    return EDUCATED_SUBSIDY.at(day)


@rule(AMOUNTS, called="løntilskud pr. time, skånejob, lav", gives=ORE)
def pensioner_low_subsidy(day: Day) -> Amount:
    """The year's lower subsidy for an hour of a pensioner."""
    return PENSIONER_LOW_SUBSIDY.at(day)


@rule(AMOUNTS, called="løntilskud pr. time, skånejob, høj", gives=ORE)
def pensioner_high_subsidy(day: Day) -> Amount:
    """The year's higher subsidy for an hour of a pensioner."""
    return PENSIONER_HIGH_SUBSIDY.at(day)


@rule(LAB_ORDER.section("88"), called="løntilskud for betalte timer", gives=ORE)
def wage_subsidy(hourly_ore: Amount, paid_hours: Hours, other_refunds_ore: Amount) -> Amount:
    """Hours for which wage was paid times the subsidy, less refunds for sickness or leave; never below nothing."""
    return at_least(portion(hourly_ore, paid_hours, 100) - other_refunds_ore, 0)


@rule(AMOUNTS, called="løntilskud højst", gives=ORE)
def wage_subsidy_limit(year_wage_cost_ore: Amount, special: Truth) -> Amount:
    """Half of a year's wage cost with a private employer, three quarters for a pensioner or a person with a disability."""
    share = when(special, SUBSIDY_SHARE_SPECIAL.ever(), SUBSIDY_SHARE_PRIVATE.ever())
    return portion(year_wage_cost_ore, share, WHOLE)


@rule(AMOUNTS, called="løntilskud inden for loftet", gives=ORE)
def limited_wage_subsidy(year_subsidy_ore: Amount, limit_ore: Amount) -> Amount:
    """The year's subsidy, at most the limit."""
    return at_most(year_subsidy_ore, limit_ore)


@rule(LAB.section("68").item(1), called="sidste dag med løntilskud", gives=DAY)
def wage_subsidy_last_day(first_day: Day, public: Truth) -> Day:
    """Six months with a private employer, four with a public one."""
    private_last = months_on(first_day, SUBSIDY_MONTHS_PRIVATE.ever()) - 1
    return when(public, months_on(first_day, SUBSIDY_MONTHS_PUBLIC.ever()) - 1, private_last)


@rule(AMOUNTS, called="timelønnen er inden for loftet", gives=YES_OR_NO)
def is_subsidised_wage_allowed(hourly_wage_ore: Amount, day: Day) -> Truth:
    """The hourly wage of a person with subsidy at a public employer is at most the year's maximum."""
    return hourly_wage_ore <= SUBSIDY_MOST_HOURLY_WAGE.at(day)


@rule(LAB_ORDER.section("88"), called="tidligste dag anmodningen når", gives=DAY)
def subsidy_requested_from(requested_on: Day) -> Day:
    """Three months before the request; no source confirms it."""
    return months_on(requested_on, -SUBSIDY_REQUEST_MONTHS.ever())


SECTORS = {
    "private": private_subsidy,
    "public": public_subsidy,
    "educated": educated_subsidy,
    "pensioner_low": pensioner_low_subsidy,
    "pensioner_high": pensioner_high_subsidy,
}


@account(LAB_ORDER.section("88"), called="løntilskud")
def subsidy(sector: str, year: int, paid_hours_hundredths: int, other_refunds: int) -> Ore:
    """Give the subsidy for paid hours of a year in øre; sectors are those of ``SECTORS``. Raises NotKnown before 2015."""
    hourly = SECTORS[sector](date(year, 1, 1).toordinal())
    return Ore(wage_subsidy(hourly, paid_hours_hundredths, other_refunds))

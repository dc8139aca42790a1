"""LAS §§ 69 j-69 u: the benefit in a clarification course, refunded to an employer that pays wage."""

# ruff: noqa: D401 (a rule states what holds)

from __future__ import annotations

from refusion.law.denmark.rates import supplement_rate
from refusion.law.denmark.statutes import LAB_CHAPTERS, LAS, SUPPLEMENT_ORDER
from refusion.law.engine.numbers import DAY, ORE, Amount, Day, Days, Truth
from refusion.law.engine.parameters import figures
from refusion.law.engine.policies import Policy
from refusion.law.engine.rule import rule
from refusion.law.engine.words import at_least, at_most, months_on, portion, when

FIGURES = figures(__file__, "clarification.toml")
CLARIFICATION_PROVIDER = FIGURES["clarification_provider"]
CLARIFICATION_NON_PROVIDER = FIGURES["clarification_non_provider"]
CLARIFICATION_YOUNG_AT_HOME = FIGURES["clarification_young_at_home"]
CLARIFICATION_REQUEST_MONTHS = FIGURES["clarification_request_months"]
CLARIFICATION_YEARS = FIGURES["clarification_years"]
SUPPLEMENT = Policy(
    "clarification_supplement",
    ("paid", "not_paid"),
    "paid",
    "The order on the supplement names lov om aktiv socialpolitik; no payment of it for clarification was seen.",
)
REACH_READ = "§§ 69 t and 69 u have the employer's refund; a municipality's page has the three months, their place was not read"
LENGTH_READ = "the chapter has the courses; the guide has the two years, their section was not read"
WHOLE, KRONE, MONTHS_OF_A_YEAR = 10_000, 100, 12


@rule(LAS.section("69 j"), called="ressourceforløbsydelse pr. måned", gives=ORE)
def clarification_month(provider: Truth, young_at_home: Truth, day: Day) -> Amount:
    """The month's benefit of a provider, of one who provides for nobody, or of one under 25 who lives at home."""
    alone = when(young_at_home, CLARIFICATION_YOUNG_AT_HOME.at(day), CLARIFICATION_NON_PROVIDER.at(day))
    return when(provider, CLARIFICATION_PROVIDER.at(day), alone)


@rule(LAS.section("69 t"), called="refusion for måneden", gives=ORE)
def clarification_refund(month_ore: Amount, days: Days, days_of_month: Days, wage_paid_ore: Amount) -> Amount:
    """The benefit for the days of the month, never more than the wage paid for them."""
    return at_most(portion(month_ore, days, at_least(days_of_month, 1)), wage_paid_ore)


@rule(SUPPLEMENT_ORDER.section("5"), called="tillæg til refusion", gives=ORE)
def clarification_supplement(refund_ore: Amount, day: Day) -> Amount:
    """The year's share of the refund, to whole kroner."""
    amount = KRONE * portion(refund_ore, supplement_rate(day), WHOLE * KRONE)
    return when(SUPPLEMENT.follows("paid"), amount, 0)


@rule(LAS.section("69 t").not_verified(REACH_READ), called="tidligste dag anmodningen når", gives=DAY)
def clarification_requested_from(requested_on: Day) -> Day:
    """Three months before the request."""
    return months_on(requested_on, -CLARIFICATION_REQUEST_MONTHS.ever())


@rule(LAB_CHAPTERS.section("18").not_verified(LENGTH_READ), called="forløbets sidste dag", gives=DAY)
def clarification_last_day(first_day: Day) -> Day:
    """Two years from its first day; it may be renewed."""
    return months_on(first_day, MONTHS_OF_A_YEAR * CLARIFICATION_YEARS.ever()) - 1

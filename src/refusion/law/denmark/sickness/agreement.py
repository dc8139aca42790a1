"""SDL § 56: the agreement for a long or chronic illness, on which grounds, for how long."""

# ruff: noqa: D401 (a rule states what holds)

from __future__ import annotations

from datetime import date

from refusion.law.denmark.statutes import SDL
from refusion.law.engine.numbers import DAY, YES_OR_NO, Day, Days, Truth
from refusion.law.engine.parameters import figures
from refusion.law.engine.policies import Policy
from refusion.law.engine.rule import account, rule
from refusion.law.engine.words import both, either, months_on, when

FIGURES = figures(__file__, "dates.toml")
SAME_ILLNESS_DAYS = FIGURES["same_illness_days"]
SAME_ILLNESS_DAYS_OF_THE_ACT = FIGURES["same_illness_days_of_the_act"]
AGREEMENT_EXPECTED_DAYS = FIGURES["agreement_expected_days"]
AGREEMENT_MONTHS = FIGURES["agreement_months"]
SAME_ILLNESS = Policy(
    "same_illness",
    ("thirty", "twenty_one"),
    "thirty",
    "The state's service centre writes 30 days, a ministry's page 21; the act that made 21 into 30 names stk. 1 only.",
)


@rule(SDL.section("56").subsection(2).item(3), called="allerede betalt for samme sygdom", gives=YES_OR_NO)
def has_paid_for_same_illness(days_paid: Days, first_absence_day: Day) -> Truth:
    """The employer has paid for the same illness for 30 days of the last 12 months."""
    by_the_act = SAME_ILLNESS_DAYS_OF_THE_ACT.at(first_absence_day)
    return days_paid >= when(SAME_ILLNESS.follows("thirty"), SAME_ILLNESS_DAYS.at(first_absence_day), by_the_act)


@rule(SDL.section("56").subsection(2), called="grundlag for en § 56-aftale", gives=YES_OR_NO)
def is_agreement_possible(expected_days: Days, treatment_decided_before_hire: Truth, paid_for_same_illness: Truth) -> Truth:
    """At least 10 expected days in a year, a treatment decided before the hire, or the same illness paid before."""
    expected = expected_days >= AGREEMENT_EXPECTED_DAYS.ever()
    return either(expected, treatment_decided_before_hire, paid_for_same_illness)


@rule(SDL.section("56"), called="aftalens sidste dag", gives=DAY)
def agreement_last_day(agreed_from: Day) -> Day:
    """Two years from its first day."""
    return months_on(agreed_from, AGREEMENT_MONTHS.ever()) - 1


@rule(SDL.section("56"), called="dækket af § 56-aftalen", gives=YES_OR_NO)
def is_covered_by_agreement(same_illness: Truth, agreed_from: Day, first_absence_day: Day) -> Truth:
    """An absence for the agreement's own illness that begins while it lasts."""
    in_force = both(agreed_from <= first_absence_day, first_absence_day <= agreement_last_day(agreed_from))
    return both(same_illness, in_force)


@rule(SDL.section("56"), called="fornyelse af § 56-aftalen", gives=YES_OR_NO)
def is_agreement_renewable(days_in_last_year: Days) -> Truth:
    """At least 10 actual days of absence in the last year."""
    return days_in_last_year >= AGREEMENT_EXPECTED_DAYS.ever()


def agreement_covers(agreed_from: date, first_absence_day: date, *, same_illness: bool = True) -> bool:
    """Tell whether a § 56 agreement gives refund from the first absence day (SDL § 56)."""
    return bool(is_covered_by_agreement(same_illness, agreed_from.toordinal(), first_absence_day.toordinal()))


@account(SDL.section("56").subsection(2), called="grundlag for en § 56-aftale")
def agreement_possible(first_absence_day: date, *, expected_days: int = 0, decided_before_hire: bool = False, days_paid: int = 0) -> bool:
    """Tell whether a § 56 agreement can be made; ``days_paid`` for the same illness in the last 12 months (SDL § 56, stk. 2)."""
    paid_before = has_paid_for_same_illness(days_paid, first_absence_day.toordinal())
    return bool(is_agreement_possible(expected_days, decided_before_hire, paid_before))

"""BL §§ 27 and 29: the employment requirement for parental benefit."""

# ruff: noqa: D401 (a rule states what holds)

from __future__ import annotations

from refusion.law.denmark.statutes import BL
from refusion.law.engine.numbers import YES_OR_NO, Day, Hours, Months, Truth
from refusion.law.engine.parameters import figures
from refusion.law.engine.refusals import NotAnswered
from refusion.law.engine.rule import account, rule
from refusion.law.engine.words import both, either, months_on
from refusion.values.said import said

FIGURES = figures(__file__, "parental.toml")
PARENTAL_HOURS = FIGURES["parental_hours"]
PARENTAL_MONTH_HOURS = FIGURES["parental_month_hours"]
PARENTAL_MONTHS = FIGURES["parental_months"]
PARENTAL_REQUIREMENT_MONTHS = FIGURES["parental_requirement_months"]
COMPLETED_MONTHS = 4


@rule(BL.section("27").subsection(1).item(1), called="måned der tæller", gives=YES_OR_NO)
def is_parental_month_counting(hours_in_month: Hours) -> Truth:
    """A completed calendar month with at least 40 hours."""
    return hours_in_month >= PARENTAL_MONTH_HOURS.ever()


@rule(BL.section("27").subsection(1).item(1), called="timekravet", gives=YES_OR_NO)
def has_enough_parental_hours(hours_in_four_months: Hours, counting_months: Months) -> Truth:
    """At least 160 hours in the last 4 completed months, and 40 hours in at least 3 of them."""
    return both(hours_in_four_months >= PARENTAL_HOURS.ever(), counting_months >= PARENTAL_MONTHS.ever())


@rule(BL.section("27").subsection(1), called="i arbejde med timer nok", gives=YES_OR_NO)
def is_employed_with_hours(employed_at_the_start: Truth, enough_hours: Truth) -> Truth:
    """Employed on the day before or the first day of the leave, with hours enough."""
    return both(employed_at_the_start, enough_hours)


@rule(BL.section("27").subsection(1), called="beskæftigelseskravet", gives=YES_OR_NO)
def is_parental_requirement_met(
    employed_with_hours: Truth, unemployment_benefit: Truth, new_education: Truth, trainee: Truth, fleksjob: Truth
) -> Truth:
    """Any one of: employment with hours, unemployment benefit, new vocational education, paid trainee, fleksjob."""
    return either(employed_with_hours, unemployment_benefit, new_education, trainee, fleksjob)


@rule(BL.section("29").subsection(1), called="kravet anses for opfyldt", gives=YES_OR_NO)
def is_requirement_met_before(met_on: Day, first_day: Day) -> Truth:
    """Met for an earlier period of the same leave, within a year."""
    return both(met_on <= first_day, first_day < months_on(met_on, PARENTAL_REQUIREMENT_MONTHS.ever()))


@account(BL.section("27").subsection(1).item(1), called="timekravet")
def parental_hours_requirement(hours_by_month: tuple[int, ...]) -> bool:
    """Tell whether hundredths of hours in the last 4 completed months are enough (BL § 27, stk. 1, nr. 1).

    Raises NotAnswered when they are not four months.
    """
    if len(hours_by_month) != COMPLETED_MONTHS:
        raise NotAnswered(said("law.months_not_four", months=len(hours_by_month)))
    counting = sum(is_parental_month_counting(hours) for hours in hours_by_month)
    return bool(has_enough_parental_hours(sum(hours_by_month), counting))

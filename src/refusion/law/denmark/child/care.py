"""BL § 26: the right to benefit with a seriously ill child, its length, and until when it is asked for."""

# ruff: noqa: D401 (a rule states what holds)

from __future__ import annotations

from refusion.law.denmark.statutes import BL
from refusion.law.engine.numbers import DAY, DAYS, YES_OR_NO, Day, Days, Truth
from refusion.law.engine.parameters import figures
from refusion.law.engine.rule import account, rule
from refusion.law.engine.words import at_least, both, month_end, months_on, when

FIGURES = figures(__file__, "child.toml")
CHILD_HOSPITAL_DAYS = FIGURES["child_hospital_days"]
CHILD_HOSPITAL_DAYS_SOLE_PROVIDER = FIGURES["child_hospital_days_sole_provider"]
CHILD_AGE_LIMIT = FIGURES["child_age_limit"]
CHILD_CARE_WEEKS = FIGURES["child_care_weeks"]
CHILD_CARE_WINDOW = FIGURES["child_care_window"]
STATE_CHILD_CARE_MONTHS = FIGURES["state_child_care_months"]


@rule(BL.section("26").subsection(1), called="forventet indlæggelse", gives=YES_OR_NO)
def is_stay_long_enough(expected_hospital_days: Days, sole_provider: Truth) -> Truth:
    """At least 12 days in hospital or equated care; for a sole provider any stay."""
    needed = when(sole_provider, CHILD_HOSPITAL_DAYS_SOLE_PROVIDER.ever(), CHILD_HOSPITAL_DAYS.ever())
    return expected_hospital_days >= needed


@rule(BL.section("26").subsection(1), called="barnet er under 18 år", gives=YES_OR_NO)
def is_child(child_born_on: Day, day: Day) -> Truth:
    """The child is not yet 18."""
    return day < months_on(child_born_on, CHILD_AGE_LIMIT.ever())


@rule(BL.section("26"), called="ret til dagpenge ved pasning af alvorligt sygt barn", gives=YES_OR_NO)
def is_child_care_right(under_age: Truth, stay_long_enough: Truth, stops_work: Truth, requirement_met: Truth) -> Truth:
    """A child under 18, a stay long enough, work given up fully or partly, and the employment requirement."""
    return both(under_age, stay_long_enough, stops_work, requirement_met)


@rule(BL.section("26").subsection(3), called="første dag af de 18 måneder", gives=DAY)
def child_care_looked_back_to(day: Day) -> Day:
    """The first of the preceding 18 calendar months, of which the day's own month is the last."""
    return months_on(month_end(day) + 1, -CHILD_CARE_WINDOW.ever())


@rule(BL.section("26").subsection(3), called="resterende dage", gives=DAYS)
def child_care_days_left(days_used: Days) -> Days:
    """52 weeks in calendar days, less those that both parents have used within the window."""
    return at_least(7 * CHILD_CARE_WEEKS.ever() - days_used, 0)


@rule(BL.section("26"), called="sidste dag med løn i staten", gives=DAY)
def state_child_care_last_day(first_day: Day) -> Day:
    """A month from its first day, for each child and calendar year, where the state limits it."""
    return months_on(first_day, STATE_CHILD_CARE_MONTHS.ever()) - 1


@account(BL.section("26"), called="ret til dagpenge ved pasning af alvorligt sygt barn")
def child_care_right(
    expected_hospital_days: int, *, sole_provider: bool = False, stops_work: bool = True, requirement_met: bool = True
) -> bool:
    """Tell whether a parent of a child under 18 has the right (BL § 26)."""
    long_enough = is_stay_long_enough(expected_hospital_days, sole_provider)
    return bool(is_child_care_right(under_age=True, stay_long_enough=long_enough, stops_work=stops_work, requirement_met=requirement_met))

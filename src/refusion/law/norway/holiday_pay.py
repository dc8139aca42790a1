"""ftrl §§ 8-33, 14-8: the rate of holiday pay on benefit, for whom it is higher, and for how many days."""

# ruff: noqa: D401, PLR2004 (a rule states what holds; 122 days reach from 1 September to the year's end)

from __future__ import annotations

from refusion.law.engine.numbers import BASIS_POINTS, DAYS, ORE, YES_OR_NO, Amount, Day, Days, Share, Truth
from refusion.law.engine.parameters import figures
from refusion.law.engine.rule import rule
from refusion.law.engine.words import at_most, both, months_on, new_year, portion, when, whole_part, year_of
from refusion.law.norway.choices import HOLIDAY_AGE, PROFILE
from refusion.law.norway.statutes import FTRL, PREGNANCY_HOLIDAY_PAY, SICKNESS_HOLIDAY_PAY, UIO

FIGURES = figures(__file__, "holiday_pay.toml")
RATE = FIGURES["holiday_pay_rate"]
OLDER_RATE = FIGURES["older_holiday_pay_rate"]
AGE_MONTHS = FIGURES["holiday_pay_age_months"]
WINDOW = FIGURES["holiday_pay_window"]
PREGNANCY_WINDOW = FIGURES["pregnancy_holiday_pay_window"]
SICKNESS_WINDOW = FIGURES["sickness_holiday_pay_window"]
KRONE = 100
WHOLE = 10_000


@rule(SICKNESS_HOLIDAY_PAY, called="over 60 år i ferieåret", gives=YES_OR_NO)
def is_of_holiday_age(birthday: Day, earning_day: Day) -> Truth:
    """59 years old before 1 September of the earning year; NAV's own code looks at 31 December."""
    new_years_day = new_year(year_of(earning_day) + 1)
    limit = when(HOLIDAY_AGE.follows("before_september"), new_years_day - 122, new_years_day)
    return months_on(birthday, AGE_MONTHS.at(earning_day)) < limit


@rule(SICKNESS_HOLIDAY_PAY, called="alder som kildene er uenige om", gives=YES_OR_NO)
def is_holiday_age_disputed(birthday: Day, earning_day: Day) -> Truth:
    """59 years old from 1 September to 31 December of the earning year: statute and NAV give different rates."""
    new_years_day = new_year(year_of(earning_day) + 1)
    reached = months_on(birthday, AGE_MONTHS.at(earning_day))
    return both(reached >= new_years_day - 122, reached < new_years_day)


@rule(SICKNESS_HOLIDAY_PAY, called="feriepengesats av sykepenger", gives=BASIS_POINTS)
def sickness_holiday_rate(older: Truth) -> Share:
    """10.2 %, and 12.5 % for those over 60."""
    return when(older, OLDER_RATE.ever(), RATE.ever())


@rule(FTRL.section("14-8"), called="feriepengesats av foreldrepenger", gives=BASIS_POINTS)
def parental_holiday_rate(older: Truth) -> Share:
    """10.2 % for everybody; 12.5 % for those over 60 only by the text of an institution that follows it."""
    return when(both(older, PROFILE.follows("uio")), OLDER_RATE.ever(), RATE.ever())


@rule(UIO.section("Feriepenger av foreldrepenger"), called="feriepenger av foreldrepenger", gives=ORE)
def holiday_pay_of_days(days: Days, rate_ore: Amount, older: Truth) -> Amount:
    """Days times daily rate times the rate of holiday pay, to whole kroner."""
    return KRONE * portion(days * rate_ore, parental_holiday_rate(older), WHOLE * KRONE)


@rule(FTRL.section("14-8"), called="feriepenger", gives=ORE)
def holiday_pay(benefit_ore: Amount, rate: Share) -> Amount:
    """The rate of the benefit paid in an earning year, to whole kroner."""
    return KRONE * portion(benefit_ore, rate, WHOLE * KRONE)


@rule(SICKNESS_HOLIDAY_PAY, called="feriepenger, uavrundet til øre", gives=ORE)
def holiday_pay_in_ore(benefit_ore: Amount, rate: Share) -> Amount:
    """The rate of the benefit paid in an earning year, to øre."""
    return portion(benefit_ore, rate, WHOLE)


@rule(FTRL.section("14-8"), called="dager med feriepenger ved dekningsgraden", gives=DAYS)
def stretched_days(days: Days, coverage: Share) -> Days:
    """As many more days as a lower coverage stretches the leave, rounded down: 75 for 60 at 80 %."""
    return whole_part(days, WHOLE, when(coverage > 0, coverage, WHOLE))


@rule(FTRL.section("14-8"), called="dager med feriepenger", gives=DAYS)
def holiday_pay_days(coverage: Share) -> Days:
    """12 weeks at 100 %, 15 weeks at 80 %."""
    return stretched_days(WINDOW.ever(), coverage)


@rule(PREGNANCY_HOLIDAY_PAY, called="dager med feriepenger av svangerskapspenger", gives=DAYS)
def pregnancy_holiday_pay_days(days: Days) -> Days:
    """At most 64 days over all cases of a pregnancy."""
    return at_most(days, PREGNANCY_WINDOW.ever())


@rule(SICKNESS_HOLIDAY_PAY, called="dager med feriepenger av sykepenger", gives=DAYS)
def sickness_holiday_pay_days(days: Days) -> Days:
    """At most the first 48 paid days of the earning year."""
    return at_most(days, SICKNESS_WINDOW.ever())

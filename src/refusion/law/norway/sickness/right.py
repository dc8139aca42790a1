"""ftrl §§ 8-2, 8-3, 8-12, 8-19, 8-20, 8-51: who has the right, which days the employer pays itself, and when the days end."""

# ruff: noqa: D401 (a rule states what holds)

from __future__ import annotations

from refusion.law.engine.numbers import DAY, DAYS, YES_OR_NO, Amount, Day, Days, Truth
from refusion.law.engine.parameters import figures
from refusion.law.engine.rule import rule
from refusion.law.engine.words import at_least, at_most, both, month_end, months_on, when
from refusion.law.norway.base_amount import least_basis
from refusion.law.norway.statutes import FTRL

FIGURES = figures(__file__, "sickness.toml")
EMPLOYER_DAYS = FIGURES["sickness_employer_days"]
GAP_DAYS = FIGURES["sickness_gap_days"]
PAID_DAYS = FIGURES["sickness_paid_days"]
PAID_DAYS_OF_ELDERS = FIGURES["sickness_paid_days_of_elders"]
WINDOW_MONTHS = FIGURES["sickness_window_months"]
NEW_RIGHT_DAYS = FIGURES["sickness_new_right_days"]
ELDER_MONTHS = FIGURES["sickness_elder_months"]
OLDEST_MONTHS = FIGURES["sickness_oldest_months"]
EARNING_DAYS = FIGURES["sickness_earning_days"]
PREGNANCY_BACK_MONTHS = FIGURES["pregnancy_back_months"]
PREGNANCY_MONTHS = FIGURES["pregnancy_months"]


@rule(FTRL.section("8-2"), called="opptjeningstid", gives=YES_OR_NO)
def has_earned_right(employed_since: Day, first_absence_day: Day) -> Truth:
    """Four weeks of employment right before the absence."""
    return first_absence_day - employed_since >= EARNING_DAYS.at(first_absence_day)


@rule(FTRL.section("8-3").subsection(1), called="under 70 år", gives=YES_OR_NO)
def is_young_enough(birthday: Day, day: Day) -> Truth:
    """Until the day before the 70th birthday."""
    return day < months_on(birthday, OLDEST_MONTHS.at(day))


@rule(FTRL.section("8-51"), called="over 67 år", gives=YES_OR_NO)
def is_elder(birthday: Day, day: Day) -> Truth:
    """From the day after the 67th birthday."""
    return day > months_on(birthday, ELDER_MONTHS.at(day))


@rule(FTRL.section("8-3").subsection(2), called="inntekt på minst halvparten av grunnbeløpet", gives=YES_OR_NO)
def is_income_enough(basis_ore: Amount, first_absence_day: Day) -> Truth:
    """At least half the base amount."""
    return basis_ore >= least_basis(first_absence_day)


@rule(FTRL.section("8-2"), called="rett til sykepenger", gives=YES_OR_NO)
def has_sickness_right(employed_since: Day, first_absence_day: Day, birthday: Day, basis_ore: Amount) -> Truth:
    """Four weeks of employment, half a base amount, and not 70 years old."""
    return both(
        has_earned_right(employed_since, first_absence_day),
        is_young_enough(birthday, first_absence_day),
        is_income_enough(basis_ore, first_absence_day),
    )


@rule(FTRL.section("8-19").subsection(4), called="ny arbeidsgiverperiode", gives=YES_OR_NO)
def is_new_employer_period(gap: Days) -> Truth:
    """A gap of 16 calendar days or more begins a new one."""
    return gap >= GAP_DAYS.ever()


@rule(FTRL.section("8-19").subsection(1), called="dager i arbeidsgiverperioden", gives=DAYS)
def employer_days(days: Days) -> Days:
    """The first 16 calendar days."""
    return at_most(days, EMPLOYER_DAYS.ever())


@rule(FTRL.section("8-19").subsection(1), called="første dag NAV betaler", gives=DAY)
def nav_from_day(first_absence_day: Day) -> Day:
    """The day after an employer period without gap."""
    return first_absence_day + EMPLOYER_DAYS.at(first_absence_day)


@rule(FTRL.section("8-12").subsection(1), called="gjenstående sykedager", gives=DAYS)
def days_left(paid_in_window: Days, paid_as_elder: Days, elder: Truth) -> Days:
    """248 weekdays within three years, and of them 60 after the 67th birthday."""
    ordinary = PAID_DAYS.ever() - paid_in_window
    reduced = at_most(ordinary, PAID_DAYS_OF_ELDERS.ever() - paid_as_elder)
    return at_least(when(elder, reduced, ordinary), 0)


@rule(FTRL.section("8-12").subsection(1), called="første dag av de tre årene", gives=DAY)
def window_from_day(day: Day) -> Day:
    """Three years before the day."""
    return months_on(day, -WINDOW_MONTHS.at(day))


@rule(FTRL.section("8-12").subsection(2), called="ny rett etter 26 uker", gives=YES_OR_NO)
def is_new_right(days_without: Days) -> Truth:
    """26 weeks without benefit give a new right."""
    return days_without >= NEW_RIGHT_DAYS.ever()


@rule(FTRL.section("8-20"), called="refusjon i arbeidsgiverperioden ved kronisk sykdom", gives=DAY)
def chronic_refund_from(application_received: Day) -> Day:
    """From the day the application was received."""
    return application_received + 0


@rule(FTRL.section("8-20"), called="refusjon i arbeidsgiverperioden ved svangerskap", gives=DAY)
def pregnancy_refund_from(application_received: Day, term: Day) -> Day:
    """Three whole months before the month of the application, and at most nine months before term."""
    back = month_end(months_on(application_received, -1 - PREGNANCY_BACK_MONTHS.at(application_received))) + 1
    return at_least(back, months_on(term, -PREGNANCY_MONTHS.at(application_received)))

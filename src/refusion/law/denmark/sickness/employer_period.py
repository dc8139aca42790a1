"""SDL §§ 30, 53 b, 56: from which absence day the municipality refunds."""

# ruff: noqa: D401 (a rule states what holds)

from __future__ import annotations

from refusion.law.denmark.statutes import SDL
from refusion.law.engine.numbers import DAY, YES_OR_NO, Day, Hours, Truth
from refusion.law.engine.parameters import figures
from refusion.law.engine.rule import rule
from refusion.law.engine.words import both, either, is_not, when

FIGURES = figures(__file__, "dates.toml")
EMPLOYER_PERIOD = FIGURES["employer_period"]
DAYS_OF_EMPLOYMENT = FIGURES["days_of_employment"]
HOURS_IN_EIGHT_WEEKS = FIGURES["hours_in_eight_weeks"]
COVID_WINDOW_LAST_DAY = FIGURES["covid_window_last_day"]


@rule(SDL.section("30").subsection(1), called="arbejdsgiverperiodens sidste dag", gives=DAY)
def employer_period_last_day(first_absence_day: Day) -> Day:
    """Calendar days from and with the first absence day; neither holidays nor conflict extend them."""
    return first_absence_day + EMPLOYER_PERIOD.at(first_absence_day) - 1


@rule(SDL.section("30"), called="ansat i 8 uger", gives=YES_OR_NO)
def is_employed_long_enough(employed_since: Day, first_absence_day: Day) -> Truth:
    """Employed without break for the last 8 weeks."""
    return employed_since <= first_absence_day - DAYS_OF_EMPLOYMENT.at(first_absence_day)


@rule(SDL.section("30"), called="74 timer i de seneste 8 uger", gives=YES_OR_NO)
def has_worked_enough(hours_worked: Hours, first_absence_day: Day) -> Truth:
    """At least 74 hours of work in the last 8 weeks; holiday and sickness hours are no work."""
    return hours_worked >= HOURS_IN_EIGHT_WEEKS.at(first_absence_day)


@rule(SDL.section("30"), called="arbejdsgiverens pligt til sygedagpenge", gives=YES_OR_NO)
def has_employer_duty(employed_since: Day, hours_worked: Hours, hours_in_earlier_employment: Hours, first_absence_day: Day) -> Truth:
    """Eight weeks and 74 hours, or 74 hours with the same employer in an earlier employment of the 8 weeks."""
    return either(
        both(
            is_employed_long_enough(employed_since, first_absence_day),
            has_worked_enough(hours_worked, first_absence_day),
        ),
        has_worked_enough(hours_in_earlier_employment, first_absence_day),
    )


@rule(SDL.section("53 b"), called="sidste dag af COVID-perioden", gives=DAY)
def covid_window_last_day(first_absence_day: Day) -> Day:
    """The end of the window that the first absence day lies in; 1 January of year 1 where it lies in none."""
    return COVID_WINDOW_LAST_DAY.at(first_absence_day)


@rule(SDL.section("53 b"), called="refusion fra første dag ved COVID-19", gives=YES_OR_NO)
def is_covid_refund(covid: Truth, first_absence_day: Day) -> Truth:
    """An absence for COVID-19 that began inside a window; one that began before follows the ordinary rules."""
    return both(covid, covid_window_last_day(first_absence_day) >= first_absence_day)


@rule(SDL.section("56"), called="refusion fra første fraværsdag", gives=YES_OR_NO)
def is_waived(agreement_56: Truth, fleksjob: Truth, employer_duty: Truth, covid_refund: Truth) -> Truth:
    """No employer period: a § 56 agreement for the illness, a fleksjob, a new employee, or COVID-19."""
    return either(agreement_56, fleksjob, is_not(employer_duty), covid_refund)


@rule(SDL.section("30").subsection(1), called="første dag med refusion", gives=DAY)
def refund_from_day(first_absence_day: Day, waived: Truth) -> Day:
    """The day after the employer period, or the first absence day where there is none."""
    return when(waived, first_absence_day, employer_period_last_day(first_absence_day) + 1)

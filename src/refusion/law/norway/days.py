"""ftrl §§ 8-10, 14-7, 22-3: what a day of benefit gives, which days are paid, and what they give together."""

# ruff: noqa: D401 (a rule states what holds)

from __future__ import annotations

from refusion.law.engine.numbers import DAYS, ORE, Amount, Day, Days
from refusion.law.engine.parameters import figures
from refusion.law.engine.rule import rule
from refusion.law.engine.words import at_most, both, portion, when
from refusion.law.norway.statutes import FTRL, REFUND_RIGHT

FIGURES = figures(__file__, "refund.toml")
PAID_DAYS_OF_YEAR = FIGURES["paid_days_of_year"]
KRONE = 100


@rule(FTRL.section("8-10").subsection(3), called="dagsats", gives=ORE)
def daily_rate(annual_ore: Amount) -> Amount:
    """A year's benefit over 260 days, to whole kroner, half up."""
    return KRONE * portion(annual_ore, 1, PAID_DAYS_OF_YEAR.ever() * KRONE)


@rule(FTRL.section("14-7"), called="stønadsdager", gives=DAYS)
def paid_days(first_day: Day, last_day: Day) -> Days:
    """Mondays to Fridays, public holidays among them; none where the last day comes before the first."""
    return when(last_day >= first_day, _paid_through(last_day) - _paid_through(first_day - 1), 0)


def _paid_through(day: Day) -> Days:
    weeks = day // 7
    return weeks * 5 + at_most(day - weeks * 7, 5)


@rule(REFUND_RIGHT, called="forventet refusjon", gives=ORE)
def expected_refund(days: Days, rate_ore: Amount) -> Amount:
    """The daily rate for each paid day."""
    return days * rate_ore


@rule(REFUND_RIGHT, called="refusjon under arbeidsforholdet", gives=ORE)
def refund_in_employment(first_day: Day, last_day: Day, employment_last_day: Day, rate_ore: Amount) -> Amount:
    """The days up to the last day of the employment; from the next day NAV pays the person."""
    days = paid_days(first_day, at_most(last_day, employment_last_day))
    return when(both(days > 0, rate_ore > 0), expected_refund(days, rate_ore), 0)

"""Danish sickness refund of a week as an OpenFisca package: one variable a figure, counted in whole øre so that it is exact.

Written as the published packages are: days are dates, working days are NumPy's ``busday_count`` with the public holidays.
"""

# ruff: noqa: D101, N801, N805 (OpenFisca names a variable by its class, says what it is in its label, and calls a formula with persons)

from __future__ import annotations

from datetime import date

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from refusion.law.denmark.holidays import FIRST_DAY, LAST_DAY, is_refundable_day
from refusion.law.denmark.rates import LEAST_ABSENCE_HOURS, NORMAL_WEEKLY_HOURS, SUPPLEMENT_RATE, WEEKLY_MAXIMUM
from refusion.law.denmark.sickness.batch import WeekColumns

PERSON = build_entity(key="person", plural="persons", label="Person", is_person=True)
DATES = ("first_day", "last_day")
NUMBERS = ("weekly_hours", "absent_hours", "hourly_after_am", "wage_paid", "period_days")
EPOCH, ONE_DAY = 719_163, np.timedelta64(1, "D")


def dates(ordinals: np.ndarray) -> np.ndarray:
    """Give ordinals as OpenFisca keeps dates."""
    return (ordinals - EPOCH).astype("datetime64[D]")


def public_holidays() -> np.ndarray:
    """List the weekdays without a right to benefit."""
    days = np.arange(FIRST_DAY, LAST_DAY + 1)
    return dates(days[((days - 1) % 7 < 5) & (is_refundable_day(days) == 0)])


WORKING_DAYS = np.busdaycalendar(holidays=public_holidays())
A_FACT = {"entity": PERSON, "definition_period": DateUnit.WEEK, "label": "A fact of the week", "__module__": __name__}
FACTS = (
    *(type(name, (Variable,), {**A_FACT, "value_type": date}) for name in DATES),
    *(type(name, (Variable,), {**A_FACT, "value_type": int}) for name in NUMBERS),
)


class refundable_days(Variable):
    value_type, entity, definition_period, label = int, PERSON, DateUnit.WEEK, "Mondays to Fridays that are no public holidays"

    def formula(person, period):
        return np.busday_count(person("first_day", period), person("last_day", period) + ONE_DAY, busdaycal=WORKING_DAYS)


class counted_hours(Variable):
    value_type, entity, definition_period, label = int, PERSON, DateUnit.WEEK, "Absence, at most the weekly hours"

    def formula(person, period):
        return np.minimum(person("absent_hours", period), person("weekly_hours", period))


class is_enough_absence(Variable):
    value_type, entity, definition_period, label = bool, PERSON, DateUnit.WEEK, "At least 4 hours of absence in the week"

    def formula(person, period, parameters):
        return person("counted_hours", period) >= int(parameters(period).least_absence_hours)


class counted_hourly(Variable):
    value_type, entity, definition_period, label = int, PERSON, DateUnit.WEEK, "Hourly earnings within the hourly maximum, øre"

    def formula(person, period, parameters):
        rates = parameters(period)
        return np.minimum(person("hourly_after_am", period), hour_limit(int(rates.weekly_maximum), int(rates.normal_weekly_hours)))


class week_benefit(Variable):
    value_type, entity, definition_period, label = int, PERSON, DateUnit.WEEK, "Benefit of the week, øre"

    def formula(person, period, parameters):
        rates = parameters(period)
        normal, week_limit = int(rates.normal_weekly_hours), int(rates.weekly_maximum)
        hours, days, hourly = (person(name, period) for name in ("counted_hours", "refundable_days", "counted_hourly"))
        at_maximum = (hours >= normal) & (hourly == hour_limit(week_limit, normal))
        limited = np.where(at_maximum, week_limit * 100, np.minimum(hours * hourly.astype(np.int64), week_limit * 100))
        week = np.where(person("is_enough_absence", period), limited, 0)
        return (2 * week * days + 500) // 1000


class wage_of_week(Variable):
    value_type, entity, definition_period, label = int, PERSON, DateUnit.WEEK, "The week's part of the wage, øre"

    def formula(person, period):
        in_all = np.maximum(person("period_days", period), 1)
        return (2 * person("wage_paid", period).astype(np.int64) * person("refundable_days", period) + in_all) // (2 * in_all)


class week_refund(Variable):
    value_type, entity, definition_period, label = int, PERSON, DateUnit.WEEK, "Refund of the week, øre"

    def formula(person, period):
        return np.minimum(person("week_benefit", period), person("wage_of_week", period))


class week_supplement(Variable):
    value_type, entity, definition_period, label = int, PERSON, DateUnit.WEEK, "Supplement of the week, øre"

    def formula(person, period, parameters):
        rate = int(parameters(period).supplement_rate)
        return 100 * ((2 * person("week_refund", period).astype(np.int64) * rate + 1_000_000) // 2_000_000)


FORMULAS = (refundable_days, counted_hours, is_enough_absence, counted_hourly, week_benefit, wage_of_week, week_refund, week_supplement)


def hour_limit(week_limit: int, normal: int) -> int:
    """Give the hourly maximum, rounded to øre."""
    return (200 * week_limit + normal) // (2 * normal)


def system() -> TaxBenefitSystem:
    """Build the package: entity, variables, dated parameters."""
    built = TaxBenefitSystem([PERSON])
    built.add_variables(*FACTS, *FORMULAS)
    figures = (WEEKLY_MAXIMUM, NORMAL_WEEKLY_HOURS, SUPPLEMENT_RATE, LEAST_ABSENCE_HOURS)
    built.parameters = ParameterNode(
        "",
        data={figure.name: {"values": {value.since.isoformat(): {"value": value.amount} for value in figure.values}} for figure in figures},
    )
    return built


def facts(columns: WeekColumns) -> dict[str, np.ndarray]:
    """Give the facts of a week by the names of their variables, days as dates."""
    return {name: dates(getattr(columns, name)) for name in DATES} | {name: getattr(columns, name) for name in NUMBERS}


def loaded(package: TaxBenefitSystem, by_week: dict[str, dict[str, np.ndarray]], *, trace: bool = False) -> Simulation:
    """Build a simulation of persons with the facts of each week, by OpenFisca's name of the week."""
    size = next(iter(by_week.values()))["first_day"].size
    simulation = SimulationBuilder().build_default_simulation(package, size)
    simulation.trace = trace
    for week, given in by_week.items():
        for name, column in given.items():
            simulation.set_input(name, week, column)
    return simulation


def calculated(simulation: Simulation, weeks: tuple[str, ...]) -> list[tuple[np.ndarray, np.ndarray]]:
    """Give refund and supplement of each week."""
    return [(simulation.calculate("week_refund", week), simulation.calculate("week_supplement", week)) for week in weeks]

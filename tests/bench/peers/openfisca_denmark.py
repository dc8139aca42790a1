"""Danish sickness refund of a week as an OpenFisca package: one variable a figure, counted in whole øre so that it is exact."""

# ruff: noqa: D101, N801, N805 (OpenFisca names a variable by its class, says what it is in its label, and calls a formula with persons)

from __future__ import annotations

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from refusion.law.denmark.holidays import FIRST_DAY, is_refundable_day
from refusion.law.denmark.rates import LEAST_ABSENCE_HOURS, NORMAL_WEEKLY_HOURS, SUPPLEMENT_RATE, WEEKLY_MAXIMUM
from refusion.law.denmark.sickness.batch import WeekColumns

PERSON = build_entity(key="person", plural="persons", label="Person", is_person=True)
THROUGH = np.cumsum(is_refundable_day(np.arange(FIRST_DAY, FIRST_DAY + 12_000)), dtype=np.int64)
GIVEN = ("first_day", "last_day", "weekly_hours", "absent_hours", "hourly_after_am", "wage_paid", "period_days")


A_FACT = {"value_type": int, "entity": PERSON, "definition_period": DateUnit.WEEK, "label": "A fact of the week", "__module__": __name__}
FACTS = tuple(type(name, (Variable,), A_FACT) for name in GIVEN)


class refundable_days(Variable):
    value_type, entity, definition_period, label = int, PERSON, DateUnit.WEEK, "Mondays to Fridays that are no public holidays"

    def formula(person, period):
        return THROUGH[person("last_day", period) - FIRST_DAY] - THROUGH[person("first_day", period) - 1 - FIRST_DAY]


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


def loaded(package: TaxBenefitSystem, by_week: dict[str, WeekColumns], *, trace: bool = False) -> Simulation:
    """Build a simulation of persons with the facts of each week, by OpenFisca's name of the week."""
    size = next(iter(by_week.values())).first_day.size
    simulation = SimulationBuilder().build_default_simulation(package, size)
    simulation.trace = trace
    for week, columns in by_week.items():
        for name in GIVEN:
            simulation.set_input(name, week, getattr(columns, name))
    return simulation


def calculated(simulation: Simulation, weeks: tuple[str, ...]) -> list[tuple[np.ndarray, np.ndarray]]:
    """Give refund and supplement of each week."""
    return [(simulation.calculate("week_refund", week), simulation.calculate("week_supplement", week)) for week in weeks]

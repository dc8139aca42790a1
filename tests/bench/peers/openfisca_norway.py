"""Norwegian parental refund of a month as an OpenFisca package: one variable a figure, counted in whole øre so that it is exact.

Written as the published packages are: days are dates, working days are NumPy's ``busday_count``.
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

from refusion.law.norway.base_amount import BASE_AMOUNT
from refusion.law.norway.parental.claims import Leaves

PERSON = build_entity(key="person", plural="persons", label="Person", is_person=True)
EPOCH, ONE_DAY = 719_163, np.timedelta64(1, "D")
DATES = ("start", "first_day", "last_day", "ends", "received")
NUMBERS = ("coverage", "annual_basis", "weekly")
GIVES = ("paid_days", "lost_days", "daily_rate", "refund")


def dates(ordinals: np.ndarray) -> np.ndarray:
    """Give ordinals as OpenFisca keeps dates."""
    return (ordinals - EPOCH).astype("datetime64[D]")


FIRST_DAYS = dates(np.array([value.since.toordinal() for value in BASE_AMOUNT.values]))
AMOUNTS = np.array([value.amount for value in BASE_AMOUNT.values])
FROM_MONTHS, NEVER = np.datetime64("2019-01-01"), np.datetime64("9999-12-31")
A_FACT = {"entity": PERSON, "definition_period": DateUnit.MONTH, "label": "A fact of the leave", "__module__": __name__}
FACTS = (
    *(type(name, (Variable,), {**A_FACT, "value_type": date}) for name in DATES),
    *(type(name, (Variable,), {**A_FACT, "value_type": int}) for name in NUMBERS),
    type("uio", (Variable,), {**A_FACT, "value_type": bool}),
)


class last_paid_day(Variable):
    value_type, entity, definition_period, label = date, PERSON, DateUnit.MONTH, "Last day, within the employment"

    def formula(person, period):
        return np.minimum(person("last_day", period), person("ends", period))


class base_amount(Variable):
    value_type, entity, definition_period, label = int, PERSON, DateUnit.MONTH, "Base amount at the start, øre"

    def formula(person, period):
        return AMOUNTS[np.searchsorted(FIRST_DAYS, person("start", period), side="right") - 1]


class basis(Variable):
    value_type, entity, definition_period, label = int, PERSON, DateUnit.MONTH, "Basis of a year, øre"

    def formula(person, period):
        weekly = (person("start", period) < FROM_MONTHS) | person("uio", period)
        return np.where(weekly, 52 * person("weekly", period), person("annual_basis", period))


class daily_rate(Variable):
    value_type, entity, definition_period, label = int, PERSON, DateUnit.MONTH, "Daily rate, øre"

    def formula(person, period):
        amount, earned = person("base_amount", period), person("basis", period)
        limited = np.minimum(earned, 6 * amount).astype(np.int64)
        rate = 100 * ((limited * person("coverage", period) + 130_000_000) // 260_000_000)
        return np.where(earned >= (amount + 1) // 2, rate, 0)


class first_day_in_time(Variable):
    value_type, entity, definition_period, label = date, PERSON, DateUnit.MONTH, "First day that the claim reaches back to"

    def formula(person, period):
        return (person("received", period).astype("datetime64[M]") - 3).astype("datetime64[D]")


class days_in_all(Variable):
    value_type, entity, definition_period, label = int, PERSON, DateUnit.MONTH, "Mondays to Fridays, in time or not"

    def formula(person, period):
        return weekdays(person("first_day", period), person("last_paid_day", period))


class paid_days(Variable):
    value_type, entity, definition_period, label = int, PERSON, DateUnit.MONTH, "Mondays to Fridays in time"

    def formula(person, period):
        is_dated = person("received", period) != NEVER
        first = np.where(
            is_dated, np.maximum(person("first_day", period), person("first_day_in_time", period)), person("first_day", period)
        )
        return weekdays(first, person("last_paid_day", period))


class lost_days(Variable):
    value_type, entity, definition_period, label = int, PERSON, DateUnit.MONTH, "Mondays to Fridays too late"

    def formula(person, period):
        return person("days_in_all", period) - person("paid_days", period)


class refund(Variable):
    value_type, entity, definition_period, label = int, PERSON, DateUnit.MONTH, "Refund of the month, øre"

    def formula(person, period):
        return person("paid_days", period) * person("daily_rate", period)


FORMULAS = (last_paid_day, base_amount, basis, daily_rate, first_day_in_time, days_in_all, paid_days, lost_days, refund)


def weekdays(first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Count Mondays to Fridays."""
    return np.maximum(np.busday_count(first, last + ONE_DAY), 0)


def system() -> TaxBenefitSystem:
    """Build the package."""
    built = TaxBenefitSystem([PERSON])
    built.add_variables(*FACTS, *FORMULAS)
    built.parameters = ParameterNode("", data={})
    return built


def facts(columns: Leaves) -> dict[str, np.ndarray]:
    """Give the facts of a month by the names of their variables, days as dates."""
    given = {name: dates(getattr(columns, name)) for name in DATES} | {name: getattr(columns, name) for name in NUMBERS}
    return given | {"uio": columns.uio == 1}


def loaded(package: TaxBenefitSystem, month: str, given: dict[str, np.ndarray], *, trace: bool = False) -> Simulation:
    """Build a simulation of persons with the facts of a month."""
    simulation = SimulationBuilder().build_default_simulation(package, given["start"].size)
    simulation.trace = trace
    for name, column in given.items():
        simulation.set_input(name, month, column)
    return simulation


def calculated(simulation: Simulation, month: str) -> tuple[np.ndarray, ...]:
    """Give paid days, lost days, daily rate and refund of the month."""
    return tuple(simulation.calculate(name, month) for name in GIVES)

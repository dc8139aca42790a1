"""The Swedish rule names of the case files, answered by the pots of the shipped agreement; a case's own counties are its whole country."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from types import MappingProxyType

from refusion.grants.agreement import Agreement, Pot
from refusion.grants.facts import COUNTY
from refusion.grants.given import Facts, Row
from refusion.grants.kinds import Kind, Value
from refusion.grants.paid import Figure, Paid
from refusion.grants.payout import shared
from refusion.grants.policies import choosing
from refusion.grants.reading import agreement
from refusion.grants.rules.catalogue import RULE_TYPES
from refusion.law.engine.refusals import NotAnswered
from refusion.law.engine.worked import Answer, Given, Input, Unreadable, Worked, hundredths, not_negative, one_of
from refusion.law.sweden.population import KRONA
from refusion.law.sweden.worked import fraction
from refusion.values.money import Ore, kroner
from refusion.values.said import said

Give = Callable[[Given, str], object]
AGREEMENT = "se-2013"
CONDITIONS = ("condition_1", "condition_2", "condition_3")
BY_CHANGE = ("days_counted", "ratio", "difference", "weighted_days", "share", "comparison_number")
BY_QUALITY = ("improvement", "sum_of_improvements", "part_of_improvement", "product", "sum_of_products", "share")


class Answers(Mapping[str, Answer]):
    """The answers of a rule: some by their own name, and each county by its code."""

    def __init__(self, named: Mapping[str, Answer], of_county: Callable[[str], Answer]) -> None:
        """Take the named answers and how a county's is given."""
        self._named = named
        self._of_county = of_county

    def __contains__(self, name: object) -> bool:
        """Tell whether it is an answer; any code can be a county's."""
        return isinstance(name, str)

    def __getitem__(self, name: str) -> Answer:
        """Give an answer by its name or by a county's code."""
        return self._named.get(name) or self._of_county(name)

    def __iter__(self) -> Iterator[str]:
        """Go through the names that are no county's."""
        return iter(self._named)

    def __len__(self) -> int:
        """Count the names that are no county's."""
        return len(self._named)


@cache
def _agreement() -> Agreement:
    return agreement(AGREEMENT)


@cache
def _named(name: str) -> Pot:
    """Give a pot; in those of the first three conditions a case calls the facts by their roles, the same for all three."""
    pot = _agreement().pot(name)
    return replace(pot, columns={}) if name in CONDITIONS else pot


def _whole_kronor(value: object) -> int:
    amount = not_negative(value)
    if amount % KRONA:
        raise Unreadable(f"not whole kronor: {value!r}")
    return amount


def _counties(*pots: str) -> Callable[[object], Mapping[str, Row]]:
    """Read the list of counties by the columns that the pots ask for."""

    def read(value: object) -> Mapping[str, Row]:
        kinds = {pot.columns.get(role, role): kind for pot in map(_named, pots) for role, kind in _roles(pot).items()}
        if not isinstance(value, list) or not value or not all(isinstance(row, dict) for row in value):
            raise Unreadable("not a list of counties")
        rows = {str(row.get(COUNTY, "")): dict(_cells(row, kinds)) for row in value}
        if len(rows) != len(value) or "" in rows:
            raise Unreadable("a county without a code, or twice")
        return MappingProxyType(rows)

    return read


def _roles(pot: Pot) -> Mapping[str, Kind]:
    return RULE_TYPES[str(pot.rule)].roles_of(pot)


def _cells(row: Mapping[str, object], kinds: Mapping[str, Kind]) -> Iterator[tuple[str, Value]]:
    for name, cell in row.items():
        if name == COUNTY:
            continue
        if name not in kinds:
            raise Unreadable(f"unknown input of a county: {name}")
        yield name, kinds[name].read(cell)


def _facts(given: Given, pot: Pot) -> Facts:
    """Take the counties of a case as facts; raises NotAnswered for a value that cannot be."""
    rows = given.of(MappingProxyType, "counties")
    kinds = {pot.columns.get(role, role): kind for role, kind in _roles(pot).items()}
    for county, row in rows.items():
        for column, value in row.items():
            fault = kinds[column].fault(value) if column in kinds else None
            if fault is not None:
                raise NotAnswered(said("grants.fact_impossible", column=column, county=county, value=str(value)))
    return Facts(rows, {})


def _choices(value: object) -> Mapping[str, str]:
    """Read the options that a case follows, by the name of the policy."""
    if not isinstance(value, Mapping):
        raise Unreadable(f"not choices by name: {value!r}")
    return MappingProxyType({str(name): str(option) for name, option in value.items()})


def _paid(given: Given, name: str, amount: int | None = None) -> Paid:
    pot = _named(name)
    with choosing(given.of(MappingProxyType, "choices")):
        return shared(_agreement(), pot, Ore(pot.amount if amount is None else amount), _facts(given, pot))


CHOICES = Input(_choices, MappingProxyType({}))


def _paid_of(given: Given, name: str) -> Paid:
    """Share the case's own pot, or the agreement's where the case gives none."""
    return _paid(given, name, given.maybe(int, "pot"))


def _of(amounts: Mapping[str, Ore], county: str) -> Ore:
    if county not in amounts:
        raise NotAnswered(said("grants.county_not_given", county=county))
    return amounts[county]


def _amount_of(pot: str) -> Callable[[str], Answer]:
    return lambda county: Answer(hundredths, lambda given: int(_of(_paid_of(given, pot).by_county, county)))


def _amounts(amounts: object) -> dict[str, str]:
    """Read or write amounts by name as plain kronor."""
    if not isinstance(amounts, Mapping):
        raise Unreadable(f"not amounts by name: {amounts!r}")
    return {str(name): kroner(hundredths(amount)) for name, amount in amounts.items()}


def _written(amounts: Mapping[str, Ore]) -> dict[str, str]:
    return {name: kroner(amount) for name, amount in amounts.items()}


def _exact(value: object) -> object:
    """Read a figure, or figures by county, exactly: a decimal or a fraction such as 43/40."""
    if isinstance(value, Mapping):
        return {str(name): fraction(part) for name, part in value.items()}
    return fraction(value)


def _figure(pot: str, name: str) -> Answer:
    def give(given: Given) -> object:
        figure: Figure = _paid_of(given, pot).figures[name]
        return {county: str(part) for county, part in figure.items()} if isinstance(figure, Mapping) else str(figure)

    return Answer(_exact, give)


def _pot(name: str, figures: Sequence[str] = (), **more: Answer) -> Worked:
    """Answer for one pot: each county's amount, what stays with the state, and the figures on the way."""
    named = {figure: _figure(name, figure) for figure in figures}
    unpaid = Answer(hundredths, lambda given: int(_paid_of(given, name).unpaid))
    inputs = {"pot": Input(_whole_kronor, None), "counties": Input(_counties(name)), "choices": CHOICES}
    return Worked(inputs, Answers({**named, "unpaid": unpaid, **more}, _amount_of(name)))


def _electronic(county: str) -> Answer:
    pots = {"plan": "condition_5_plan", "premium": "condition_5_premium"}
    return Answer(_amounts, lambda given: _written({name: _of(_paid(given, pot).by_county, county) for name, pot in pots.items()}))


def _both_unpaid(given: Given) -> int:
    return _paid(given, "condition_5_plan").unpaid + _paid(given, "condition_5_premium").unpaid


def _number_of_condition(value: object) -> str:
    return one_of("1", "2", "3")(str(value))


def _condition(given: Given) -> str:
    return f"condition_{given.of(str, 'condition')}"


CONDITION = Worked(
    {
        "pot": Input(_whole_kronor, None),
        "condition": Input(_number_of_condition),
        "counties": Input(_counties(*CONDITIONS)),
        "choices": CHOICES,
    },
    Answers(
        {"unpaid": Answer(hundredths, lambda given: int(_paid_of(given, _condition(given)).unpaid))},
        lambda county: Answer(hundredths, lambda given: int(_of(_paid_of(given, _condition(given)).by_county, county))),
    ),
)
RULES = {
    "SE-2013-VARIABLE": _pot("variable", BY_CHANGE),
    "SE-2013-CONDITION": CONDITION,
    "SE-2013-CONDITION-4": _pot("condition_4", BY_QUALITY),
    "SE-2013-CONDITION-5": Worked(
        {"counties": Input(_counties("condition_5_plan", "condition_5_premium")), "choices": CHOICES},
        Answers({"unpaid": Answer(hundredths, _both_unpaid)}, _electronic),
    ),
    "SE-2013-FMU": _pot(
        "investigations",
        paid=Answer(_amounts, lambda given: _written(_paid_of(given, "investigations").by_county)),
        unused=Answer(hundredths, lambda given: int(_paid_of(given, "investigations").overflow)),
    ),
}

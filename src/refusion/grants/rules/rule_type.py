"""What a rule type is: the facts it can ask for by role, the parameters an agreement must give it, and how it pays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from refusion.grants.agreement import Parameter, Pot
from refusion.grants.given import Asked
from refusion.grants.kinds import Kind
from refusion.grants.paid import Paid
from refusion.values.money import Ore

Roles = Mapping[str, Kind]
Steps = tuple[tuple[Fraction, Fraction], ...]


@dataclass(frozen=True, slots=True)
class RuleType:
    """One rule type.

    ``fits`` tells for each parameter whether a value will do; ``of_units`` gives the roles that a pot's own units make;
    ``asks`` leaves out the roles that a pot does not ask for.
    """

    roles: Roles
    pay: Callable[[Pot, Ore, Asked], Paid]
    of_country: Roles = field(default_factory=dict)
    fits: Mapping[str, Callable[[Parameter], bool]] = field(default_factory=dict)
    of_units: Callable[[Pot], Roles] | None = None
    asks: Callable[[Pot, str], bool] = lambda pot, role: True  # noqa: ARG005 (most rules ask for all their roles in every pot)

    def roles_of(self, pot: Pot) -> Roles:
        """Give the roles of counties that the rule can ask for in this pot."""
        known = {**self.roles, **(self.of_units(pot) if self.of_units else {})}
        return {role: kind for role, kind in known.items() if self.asks(pot, role)}

    def country_roles_of(self, pot: Pot) -> Roles:
        """Give the roles of the country that the rule can ask for in this pot."""
        return {role: kind for role, kind in self.of_country.items() if self.asks(pot, role)}


def is_number(value: Parameter) -> bool:
    """Tell whether a parameter is an exact number, zero or above."""
    return isinstance(value, int | Fraction) and not isinstance(value, bool) and value >= 0


def is_text(value: Parameter) -> bool:
    """Tell whether a parameter is a text that says something."""
    return isinstance(value, str) and bool(value.strip())


def are_prices(value: Parameter) -> bool:
    """Tell whether a parameter is a table of unit prices in whole kronor."""
    return isinstance(value, dict) and bool(value) and all(isinstance(price, int) and is_number(price) for price in value.values())


def are_steps(value: Parameter) -> bool:
    """Tell whether a parameter is a list of pairs of numbers, the first ones rising, the second ones at most 100."""
    if not isinstance(value, list) or not value or not all(isinstance(pair, list) and len(pair) == 2 for pair in value):
        return False
    pairs = [pair for pair in value if isinstance(pair, list) and all(map(is_number, pair))]
    limits = [number(pair[0]) for pair in pairs]
    return len(pairs) == len(value) and limits == sorted(set(limits)) and all(number(pair[1]) <= 100 for pair in pairs)


def number(value: Parameter) -> Fraction:
    """Give a parameter that is a number."""
    if not isinstance(value, int | Fraction):
        raise TypeError(f"not a number: {value!r}")
    return Fraction(value)


def steps(value: Parameter) -> Steps:
    """Give a parameter that is a list of pairs."""
    pairs = value if isinstance(value, list) else []
    return tuple((number(pair[0]), number(pair[1])) for pair in pairs if isinstance(pair, list))

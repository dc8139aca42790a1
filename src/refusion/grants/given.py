"""The facts that counties and authorities gave, and one pot's view of them by the roles its rule asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from refusion.grants.agreement import Pot
from refusion.grants.kinds import Value
from refusion.law.engine.refusals import MissingFact

Row = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Facts:
    """What was given: by county and column, and of the country as a whole; the counties are in order of their codes."""

    by_county: Mapping[str, Row]
    of_country: Row

    @property
    def counties(self) -> tuple[str, ...]:
        """Give the counties in order of their codes."""
        return tuple(sorted(self.by_county))


class Asked:
    """The facts of one pot, by role."""

    def __init__(self, pot: Pot, facts: Facts) -> None:
        """Take the pot, which names the column of each role, and all facts."""
        self._pot = pot
        self._facts = facts
        self.counties = facts.counties

    def column(self, role: str) -> str:
        """Name the column that holds a role; one that the agreement does not name is called like its role."""
        return self._pot.columns.get(role, role)

    def has(self, *roles: str) -> bool:
        """Tell whether any county gives one of the roles; then all must."""
        columns = {self.column(role) for role in roles}
        return any(column in row for row in self._facts.by_county.values() for column in columns)

    def needed(self, *roles: str, of_country: tuple[str, ...] = ()) -> None:
        """Refuse facts that lack; raises MissingFact naming all of them, with the counties where only some lack."""
        names = [self._lacking(self.column(role)) for role in roles]
        names += [column for column in map(self.column, of_country) if column not in self._facts.of_country]
        missing = [name for name in names if name]
        if missing:
            raise MissingFact(*dict.fromkeys(missing))

    def numbers(self, role: str) -> dict[str, Fraction]:
        """Give a column of numbers by county."""
        column = self.column(role)
        return {county: _fraction(self._facts.by_county[county][column]) for county in self.counties}

    def truths(self, role: str) -> dict[str, bool]:
        """Give a column of yes and no by county."""
        column = self.column(role)
        return {county: bool(self._facts.by_county[county][column]) for county in self.counties}

    def amount(self, role: str) -> Fraction:
        """Give a number of the country."""
        return _fraction(self._facts.of_country[self.column(role)])

    def holds(self, role: str) -> bool:
        """Give a yes or no of the country."""
        return bool(self._facts.of_country[self.column(role)])

    def _lacking(self, column: str) -> str:
        without = [county for county in self.counties if column not in self._facts.by_county[county]]
        if len(without) == len(self.counties):
            return column
        return f"{column} ({', '.join(without)})" if without else ""


def _fraction(value: Value) -> Fraction:
    if not isinstance(value, Fraction):
        raise TypeError(f"not a number: {value!r}")
    return value

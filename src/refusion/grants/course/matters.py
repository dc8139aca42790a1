"""What must be decided on: each condition for each county, and what is released to named payees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from refusion.grants.agreement import Agreement, Pot
from refusion.grants.course.records import COUNTRY
from refusion.grants.kinds import YES_NO
from refusion.grants.rules.catalogue import RULE_TYPES

PRESUPPOSES = "presupposes"


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing to be decided with yes or no: of a county, or with ``who`` 00 of the country; ``column`` is the fact it makes."""

    pot: str
    who: str
    column: str

    @property
    def key(self) -> tuple[str, str]:
        """Give what a matter is found by."""
        return self.pot, self.who


def matters(agreement: Agreement) -> tuple[Matter, ...]:
    """Give all matters of an agreement; pots that share a fact are decided on together, under the pot they are part of."""
    found = [Matter(pot, county, column) for column, pot in _decided_on(agreement, of_country=False) for county in agreement.codes]
    return (*found, *(Matter(pot, COUNTRY, column) for column, pot in _decided_on(agreement, of_country=True)))


def decided_pots(agreement: Agreement) -> tuple[str, ...]:
    """Name the pots under which is decided, in the order of the agreement."""
    named = {matter.pot for matter in matters(agreement)}
    return tuple(pot.name for pot in agreement.pots if pot.name in named)


def matters_of_pot(agreement: Agreement, pot: Pot) -> tuple[Matter, ...]:
    """Give the matters whose decisions a pot's payment rests on, those that it presupposes among them."""
    if pot.rule is None:
        return ()
    rule_type = RULE_TYPES[pot.rule]
    roles = (*rule_type.roles_of(pot), *rule_type.country_roles_of(pot))
    columns = {pot.columns.get(role, role) for role in roles}
    return tuple(matter for matter in matters(agreement) if matter.column in columns)


def own_matters(agreement: Agreement, pot: Pot) -> tuple[Matter, ...]:
    """Give the matters that a pot itself is decided by, without what it presupposes."""
    presupposed = pot.columns.get(PRESUPPOSES)
    return tuple(matter for matter in matters_of_pot(agreement, pot) if matter.column != presupposed)


def _decided_on(agreement: Agreement, *, of_country: bool) -> Iterator[tuple[str, str]]:
    """Give each column that decisions fill, with the pot that they are made under."""
    by_column: dict[str, list[Pot]] = {}
    for pot in agreement.pots:
        if pot.rule is None:
            continue
        rule_type = RULE_TYPES[pot.rule]
        roles = rule_type.country_roles_of(pot) if of_country else rule_type.roles_of(pot)
        for role, kind in roles.items():
            if kind is YES_NO and role != PRESUPPOSES:
                by_column.setdefault(pot.columns.get(role, role), []).append(pot)
    for column, pots in by_column.items():
        yield column, pots[0].name if len(pots) == 1 else str(pots[0].part_of)

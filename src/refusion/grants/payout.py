"""One run of an agreement: every pot in its order, what overflows into which, what each county is paid; nothing is kept or changed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from refusion.grants.agreement import Agreement, Pot
from refusion.grants.given import Asked, Facts
from refusion.grants.paid import Paid
from refusion.grants.rules.catalogue import RULE_TYPES
from refusion.law.engine.citation import Citation
from refusion.law.engine.numbers import ORE, Unit
from refusion.law.engine.refusals import MissingFact
from refusion.law.engine.tape import running
from refusion.values.money import Ore, kroner
from refusion.values.said import Said, said


@dataclass(frozen=True, slots=True)
class Run:
    """What one run gave, by pot; ``unpaid`` money stays with the state."""

    agreement: Agreement
    pots: Mapping[str, Paid]
    warnings: tuple[Said, ...]

    @property
    def by_county(self) -> dict[str, Ore]:
        """Give what each county is paid from all pots, in öre."""
        counties = next(iter(self.pots.values())).by_county
        return {county: Ore(sum(pot.by_county[county] for pot in self.pots.values())) for county in counties}

    @property
    def by_payee(self) -> dict[str, Ore]:
        """Give what each payee that is no county is paid, in öre."""
        payees = dict.fromkeys(payee for pot in self.pots.values() for payee in pot.by_payee)
        return {payee: Ore(sum(pot.by_payee.get(payee, 0) for pot in self.pots.values())) for payee in payees}

    @property
    def paid(self) -> Ore:
        """Give all that is paid, in öre."""
        return Ore(sum(pot.paid for pot in self.pots.values()))

    @property
    def unpaid(self) -> Ore:
        """Give what stays with the state, in öre."""
        return Ore(sum(pot.unpaid for pot in self.pots.values()))


@dataclass(slots=True)
class Heading:
    """What an explanation says of a pot: its place in its own agreement."""

    citation: Citation
    called: str
    name: str = "grant_pot"
    gives: Unit | None = None
    inputs: dict[str, Unit | None] = field(default_factory=lambda: {"pot": None, "rule": None, "available": ORE})


def compute(agreement: Agreement, facts: Facts, only: Collection[str] | None = None) -> Run:
    """Compute every pot of an agreement from facts that were checked; ``only`` some of them and those whose unused money they get.

    Raises MissingFact naming everything that any pot lacks, NotAnswered for facts that contradict each other.
    """
    added: dict[str, Ore] = {}
    pots: dict[str, Paid] = {}
    missing: list[str] = []
    for pot in _asked(agreement, only):
        try:
            paid = shared(agreement, pot, Ore(pot.amount + added.get(pot.name, 0)), facts)
        except MissingFact as lacking:
            missing += lacking.names
            continue
        pots[pot.name] = paid
        if pot.unused_to:
            added[pot.unused_to] = Ore(added.get(pot.unused_to, 0) + paid.overflow)
    if missing:
        raise MissingFact(*dict.fromkeys(missing))
    in_order = {pot.name: pots[pot.name] for pot in agreement.pots if pot.name in pots}
    told = (warning for paid in in_order.values() for warning in paid.warnings)
    return Run(agreement, in_order, (*_unverified(agreement), *_warnings(agreement, facts), *told))


def _asked(agreement: Agreement, only: Collection[str] | None) -> Iterator[Pot]:
    every = agreement.shared()
    return every if only is None else (pot for pot in every if pot.name in only or pot.unused_to in only)


def shared(agreement: Agreement, pot: Pot, available: Ore, facts: Facts) -> Paid:
    """Share one pot by its rule, and leave it on a running tape with its place in the agreement.

    Raises MissingFact, and NotAnswered.
    """
    rule_type = RULE_TYPES[str(pot.rule)]
    tape = running()
    if tape is None:
        return rule_type.pay(pot, available, Asked(pot, facts))
    tape.begin()
    try:
        paid = rule_type.pay(pot, available, Asked(pot, facts))
    except BaseException:
        tape.give_up()
        raise
    result = {
        "paid": {name: kroner(amount) for name, amount in {**paid.by_county, **paid.by_payee}.items()},
        "overflow": kroner(paid.overflow),
        "unpaid": kroner(paid.unpaid),
    }
    tape.end(Heading(agreement.cited(pot), pot.called), (pot.name, pot.rule, available), result)
    return paid


def corrections(before: Run, after: Run) -> dict[str, Ore]:
    """Give what a corrected run pays each county more, or less, than the run that was paid; neither run is changed."""
    first, second = before.by_county, after.by_county
    return {county: Ore(second.get(county, 0) - first.get(county, 0)) for county in sorted({*first, *second})}


def _unverified(agreement: Agreement) -> tuple[Said, ...]:
    names = [pot.name for pot in agreement.shared() if not pot.verified]
    return (said("grants.not_verified", pots=", ".join(names)),) if names else ()


def _warnings(agreement: Agreement, facts: Facts) -> tuple[Said, ...]:
    days = {row["population_day"] for row in facts.by_county.values() if isinstance(row.get("population_day"), date)}
    asked = any("population" in RULE_TYPES[str(pot.rule)].roles for pot in agreement.shared())
    if not asked:
        return ()
    if not days:
        return (said("grants.population_day_not_given", day=agreement.population_day),)
    other = sorted(str(day) for day in days if day != agreement.population_day)
    return (said("grants.population_of_another_day", day=agreement.population_day, given=", ".join(other)),) if other else ()

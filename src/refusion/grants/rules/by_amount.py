"""Pots whose amounts are named: reserved for one payee, or unit prices within a cap."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from refusion.grants.agreement import Parameter, Pot
from refusion.grants.given import Asked
from refusion.grants.kinds import COUNT, KRONOR, YES_NO, Kind
from refusion.grants.paid import Figure, Paid
from refusion.grants.policies import ABOVE_CAP, FIXED_RELEASE, OVERFLOW_COUNTED_ON
from refusion.grants.rules.rule_type import RuleType, are_prices, is_text
from refusion.law.engine.policies import following
from refusion.law.engine.refusals import NotAnswered
from refusion.law.sweden.investigations import payable_within_cap, unused_of_cap, worth_of_investigations
from refusion.law.sweden.population import KRONA, whole_kronor
from refusion.values.money import Ore
from refusion.values.said import Said, said

ORDERED = "_ordered"
BY_DECISION, BY_USE = "decision", "use"


def _fixed(pot: Pot, available: Ore, asked: Asked) -> Paid:
    none = dict.fromkeys(asked.counties, Ore(0))
    payee = str(pot.parameters["payee"])
    if pot.parameters["paid_by"] == BY_USE:
        asked.needed(of_country=("used",))
        used = Ore(KRONA * int(asked.amount("used")))
        if used > available:
            raise NotAnswered(said("grants.used_above_pot", pot=pot.name, used_ore=used, available_ore=available))
        return Paid(available, none, {payee: used}, Ore(available - used if pot.unused_to else 0))
    if FIXED_RELEASE.follows("unconditional"):
        return Paid(available, none, {payee: available})
    asked.needed(of_country=("released",))
    return Paid(available, none, {payee: available if asked.holds("released") else Ore(0)})


def _priced(pot: Pot, available: Ore, asked: Asked) -> Paid:
    prices = _prices(pot)
    asked.needed(*prices)
    worth = _worth(asked, prices, "")
    whole = sum(worth.values())
    amounts, warnings = _within_cap(available, worth)
    paid = Ore(sum(amounts.values()))
    ordered, told = _ordered(asked, prices, paid if whole > available else Ore(whole))
    overflow = Ore(unused_of_cap(ordered, available)) if pot.unused_to else Ore(0)
    in_kronor = {county: Fraction(amount, KRONA) for county, amount in worth.items()}
    figures: dict[str, Figure] = {"worth": in_kronor, "orders": Fraction(ordered, KRONA)}
    return Paid(available, amounts, overflow=overflow, figures=figures, warnings=(*warnings, *told))


def _within_cap(available: Ore, worth: Mapping[str, Ore]) -> tuple[dict[str, Ore], tuple[Said, ...]]:
    whole = Ore(sum(worth.values()))
    payable = Ore(payable_within_cap(whole, available))
    if payable == whole:
        return dict(worth), ()
    if ABOVE_CAP.follows("refused"):
        raise NotAnswered(said("grants.above_cap", worth_ore=whole, available_ore=available))
    amounts = whole_kronor(payable, {county: Fraction(amount) for county, amount in worth.items()})
    return amounts, (said("grants.scaled_to_cap", worth_ore=whole, available_ore=available),)


def _ordered(asked: Asked, prices: Mapping[str, Ore], paid: Ore) -> tuple[Ore, tuple[Said, ...]]:
    """Give the worth of all orders, or of what is paid where no orders are given."""
    if OVERFLOW_COUNTED_ON.follows("payments"):
        return paid, ()
    roles = [f"{unit}{ORDERED}" for unit in prices]
    if not asked.has(*roles):
        with following(overflow_counted_on="payments"):  # the explanation says what was followed
            OVERFLOW_COUNTED_ON.chosen()
        return paid, (said("grants.orders_not_given"),)
    asked.needed(*roles)
    for unit in prices:
        delivered, ordered = asked.numbers(unit), asked.numbers(f"{unit}{ORDERED}")
        over = [county for county in asked.counties if delivered[county] > ordered[county]]
        if over:
            raise NotAnswered(said("grants.delivered_above_ordered", unit=unit, counties=", ".join(over)))
    return Ore(sum(_worth(asked, prices, ORDERED).values())), ()


def _worth(asked: Asked, prices: Mapping[str, Ore], which: str) -> dict[str, Ore]:
    counts = {unit: asked.numbers(f"{unit}{which}") for unit in prices}
    return {
        county: Ore(sum(worth_of_investigations(int(counts[unit][county]), price) for unit, price in prices.items()))
        for county in asked.counties
    }


def _prices(pot: Pot) -> dict[str, Ore]:
    prices = pot.parameters["prices"]
    given = prices.items() if isinstance(prices, dict) else ()
    return {unit: Ore(KRONA * price) for unit, price in given if isinstance(price, int)}


def _units(pot: Pot) -> dict[str, Kind]:
    return {f"{unit}{which}": COUNT for unit in _prices(pot) for which in ("", ORDERED)}


def _is_way_of_paying(value: Parameter) -> bool:
    return value in (BY_DECISION, BY_USE)


def _asks(pot: Pot, role: str) -> bool:
    return (role == "used") == (pot.parameters["paid_by"] == BY_USE)


FIXED_PAYEE = RuleType(
    {}, _fixed, of_country={"released": YES_NO, "used": KRONOR}, fits={"payee": is_text, "paid_by": _is_way_of_paying}, asks=_asks
)
UNIT_PRICE = RuleType({}, _priced, fits={"prices": are_prices}, of_units=_units)

"""What a booking run posts for an item: the difference between what is right and what stands, by who carries the cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from refusion.ledger.nav_chart import Role
from refusion.settlements.nav_items.item import Booked, Carrier, ItemKey, Nature

WHOLE = 100_00
NOBODY = Carrier()


class Why(StrEnum):
    """Why a transaction is posted."""

    CLAIMED = "claimed"
    RECEIVED = "received"
    DEVIATED = "deviated"
    PARKED = "parked"
    PLACED = "placed"
    ACCRUED = "accrued"
    ACCRUAL_REVERSED = "accrual_reversed"


@dataclass(frozen=True, slots=True)
class Line:
    """One posting: øre on an account's role, debit positive; costs name who carries them."""

    role: Role
    amount: int
    carrier: Carrier = NOBODY


@dataclass(frozen=True, slots=True)
class Entry:
    """Postings that sum to zero, for an item (None: a parked line). Raises ValueError for what no bookkeeper would sign."""

    why: Why
    item: ItemKey | None
    lines: tuple[Line, ...]

    def __post_init__(self) -> None:
        """Refuse an entry that does not balance."""
        total = sum(line.amount for line in self.lines)
        if not self.lines[1:] or not all(line.amount for line in self.lines) or total != 0:
            raise ValueError(f"the postings sum to {total} øre")


@dataclass(frozen=True, slots=True)
class Roles:
    """The accounts of an item's kind."""

    debtor: Role
    income: Role
    deviation: Role


def roles_of(nature: Nature, *, sickness: bool) -> Roles:
    """Give the accounts of an item."""
    if nature is Nature.HOLIDAY:
        holiday = Role.HOLIDAY_SICKNESS if sickness else Role.HOLIDAY_PARENTAL
        return Roles(Role.DEBTOR_HOLIDAY, holiday, _deviation(sickness=sickness))
    income = Role.INCOME_SICKNESS if sickness else Role.INCOME_PARENTAL
    return Roles(Role.DEBTOR_SICKNESS if sickness else Role.DEBTOR_PARENTAL, income, _deviation(sickness=sickness))


def parts(amount: int, shares: Sequence[tuple[Carrier, int]]) -> Mapping[Carrier, int]:
    """Split øre by shares of the whole (hundredths of a per cent); what rounding leaves goes to the largest share."""
    given = shares or ((NOBODY, WHOLE),)
    whole = sum(share for _, share in given)
    split: dict[Carrier, int] = {}
    for carrier, share in given:
        split[carrier] = split.get(carrier, 0) + (abs(amount) * share // whole) * (-1 if amount < 0 else 1)
    largest = max(given, key=lambda each: each[1])[0]
    split[largest] += amount - sum(split.values())
    return {carrier: part for carrier, part in split.items() if part}


def claim_entry(item: ItemKey, roles: Roles, expected: int, shares: Sequence[tuple[Carrier, int]], booked: Booked) -> Entry | None:
    """Book the change of a claim: debit debtor, credit income by carrier."""
    return _changed(Why.CLAIMED, item, (roles.debtor, roles.income), parts(expected, shares), booked.claimed)


def deviation_entry(item: ItemKey, roles: Roles, amount: int, shares: Sequence[tuple[Carrier, int]], booked: Booked) -> Entry | None:
    """Book the change of an explained difference: ``amount`` øre below zero is less than was claimed, a cost."""
    return _changed(Why.DEVIATED, item, (roles.debtor, roles.deviation), parts(amount, shares), booked.deviated)


def received_entry(item: ItemKey, roles: Roles, amount: int) -> Entry | None:
    """Book money of NAV on its item: debit bank, credit debtor."""
    return Entry(Why.RECEIVED, item, (Line(Role.BANK, amount), Line(roles.debtor, -amount))) if amount else None


def parked_entry(amount: int) -> Entry | None:
    """Book money that belongs to nobody known on the interim account, which must come to nought again."""
    return Entry(Why.PARKED, None, (Line(Role.BANK, amount), Line(Role.INTERIM, -amount))) if amount else None


def placed_entry(item: ItemKey, roles: Roles, amount: int) -> Entry | None:
    """Take money from the interim account to the item that a person named."""
    return Entry(Why.PLACED, item, (Line(Role.INTERIM, amount), Line(roles.debtor, -amount))) if amount else None


def accrual_entry(item: ItemKey, amount: int, shares: Sequence[tuple[Carrier, int]], *, sickness: bool) -> Entry | None:
    """Accrue at a year's end what belongs to it and is not booked yet; ``amount`` below zero takes it back."""
    accrued = Role.ACCRUED_SICKNESS if sickness else Role.ACCRUED_PARENTAL
    why = Why.ACCRUED if amount > 0 else Why.ACCRUAL_REVERSED
    return _changed(why, item, (Role.ACCRUAL, accrued), parts(amount, shares), {})


def _changed(
    why: Why, item: ItemKey, roles: tuple[Role, Role], right: Mapping[Carrier, int], stands: Mapping[Carrier, int]
) -> Entry | None:
    debtor, cost = roles
    changes = {carrier: right.get(carrier, 0) - stands.get(carrier, 0) for carrier in sorted({*right, *stands})}
    lines = tuple(Line(cost, -change, carrier) for carrier, change in changes.items() if change)
    total = sum(changes.values())
    if not lines:
        return None
    return Entry(why, item, (*_debtor(debtor, total), *lines))


def _debtor(role: Role, total: int) -> Iterator[Line]:
    if total:
        yield Line(role, total)


def _deviation(*, sickness: bool) -> Role:
    return Role.DEVIATION_SICKNESS if sickness else Role.DEVIATION_PARENTAL


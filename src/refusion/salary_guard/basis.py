"""What every check starts from: the run's lines summed per employment and pay code, beside contract and earlier runs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from refusion.salary_guard.columns import Flags, Ints, PayCodes, PayRun, Role
from refusion.salary_guard.memory import Memory

SPAN = 100_000
"""Pay codes lie below it: an employment and a code make one number."""
LARGEST_KEPT = 2_147_483_647
"""Amounts are remembered in 32 bits."""
BLOCK = 131_072
"""Rows of memory that are taken at a time."""
MARGINAL = 55
"""Hundredths of a krone before tax that reach the employee: what a wrong gross line moves net pay by, about."""


@dataclass(frozen=True, slots=True)
class LastMonth:
    """What the run's employments had in the newest remembered run: sums per role and employment, and deductions by code."""

    by_role: Ints
    owner: Ints
    code: Ints
    amount: Ints

    def total(self, *roles: Role) -> Ints:
        """Sum last month's amounts under the roles per employment, in øre."""
        return np.asarray(self.by_role[list(roles)].sum(axis=0))


@dataclass(frozen=True, slots=True)
class Basis:
    """A run prepared for the checks.

    ``employment`` are the run's employments in rising order; ``place`` gives each payment's, ``first_payment`` the row
    of each employment's first payment, ``contract`` its row among the contracts (-1 for none), ``net`` its net pay.
    ``repeats`` marks payments that say the same as an earlier one; they count in no sum. The sums stand per employment
    and code, by rising ``key``: ``owner`` is the employment's place, ``before`` the key's row in memory or -1. ``ratio``
    is the rate in thousandths of the hourly wage, or the amount itself where there are no hours (0 without either).
    """

    run: PayRun
    codes: PayCodes
    memory: Memory | None
    employment: Ints
    place: Ints
    first_payment: Ints
    contract: Ints
    net: Ints
    repeats: Flags
    key: Ints
    owner: Ints
    code: Ints
    role: Ints
    amount: Ints
    quantity: Ints
    before: Ints
    ratio: Ints
    last: LastMonth

    def of_contract(self, column: Ints, otherwise: int = 0) -> Ints:
        """Give a contract's column for each employment."""
        if not len(column):
            return np.full(len(self.employment), otherwise, np.int64)
        return np.where(self.contract >= 0, column[self.contract], otherwise)

    @property
    def unit(self) -> Ints:
        """Give the unit of each employment, 0 where no contract names one."""
        return self.of_contract(self.run.contracts.unit)

    def total(self, *roles: Role) -> Ints:
        """Sum what the employments are paid under the roles."""
        rows = np.flatnonzero(_one_of(roles)[self.role])
        return per_place(self.owner[rows], self.amount[rows], len(self.employment))

    def having(self, *roles: Role) -> Ints:
        """Give the rows of the sums that stand under the roles and are paid, not taken."""
        return np.flatnonzero(_one_of(roles)[self.role] & (self.amount > 0))


def prepare(run: PayRun, codes: PayCodes, memory: Memory | None) -> Basis:
    """Sum a run's lines per employment and pay code and find what belongs to them elsewhere."""
    payments, lines = run.payments, run.lines
    employment, first, place = _different(payments.employment)
    repeats = _repeats(payments.employment, payments.net)
    counted = np.flatnonzero(~repeats[lines.payment]) if repeats.any() else slice(None)
    key, starts, order = grouped(payments.employment[lines.payment[counted]] * SPAN + lines.code[counted])
    amount, quantity = (_reduced(column[counted][order], starts) for column in (lines.amount, lines.quantity))
    contract = row_of(run.contracts.employment, employment)
    owner, role = np.searchsorted(employment, key // SPAN).astype(np.int64), codes.roles_of(key % SPAN)
    return Basis(
        run=run,
        codes=codes,
        memory=memory,
        employment=employment,
        place=place,
        first_payment=first,
        contract=contract,
        net=per_place(place, np.where(repeats, 0, payments.net), len(employment)),
        repeats=repeats,
        key=key,
        owner=owner,
        code=key % SPAN,
        role=role,
        amount=amount,
        quantity=quantity,
        before=row_of(memory.key, key) if memory is not None else np.full(len(key), -1, np.int64),
        ratio=_ratio(run, contract[owner], (quantity, amount), role),
        last=_last_month(memory, codes, employment),
    )


def merged(one: Ints, other: Ints) -> Ints:
    """Give the different numbers of both in rising order; quick because both are in order already."""
    both = np.sort(np.concatenate([one, other]), kind="stable")
    return np.asarray(both[np.concatenate([np.ones(min(1, len(both)), np.bool_), np.diff(both) != 0])])


def row_of(known: Ints, wanted: Ints) -> Ints:
    """Give the row of each wanted number among the known ones, which stand in rising order; -1 where there is none."""
    if not len(known):
        return np.full(len(wanted), -1, np.int64)
    row = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    return np.where(known[row] == wanted, row, -1).astype(np.int64)


def per_place(place: Ints, amount: Ints, count: int) -> Ints:
    """Sum whole amounts per place (never through floating point)."""
    sums = np.zeros(count, np.int64)
    np.add.at(sums, place, amount)
    return sums


def grouped(key: Ints) -> tuple[Ints, Ints, Ints]:
    """Give the different keys in rising order, where each begins in the sorted rows, and the order that sorts them."""
    order = np.argsort(key, kind="stable").astype(np.int64)
    in_order = key[order]
    starts = np.flatnonzero(np.diff(in_order, prepend=in_order[:1] - 1)).astype(np.int64)
    return in_order[starts], starts, order


def _one_of(roles: tuple[Role, ...]) -> Flags:
    """Give a table that tells of each role whether it is one of these."""
    wanted = np.zeros(len(Role), np.bool_)
    wanted[list(roles)] = True
    return wanted


def _ratio(run: PayRun, contract: Ints, measured: tuple[Ints, Ints], role: Ints) -> Ints:
    quantity, amount = measured
    ratio = np.zeros(len(amount), np.int64)
    rows = np.flatnonzero((quantity > 0) & (amount > 0) & (contract >= 0))
    hourly = run.contracts.hourly[contract[rows]] if len(rows) else rows
    ratio[rows] = np.where(hourly > 0, amount[rows] * 100_000 // np.maximum(1, quantity[rows] * hourly), 0)
    unmeasured = np.flatnonzero(((role == Role.VARIABLE) | (role == Role.SUPPLEMENT)) & (quantity == 0) & (amount > 0))
    ratio[unmeasured] = np.minimum(amount[unmeasured], LARGEST_KEPT)
    return ratio


def _last_month(memory: Memory | None, codes: PayCodes, employment: Ints) -> LastMonth:
    nothing = np.zeros(0, np.int64)
    if memory is None or not len(memory.key):
        return LastMonth(np.zeros((len(Role), len(employment)), np.int64), nothing, nothing, nothing)
    by_role, taken = np.zeros((len(Role), len(employment)), np.int64), []
    for start in range(0, len(memory.key), BLOCK):
        key, amount = memory.key[start : start + BLOCK], memory.amount[0][start : start + BLOCK].astype(np.int64)
        owner, role = row_of(employment, key // SPAN), codes.roles_of(key % SPAN)
        here = (owner >= 0) & (amount != 0)
        np.add.at(by_role, (role[here], owner[here]), amount[here])
        deducted = here & (role == Role.DEDUCTION)
        taken.append((owner[deducted], key[deducted] % SPAN, amount[deducted]))
    return LastMonth(by_role, *(np.concatenate(columns) for columns in zip(*taken, strict=True)))


def _different(employment: Ints) -> tuple[Ints, Ints, Ints]:
    """Give the different employments in rising order, the first payment of each, and the place of each payment's."""
    different, starts, order = grouped(employment)
    place = np.empty(len(employment), np.int64)
    place[order] = np.repeat(np.arange(len(different)), np.diff(np.append(starts, len(employment))))
    return different, order[starts], place


def _reduced(column: Ints, starts: Ints) -> Ints:
    return np.add.reduceat(column, starts) if len(starts) else np.zeros(0, np.int64)


def _repeats(employment: Ints, net: Ints) -> Flags:
    """Mark payments to the same employment of the same net pay as one before them."""
    order = np.lexsort((net, employment))
    same = (np.diff(employment[order]) == 0) & (np.diff(net[order]) == 0)
    repeats = np.zeros(len(net), np.bool_)
    repeats[order[1:]] = same
    return repeats

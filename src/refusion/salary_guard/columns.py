"""A pay run and what is known beside it, as columns: payments, their lines, contracts, absences, what each pay code is.

Money is øre, hours are hundredths, days are ordinals (``date.toordinal``) with 0 for none. Persons, employments,
accounts and units are numbers that mean nothing outside the institution; 0 says that it is not known.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Words = NDArray[np.object_]


class Role(IntEnum):
    """What a pay code is, as far as the guard asks; a code that nobody described is VARIABLE."""

    VARIABLE = 0
    BASE = 1
    """Pay for the month by contract."""
    HOURLY = 2
    """Pay for hours worked at the contract's hourly wage."""
    SUPPLEMENT = 3
    """A fixed supplement that the contract names."""
    ONE_OFF = 4
    """A bonus, back pay: paid once when decided."""
    SEASONAL = 5
    """Paid to all at the same time of the year."""
    SETTLEMENT = 6
    """What may still be paid when the employment has ended."""
    ABSENCE = 7
    """Taken away for absence without full pay."""
    TAX = 8
    DEDUCTION = 9
    """Taken away each month: pension, contributions, membership."""


@dataclass(frozen=True, slots=True)
class PayCodes:
    """The institution's pay codes in rising order, with the role of each."""

    code: Ints
    role: Ints

    def roles_of(self, code: Ints) -> Ints:
        """Give the role of each code; one that is not described is VARIABLE."""
        if not len(self.code):
            return np.zeros(len(code), np.int64)
        place = np.minimum(np.searchsorted(self.code, code), len(self.code) - 1)
        return np.where(self.code[place] == code, self.role[place], int(Role.VARIABLE))


@dataclass(frozen=True, slots=True)
class Payments:
    """The payments of a run; ``account_since`` is the day on which the account was entered for this person."""

    number: Words
    person: Ints
    employment: Ints
    account: Ints
    account_since: Ints
    net: Ints


@dataclass(frozen=True, slots=True)
class Lines:
    """The pay lines behind the payments; ``payment`` is the payment's row, ``quantity`` hours or pieces, 0 for none."""

    payment: Ints
    code: Ints
    quantity: Ints
    amount: Ints


@dataclass(frozen=True, slots=True)
class Contracts:
    """What is agreed for the run's month, one row per employment in rising order.

    ``monthly`` is the base pay of a full month at the agreed hours (0 for who is paid by the hour), ``hourly`` the wage
    of an hour, ``supplement`` the sum of the fixed supplements of a month.
    """

    employment: Ints
    person: Ints
    unit: Ints
    since: Ints
    ends: Ints
    monthly: Ints
    hourly: Ints
    supplement: Ints


@dataclass(frozen=True, slots=True)
class Absences:
    """Spells without full pay, as known when the run was calculated; ``paid`` is the share of pay in thousandths."""

    employment: Ints
    first_day: Ints
    last_day: Ints
    paid: Ints


@dataclass(frozen=True, slots=True)
class AgreedRates:
    """Pay codes whose rate was changed by agreement for a unit from this run on (unit 0: for all)."""

    code: Ints
    unit: Ints


@dataclass(frozen=True, slots=True)
class PayRun:
    """One run: the month it pays (ordinal of its first day), the value date, and all that is known for it."""

    month: int
    value_date: int
    payments: Payments
    lines: Lines
    contracts: Contracts
    absences: Absences
    agreed: AgreedRates


def row_count(columns: Any) -> int:
    """Count the rows of a set of columns; raises ValueError when they are not equally long."""
    lengths = {len(getattr(columns, column.name)) for column in fields(columns)}
    if len(lengths) != 1:
        raise ValueError(f"columns of different length: {sorted(lengths)}")
    return lengths.pop()

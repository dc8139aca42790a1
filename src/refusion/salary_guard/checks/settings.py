"""From where on a deviation is pointed out: figures that an institution may set."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from refusion.salary_guard.basis import MARGINAL, Basis
from refusion.salary_guard.columns import Flags, Ints, Role
from refusion.salary_guard.remembering import AMOUNT_MOVED, RATE_MOVED


@dataclass(frozen=True, slots=True)
class Settings:
    """Hundredths, days, people and thousandths from which on the checks speak.

    ``smallest`` and ``smallest_tax`` are hundredths of net pay. ``above_own`` is how many hundredths of the person's own
    highest a variable amount may be, ``fell_to`` below how many hundredths of the own lowest it may not fall.
    ``account_days`` is how long before pay a new account is still new. A cohort of fewer than ``cohort`` people is not
    looked at; a rate has moved from ``rate_moved`` hundredths on (an amount without hours from ``amount_moved`` on), and
    the cohort drifts when ``drifting`` thousandths of its people have moved. A code is in use in a unit when ``in_use``
    thousandths of its people are paid it.
    """

    smallest: int = 4
    smallest_tax: int = 6
    above_own: int = 125
    fell_to: int = 12
    months_for_own: int = 3
    account_days: int = 7
    cohort: int = 20
    rate_moved: int = RATE_MOVED
    drifting: int = 50
    amount_moved: int = AMOUNT_MOVED
    in_use: int = 30


DEFAULT = Settings()


def matters(basis: Basis, owner: Ints, excess: Ints, smallest: int) -> Flags:
    """Tell whether an amount after tax is so many hundredths of the net pay that the employment would have had without it."""
    usual = np.maximum(0, basis.net[owner] - excess)
    return np.asarray((np.abs(excess) * 100 >= usual * smallest) & (np.abs(excess) >= SMALLEST_EVER))


def reaches(basis: Basis, rows: Ints, amount: Ints) -> Ints:
    """Give what a deviation moves net pay by, about: all of it where there are no hours (outlays are not taxed)."""
    untaxed = (basis.role[rows] == Role.VARIABLE) & (basis.quantity[rows] == 0)
    return np.where(untaxed, amount, after_tax(amount))


def after_tax(amount: Ints) -> Ints:
    """Give what is left of a deviation before tax, about; rounded towards zero."""
    return np.asarray(np.sign(amount) * (np.abs(amount) * MARGINAL // 100))


SMALLEST_EVER = 50_00
"""Øre below which nothing is pointed out, however little is paid."""

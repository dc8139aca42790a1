"""What is remembered of earlier runs: what each employment was paid per code, where its money went, what is usual."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from refusion.salary_guard.columns import Ints

MONTHS = 6
"""Runs that are remembered for each person."""
Small = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual for a pay code in a unit (unit 0: everywhere), by rising ``key`` (unit and code).

    ``people`` were paid it in the last run in which it was paid, ``high`` is what very few exceed (hours, or øre where
    there are no hours), ``ratio`` the middle one of the rates in thousandths of the hourly wage, ``per_head`` the
    average amount in øre, ``moved`` how many in a thousand had another rate than the run before.
    """

    key: Ints
    people: Ints
    high: Ints
    ratio: Ints
    per_head: Ints
    moved: Ints


@dataclass(frozen=True, slots=True)
class Memory:
    """Earlier runs, newest first, one column per employment and code by rising ``key``; 0 where nothing was paid.

    ``ratio`` is the last rate in thousandths of the hourly wage. ``account`` is where each person's money went last.
    """

    runs: int
    last_month: int
    key: Ints
    amount: Small
    quantity: Small
    ratio: Small
    person: Ints
    account: Ints
    unit: Ints
    unit_people: Ints
    usual: Usual

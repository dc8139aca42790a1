"""The verbs for many claims at once: the same rules on columns, for booking runs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Truth = NDArray[np.bool_]


class Place(IntEnum):
    """The accounts of a chart as they stand in a column."""

    RECEIVABLE = 0
    INCOME = 1
    BANK = 2
    LOSS = 3


@dataclass(frozen=True, slots=True)
class PostingColumns:
    """Postings of many transactions, one per row of the input: ``row``, the account's ``place``, øre (debit positive)."""

    row: Whole
    place: Whole
    amount: Whole

    def __post_init__(self) -> None:
        """Refuse columns in which any transaction doesn't sum to zero."""
        sums = np.zeros(int(self.row.max(initial=-1)) + 1, np.int64)
        np.add.at(sums, self.row, self.amount)
        if sums.any():
            raise ValueError(f"row {int(np.flatnonzero(sums)[0])} does not sum to zero")


def pre_register_many(expected: Whole, pre_registered: Whole, applies: Truth) -> PostingColumns:
    """Pre-register claims; ``pre_registered`` is what stands for each already, ``applies`` the institution's setting."""
    change = np.where(applies, expected - pre_registered, 0)
    return _postings({Place.RECEIVABLE: change, Place.INCOME: -change})


def adjust_many(received: Whole, waiting: Whole, was_pre_registered: Truth, is_last: Truth) -> PostingColumns:
    """Book money that came, one row per claim; claims that were never pre-registered get no postings."""
    reached = np.where(
        waiting >= 0,
        np.maximum(0, np.minimum(received, waiting)),
        np.minimum(0, np.maximum(received, waiting)),
    )
    cleared = np.where(is_last, waiting, reached)
    amounts = {Place.BANK: received, Place.RECEIVABLE: -cleared, Place.INCOME: cleared - received}
    return _postings({place: np.where(was_pre_registered, amount, 0) for place, amount in amounts.items()})


def lose_many(lost: Whole, waiting: Whole, was_pre_registered: Truth) -> PostingColumns:
    """Book refunds as lost. Raises ValueError when a row loses nothing or more than is waiting."""
    if bool(((lost <= 0) | (lost > waiting))[was_pre_registered].any()):
        raise ValueError("more is said to be lost than is waiting")
    out = np.where(was_pre_registered, lost, 0)
    return _postings({Place.LOSS: out, Place.RECEIVABLE: -out})


def balances_many(claim: Whole, place: Whole, amount: Whole, claims: int) -> Whole:
    """Sum postings into a table of claims by places, in øre."""
    table = np.zeros((claims, len(Place)), np.int64)
    np.add.at(table, (claim, place), amount)
    return table


def _postings(amounts: dict[Place, Whole]) -> PostingColumns:
    """Stack the amounts per place and leave zeros out, row by row."""
    table = np.stack(list(amounts.values()), axis=1)
    places = np.array([int(place) for place in amounts], np.int64)
    row, column = np.nonzero(table)
    return PostingColumns(row.astype(np.int64), places[column], table[row, column])

"""Finds equal keys in two columns: which stand once on each side, and which are crowded; exact, whatever the numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from refusion.settlements.by_columns.columns import Truth, Whole

# Odd numbers without a pattern: the golden ratio's and the mixing steps of splitmix64.
_SPREAD, _FIRST, _SECOND = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_THIRTY, _TWENTY_SEVEN, _THIRTY_ONE = np.uint64(30), np.uint64(27), np.uint64(31)


@dataclass(frozen=True, slots=True)
class Joined:
    """Rows whose key stands once on each side, as pairs; and rows whose key stands on both sides, but not once each."""

    left: Whole
    right: Whole
    crowded_left: Whole
    crowded_right: Whole


def joined(left: Whole, right: Whole) -> Joined:
    """Join two columns of keys."""
    by_left, by_right = np.argsort(left), np.argsort(right)
    keys, others = left[by_left], right[by_right]
    if not len(others):
        nothing = np.zeros(0, np.int64)
        return Joined(nothing, nothing, nothing, nothing)
    place = np.searchsorted(others, keys)
    np.minimum(place, len(others) - 1, out=place)
    is_there = others[place] == keys
    once = is_there & _alone(keys) & _alone(others)[place]
    crowded = is_there & ~once
    return Joined(by_left[once], by_right[place[once]], by_left[crowded], by_right[_standing_in(others, keys[crowded])])


def _alone(keys: Whole) -> Truth:
    """Tell of each sorted key whether both its neighbours are others."""
    differs = np.ones(len(keys) + 1, np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=differs[1:-1])
    return differs[1:] & differs[:-1]


def _standing_in(keys: Whole, wanted: Whole) -> Truth:
    """Tell of each sorted key whether it is wanted; the wanted are sorted too."""
    edges = np.zeros(len(keys) + 1, np.int64)
    np.add.at(edges, np.searchsorted(keys, wanted, side="left"), 1)
    np.subtract.at(edges, np.searchsorted(keys, wanted, side="right"), 1)
    return np.cumsum(edges)[:-1] > 0


def packed(left: Sequence[Whole], right: Sequence[Whole]) -> tuple[Whole, Whole]:
    """Give one number per row, equal exactly where all columns are equal, on either side."""
    both = [np.concatenate(pair) for pair in zip(left, right, strict=True)]
    # What is the same in every row tells none apart.
    telling = [column for column in both if len(column) and column.min() != column.max()] or both[:1]
    numbers = telling[0]
    if len(telling) > 1:
        numbers = mixed(telling)
        order = np.argsort(numbers)
        sorted_ = numbers[order]
        alike = np.flatnonzero(sorted_[1:] == sorted_[:-1])
        one, other = order[alike], order[alike + 1]
        if any((column[one] != column[other]).any() for column in telling):
            numbers = _numbered(telling)
    return numbers[: len(left[0])], numbers[len(left[0]) :]


def dense(keys: Whole) -> Whole:
    """Number keys from 0 in their order."""
    return np.unique(keys, return_inverse=True)[1].astype(np.int64).reshape(-1)


def mixed(columns: Sequence[Whole]) -> Whole:
    """Mix the columns into one number each; two unequal rows hardly ever get the same one."""
    number = np.zeros(len(columns[0]), np.uint64)
    for column in columns:
        number ^= column.view(np.uint64)
        number *= _SPREAD
        number ^= number >> _THIRTY
        number *= _FIRST
        number ^= number >> _TWENTY_SEVEN
        number *= _SECOND
        number ^= number >> _THIRTY_ONE
    return number.view(np.int64)


def _numbered(columns: Sequence[Whole]) -> Whole:
    """Number the rows by sorting: slower than mixing, and never wrong."""
    order = np.lexsort(tuple(columns))
    differs = np.zeros(len(order), np.bool_)
    for column in columns:
        differs[1:] |= column[order[1:]] != column[order[:-1]]
    numbers = np.empty(len(order), np.int64)
    numbers[order] = np.cumsum(differs)
    return numbers

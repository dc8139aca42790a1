"""Finds which of a few amounts sum to a whole; bounded, so that it always ends at once."""

from __future__ import annotations

from collections.abc import Sequence

MOST_CANDIDATES = 12


def summing_to(whole: int, amounts: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Give every choice of two or more amounts (øre) that sum to the whole, as places; the smallest choices first.

    Raises ValueError for more than MOST_CANDIDATES amounts: the caller chooses which to look at, and says so.
    """
    if len(amounts) > MOST_CANDIDATES:
        raise ValueError(f"{len(amounts)} amounts are more than {MOST_CANDIDATES}")
    sums: list[tuple[int, tuple[int, ...]]] = [(0, ())]
    for place, amount in enumerate(amounts):
        sums += [(total + amount, (*chosen, place)) for total, chosen in sums]
    return tuple(sorted((chosen for total, chosen in sums if total == whole and len(chosen) > 1), key=lambda one: (len(one), one)))

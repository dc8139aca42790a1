"""Why what came differs from what we expected, as far as the decision shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from refusion.settlements.by_columns.columns import Truth, Whole
from refusion.values.said import Said, said

# A rule rounds to whole kroner per week at most; a claim month has five or six weeks, each off by half a krone at most.
ROUNDING_ORE = 300


class Kind(IntEnum):
    """The kinds of difference, in the order in which they are tried."""

    NONE = 0
    UNKNOWN = 1
    NOT_PAID = 2
    PAID_WRONG = 3
    SUPPLEMENT = 4
    ROUNDING = 5
    DECIDED_LESS = 6
    DECIDED_MORE = 7


@dataclass(frozen=True, slots=True)
class Decided:
    """What the authority gave a claim, in øre: all its decisions together."""

    refund: int
    supplement: int

    @property
    def total(self) -> int:
        """Add refund and supplement."""
        return self.refund + self.supplement


def explain_difference(expected: int, decided: Decided | None, received: int, rounding: int = ROUNDING_ORE) -> Said:
    """Say why ``received`` differs from ``expected`` (øre); ``difference_ore`` is received less expected.

    ``expected`` is what we expect without a supplement that we don't compute; a difference that is exactly the
    decided supplement is one of that. Without a decision a difference has no known reason.
    """
    kind = difference_kind(expected, decided, received, rounding)
    return said(
        f"settlements.difference_{kind.name.lower()}",
        difference_ore=received - expected,
        expected_ore=expected,
        decided_ore=None if decided is None else decided.total,
        supplement_ore=None if decided is None else decided.supplement,
        received_ore=received,
    )


def difference_kind(expected: int, decided: Decided | None, received: int, rounding: int = ROUNDING_ORE) -> Kind:
    """Name the kind of difference of one claim: :func:`difference_kinds` for one."""

    def column(value: int) -> Whole:
        return np.array([value], np.int64)

    given = decided or Decided(0, 0)
    kinds = difference_kinds(
        Amounts(column(expected), column(given.refund), column(given.supplement), column(received)),
        np.array([decided is not None]),
        rounding,
    )
    return Kind(int(kinds[0]))


@dataclass(frozen=True, slots=True)
class Amounts:
    """Per claim in øre: what we expect, what the decisions give, what came."""

    expected: Whole
    refund: Whole
    supplement: Whole
    received: Whole


def difference_kinds(amounts: Amounts, has_decision: Truth, rounding: int = ROUNDING_ORE) -> Whole:
    """Name the kind of difference of each claim; the first that holds, in the order of :class:`Kind`."""
    decided = amounts.refund + amounts.supplement
    difference = amounts.received - amounts.expected
    tests = (
        (has_decision | (amounts.received != 0)) & (difference == 0) & (~has_decision | (amounts.received == decided)),
        ~has_decision,
        (amounts.received == 0) & (decided != 0),
        amounts.received != decided,
        (amounts.supplement != 0) & (difference == amounts.supplement),
        np.abs(difference) <= rounding,
        difference < 0,
    )
    return np.select(list(tests), [int(kind) for kind in list(Kind)[:-1]], default=int(Kind.DECIDED_MORE))

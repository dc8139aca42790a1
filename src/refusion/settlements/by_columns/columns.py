"""Lines and what is to come as columns, and the names of the reasons for which they meet or don't."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Truth = NDArray[np.bool_]

NOT_TOLD = -1


class Reason(IntEnum):
    """Why a pair was made (up to 10), or why a line was left."""

    REFERENCE = 1
    LUMP_SUM = 2
    REFERENCE_PERSON = 3
    PERSON_PERIOD = 4
    PERIOD_SUM = 5
    PERSON_SUM = 6
    RECOVERY = 7
    NO_REFERENCE = 11
    OVERLAP = 12
    SUM_DIFFERS = 13
    MIXED_SIGNS = 14
    NOTHING = 15
    CONTRADICTION = 16
    PERSON_UNCERTAIN = 17


@dataclass(frozen=True, slots=True)
class _Equal:
    """Columns of one length."""

    def __post_init__(self) -> None:
        """Refuse columns of unequal length."""
        if len({len(getattr(self, field.name)) for field in fields(self)}) > 1:
            raise ValueError("the columns are not equally long")


Rows = TypeVar("Rows", bound=_Equal)


@dataclass(frozen=True, slots=True)
class LineColumns(_Equal):
    """What came in: one row per line, or per part of a line that a specification took apart; amounts in øre, signed.

    ``identity`` tells rows apart whatever their order. ``group`` numbers the set of references that the row names,
    ``person`` the one person it names, ``party`` the set of persons where no period belongs to it, ``first`` and
    ``last`` are its period in day ordinals; each is NOT_TOLD where the row tells none. ``overlaps`` marks rows whose
    references or persons another set holds too.
    """

    identity: Whole
    amount: Whole
    group: Whole
    person: Whole
    party: Whole
    first: Whole
    last: Whole
    overlaps: Truth


@dataclass(frozen=True, slots=True)
class OpenColumns(_Equal):
    """What is to come: one row per decision, or per claim that nobody has decided; amounts in øre.

    ``owner`` numbers the claim. ``amount`` is what is still to come, ``matched`` what has come already. The other
    columns are numbered together with those of the lines.
    """

    owner: Whole
    amount: Whole
    matched: Whole
    group: Whole
    person: Whole
    party: Whole
    first: Whole
    last: Whole


@dataclass(frozen=True, slots=True)
class Proof:
    """What must be equal too where groups are: for groups numbered in a way that hardly ever gives two one number."""

    lines: tuple[Whole, ...]
    opens: tuple[Whole, ...]


@dataclass(frozen=True, slots=True)
class PairColumns:
    """Pairs by row number of line and open row, with amount in øre and reason; and each line's reason when left."""

    line: Whole
    opened: Whole
    amount: Whole
    reason: Whole
    left: Whole


def rows_of(columns: Rows, rows: Any) -> Rows:
    """Give some rows of the columns, by number or by truth."""
    return type(columns)(*(getattr(columns, field.name)[rows] for field in fields(columns)))

"""Lines and decisions as columns, and the rules of matching on them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Truth = NDArray[np.bool_]

NO_GROUP = -1
ONE = 1


class Reason(IntEnum):
    """Why a pair was made, or why a line was left."""

    REFERENCE = 1
    LUMP_SUM = 2
    NO_REFERENCE = 11
    OVERLAP = 12
    SUM_DIFFERS = 13
    MIXED_SIGNS = 14
    NOTHING = 15


@dataclass(frozen=True, slots=True)
class Columns:
    """Amounts in øre and the group of evidence each stands in: one for lines, one for decisions.

    A group is a set of references: the lines that name exactly this set, the decisions under these references.
    ``owner`` numbers what two rows may share: the line itself, or the claim of a decision.
    """

    amount: Whole
    group: Whole
    owner: Whole

    def __post_init__(self) -> None:
        """Refuse columns of unequal length."""
        if not len(self.amount) == len(self.group) == len(self.owner):
            raise ValueError("the columns are not equally long")


@dataclass(frozen=True, slots=True)
class PairColumns:
    """Pairs by row number of line and decision, with amount in øre and reason; and each line's reason when left."""

    line: Whole
    decision: Whole
    amount: Whole
    reason: Whole
    left: Whole


@dataclass(frozen=True, slots=True)
class _Groups:
    """What is known of each group: how many lines, decisions and claims, their sums, whether all are positive."""

    lines: Whole
    decisions: Whole
    claims: Whole
    received: Whole
    decided: Whole
    is_positive: Truth
    is_blocked: Truth


def match_columns(lines: Columns, decisions: Columns, blocked: Truth) -> PairColumns:
    """Pair lines with decisions on exact evidence alone; ``blocked`` marks groups whose references other lines share.

    A group of one claim takes its lines whatever they sum to (the difference is explained afterwards). A group of
    several claims is paid only when the sums meet. Everything else is left with a reason.
    """
    groups = _summed(lines, decisions, blocked)
    meets = (groups.received == groups.decided) & ~groups.is_blocked
    several = meets & (groups.decisions > ONE)
    one_line = several & (groups.lines == ONE)
    shared = several & (groups.lines > ONE) & groups.is_positive
    single = (groups.claims == ONE) & ~groups.is_blocked & ~one_line & ~shared
    parts = (
        _to_single(lines, decisions, single),
        _to_many(lines, decisions, one_line),
        _shared(lines, decisions, shared),
    )
    left = _left(lines, groups, single | one_line | shared)
    stacked = [np.concatenate([part[field] for part in parts]) for field in range(4)]
    return PairColumns(stacked[0], stacked[1], stacked[2], stacked[3], left)


def _summed(lines: Columns, decisions: Columns, blocked: Truth) -> _Groups:
    """Sum and count per group."""
    size = len(blocked)
    known = lines.group != NO_GROUP
    claims = np.unique(np.stack([decisions.group, decisions.owner]), axis=1)[0]
    smallest = np.full(size, np.iinfo(np.int64).max)
    np.minimum.at(smallest, lines.group[known], lines.amount[known])
    owed = decisions.amount != 0
    np.minimum.at(smallest, decisions.group[owed], decisions.amount[owed])
    return _Groups(
        lines=np.bincount(lines.group[known], minlength=size),
        decisions=np.bincount(decisions.group, minlength=size),
        claims=np.bincount(claims, minlength=size),
        received=_sum_by(lines.group[known], lines.amount[known], size),
        decided=_sum_by(decisions.group, decisions.amount, size),
        is_positive=smallest > 0,
        is_blocked=blocked,
    )


def _sum_by(group: Whole, amount: Whole, size: int) -> Whole:
    """Sum whole amounts per group (never through floating point)."""
    sums = np.zeros(size, np.int64)
    np.add.at(sums, group, amount)
    return sums


def _rows(columns: Columns, chosen: Truth) -> Whole:
    """Give the rows of the chosen groups, by group, amount and owner, so that the order given doesn't matter."""
    rows = np.flatnonzero(_by_row(chosen, columns.group))
    order = np.lexsort((columns.owner[rows], columns.amount[rows], columns.group[rows]))
    return rows[order].astype(np.int64)


def _to_single(lines: Columns, decisions: Columns, chosen: Truth) -> tuple[Whole, ...]:
    """Give every line of the group to its one claim, under the claim's last decision of the group."""
    rows, deciding = _rows(lines, chosen), _rows(decisions, chosen)
    place = np.searchsorted(decisions.group[deciding], lines.group[rows], side="right") - 1
    return rows, deciding[place], lines.amount[rows], np.full(len(rows), int(Reason.REFERENCE))


def _to_many(lines: Columns, decisions: Columns, chosen: Truth) -> tuple[Whole, ...]:
    """Give each claim of the group its decided amount out of the one line."""
    rows, deciding = _rows(lines, chosen), _rows(decisions, chosen)
    deciding = deciding[decisions.amount[deciding] != 0]
    place = np.searchsorted(lines.group[rows], decisions.group[deciding])
    return rows[place], deciding, decisions.amount[deciding], np.full(len(deciding), int(Reason.LUMP_SUM))


def _shared(lines: Columns, decisions: Columns, chosen: Truth) -> tuple[Whole, ...]:
    """Share several lines among several claims: laid end to end, both sides cover the same stretch of øre.

    Equal amounts meet first because both sides are sorted by amount; what each claim gets in all is certain.
    """
    rows, deciding = _rows(lines, chosen), _rows(decisions, chosen)
    deciding = deciding[decisions.amount[deciding] != 0]
    line_ends, claim_ends = np.cumsum(lines.amount[rows]), np.cumsum(decisions.amount[deciding])
    ends = np.union1d(line_ends, claim_ends).astype(np.int64)
    share = np.diff(ends, prepend=0)
    line = rows[np.searchsorted(line_ends, ends)]
    decision = deciding[np.searchsorted(claim_ends, ends)]
    return line, decision, share, np.full(len(ends), int(Reason.LUMP_SUM))


def _left(lines: Columns, groups: _Groups, paid: Truth) -> Whole:
    """Say for each line why it is left, or 0 when it was given."""
    differs = groups.received != groups.decided
    group = lines.group
    return np.select(
        [lines.amount == 0, group == NO_GROUP, *(_by_row(one, group) for one in (paid, groups.is_blocked, differs))],
        [int(Reason.NOTHING), int(Reason.NO_REFERENCE), 0, int(Reason.OVERLAP), int(Reason.SUM_DIFFERS)],
        default=int(Reason.MIXED_SIGNS),
    ).astype(np.int64)


def _by_row(of_group: Truth, group: Whole) -> Truth:
    """Give each row the truth of its group; a row without a group has none."""
    return np.append(of_group, False)[group]  # NO_GROUP is the last place

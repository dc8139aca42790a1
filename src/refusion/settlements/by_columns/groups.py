"""Pays groups: lines and claims that evidence has put together; one claim takes its lines, several only when sums meet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from refusion.settlements.by_columns.columns import LineColumns, OpenColumns, Reason, Truth, Whole

ONE = 1


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms a group is paid.

    ``single`` is the reason of a pair with a group's only claim, ``several`` with one of several. Where ``must_meet``
    holds, an only claim too is paid by exactly its sum, otherwise it takes whatever its lines sum to. ``blocked``
    marks groups that are never paid.
    """

    single: Reason
    several: Reason
    must_meet: bool
    blocked: Truth


@dataclass(frozen=True, slots=True)
class Shares:
    """Pairs by row number, with amount in øre and reason."""

    line: Whole
    opened: Whole
    amount: Whole
    reason: Whole


@dataclass(frozen=True, slots=True)
class Groups:
    """What is known of each group: how many rows and claims, their sums in øre, whether all amounts are positive."""

    lines: Whole
    opens: Whole
    claims: Whole
    received: Whole
    to_come: Whole
    matched: Whole
    is_positive: Truth

    @property
    def meets(self) -> Truth:
        """Tell which groups receive exactly what is to come."""
        meets: Truth = (self.received == self.to_come) & (self.opens > 0) & (self.lines > 0)
        return meets


def pay(lines: LineColumns, opens: OpenColumns, terms: Terms) -> tuple[Shares, Truth, Groups]:
    """Pay what the terms allow; gives the shares, which groups were paid, and what is known of all.

    ``group`` numbers the groups from 0 on both sides; ``terms.blocked`` has one place for each.
    """
    groups = summed(lines, opens, len(terms.blocked))
    several = groups.meets & ~terms.blocked & (groups.opens > ONE)
    one_line = several & (groups.lines == ONE)
    shared = several & (groups.lines > ONE) & groups.is_positive
    single = (groups.claims == ONE) & (groups.lines > 0) & ~terms.blocked & ~one_line & ~shared
    if terms.must_meet:
        single &= groups.meets
    reversed_ = _is_reversed(groups) & ~terms.blocked
    parts = (
        _to_single(lines, opens, single, terms.single),
        _to_many(lines, opens, one_line, _by_claims(groups, terms)),
        _shared(lines, opens, shared, _by_claims(groups, terms)),
        _taken_back(lines, opens, reversed_),
    )
    return stacked(parts), single | one_line | shared | reversed_, groups


def stacked(parts: tuple[Shares, ...] | list[Shares]) -> Shares:
    """Put shares one below the other."""
    return Shares(
        np.concatenate([part.line for part in parts]),
        np.concatenate([part.opened for part in parts]),
        np.concatenate([part.amount for part in parts]),
        np.concatenate([part.reason for part in parts]),
    )


def summed(lines: LineColumns, opens: OpenColumns, size: int) -> Groups:
    """Sum and count per group."""
    smallest = np.full(size, np.iinfo(np.int64).max)
    np.minimum.at(smallest, lines.group, lines.amount)
    owed = opens.amount != 0
    np.minimum.at(smallest, opens.group[owed], opens.amount[owed])
    return Groups(
        lines=np.bincount(lines.group, minlength=size),
        opens=np.bincount(opens.group, minlength=size),
        claims=_claims(opens, size),
        received=sum_by(lines.group, lines.amount, size),
        to_come=sum_by(opens.group, opens.amount, size),
        matched=sum_by(opens.group, opens.matched, size),
        is_positive=smallest > 0,
    )


def sum_by(group: Whole, amount: Whole, size: int) -> Whole:
    """Sum whole amounts per group (never through floating point)."""
    sums = np.zeros(size, np.int64)
    np.add.at(sums, group, amount)
    return sums


def _claims(opens: OpenColumns, size: int) -> Whole:
    """Count the claims of each group."""
    order = np.lexsort((opens.owner, opens.group))
    group, owner = opens.group[order], opens.owner[order]
    is_new = np.ones(len(order), np.bool_)
    is_new[1:] = (group[1:] != group[:-1]) | (owner[1:] != owner[:-1])
    return np.bincount(group[is_new], minlength=size)


def _is_reversed(groups: Groups) -> Truth:
    """Tell which groups of several claims one line takes back whole: all that came, when nothing is to come."""
    whole: Truth = (groups.received == -groups.matched) & (groups.matched > 0) & (groups.to_come == 0)
    whole &= (groups.claims > ONE) & (groups.lines == ONE)
    return whole


def _by_claims(groups: Groups, terms: Terms) -> Whole:
    """Give each group the reason of its pairs: a claim with several decisions is still one claim."""
    only = np.int64(terms.single if terms.must_meet else terms.several)
    return np.where(groups.claims == ONE, only, np.int64(terms.several))


def _line_rows(lines: LineColumns, chosen: Truth) -> Whole:
    """Give the rows of the chosen groups, by group, amount and identity, so that the order given doesn't matter."""
    rows = np.flatnonzero(chosen[lines.group])
    return rows[np.lexsort((lines.identity[rows], lines.amount[rows], lines.group[rows]))]


def _open_rows(opens: OpenColumns, chosen: Truth) -> Whole:
    """Give the rows of the chosen groups, by group, amount and claim."""
    rows = np.flatnonzero(chosen[opens.group])
    return rows[np.lexsort((opens.owner[rows], opens.amount[rows], opens.group[rows]))]


def _to_single(lines: LineColumns, opens: OpenColumns, chosen: Truth, reason: Reason) -> Shares:
    """Give every line of the group to its one claim, under the claim's last decision of the group."""
    rows, owed = _line_rows(lines, chosen), _open_rows(opens, chosen)
    place = np.searchsorted(opens.group[owed], lines.group[rows], side="right") - 1
    return Shares(rows, owed[place], lines.amount[rows], np.full(len(rows), int(reason)))


def _to_many(lines: LineColumns, opens: OpenColumns, chosen: Truth, reason: Whole) -> Shares:
    """Give each claim of the group what is to come for it out of the one line."""
    owed = np.flatnonzero(chosen[opens.group] & (opens.amount != 0))
    group = opens.group[owed]
    return Shares(_only_line(lines, len(chosen))[group], owed, opens.amount[owed], reason[group])


def _shared(lines: LineColumns, opens: OpenColumns, chosen: Truth, reason: Whole) -> Shares:
    """Share several lines among several claims: laid end to end, both sides cover the same stretch of øre.

    Equal amounts meet first because both sides are sorted by amount; what each claim gets in all is certain.
    """
    rows, owed = _line_rows(lines, chosen), _open_rows(opens, chosen)
    owed = owed[opens.amount[owed] != 0]
    line_ends, claim_ends = np.cumsum(lines.amount[rows]), np.cumsum(opens.amount[owed])
    ends = np.union1d(line_ends, claim_ends).astype(np.int64)
    opened = owed[np.searchsorted(claim_ends, ends)]
    return Shares(rows[np.searchsorted(line_ends, ends)], opened, np.diff(ends, prepend=0), reason[opens.group[opened]])


def _taken_back(lines: LineColumns, opens: OpenColumns, chosen: Truth) -> Shares:
    """Take back from each claim of the group all that came for it."""
    paid = np.flatnonzero(chosen[opens.group] & (opens.matched != 0))
    return Shares(_only_line(lines, len(chosen))[opens.group[paid]], paid, -opens.matched[paid], np.full(len(paid), int(Reason.RECOVERY)))


def _only_line(lines: LineColumns, groups: int) -> Whole:
    """Give the row of the line of each group that has one line, by the group's number."""
    row = np.zeros(groups, np.int64)
    row[lines.group] = np.arange(len(lines.group))
    return row

"""The ladder of evidence: references first, then person and period, then the person alone; two candidates are no match."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from refusion.settlements.by_columns.columns import (
    NOT_TOLD,
    LineColumns,
    OpenColumns,
    PairColumns,
    Proof,
    Reason,
    Truth,
    Whole,
    rows_of,
)
from refusion.settlements.by_columns.cover import covered
from refusion.settlements.by_columns.groups import Groups, Shares, Terms, pay, stacked
from refusion.settlements.by_columns.keys import dense, joined, packed


@dataclass(slots=True)
class Ladder:
    """How far the matching has come: which rows are still free, the shares made, the reasons of lines left."""

    lines: LineColumns
    opens: OpenColumns
    free: Truth
    open_free: Truth
    shares: list[Shares]
    left: Whole
    proof: Proof | None = None

    def give(self, shares: Shares) -> None:
        """Keep the shares; their rows are free no longer."""
        self.shares.append(shares)
        self.free[shares.line] = False
        self.open_free[shares.opened] = False
        self.left[shares.line] = 0

    def set_aside(self, lines: Whole, opens: Whole, reason: Whole | int) -> None:
        """Leave lines with a reason, and keep later rungs away from claims that these lines name."""
        self.free[lines] = False
        self.open_free[opens] = False
        self.left[lines] = reason


@dataclass(frozen=True, slots=True)
class Grouped:
    """Rows and the group that each stands in."""

    rows: Whole
    group: Whole

    def only(self, chosen: Truth) -> Grouped:
        """Give some of the rows."""
        return Grouped(self.rows[chosen], self.group[chosen])


def match_columns(lines: LineColumns, opens: OpenColumns, proof: Proof | None = None) -> PairColumns:
    """Pair lines with what is to come, rung by rung, on exact evidence alone; every other line is left with a reason.

    A rung sees only rows that no rung above gave or set aside. Amounts in øre; the order of the rows doesn't matter.
    With ``proof`` two rows are of one group only where their columns of the proof are equal too.
    """
    ladder = Ladder(
        lines=lines if proof is None else replace(lines, group=lines.group.copy()),
        opens=opens if proof is None else replace(opens, group=opens.group.copy()),
        free=lines.amount != 0,
        open_free=np.ones(len(opens.owner), np.bool_),
        shares=[],
        left=np.where(lines.amount == 0, int(Reason.NOTHING), int(Reason.NO_REFERENCE)),
        proof=proof,
    )
    for rung in (by_reference, by_person_and_period, by_sum_of_period, by_person, by_recovery):
        rung(ladder)
    named = np.flatnonzero(ladder.free & (lines.person != NOT_TOLD))
    ladder.left[named[np.isin(lines.person[named], opens.person)]] = int(Reason.PERSON_UNCERTAIN)
    made = stacked(ladder.shares)
    return PairColumns(made.line, made.opened, made.amount, made.reason, ladder.left)


def by_reference(ladder: Ladder) -> None:
    """Match by the references that lines name: one claim takes its lines, several only when the sums meet."""
    lines = np.flatnonzero(ladder.free & (ladder.lines.group != NOT_TOLD))
    opens = np.flatnonzero(ladder.opens.group != NOT_TOLD)
    line, opened, crowded_lines, crowded_opens = _of_one_group(ladder, lines, opens)
    fits = ~ladder.lines.overlaps[line] & _same_person(ladder, line, opened)
    ladder.give(_whole(ladder, line[fits], opened[fits], Reason.REFERENCE))
    crowded = np.concatenate([line[~fits], crowded_lines]), np.concatenate([opened[~fits], crowded_opens])
    _by_person_within(ladder, *crowded)
    _by_whole_groups(ladder, *crowded)


def _of_one_group(ladder: Ladder, lines: Whole, opens: Whole) -> tuple[Whole, Whole, Whole, Whole]:
    """Give lines and rows that are alone in their group as pairs, and those that aren't; all by row number.

    What the numbers only seem to put together is told apart by the proof: a pair at once, a crowd by numbering it anew.
    """
    found = joined(ladder.lines.group[lines], ladder.opens.group[opens])
    line, opened = lines[found.left], opens[found.right]
    crowded_lines, crowded_opens = lines[found.crowded_left], opens[found.crowded_right]
    if ladder.proof is None:
        return line, opened, crowded_lines, crowded_opens
    holds = np.ones(len(line), np.bool_)
    for told, owed in zip(ladder.proof.lines, ladder.proof.opens, strict=True):
        holds &= told[line] == owed[opened]
    anew = packed([told[crowded_lines] for told in ladder.proof.lines], [owed[crowded_opens] for owed in ladder.proof.opens])
    ladder.lines.group[crowded_lines], ladder.opens.group[crowded_opens] = _never_not_told(anew[0]), _never_not_told(anew[1])
    again = joined(*anew)
    return (
        np.concatenate([line[holds], crowded_lines[again.left]]),
        np.concatenate([opened[holds], crowded_opens[again.right]]),
        crowded_lines[again.crowded_left],
        crowded_opens[again.crowded_right],
    )


def _never_not_told(numbers: Whole) -> Whole:
    return np.where(numbers == NOT_TOLD, np.iinfo(np.int64).min, numbers)


def by_person_and_period(ladder: Ladder) -> None:
    """Match a line with the one claim of its person, period and amount."""
    lines, opens = _unnamed(ladder), _open_periods(ladder)
    found = joined(
        *packed(
            [column[lines] for column in (ladder.lines.person, ladder.lines.first, ladder.lines.last, ladder.lines.amount)],
            [column[opens] for column in (ladder.opens.person, ladder.opens.first, ladder.opens.last, ladder.opens.amount)],
        )
    )
    _give_without_reference(ladder, lines[found.left], opens[found.right], Reason.PERSON_PERIOD)


def by_sum_of_period(ladder: Ladder) -> None:
    """Match lines of one person and period with that person's claims that fill the period, when the sums meet."""
    lines, opens = _unnamed(ladder), _open_periods(ladder)
    if not len(lines) or not len(opens):
        return
    some_lines, some_opens = rows_of(ladder.lines, lines), rows_of(ladder.opens, opens)
    line_group, open_group = covered(some_lines, some_opens)
    is_doubtful = ladder.lines.group[lines] != NOT_TOLD
    line_group = np.where(np.isin(line_group, line_group[is_doubtful]), NOT_TOLD, line_group)
    _settle(ladder, Grouped(lines, line_group), Grouped(opens, open_group), Reason.PERIOD_SUM)


def by_person(ladder: Ladder) -> None:
    """Match lines that name persons, but no period, when they sum to all that is to come for these persons.

    Lines of the same persons that tell a period and are still free are rivals.
    """
    lines = np.flatnonzero(ladder.free & (ladder.lines.party != NOT_TOLD))
    opens = np.flatnonzero(ladder.open_free & (ladder.opens.party != NOT_TOLD) & (ladder.opens.amount != 0))
    if not len(lines) or not len(opens):
        return
    numbers = dense(np.concatenate([ladder.lines.party[lines], ladder.opens.party[opens]]))
    line_group, open_group = numbers[: len(lines)], numbers[len(lines) :]
    is_doubtful = (ladder.lines.first[lines] != NOT_TOLD) | ladder.lines.overlaps[lines]
    is_doubtful |= ladder.lines.group[lines] != NOT_TOLD
    is_rival = np.isin(ladder.opens.person[opens], ladder.lines.person[_unnamed(ladder)])
    doubtful = np.concatenate([line_group[is_doubtful], open_group[is_rival]])
    line_group = np.where(np.isin(line_group, doubtful), NOT_TOLD, line_group)
    _settle(ladder, Grouped(lines, line_group), Grouped(opens, open_group), Reason.PERSON_SUM)


def by_recovery(ladder: Ladder) -> None:
    """Match a negative line with the one claim of its person and period for which exactly this has come before."""
    lines = _unnamed(ladder)
    lines = lines[ladder.lines.amount[lines] < 0]
    opens = np.flatnonzero(ladder.open_free & (ladder.opens.person != NOT_TOLD) & (ladder.opens.matched > 0))
    found = joined(
        *packed(
            [column[lines] for column in (ladder.lines.person, ladder.lines.first, ladder.lines.last, -ladder.lines.amount)],
            [column[opens] for column in (ladder.opens.person, ladder.opens.first, ladder.opens.last, ladder.opens.matched)],
        )
    )
    _give_without_reference(ladder, lines[found.left], opens[found.right], Reason.RECOVERY)


def _by_person_within(ladder: Ladder, lines: Whole, opens: Whole) -> None:
    """Tell the claims under one reference apart by person and period, when every line under it tells them."""
    if not (ladder.lines.person[lines] != NOT_TOLD).any():
        return
    bare = ladder.lines.group[lines][(ladder.lines.person[lines] == NOT_TOLD) | ladder.lines.overlaps[lines]]
    line = lines[~np.isin(ladder.lines.group[lines], bare)]
    has_period = ladder.lines.first[line] != NOT_TOLD
    for names, chosen in ((("group", "person", "first", "last"), has_period), (("group", "person"), ~has_period)):
        rows, owed = line[chosen], opens[ladder.open_free[opens] & (ladder.opens.person[opens] != NOT_TOLD)]
        if len(rows) and len(owed):
            keys = packed([getattr(ladder.lines, name)[rows] for name in names], [getattr(ladder.opens, name)[owed] for name in names])
            numbers = dense(np.concatenate(keys))
            sides = Grouped(rows, numbers[: len(rows)]), Grouped(owed, numbers[len(rows) :])
            _settle(ladder, *sides, Reason.REFERENCE_PERSON, must_meet=False)


def _by_whole_groups(ladder: Ladder, lines: Whole, opens: Whole) -> None:
    """Pay the groups of references; what cannot be paid is set aside with its reason."""
    lines, opens = lines[ladder.free[lines]], opens[ladder.open_free[opens]]
    if not len(lines):
        return
    numbers = dense(np.concatenate([ladder.lines.group[lines], ladder.opens.group[opens]]))
    line_group, open_group = numbers[: len(lines)], numbers[len(lines) :]
    size = int(numbers.max()) + 1
    overlaps, strangers = np.zeros(size, np.bool_), np.zeros(size, np.bool_)
    overlaps[line_group[ladder.lines.overlaps[lines]]] = True
    strangers[line_group[_is_stranger(ladder, lines, opens)]] = True
    some_lines = replace(rows_of(ladder.lines, lines), group=line_group)
    some_opens = replace(rows_of(ladder.opens, opens), group=open_group)
    terms = Terms(Reason.REFERENCE, Reason.LUMP_SUM, must_meet=False, blocked=overlaps | strangers)
    shares, paid, groups = pay(some_lines, some_opens, terms)
    ladder.give(replace(shares, line=lines[shares.line], opened=opens[shares.opened]))
    why = _why_left(groups, overlaps, strangers)
    rest = ~paid[line_group]
    ladder.set_aside(lines[rest], opens[(groups.lines > 0)[open_group]], why[line_group[rest]])


def _why_left(groups: Groups, overlaps: Truth, strangers: Truth) -> Whole:
    """Say of each group that was not paid why."""
    return np.select(
        [overlaps, strangers, groups.received != groups.to_come],
        [int(Reason.OVERLAP), int(Reason.CONTRADICTION), int(Reason.SUM_DIFFERS)],
        default=int(Reason.MIXED_SIGNS),
    ).astype(np.int64)


def _settle(ladder: Ladder, lines: Grouped, opens: Grouped, reason: Reason, *, must_meet: bool = True) -> None:
    """Pay the groups of both sides; a row without a group takes no part."""
    lines, opens = lines.only(lines.group != NOT_TOLD), opens.only(opens.group != NOT_TOLD)
    if not len(lines.rows) or not len(opens.rows):
        return
    size = int(max(lines.group.max(), opens.group.max())) + 1
    shares, _, _ = pay(
        replace(rows_of(ladder.lines, lines.rows), group=lines.group),
        replace(rows_of(ladder.opens, opens.rows), group=opens.group),
        Terms(reason, reason, must_meet=must_meet, blocked=np.zeros(size, np.bool_)),
    )
    ladder.give(replace(shares, line=lines.rows[shares.line], opened=opens.rows[shares.opened]))


def _whole(ladder: Ladder, line: Whole, opened: Whole, reason: Reason) -> Shares:
    """Give lines whole, each to one row."""
    return Shares(line, opened, ladder.lines.amount[line], np.full(len(line), int(reason)))


def _give_without_reference(ladder: Ladder, line: Whole, opened: Whole, reason: Reason) -> None:
    """Give lines whole, but never to a claim whose reference is another than the one that the line names."""
    fits = (ladder.lines.group[line] == NOT_TOLD) | (ladder.opens.group[opened] == NOT_TOLD)
    ladder.give(_whole(ladder, line[fits], opened[fits], reason))


def _unnamed(ladder: Ladder) -> Whole:
    """Give the free lines that tell person and period."""
    return np.flatnonzero(ladder.free & (ladder.lines.person != NOT_TOLD) & (ladder.lines.first != NOT_TOLD))


def _open_periods(ladder: Ladder) -> Whole:
    """Give the free rows of known person and period for which something is to come."""
    is_known = (ladder.opens.person != NOT_TOLD) & (ladder.opens.first != NOT_TOLD)
    return np.flatnonzero(ladder.open_free & is_known & (ladder.opens.amount != 0))


def _same_person(ladder: Ladder, line: Whole, opened: Whole) -> Truth:
    """Tell of each pair whether its persons are the same, as far as both are known."""
    person, other = ladder.lines.person[line], ladder.opens.person[opened]
    may_be: Truth = (person == other) | (person == NOT_TOLD) | (other == NOT_TOLD)
    return may_be


def _is_stranger(ladder: Ladder, lines: Whole, opens: Whole) -> Truth:
    """Tell which lines name a person that none of the claims under their references can be of."""
    is_stranger: Truth = ladder.lines.person[lines] != NOT_TOLD
    if is_stranger.any():
        told = lines[is_stranger]
        unknown = ladder.opens.group[opens][ladder.opens.person[opens] == NOT_TOLD]
        of_lines, of_opens = packed(
            (ladder.lines.group[told], ladder.lines.person[told]), (ladder.opens.group[opens], ladder.opens.person[opens])
        )
        is_stranger[is_stranger] = ~np.isin(of_lines, of_opens) & ~np.isin(ladder.lines.group[told], unknown)
    return is_stranger

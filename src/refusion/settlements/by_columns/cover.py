"""Finds the claims of a person that fill a line's period from its first to its last day, without any doubt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from refusion.settlements.by_columns.columns import NOT_TOLD, LineColumns, OpenColumns, Truth, Whole
from refusion.settlements.by_columns.keys import dense

# More days than any ordinal of a date has.
_SPAN = np.int64(1) << 22


@dataclass(frozen=True, slots=True)
class _Claims:
    """Claims sorted by person and first day; days carry their person, so that persons never meet.

    ``reach`` is the last day that the claims so far cover, ``is_clear`` that a claim begins after all before it.
    """

    number: Whole
    begins: Whole
    reach: Whole
    is_clear: Truth


def covered(lines: LineColumns, opens: OpenColumns) -> tuple[Whole, Whole]:
    """Number the groups: lines of one person and period, and the claims that fill it; NOT_TOLD where there are none.

    The claims of a group lie one after the other within the period, the first begins and the last ends with it, and
    lines of no other period touch them.
    """
    people = dense(np.concatenate([lines.person, opens.person]))
    person, of_opens = people[: len(lines.person)], people[len(lines.person) :]
    claims, claim_of = _sorted_claims(of_opens, opens)
    heap_of, begins, ends = _heaps(person, lines)
    first = np.searchsorted(claims.begins, begins)
    after = np.searchsorted(claims.begins, ends, side="right")
    fills = _fills(claims, (begins, ends), (first, after)) & _is_alone(claims, begins, (first, after))
    group_of_heap = np.where(fills, np.arange(len(fills)), NOT_TOLD)
    return group_of_heap[heap_of], _groups_of_claims(fills, first, after, len(claims.number))[claim_of]


def _sorted_claims(person: Whole, opens: OpenColumns) -> tuple[_Claims, Whole]:
    """Sort the claims; gives also the place of each row's claim. Rows of one claim lie together."""
    owners, number = np.unique(opens.owner, return_inverse=True)
    begins, ends = np.zeros(len(owners), np.int64), np.zeros(len(owners), np.int64)
    begins[number] = person * _SPAN + opens.first
    ends[number] = person * _SPAN + opens.last
    order = np.lexsort((owners, ends, begins))
    begins, ends = begins[order], ends[order]
    reach = np.maximum.accumulate(ends)
    is_clear = np.ones(len(owners), np.bool_)
    is_clear[1:] = reach[:-1] < begins[1:]
    place = np.empty(len(owners), np.int64)
    place[order] = np.arange(len(owners))
    return _Claims(order, begins, reach, is_clear), place[number]


def _heaps(person: Whole, lines: LineColumns) -> tuple[Whole, Whole, Whole]:
    """Put lines of one person and period on one heap; gives each line's heap, and where the heaps begin and end."""
    begins, ends = person * _SPAN + lines.first, person * _SPAN + lines.last
    order = np.lexsort((ends, begins))
    is_new = np.ones(len(order), np.bool_)
    is_new[1:] = (begins[order[1:]] != begins[order[:-1]]) | (ends[order[1:]] != ends[order[:-1]])
    heap_of = np.empty(len(order), np.int64)
    heap_of[order] = np.cumsum(is_new) - 1
    return heap_of, begins[order[is_new]], ends[order[is_new]]


def _fills(claims: _Claims, edges: tuple[Whole, Whole], place: tuple[Whole, Whole]) -> Truth:
    """Tell which heaps' periods are filled by the claims from the first place to before the second."""
    first, after = place
    inside = np.minimum(first, len(claims.begins) - 1)
    unclear = np.concatenate([[0], np.cumsum(~claims.is_clear)])
    fills: Truth = (after > first) & (claims.begins[inside] == edges[0]) & (claims.reach[after - 1] == edges[1])
    fills &= unclear[after] == unclear[np.minimum(first, after)]
    return fills


def _is_alone(claims: _Claims, begins: Whole, place: tuple[Whole, Whole]) -> Truth:
    """Tell which heaps touch only claims that no other heap touches."""
    _, after = place
    touched = np.searchsorted(claims.reach, begins)
    counts = np.zeros(len(claims.begins) + 1, np.int64)
    touches = after > touched
    np.add.at(counts, touched[touches], 1)
    np.subtract.at(counts, after[touches], 1)
    shared = np.concatenate([[0], np.cumsum(np.cumsum(counts)[:-1] > 1)])
    is_alone: Truth = shared[after] == shared[np.minimum(touched, after)]
    return is_alone


def _groups_of_claims(fills: Truth, first: Whole, after: Whole, size: int) -> Whole:
    """Give each claim the number of the heap whose period it helps to fill."""
    group = np.full(size, NOT_TOLD, np.int64)
    heaps = np.flatnonzero(fills)
    lengths = after[heaps] - first[heaps]
    starts = np.repeat(first[heaps] - np.cumsum(lengths) + lengths, lengths)
    group[starts + np.arange(int(lengths.sum()))] = np.repeat(heaps, lengths)
    return group

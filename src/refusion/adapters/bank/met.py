"""Counts how often each line was met, in eight bytes for each of a million lines."""

from __future__ import annotations

from array import array
from bisect import bisect_left

# So many new numbers are kept apart before they are sorted in among the others.
APART = 1 << 16


class Met:
    """Which numbers below 2 ** 64 were met; most of them once."""

    def __init__(self) -> None:
        """Begin with none."""
        self._once = array("Q")
        self._new: set[int] = set()
        self._more: dict[int, int] = {}

    def count(self, number: int) -> int:
        """Meet a number, and give how often it was met with this time."""
        if number in self._more or number in self._new or self._is_sorted_in(number):
            self._more[number] = self._more.get(number, 1) + 1
            return self._more[number]
        self._new.add(number)
        if len(self._new) >= APART:
            self._sort_in()
        return 1

    def _is_sorted_in(self, number: int) -> bool:
        place = bisect_left(self._once, number)
        return place < len(self._once) and self._once[place] == number

    def _sort_in(self) -> None:
        """Merge from the far end, in place: a copy of a million numbers as objects would take what this class saves."""
        new, kept = sorted(self._new), len(self._once)
        self._new.clear()
        self._once.frombytes(bytes(8 * len(new)))
        for place in range(len(self._once) - 1, -1, -1):
            if not new:
                break
            if kept and self._once[kept - 1] > new[-1]:
                kept -= 1
                self._once[place] = self._once[kept]
            else:
                self._once[place] = new.pop()

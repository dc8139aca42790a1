"""What all oracles count, and how they round: whole numbers over one denominator, so that nothing is lost on the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias


class Counts(NamedTuple):
    """How many cases were compared, how many stood exactly on a half or on a border, how many differed."""

    cases: int
    ties: int
    off: int


# Compares so many random cases, drawn from a seed.
Run: TypeAlias = Callable[[int, int], Counts]
CHUNK = 20_000


def half_up(part: int, whole: int) -> int:
    """Round part over whole to a whole number, half up."""
    down, rest = divmod(part, whole)
    return down + (1 if 2 * rest >= whole else 0)


def is_half(part: int, whole: int) -> bool:
    """Tell whether part over whole lies exactly between two whole numbers."""
    return 2 * (part % whole) == whole


def in_chunks(count: int) -> list[int]:
    """Cut a count into chunks that a table holds."""
    return [min(CHUNK, count - done) for done in range(0, count, CHUNK)]


def written(hundredths: int) -> str:
    """Write kroner or hours with two decimals."""
    return f"{hundredths // 100}.{hundredths % 100:02d}"

"""Which payment references a bank line names: whole words only, also where a line break cuts one in two."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

_BREAK = re.compile(r"[\s,;:]+")
# How the authorities' systems write their references: sickness benefit, leave benefit, Udbetaling Danmark.
_FORMED = re.compile(r"(KSD|BDP|UDK)-[0-9A-Z][0-9A-Z-]*")
_EDGE = ".()[]'\"!?*#"


def normal(reference: str) -> str:
    """Write a reference in one way: capitals, no spaces around or inside."""
    return "".join(reference.split()).upper()


def even(name: str) -> str:
    """Write a payer's name in one way: single spaces, no capitals."""
    return " ".join(name.split()).casefold()


def words(told: Iterable[str]) -> frozenset[str]:
    """Give every word of the texts, every text as a whole, and the words that a line break may have cut."""
    return _words(tuple(told))


# A line that nobody has matched is read again each day, with the same texts.
@lru_cache(maxsize=8192)
def _words(told: tuple[str, ...]) -> frozenset[str]:
    found: set[str] = set()
    before = ""
    for line in (line for text in told for line in text.splitlines()):
        cut = _cut(line)
        if not cut:
            continue
        found.update(cut)
        found.add(normal(line))
        found.add(before + cut[0])
        before = cut[-1]
    return frozenset(found - {""})


def named(told: Iterable[str], known: Collection[str]) -> frozenset[str]:
    """Give the known references (in :func:`normal` form) that the texts name.

    A reference of which another named one is the longer form (``KSD-1`` and ``KSD-12`` around a line break) stays:
    two candidates are then named, and no one guesses.
    """
    return frozenset(word for word in words(told) if word in known)


def formed(told: Iterable[str]) -> frozenset[str]:
    """Give the words that are written as an authority writes its references, known to us or not."""
    return frozenset(word for word in words(told) if _FORMED.fullmatch(word))


def _cut(line: str) -> list[str]:
    """Cut a line into words in capitals, without the punctuation around them."""
    stripped = (word.strip(_EDGE).upper() for word in _BREAK.split(line))
    return [word for word in stripped if word]

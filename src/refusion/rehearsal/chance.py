"""Seeded chance: what is drawn follows from a seed and a name alone, whatever was drawn before or in which order."""

from __future__ import annotations

from hashlib import sha256
from random import Random


def chance(seed: int, *name: object) -> Random:
    """Give a source of chance of its own for a name."""
    return Random(_digest(seed, name))  # noqa: S311 (a rehearsal keeps no secrets)


def drawn(seed: int, among: int, *name: object) -> int:
    """Draw one number from 0 to ``among`` - 1 for a name."""
    return _digest(seed, name) % among


def _digest(seed: int, name: tuple[object, ...]) -> int:
    return int.from_bytes(sha256("\x1f".join(map(str, (seed, *name))).encode()).digest()[:8], "big")

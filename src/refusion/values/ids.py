"""Ids that follow from what they name, so that the same thing told twice is one thing."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha1
from uuid import UUID, uuid5

import numpy as np
from numpy.typing import NDArray

# A UUID of version 5 is the first 16 bytes of the hash, with its version and variant written over six bits.
_BYTES, _HASH = 16, 20
_VERSION, _VARIANT = 6, 8
_SHAPE = (8, 12, 16, 20)


def derived_id(house: UUID, noun: str, *parts: object) -> UUID:
    """Give the id of a thing from its institution's namespace, its noun and its business key."""
    return uuid5(house, "\x1f".join((noun, *map(str, parts))))


def derived_ids(house: UUID, noun: str, *parts: Iterable[str]) -> list[str]:
    """Give the ids of many things of one noun from the columns of their business keys, as texts; each is its :func:`derived_id`."""
    begun = sha1(house.bytes + noun.encode(), usedforsecurity=False)
    keys = parts[0] if len(parts) == 1 else map("\x1f".join, zip(*parts, strict=True))
    hashes = []
    for key in keys:
        hashed = begun.copy()
        hashed.update(b"\x1f" + key.encode())
        hashes.append(hashed.digest())
    return _written(np.frombuffer(b"".join(hashes), np.uint8).reshape(-1, _HASH)[:, :_BYTES].copy())


def _written(ids: NDArray[np.uint8]) -> list[str]:
    """Set version and variant, and write each id with its hyphens."""
    ids[:, _VERSION] = ids[:, _VERSION] & 0x0F | 0x50
    ids[:, _VARIANT] = ids[:, _VARIANT] & 0x3F | 0x80
    first, second, third, fourth = _SHAPE
    written = ids.tobytes().hex()
    each = (written[start : start + 2 * _BYTES] for start in range(0, len(written), 2 * _BYTES))
    return [f"{one[:first]}-{one[first:second]}-{one[second:third]}-{one[third:fourth]}-{one[fourth:]}" for one in each]

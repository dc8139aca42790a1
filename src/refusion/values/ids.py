"""Ids that follow from what they name, so that the same thing told twice is one thing."""

from __future__ import annotations

from uuid import UUID, uuid5


def derived_id(house: UUID, noun: str, *parts: object) -> UUID:
    """Give the id of a thing from its institution's namespace, its noun and its business key."""
    return uuid5(house, "\x1f".join((noun, *map(str, parts))))

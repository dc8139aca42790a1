"""How the rooms' values stand in columns: facts and answers as JSON that keeps days apart from text, bytes sealed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from refusion.values.said import Said
from refusion.workflow.ports.keys import Keys

DAY = "day"
_A_DAY = f'"{DAY}":'
_AS_IT_IS = frozenset({str, int, bool, type(None)})


def as_json(value: object) -> str:
    """Write a value as JSON, keys sorted; a day becomes ``{"day": "2025-03-01"}``. Raises TypeError for a fraction."""
    return json.dumps(_plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def from_json(written: str) -> Any:
    """Read what :func:`as_json` wrote, days as days; lists stay lists."""
    return json.loads(written, object_hook=_restored if _A_DAY in written else None)


def facts_as_json(said: Said) -> str:
    """Write the facts of something said."""
    return as_json(said.facts)


def said_from(key: str, facts: str) -> Said:
    """Read something said back from its two columns."""
    return Said(key, from_json(facts))


def seal_bytes(keys: Keys, raw: bytes, row: UUID, field: str) -> bytes:
    """Seal bytes to their row and field; Latin-1 gives each byte its own letter, so any bytes come back as they were."""
    return keys.seal(raw.decode("latin-1"), str(row), field)


def open_bytes(keys: Keys, sealed: bytes, row: UUID, field: str) -> bytes:
    """Open sealed bytes. Raises ValueError when they were changed or belong elsewhere."""
    return keys.unseal(sealed, str(row), field).encode("latin-1")


def _plain(value: object) -> object:
    # Nearly all that is written is text and numbers in mappings and lists: told apart first, and by their own type.
    if type(value) in _AS_IT_IS:
        return value
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, dict | Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    return _written(value)


def _written(value: object) -> object:
    if isinstance(value, float):
        raise TypeError(f"amounts and hours are whole numbers, not {value!r}")
    if isinstance(value, date):
        return {DAY: value.isoformat()}
    return str(value) if isinstance(value, UUID) else value


def _restored(found: dict[str, Any]) -> Any:
    return date.fromisoformat(found[DAY]) if found.keys() == {DAY} and isinstance(found[DAY], str) else found

"""Values of the rooms as JSON, and the JSON Schema of the same: one walk over the same dataclasses, so that they agree."""

from __future__ import annotations

import re
import types
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from refusion.values.said import Said
from refusion.wiring.texts import render

Schema = dict[str, Any]
# What leaves by no answer: numbers that name a person, sealed or not, and what is still written; what is read instead.
HIDDEN = frozenset({"sealed_number", "national_number", "written_answers", "written_explanation"})
ALSO: Mapping[str, tuple[str, ...]] = {
    "CaseClaim": ("expected", "difference", "answers"),
    "ClaimExplanation": ("expected", "explanation"),
    "Board": ("open_ore",),
    "Suggestion": ("lines", "claims"),
}
_NATIONAL_NUMBER = re.compile(r"(?<!\d)(\d{6})-?\d{4,5}(?!\d)")
_SIMPLE: Mapping[Any, Schema] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
    UUID: {"type": "string", "format": "uuid"},
    types.NoneType: {"type": "null"},
    Any: {},
    object: {},
}


def plain(value: object, language: str) -> Any:
    """Give a value as JSON holds it: words with their sentence in the language, days and ids as texts, amounts in øre."""
    if value is None or (isinstance(value, bool | int | str) and not isinstance(value, Enum)):
        return value
    if isinstance(value, Said):
        return {"key": value.key, "sentence": render(value, language), "facts": plain(value.facts, language)}
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Enum):
        return plain(value.value, language)
    return _composed(value, language)


def masked(text: str) -> str:
    """Hide the end of everything that looks like a national number."""
    return _NATIONAL_NUMBER.sub(r"\1-••••", text)


def _composed(value: object, language: str) -> Any:
    if isinstance(value, Mapping):
        return {_as_key(key): plain(part, language) for key, part in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {name: plain(getattr(value, name), language) for name, _ in parts(type(value))}
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return [plain(part, language) for part in value]
    if isinstance(value, Set):
        return sorted(plain(part, language) for part in value)
    return str(value)


def _as_key(key: object) -> str:
    return str(key.value) if isinstance(key, Enum) else key.isoformat() if isinstance(key, date) else str(key)


@lru_cache(maxsize=512)
def parts(kind: type) -> tuple[tuple[str, Any], ...]:
    """Give the names and types of what is shown of a dataclass: its fields without bytes, and what is read from them."""
    hints = get_type_hints(kind)
    shown = [(one.name, hints[one.name]) for one in fields(kind) if one.name not in HIDDEN and hints[one.name] is not bytes]
    read = ((name, get_type_hints(getattr(kind, name).fget)["return"]) for name in ALSO.get(kind.__name__, ()))
    return (*shown, *read)


class Schemas:
    """Collects the schemas of the dataclasses that are met, each under a name of its own."""

    def __init__(self) -> None:
        """Begin with what is said to people, which every answer may hold."""
        self.named: dict[str, Schema] = {}
        self._names: dict[type, str] = {}

    def of(self, kind: Any) -> Schema:
        """Give the schema of a type; dataclasses are collected and referred to."""
        if kind in _SIMPLE:
            return dict(_SIMPLE[kind])
        if isinstance(kind, type) and is_dataclass(kind):
            return {"$ref": f"#/components/schemas/{self._collected(kind)}"}
        if isinstance(kind, type) and issubclass(kind, Enum):
            return {"enum": [member.value for member in kind]}
        return self._generic(kind)

    def _generic(self, kind: Any) -> Schema:
        origin, given = get_origin(kind), get_args(kind)
        if origin in (Union, types.UnionType):
            return {"anyOf": [self.of(one) for one in given]}
        if origin is not None and issubclass(origin, Mapping):
            return {"type": "object", "additionalProperties": self.of(given[1])}
        if origin is tuple and given[-1] is not Ellipsis:
            return {"type": "array", "prefixItems": [self.of(one) for one in given], "minItems": len(given), "maxItems": len(given)}
        if origin is not None:
            return {"type": "array", "items": self.of(given[0])}
        supertype = getattr(kind, "__supertype__", None)
        return self.of(supertype) if supertype is not None else {}

    def _collected(self, kind: type) -> str:
        if kind not in self._names:
            name = self._free(kind)
            self._names[kind] = name
            self.named[name] = {}  # a type that holds its own kind refers to what is being written
            self.named[name] = self._said() if kind is Said else self._written(kind)
        return self._names[kind]

    def _free(self, kind: type) -> str:
        """Name a type after itself, after its room too where another has the name."""
        names: Iterator[str] = iter((kind.__name__, f"{kind.__name__}In{kind.__module__.rpartition('.')[2].title().replace('_', '')}"))
        return next((name for name in names if name not in self.named), f"{kind.__module__}.{kind.__qualname__}")

    def _written(self, kind: type) -> Schema:
        shown = parts(kind)
        says = (kind.__doc__ or "").strip().splitlines()[0]
        properties = {name: self.of(hint) for name, hint in shown}
        return {"type": "object", "description": says, "properties": properties, "required": [name for name, _ in shown]}

    @staticmethod
    def _said() -> Schema:
        return {
            "type": "object",
            "description": "What is said to a person: its key, the sentence in the language asked for, the facts it mentions.",
            "properties": {"key": {"type": "string"}, "sentence": {"type": "string"}, "facts": {"type": "object"}},
            "required": ["key", "sentence", "facts"],
        }

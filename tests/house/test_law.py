"""Every rule names its paragraph, every dated value its source."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from tests.house.tree import SOURCE, functions, nothing, place, room_files

NEEDED_WORDS = {"called", "gives"}


def parameter_files() -> list[Path]:
    return sorted((SOURCE / "law").rglob("*.toml"))


def dated_values(table: object, name: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(table, dict):
        for key, inner in table.items():
            if key == "since":
                yield name, inner
            else:
                yield from dated_values(inner, f"{name}.{key}")
    elif isinstance(table, list):
        for inner in table:
            yield from dated_values(inner, name)


def all_dated_values() -> list[tuple[str, object]]:
    return [
        (f"{place(file)}{name}", value)
        for file in parameter_files()
        for name, value in dated_values(tomllib.loads(file.read_text(encoding="utf-8")))
    ]


def complete(entry: object) -> bool:
    if not isinstance(entry, dict):
        return False
    has_source = bool(str(entry.get("source", "")).strip())
    return type(entry.get("day")) is date and "value" in entry and has_source and type(entry.get("verified")) is bool


def test_every_dated_value_has_its_day_its_source_and_whether_it_is_verified() -> None:
    found = all_dated_values()
    assert found, "the law has dated values"
    nothing(name for name, value in found if not isinstance(value, list) or not value or not all(map(complete, value)))


def test_dated_values_stand_in_order_of_their_days() -> None:
    days = [(name, [entry["day"] for entry in value]) for name, value in all_dated_values() if isinstance(value, list)]
    nothing(name for name, found in days if found != sorted(set(found)))


def rules() -> Iterator[tuple[str, ast.Call]]:
    for file in room_files("law"):
        for node in functions(file):
            for decorator in node.decorator_list:
                call = decorator if isinstance(decorator, ast.Call) else ast.Call(decorator, [], [])
                if isinstance(call.func, ast.Name) and call.func.id == "rule":
                    yield place(file, node), call


def test_every_rule_names_its_paragraph_its_native_term_and_its_unit() -> None:
    found = list(rules())
    assert found, "the law has rules"
    lacking = [where for where, call in found if not call.args or {word.arg for word in call.keywords} & NEEDED_WORDS != NEEDED_WORDS]
    nothing(lacking)

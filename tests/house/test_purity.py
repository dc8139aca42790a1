"""Money is exact, time and chance come from outside: what the rooms may not do."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.house.tree import DECIDING_ROOMS, MONEY_ROOMS, SOURCE, nothing, place, room_files, syntax

CLOCKS = {
    ("date", "today"), ("datetime", "today"), ("datetime", "now"), ("datetime", "utcnow"), ("time", "time"),
    ("time", "time_ns"), ("time", "localtime"), ("time", "gmtime"), ("timezone", "now"), ("timezone", "localdate"),
}  # fmt: skip
CLOCK_NAMES = {"auto_now", "auto_now_add", "Now", "localdate"}
SQL_CLOCK = re.compile(r"\b(now|clock_timestamp|statement_timestamp|transaction_timestamp)\s*\(|\bcurrent_(date|timestamp|time)\b", re.IGNORECASE)
SQL_CHANCE = re.compile(r"\b(random|gen_random_uuid|uuidv[47])\s*\(", re.IGNORECASE)
CHANCE = {"random", "secrets", "uuid4", "uuid1", "urandom", "RandomUUID"}
FLOAT_NAMES = {"float", "float64", "float32", "float16", "double"}


def every_file() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def outside(*rooms: str) -> list[Path]:
    return [file for file in every_file() if file.relative_to(SOURCE).parts[0] not in rooms]


def inexact(node: ast.AST) -> bool:
    match node:
        case ast.BinOp(op=ast.Div()) | ast.AugAssign(op=ast.Div()):
            return True
        case ast.Constant(value=float()) | ast.Constant(value=complex()):
            return True
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name in FLOAT_NAMES or name in {"true_divide", "divide"}
        case ast.Call(func=ast.Name(id="round")):
            return True
    return False


def test_no_float_no_division_no_round_where_money_is() -> None:
    nothing(place(file, node) for file in room_files(*MONEY_ROOMS) for node in ast.walk(syntax(file)) if inexact(node))


def reads_clock(node: ast.AST) -> bool:
    match node:
        case ast.Attribute(value=ast.Name(id=owner), attr=name):
            return (owner, name) in CLOCKS
        case ast.Attribute(value=ast.Attribute(attr=owner), attr=name):
            return (owner, name) in CLOCKS
        case ast.keyword(arg=name) | ast.Name(id=name):
            return name in CLOCK_NAMES
    return False


def test_only_wiring_reads_the_clock() -> None:
    nothing(place(file, node) for file in outside("wiring") for node in ast.walk(syntax(file)) if reads_clock(node))


def sql_texts(file: Path) -> list[ast.Constant]:
    nodes = [node for node in ast.walk(syntax(file)) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    described = {id(node.body[0].value) for node in ast.walk(syntax(file)) if has_docstring(node)}  # type: ignore[attr-defined]
    return [node for node in nodes if id(node) not in described]


def has_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and bool(node.body) and isinstance(node.body[0], ast.Expr)


def test_the_database_reads_no_clock_and_throws_no_dice() -> None:
    found = [
        place(file, node) for file in room_files("store") for node in sql_texts(file)
        if SQL_CLOCK.search(str(node.value)) or SQL_CHANCE.search(str(node.value))
    ]  # fmt: skip
    nothing(found)


def is_chance(node: ast.AST) -> bool:
    match node:
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            return any(alias.name.split(".")[-1] in CHANCE for alias in names)
        case ast.Attribute(attr=name):
            return name in CHANCE
    return False


def test_only_rehearsal_throws_dice_and_only_wiring_makes_keys() -> None:
    nothing(place(file, node) for file in outside("rehearsal", "wiring") for node in ast.walk(syntax(file)) if is_chance(node))


def test_deciding_rooms_exist_where_they_are_named() -> None:
    nothing(room for room in DECIDING_ROOMS if (SOURCE / room).exists() and not room_files(room))

"""Sizes and names: what keeps a house liveable is measured, not wished for."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from statistics import median

from tests.house.tree import SOURCE, TOP, functions, length, nothing, place, python_files, syntax, tracked_files, words

LONGEST_FILE = 400
LONGEST_FUNCTION = 50
MEDIAN_FUNCTION = 10
MEDIAN_FILE = 120
MOST_POSITIONAL = 5
MOST_FILES = 15
DEEPEST = 4
MOST_IGNORED_TYPES = 5
LARGEST = 1_000_000
BANNED_WORDS = {"utils", "util", "helpers", "helper", "common", "manager", "misc", "data", "info", "tmp", "foo"}
NOT_OURS = {"vendor", "schemas", "templates", "static", "locale", "migrations", "samples", "__pycache__"}
# Names that a library asks for, not we.
IMPOSED = {("src/refusion/adapters/bank/stream.py", "data")}
REASONED = re.compile(r"#\s*(?:ruff: )?(?:noqa: [A-Z0-9, ]+|type: ignore\[[a-z, -]+\])[\s(#-]+\w+\W+\w+")


def test_no_file_is_too_long() -> None:
    lengths = {place(file): len(file.read_text(encoding="utf-8").splitlines()) for file in python_files("src", "tests", "scripts")}
    nothing(f"{name}: {lines} lines" for name, lines in lengths.items() if lines > LONGEST_FILE)
    assert median(lengths.values()) <= MEDIAN_FILE


def test_functions_are_short() -> None:
    lengths = {place(file, node): length(node) for file in python_files("src") for node in functions(file)}
    nothing(f"{name}: {lines} lines" for name, lines in lengths.items() if lines > LONGEST_FUNCTION)
    assert median(lengths.values()) <= MEDIAN_FUNCTION


def test_functions_take_few_positional_parameters() -> None:
    many = [
        place(file, node)
        for file in python_files("src", "scripts")
        for node in functions(file)
        if len([name for name in positional(node.args) if name not in {"self", "cls"}]) > MOST_POSITIONAL
    ]
    nothing(many)


def positional(arguments: ast.arguments) -> list[str]:
    return [argument.arg for argument in (*arguments.posonlyargs, *arguments.args)]


def test_folders_hold_few_files() -> None:
    folders: dict[Path, int] = {}
    for file in SOURCE.rglob("*"):
        if file.suffix == ".py" and file.stem != "__init__" and not NOT_OURS & set(file.relative_to(SOURCE).parts):
            folders[file.parent] = folders.get(file.parent, 0) + 1
    nothing(f"{place(folder)}: {count} files" for folder, count in folders.items() if count > MOST_FILES)
    nothing(f"{place(folder)}: too deep" for folder in folders if len(folder.relative_to(SOURCE).parts) > DEEPEST)


def test_names_say_something() -> None:
    nothing(f"{where}: {name}" for where, name in defined_names() if BANNED_WORDS & words(name) and not imposed(where, name))


def imposed(where: str, name: str) -> bool:
    return (where.partition(":")[0], name) in IMPOSED or "data_protection" in name.lower()


def defined_names() -> list[tuple[str, str]]:
    found = [(place(file), file.stem) for file in python_files("src", "scripts")]
    found += [(place(folder), folder.name) for folder in SOURCE.rglob("*") if folder.is_dir() and not NOT_OURS & set(folder.parts)]
    for file in python_files("src", "scripts"):
        found += [(place(file, node), name) for node in ast.walk(syntax(file)) for name in names_made_by(node)]
    return found


def names_made_by(node: ast.AST) -> list[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.arg(arg=name):
            return [name]
        case ast.Name(id=name, ctx=ast.Store()):
            return [name]
    return []


def test_every_module_opens_with_a_sentence() -> None:
    silent = [
        place(file) for file in python_files("src", "tests", "scripts")
        if file.stat().st_size and not (ast.get_docstring(syntax(file)) or "").split("\n\n")[0].rstrip().endswith(".")
    ]  # fmt: skip
    nothing(silent)


def test_every_exception_to_a_rule_gives_its_reason() -> None:
    bare, ignored = [], 0
    for file in python_files("src", "scripts"):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            ignored += "# type: ignore" in line
            if ("# noqa" in line or "# type: ignore" in line) and not REASONED.search(line):
                bare.append(f"{place(file)}:{number}")
    nothing(bare)
    assert ignored <= MOST_IGNORED_TYPES


def test_nothing_tracked_is_huge() -> None:
    nothing(place(file) for file in tracked_files() if file.stat().st_size > LARGEST)
    assert TOP.joinpath("pyproject.toml") in tracked_files()

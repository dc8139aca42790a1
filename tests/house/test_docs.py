"""The documents keep up with the code: links lead somewhere, names that exist are described, generated pages are not typed."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.house.tree import TOP, nothing, place, text_of

DOCS = TOP / "docs"
REFERENCE = DOCS / "reference"
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
PARTS = ["Situation", "Choice", "What we gave up", "What would change our mind"]
MOST_WORDS, MOST_LINES = 350, 40
VARIABLE = re.compile(r"[\"'`]((?:REFUSION|DATABASE|REQUIRE)_[A-Z][A-Z_]*[A-Z])[\"'`]")
TARGET = re.compile(r"^([a-z]+):.*## ", re.MULTILINE)
BENCH_MARK = "Written by `make bench`; never by hand."


def pages() -> list[Path]:
    return sorted([*TOP.glob("*.md"), *DOCS.rglob("*.md"), *(TOP / "src").rglob("README.md")])


def links(file: Path) -> Iterator[str]:
    return (address for address in LINK.findall(FENCED.sub("", text_of(file))) if "://" not in address)


def anchors(file: Path) -> set[str]:
    """Name the anchors of a page as its readers' browsers know them."""
    headings = (re.sub(r"[`*_]", "", heading).lower() for heading in HEADING.findall(FENCED.sub("", text_of(file))))
    return {re.sub(r"[^\w\- ]", "", heading).strip().replace(" ", "-") for heading in headings}


def leads_nowhere(file: Path, address: str) -> bool:
    path, _, anchor = address.partition("#")
    target = (file.parent / path).resolve() if path else file
    if not target.is_relative_to(TOP) or not target.exists():
        return True
    return bool(anchor) and anchor not in anchors(target)


def reference_script() -> ModuleType:
    found = importlib.util.spec_from_file_location("reference", TOP / "scripts" / "reference.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def decisions() -> list[Path]:
    return sorted((DOCS / "decisions").glob("[0-9]*.md"))


def test_every_link_leads_somewhere() -> None:
    found = [(file, address) for file in pages() for address in links(file)]
    assert len(found) > len(pages())
    nothing(f"{place(file)}: {address}" for file, address in found if leads_nowhere(file, address))


def test_a_link_that_leads_nowhere_is_found() -> None:
    readme = TOP / "README.md"
    assert leads_nowhere(readme, "docs/nowhere.md")
    assert leads_nowhere(readme, "docs/README.md#nowhere")
    assert leads_nowhere(readme, "../outside.md")
    assert not leads_nowhere(readme, "docs/README.md#how-to")


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, to_read = set[Path](), [TOP / "README.md"]
    while to_read:
        file = to_read.pop()
        if file in reached or file.suffix != ".md" or not file.exists():
            continue
        reached.add(file)
        to_read += [(file.parent / address.partition("#")[0]).resolve() for address in links(file)]
    # The table of limits is there once it was measured; the index names it without a link.
    nothing(place(file) for file in DOCS.rglob("*.md") if file not in reached | {REFERENCE / "limits.md"})


def test_every_decision_has_its_four_parts_on_one_page() -> None:
    assert decisions()
    for file in decisions():
        text = text_of(file)
        assert re.findall(r"^## (.+)$", text, re.MULTILINE) == PARTS, place(file)
        assert all(part.split("\n", 1)[1].strip() for part in text.split("\n## ")[1:]), f"{place(file)}: an empty part"
        assert len(text.split()) <= MOST_WORDS, place(file)
        assert len(text.splitlines()) <= MOST_LINES, place(file)


def test_decisions_are_numbered_without_a_gap_and_listed() -> None:
    listed = text_of(DOCS / "decisions" / "README.md")
    assert [int(file.name[:3]) for file in decisions()] == list(range(1, len(decisions()) + 1))
    nothing(place(file) for file in decisions() if f"({file.name})" not in listed)


@pytest.mark.parametrize("command", ["make demo", "make test"])
def test_the_readme_names_both_commands(command: str) -> None:
    assert command in text_of(TOP / "README.md").splitlines()


def test_every_verb_stands_in_the_reference() -> None:
    import typer

    from refusion.doors.cli.main import application

    described = set(re.findall(r"^## `(.+)`$", text_of(REFERENCE / "commands.md"), re.MULTILINE))
    top: Any = typer.main.get_command(application([]))
    assert described == set(paths(top, "refusion"))


def paths(command: Any, path: str) -> Iterator[str]:
    yield path
    for name, below in getattr(command, "commands", {}).items():
        yield from paths(below, f"{path} {name}")


def test_every_make_target_stands_in_the_reference_and_no_other() -> None:
    described = set(re.findall(r"`make ([a-z]+)`", text_of(REFERENCE / "make.md")))
    assert described == set(TARGET.findall(text_of(TOP / "Makefile")))


def test_every_environment_variable_stands_in_the_reference_and_no_other() -> None:
    sources = [*(TOP / "src").rglob("*.py"), *(TOP / "scripts").glob("*.py"), TOP / "Makefile", TOP / "tests" / "conftest.py"]
    read = {name for file in sources for name in VARIABLE.findall(text_of(file))}
    described = {name for line in text_of(REFERENCE / "settings.md").splitlines() for name in VARIABLE.findall(line.partition(" | ")[0])}
    nothing(f"not described: {name}" for name in sorted(read - described))
    nothing(f"not in the code: {name}" for name in sorted(described - read))


def test_generated_pages_are_what_the_code_gives() -> None:
    script = reference_script()
    stale = [place(file) for file, text in script.written().items() if text_of(file) != text]
    assert not stale, f"{stale}: run .venv/bin/python scripts/reference.py"


def test_measured_figures_stand_only_where_they_are_measured() -> None:
    marked = [file for file in DOCS.rglob("*.md") if BENCH_MARK in text_of(file)]
    assert marked in ([], [REFERENCE / "limits.md"])
    typed = re.compile(r"\b\d+(?:[.,]\d+)? (?:ms|MiB|GiB)\b")
    nothing(
        f"{place(file)}:{number}: a measured figure"
        for file in pages() if file.is_relative_to(DOCS) and file not in marked
        for number, line in enumerate(text_of(file).splitlines(), 1) if typed.search(line)
    )  # fmt: skip

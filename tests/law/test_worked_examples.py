"""The tables of docs/law are tests: each row is evaluated through the product's own rules."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from refusion.law.engine.check import Failed, Malformed, Passed, check
from refusion.law.engine.worked import WHOLE, Answer
from refusion.wiring.rulebook import BY_THEIR_OWN_NAME, rulebook

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs" / "law"
SHARED = ROOT.parent / "shared" / "cases"
RULES = rulebook()
NUMBER = re.compile(r"-?\d+(\.\d+)?")


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def tables(page: Path) -> Iterator[tuple[list[str], list[list[str]]]]:
    head: list[str] = []
    rows: list[list[str]] = []
    for line in [*page.read_text(encoding="utf-8").splitlines(), ""]:
        if not line.startswith("|"):
            if head:
                yield head, rows
            head, rows = [], []
        elif not head:
            head = cells(line)
        elif not set(line) <= set("|- "):
            rows.append(cells(line))


def value(text: str) -> object:
    if text[:1] in {"[", "{"}:
        return json.loads(text)
    if ".." in text:
        return text.split("..")
    if text in {"true", "false", "null"} or NUMBER.fullmatch(text):
        return json.loads(text)
    return text


def examples() -> Iterator[object]:
    for page in sorted(DOCS.glob("*/*.md")):
        for head, rows in tables(page):
            assert head[0] == "name", page
            assert head[1] == "rule", page
            assert head[-1] == "source", page
            for row in rows:
                assert len(row) == len(head), row
                yield pytest.param(dict(zip(head, row, strict=True)), id=f"{page.stem}: {row[0]}")


def readable(answer: Answer) -> object:
    """Give something that the answer could be compared with, when it is refused instead."""
    for tried in ("2000-01-01", 0, True, None, ["2000-01-01", "2000-01-02"], [0], []):
        try:
            answer.read(tried)
        except (ValueError, TypeError, KeyError, AttributeError):
            continue
        return tried
    raise AssertionError(answer)


@pytest.mark.parametrize("row", list(examples()))
def test_row(row):
    assert row["source"]
    inputs = {name: value(cell) for name, cell in list(row.items())[2:-1] if cell and not name.startswith("=")}
    expected = {name[1:]: value(cell) for name, cell in row.items() if name.startswith("=") and cell}
    assert expected
    case = {"id": row["name"], "rule": row["rule"], "inputs": inputs, "source": row["source"]}
    if "refused" not in expected.values():
        whole = expected.get(WHOLE, expected)
        (outcome,) = check([json.dumps({**case, "expected": whole})], RULES)
        assert outcome == Passed(row["name"])
        return
    asked = {name: readable(RULES[row["rule"]].answers[name]) for name, value in expected.items() if value == "refused"}
    (outcome,) = check([json.dumps({**case, "expected": asked})], RULES)
    if isinstance(outcome, Malformed):
        assert outcome.because.key == "law.facts_missing"
    else:
        assert isinstance(outcome, Failed)
        assert outcome.because[0].key == "law.case_refused"


def test_every_rule_name_has_an_ordinary_case_and_its_boundary():
    seen: dict[str, int] = {}
    for page in DOCS.rglob("*.md"):
        for _, rows in tables(page):
            for row in rows:
                seen[row[1]] = seen.get(row[1], 0) + 1
    assert {name for name in RULES if name not in BY_THEIR_OWN_NAME and seen.get(name, 0) < 3} == set()


def test_every_dated_value_has_the_day_before_and_the_day_itself():
    text = "".join(page.read_text(encoding="utf-8") for page in DOCS.rglob("*.md"))
    for day in ("2008-06-01", "2008-06-02", "2012-01-01", "2012-01-02", "2012-07-01", "2012-07-02", "2020-02-26", "2020-02-27"):
        assert day in text


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared worked cases are not beside the repository")
@pytest.mark.parametrize("file", ["denmark", "self-employed", "salary-guard"])
def test_the_shared_danish_cases_pass(file):
    outcomes = list(check((SHARED / f"{file}.jsonl").read_text(encoding="utf-8").splitlines(), RULES))
    assert outcomes
    assert [outcome for outcome in outcomes if not isinstance(outcome, Passed)] == []

"""Every rule of law has worked rows: an ordinary case, both sides of its boundary, a refused one; every dated value its day and the day before.

The pages of docs/law are run once while all rules and figures leave a note of who asked them what.
"""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from refusion.law.engine.catalogue import rests_on
from refusion.law.engine.check import check
from refusion.law.engine.numbers import DAY
from refusion.law.engine.parameters import Dated
from refusion.law.engine.rule import Rule
from refusion.law.engine.worked import WHOLE
from refusion.values.said import Refused
from refusion.wiring.rulebook import figures, rules
from tests.house.tree import nothing
from tests.law.test_worked_examples import RULES, examples, readable, value

ONE_CASE = (int, np.integer, np.bool_)


@dataclass(slots=True)
class Notes:
    """What the rows asked: results of each rule, its refusals, the days of each figure."""

    row: str = ""
    results: dict[str, set[int]] = field(default_factory=dict)
    users: dict[str, set[str]] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    refused_on: set[tuple[str, int]] = field(default_factory=set)
    days: dict[str, set[int]] = field(default_factory=dict)
    ever: set[str] = field(default_factory=set)


def noting(notes: Notes, call: Callable[..., object], at: Callable[..., object], ever: Callable[..., object]) -> dict[str, object]:
    """Give the three ways to ask the law, each leaving a note."""

    def asked(self: Rule, *given: object, **named: object) -> object:
        try:
            result = call(self, *given, **named)
        except Refused:
            notes.refused_on |= {(self.name, int(day)) for day, unit in zip(given, self.inputs.values(), strict=False) if unit is DAY}  # type: ignore[call-overload]
            raise
        if isinstance(result, ONE_CASE):
            notes.results.setdefault(self.name, set()).add(int(result))
            notes.users.setdefault(notes.row, set()).add(self.name)
        return result

    def on_a_day(self: Dated, day: object) -> object:
        if isinstance(day, ONE_CASE):
            notes.days.setdefault(self.name, set()).add(int(day))
        return at(self, day)

    def always(self: Dated) -> object:
        notes.ever.add(self.name)
        return ever(self)

    return {"asked": asked, "on_a_day": on_a_day, "always": always}


@cache
def notes() -> Notes:
    """Let a process of its own run all rows: what this one has worked out already would be asked no more."""
    write = "import pickle, sys; from tests.house.test_rows import noted; sys.stdout.buffer.write(pickle.dumps(noted()))"
    top = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", write], cwd=top, capture_output=True, check=True)
    found = pickle.loads(done.stdout)
    assert isinstance(found, Notes)
    return found


def noted() -> Notes:
    """Run all rows of all pages once."""
    found = Notes()
    ways = noting(found, Rule.__call__, Dated.at, Dated.ever)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "__call__", ways["asked"])
        patch.setattr(Dated, "at", ways["on_a_day"])
        patch.setattr(Dated, "ever", ways["always"])
        for example in examples():
            run(found, example.values[0])  # type: ignore[attr-defined]
    return found


def run(found: Notes, row: dict[str, str]) -> None:
    """Evaluate one row as its own test does."""
    found.row = row["rule"]
    inputs = {name: value(cell) for name, cell in list(row.items())[2:-1] if cell and not name.startswith("=")}
    expected = {name[1:]: value(cell) for name, cell in row.items() if name.startswith("=") and cell}
    if "refused" in expected.values():
        found.refused.add(row["rule"])
        expected = {name: readable(RULES[row["rule"]].answers[name]) for name, what in expected.items() if what == "refused"}
    case = {"id": row["name"], "rule": row["rule"], "inputs": inputs, "source": row["source"]}
    list(check([json.dumps({**case, "expected": expected.get(WHOLE, expected)})], RULES))


def rules_without_rows() -> Iterator[str]:
    """Name what the rows of a rule lack."""
    found = notes()
    refused = found.refused.union(*(found.users.get(row, set()) for row in found.refused))
    for name, rule in rules().items():
        results = found.results.get(rule.name, set())
        by_day_alone = set(rule.inputs.values()) == {DAY}
        if not results:
            yield f"{name}: an ordinary case"
        if len(results) < (1 if by_day_alone else 2):
            yield f"{name}: the other side of its boundary"
        if rule.name not in refused:
            yield f"{name}: a refused case"


def values_without_rows() -> Iterator[str]:
    """Name the dated values without a row for their day and for the day before; a figure that holds always has no day."""
    found = notes()
    for name, figure in figures().items():
        if name in found.ever and name not in found.days:
            continue
        asked = found.days.get(name, set()) | refusals(found, figure)
        days = {day for dated in figure.values for day in (dated.since - timedelta(days=1), dated.since)}
        yield from (f"{name}: {day}" for day in sorted(days) if day.toordinal() not in asked)


def refusals(found: Notes, figure: Dated) -> set[int]:
    """Give the days before the first value on which a rule that rests on the figure was refused, maybe for another figure."""
    users = {rule.name for rule in rules().values() if figure in rests_on(rule).figures}
    first = figure.values[0].since.toordinal()
    return {day for name, day in found.refused_on if name in users and day < first}


def test_every_rule_has_its_rows() -> None:
    nothing(rules_without_rows())


def test_every_dated_value_has_its_day_and_the_day_before() -> None:
    nothing(values_without_rows())


def test_a_missing_row_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    known = notes()
    border = date(2012, 1, 2).toordinal()
    monkeypatch.setitem(known.days, "employer_period", known.days["employer_period"] - {border})
    monkeypatch.setitem(known.results, "is_stay_long_enough", {1})
    assert list(values_without_rows()) == ["employer_period: 2012-01-02"]
    assert list(rules_without_rows()) == ["denmark.child.care.is_stay_long_enough: the other side of its boundary"]

"""Every rule of every country: plain to read, cited, worded in both languages, and the same for one case as for a column."""

from __future__ import annotations

import ast
import inspect
import textwrap
from itertools import product
from random import Random

import numpy as np
import pytest

from refusion.law.engine.catalogue import rests_on
from refusion.law.engine.numbers import BASIS_POINTS, COUNT, DAY, DAYS, HOURS, MONTHS, ORE, WEEKS, YES_OR_NO
from refusion.law.engine.policies import following
from refusion.law.engine.tape import explaining
from refusion.wiring.rulebook import MODULES, figures, rulebook, rules
from refusion.wiring.texts import LANGUAGES, catalogue, render, sentence_of

RULES = rules()
FORBIDDEN = (
    ast.If, ast.IfExp, ast.For, ast.While, ast.BoolOp, ast.Not, ast.Invert, ast.Lambda, ast.Div, ast.ListComp, ast.GeneratorExp,
    ast.DictComp, ast.SetComp, ast.Try, ast.With, ast.Match,
)  # fmt: skip
FIRST_DAY, LAST_DAY = 735000, 739999  # 2013 to 2026
A_YEAR = 366
ROWS = 500
EDGES = 0.3
# What a unit counts, lowest and highest.
BOUNDS = {
    DAYS: (0, 5),
    MONTHS: (0, 6),
    ORE: (0, 10**7),
    HOURS: (1, 5000),
    WEEKS: (0, 5000),
    BASIS_POINTS: (0, 10_000),
    COUNT: (0, 100),
}


def bounds(rule, unit):
    """Give the lowest and highest value of a unit; days from where all figures that the rule rests on are known."""
    if unit is not DAY:
        return BOUNDS[unit]
    first = max([FIRST_DAY, *(figure.values[0].since.toordinal() + A_YEAR for figure in figures_below(rule))])
    return first, max(LAST_DAY, first + A_YEAR)


def column(rule, unit, chance, rows=ROWS):
    """Draw a column of a unit: all over its bounds, and often at their ends or a little value apart from them."""
    if unit is YES_OR_NO:
        return [chance.random() < 0.5 for _ in range(rows)]
    low, high = bounds(rule, unit)
    near = [value for edge in (low, high) for value in range(edge - 2, edge + 3) if low <= value <= high]
    return [chance.choice(near) if chance.random() < EDGES else chance.randint(low, high) for _ in range(rows)]


def figures_below(rule):
    foundation = rests_on(rule)
    return {*foundation.figures, *(figure for below in foundation.rules for figure in figures_below(below))}


@pytest.mark.parametrize("name", RULES)
def test_a_rule_has_no_branch_no_float_and_no_division(name):
    tree = ast.parse(textwrap.dedent(inspect.getsource(RULES[name].body)))
    found = [type(node).__name__ for node in ast.walk(tree) if isinstance(node, FORBIDDEN)]
    floats = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, float)]
    assert found == floats == []
    body = tree.body[0].body
    assert body[-1].end_lineno - body[0].lineno <= 12


@pytest.mark.parametrize("name", RULES)
def test_a_rule_has_its_place_its_native_term_and_its_sentence(name):
    rule = RULES[name]
    assert rule.citation.paragraph
    assert rule.called
    assert rule.says
    for language in LANGUAGES:
        assert f"law.{rule.name}" in catalogue("law", language)
        assert rule.gives is not YES_OR_NO or f"law.{rule.name}_not" in catalogue("law", language)


@pytest.mark.parametrize("name", RULES)
def test_one_case_equals_a_row_of_a_batch(name):
    rule, chance = RULES[name], Random(name)
    policies = rests_on(rule).policies
    for options in product(*(policy.options for policy in policies)):
        columns = [column(rule, unit, chance) for unit in rule.inputs.values()]
        with following(**dict(zip((policy.name for policy in policies), options, strict=True))):
            batch = np.broadcast_to(rule(*map(np.array, columns)), ROWS)
            assert batch.tolist() == [rule(*row) for row in zip(*columns, strict=True)]
            assert batch.dtype.kind in "ib"


def test_names_are_owned_once():
    assert len({rule.name for rule in RULES.values()}) == len(RULES)
    assert set(rulebook()) >= {"DK-SICK-DATES", "DK-SICK-WINDOW", "DK-REFUND"}
    tables = [vars(module).get("FIGURES", {}) for module in MODULES]
    for table in tables:
        for name, figure in table.items():
            assert figure.values == figures()[name].values


def test_figures_are_used_by_rules():
    used = {figure.name for rule in RULES.values() for figure in rests_on(rule).figures}
    assert set(figures()) == used


@pytest.mark.parametrize("name", RULES)
def test_every_sentence_finds_its_facts(name):
    rule, chance = RULES[name], Random(name)
    for row in zip(*(column(rule, unit, chance, 5) for unit in rule.inputs.values()), strict=True):
        with explaining() as tape:
            rule(*row)
        said = tape.explanation.as_said()
        for language in LANGUAGES:
            assert sentence_of(said.key, language).format(**said.facts)
            assert "{" not in render(said, language)

"""A file of proposed values: read in the form of the law's own tables, and refused with all that is wrong with it."""

from __future__ import annotations

from datetime import date

import pytest

from refusion.law.engine.change.proposal import instead, proposals
from refusion.values.said import BadInput
from refusion.wiring.rulebook import figures
from refusion.wiring.texts import render

GOOD = 'day = 2025-01-06, value = 200, source = "a bill", verified = false'


def read(text: str):
    return proposals(text.encode(), figures(), "change.toml")


def table(row: str = GOOD, name: str = "supplement_rate", more: str = "") -> str:
    return f"[{name}]\n{more}\nsince = [{{ {row} }}]\n"


def refused(text: str) -> list[str]:
    with pytest.raises(BadInput) as refusal:
        read(text)
    for problem in refusal.value.problems:
        assert problem.file == "change.toml"
        for language in ("da", "en"):
            assert not any(word.startswith("{") and word.rstrip(".,:?").endswith("}") for word in render(problem.what, language).split())
            assert render(problem.remedy, language) != problem.remedy.key
    return [problem.what.key.removeprefix("preview.") for problem in refusal.value.problems]


def test_a_value_takes_the_place_of_the_law_s_of_the_same_day() -> None:
    (change,) = read(table())
    assert [(value.since, value.amount) for value in change.values] == [(date(2025, 1, 6), 200)]
    assert change.before(change.values[0]).amount == 180
    assert (change.first_day, change.until(change.values[0])) == (date(2025, 1, 6), date(2026, 1, 4))
    assert len(change.instead.values) == len(change.figure.values)
    assert instead([change]) == {figures()["supplement_rate"]: change.instead}


def test_a_value_of_a_new_day_stands_until_the_law_s_next_one() -> None:
    (change,) = read(table('day = 2025-07-07, value = 190, source = "a bill", verified = true'))
    tried = change.instead
    days = [date(2025, 7, 6), date(2025, 7, 7), date(2026, 1, 4), date(2026, 1, 5)]
    assert [tried.value_on(day.toordinal()).amount for day in days] == [180, 190, 190, 210]


def test_a_whole_table_of_the_law_with_one_value_changed_proposes_that_one() -> None:
    law = figures()["supplement_rate"]
    rows = ",".join(
        f'{{ day = {value.since}, value = {value.amount + (value.since.year == 2025)}, source = "s", verified = true }}' for value in law.values
    )
    (change,) = read(f'[supplement_rate]\nsays = "x"\nlaw = "SDL § 99"\nunit = "basis_points"\nsince = [{rows}]')
    assert [value.since for value in change.values] == [date(2025, 1, 6)]
    assert change.instead.law == "SDL § 99"


def test_a_value_after_what_is_published_says_until_when_it_is() -> None:
    row = 'day = 2027-01-04, value = 5200_00, source = "the year\'s letter", verified = true'
    assert refused(table(row, "weekly_maximum")) == ["known_until_too_early"]
    (change,) = read(table(row, "weekly_maximum", "known_until = 2028-01-02"))
    monday = date(2027, 3, 1).toordinal()
    assert change.figure.estimated(monday)
    assert not change.instead.estimated(monday)


def test_a_figure_that_is_a_day_takes_days() -> None:
    name, law = next((name, figure) for name, figure in figures().items() if figure.unit.name == "day")
    since = law.values[-1].since
    (change,) = read(table(f'day = {since}, value = 2031-05-06, source = "s", verified = true', name))
    assert change.values[0].amount == date(2031, 5, 6).toordinal()
    assert refused(table(f'day = {since}, value = 3, source = "s", verified = true', name)) == ["value_lacks"]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("[", ["not_toml"]),
        ("\udcff", ["not_toml"]),
        ("", ["empty"]),
        (table(name="suplement_rate"), ["unknown_figure"]),
        (table(name="zzzzzz"), ["unknown_figure"]),
        ("supplement_rate = 3", ["no_values"]),
        ("[supplement_rate]\nsince = []", ["no_values"]),
        ("[supplement_rate]\nsince = 3", ["no_values"]),
        ("[supplement_rate]\nsince = [3]", ["value_no_table"]),
        (table(more="unit = 'ore'"), ["other_unit"]),
        (table(more="sinze = 1"), ["unknown_key"]),
        (table(more="known_until = 'soon'"), ["known_until_no_day"]),
        (table(f"{GOOD}, until = 2025-02-01"), ["value_unknown"]),
        (table('value = 1, source = "s", verified = true'), ["value_lacks"]),
        (table('day = "2025-01-06", value = 1, source = "s", verified = true'), ["value_lacks"]),
        (table('day = 2025-01-06T10:00:00, value = 1, source = "s", verified = true'), ["value_lacks"]),
        (table("day = 2025-01-06, value = 1, verified = true"), ["value_lacks"]),
        (table('day = 2025-01-06, value = 1, source = " ", verified = true'), ["value_lacks"]),
        (table('day = 2025-01-06, value = 1, source = "s"'), ["value_lacks"]),
        (table('day = 2025-01-06, source = "s", verified = true'), ["value_lacks"]),
        (table('day = 2025-01-06, value = 1.5, source = "s", verified = true'), ["value_lacks"]),
        (table('day = 2025-01-06, value = true, source = "s", verified = true'), ["value_lacks"]),
        (table('day = 2025-01-06, value = -1, source = "s", verified = true'), ["value_outside"]),
        (table('day = 2025-01-06, value = 10001, source = "s", verified = true'), ["value_outside"]),
        (table(f'day = 2025-01-06, value = {10**30}, source = "s", verified = true', "weekly_maximum"), ["value_outside"]),
        (table('day = 2007-01-01, value = 1, source = "s", verified = true'), ["before_first"]),
        (table(f"{GOOD} }}, {{ {GOOD}"), ["day_twice"]),
        (table(f'{GOOD} }}, {{ day = 2024-01-01, value = 1, source = "s", verified = true'), ["out_of_order"]),
        (table('day = 2025-01-06, value = 180, source = "s", verified = true'), ["nothing_changes"]),
        (table(more="known_until = 2026-01-01"), ["known_until_too_early"]),
        (table(name="nobody") + table(more="sinze = 1").replace("200", "-2"), ["unknown_figure", "unknown_key", "value_outside"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_remedy(text: str, keys: list[str]) -> None:
    if "\udcff" in text:
        with pytest.raises(BadInput) as refusal:
            proposals(b"\xff\xfe\x00", figures(), "change.toml")
        assert [problem.what.key for problem in refusal.value.problems] == ["preview.not_toml"]
    else:
        assert refused(text) == keys


def test_a_misspelt_figure_is_met_with_those_of_nearly_the_same_name() -> None:
    with pytest.raises(BadInput) as refusal:
        read(table(name="suplement_rate"))
    assert "supplement_rate" in str(refusal.value.problems[0].remedy.facts["names"])

"""The engine on a law that no country has: figures by day, policies, missing facts, the recorder and its renderings."""

from __future__ import annotations

import json
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from refusion.law.denmark.rates import WEEKLY_MAXIMUM
from refusion.law.denmark.sickness.benefit import hourly_limit
from refusion.law.engine import parameters, rule
from refusion.law.engine.catalogue import changes, rests_on, rules_of
from refusion.law.engine.explanation import Explanation
from refusion.law.engine.figure import Value
from refusion.law.engine.parameters import Dated, trying
from refusion.law.engine.policies import following
from refusion.law.engine.refusals import MissingFact, NotKnown, needed
from refusion.law.engine.tape import explaining, running
from refusion.law.engine.version import law_version
from refusion.law.engine.words import at_most, either, is_not, monday, month_end, months_on, new_year, portion, weekday, year_of
from refusion.values.period import last_of_month, months_after
from tests.law.engine import middle_earth
from tests.law.engine.middle_earth import SHIRE, journey, may_travel, meal_money

DAY = date(1419, 3, 25).toordinal()
DAYS = some.integers(date(1900, 1, 1).toordinal(), date(2100, 12, 31).toordinal())


@pytest.mark.parametrize(("day", "amount"), [(date(1400, 1, 1), 250), (date(1418, 12, 31), 250), (date(1419, 1, 1), 301)])
def test_a_figure_has_its_value_from_its_day_on(day, amount):
    assert middle_earth.SECOND_BREAKFAST.at(day.toordinal()) == amount
    assert middle_earth.SECOND_BREAKFAST.at(np.array([day.toordinal()])).tolist() == [amount]


@pytest.mark.parametrize("given_day", [date(1399, 12, 31).toordinal(), np.array([DAY, date(1399, 12, 31).toordinal()])])
def test_a_day_before_the_first_value_is_refused(given_day):
    with pytest.raises(NotKnown) as refusal:
        middle_earth.SECOND_BREAKFAST.at(given_day)
    assert refusal.value.because.facts["first_day"] == date(1400, 1, 1)


def test_the_last_value_stands_as_an_estimate_after_it_was_published():
    last, after = date(1420, 12, 31).toordinal(), date(1421, 1, 1).toordinal()
    figure = middle_earth.SECOND_BREAKFAST
    assert [figure.estimated(last), figure.estimated(after)] == [False, True]
    assert figure.estimated(np.array([last, after])).tolist() == [False, True]
    assert figure.at(after) == 301


def test_only_a_figure_that_never_changed_has_one_value():
    assert middle_earth.YEARS_OF_RINGS.ever() == 9
    with pytest.raises(NotKnown):
        middle_earth.SECOND_BREAKFAST.ever()


@pytest.mark.parametrize(
    "since",
    [
        "[]",
        '[{ day = 2020-01-01, value = 1, source = "s" }]',
        "[{ day = 2020-01-01, value = 1, verified = true }]",
        '[{ value = 1, source = "s", verified = true }]',
        '[{ day = 2020-01-01, value = 1.5, source = "s", verified = true }]',
        '[{ day = 2020-01-02, value = 1, source = "s", verified = true }, { day = 2020-01-01, value = 2, source = "s", verified = true }]',
    ],
)
def test_a_figure_without_day_value_source_or_order_is_refused(tmp_path, since):
    (tmp_path / "t.toml").write_text(f'[x]\nsays = "s"\nlaw = "l"\nunit = "ore"\nsince = {since}\n')
    figure = parameters.figures(str(tmp_path / "rules.py"), "t.toml")["x"]
    with pytest.raises(ValueError):
        figure.value_on(DAY)


def test_all_missing_facts_are_named_at_once():
    with pytest.raises(MissingFact) as refusal:
        may_travel(None, 4, None)
    assert refusal.value.names == ("day", "invited")
    with pytest.raises(MissingFact):
        needed({"a": None, "b": 0})
    needed({"b": 0})


def test_a_policy_changes_the_result_and_stands_in_the_explanation():
    assert meal_money(DAY, 4) == 602
    with following(elevenses="double"), explaining() as tape:
        assert meal_money(DAY, 4) == 1204
    assert dict(tape.explanation.policies) == {"elevenses": "double"}
    with following(elevenses="sometimes"), pytest.raises(ValueError):
        meal_money(DAY, 4)


def test_the_tape_holds_rule_place_figures_inputs_steps_and_result():
    with explaining() as tape:
        may_travel(DAY, hobbits=4, invited=True)
    root = tape.explanation
    assert (root.rule, root.citation, root.called, root.result) == ("may_travel", "SHIRE § 3, nr. 4", "may travel", True)
    assert [step.rule for _, step in root.walk()] == ["may_travel", "meal_money"]
    assert [figure.name for figure, _ in root.steps[0].figures] == ["second_breakfast"]
    assert running() is None
    assert not root.unverified


def test_the_three_renderings():
    with explaining() as tape:
        meal_money(date(1418, 6, 1).toordinal(), 3)
    told = tape.explanation.as_json()
    assert json.loads(json.dumps(told)) == told
    assert told["inputs"] == {"day": "1418-06-01", "hobbits": 3}
    assert told["figures"] == [
        {
            "name": "second_breakfast", "value": 250, "unit": "ore", "since": "1400-01-01", "law": "SHIRE § 2",
            "source": "red book", "verified": False, "estimated": False,
        }
    ]  # fmt: skip
    assert (told["unverified"], told["estimated"], told["result"]) == (True, False, 375)
    tree = tape.explanation.as_tree().splitlines()
    assert tree[0] == "meal_money = 3.75  (SHIRE § 2, stk. 1: tuckage)"
    assert "    # second_breakfast = 2.50 since 1400-01-01 [red book], unverified" in [f"  {line}" for line in tree]
    said = tape.explanation.as_said()
    assert said.key == "law.meal_money"
    assert said.facts["result_ore"] == 375
    assert said.facts["day"] == date(1418, 6, 1)


def test_an_account_stands_over_its_rules():
    with explaining() as tape:
        journey(DAY)
    assert tape.explanation.as_json()["inputs"] == {"day": DAY, "hobbits": 4}
    assert [step.rule for step in tape.explanation.steps] == ["meal_money", "back_by"]


def explained_limit(day):
    with explaining() as tape:
        limit = hourly_limit(day)
    return limit, tape.explanation.as_json()


def test_a_rule_of_days_alone_is_told_alike_each_time_and_follows_choices_and_trials(monkeypatch):
    day, other = date(2024, 3, 4).toordinal(), date(2023, 3, 6).toordinal()
    first = explained_limit(day)
    assert explained_limit(day) == first == (hourly_limit(day), explained_limit(day)[1])
    assert [step["rule"] for step in first[1]["steps"]] == ["weekly_maximum", "hourly_maximum"]
    with following(hourly_maximum="exact"):
        assert explained_limit(day)[1]["policies"] == {"hourly_maximum": "exact"}
    dearer = Value(date(2000, 1, 3), 900_000, "a bill", verified=False)
    with trying({WEEKLY_MAXIMUM: Dated("weekly_maximum", {"says": "x", "law": "l", "unit": "ore"}, [dearer])}):
        assert explained_limit(day)[0] == hourly_limit(day) > first[0]
    monkeypatch.setattr(rule, "MOST_KEPT", 1)
    assert [explained_limit(each) for each in (other, day)] == [explained_limit(each) for each in (other, day)]
    assert explained_limit(day) == first


def test_a_refused_rule_leaves_the_tape_in_order():
    with explaining() as tape:
        with pytest.raises(NotKnown):
            journey(1)
        meal_money(DAY, 1)
    assert [step.rule for step in tape.steps] == ["meal_money"]


@given(some.lists(some.tuples(DAYS, some.integers(0, 20), some.booleans()), min_size=1))
def test_one_case_equals_a_row_of_a_batch(rows):
    days, hobbits, invited = (np.array(column) for column in zip(*rows, strict=True))
    with explaining() as batch_tape:
        batch = may_travel(days, hobbits, invited)
    for place, row in enumerate(rows):
        with explaining() as tape:
            assert bool(may_travel(*row)) == bool(batch[place])
        assert batch_tape.explanation.row(place).as_json() == tape.explanation.as_json()


def test_a_whole_batch_cannot_be_explained_at_once():
    with explaining() as tape:
        meal_money(np.array([DAY]), np.array([1]))
    with pytest.raises(TypeError):
        tape.explanation.as_json()


@given(some.lists(DAYS, min_size=1), some.integers(-30, 30))
def test_calendar_words_agree_with_the_calendar(days, months):
    column = np.array(days)
    dates = [date.fromordinal(day) for day in days]
    expected = [months_after(day, months).toordinal() for day in dates]
    assert months_on(column, months).tolist() == expected == [months_on(day, months) for day in days]
    ends = [last_of_month(day).toordinal() for day in dates]
    assert month_end(column).tolist() == ends == [month_end(day) for day in days]
    assert year_of(column).tolist() == [day.year for day in dates] == [year_of(day) for day in days]
    assert weekday(column).tolist() == [day.weekday() for day in dates]
    assert monday(column).tolist() == [(day - timedelta(days=day.weekday())).toordinal() for day in dates]
    assert new_year(year_of(column)).tolist() == [date(day.year, 1, 1).toordinal() for day in dates]


def test_words_of_truth_and_rounding():
    assert [portion(1, 1, 2), portion(3, 1, 2), portion(1, 1, 3), portion(0, 5, 7)] == [1, 2, 0, 0]
    assert portion(np.array([1, 3]), 1, 2).tolist() == [1, 2]
    assert either(False, True)
    assert is_not(np.array([True])).tolist() == [False]
    assert at_most(np.array([1, 5]), 3).tolist() == [1, 3]


def test_citations_sort_and_print():
    places = [SHIRE.section("3"), SHIRE.section("2").subsection(1)]
    assert str(sorted(places, key=str)[0]) == "SHIRE § 2, stk. 1"


def test_a_rule_without_units_is_refused():
    with pytest.raises(TypeError):
        middle_earth.rule(SHIRE.section("9"), called="x", gives=middle_earth.ORE)(lambda day: day)


def test_the_catalogue_shows_what_a_rule_rests_on_and_what_changes():
    assert list(rules_of([middle_earth])) == [f"tests.law.engine.middle_earth.{n}" for n in ("meal_money", "may_travel", "back_by")]
    foundation = rests_on(may_travel)
    assert [rule.name for rule in foundation.rules] == ["meal_money"]
    assert [figure.name for figure in foundation.figures] == ["years_of_rings"]
    assert [policy.name for policy in rests_on(meal_money).policies] == ["elevenses"]
    figures = middle_earth.FIGURES.values()
    (change,) = changes(figures, date(1418, 1, 1), date(1430, 1, 1))
    assert (change.before.amount, change.after.amount, change.estimated) == (250, 301, True)
    assert len(list(changes(figures, date(1399, 1, 1), date(1400, 1, 1)))) == 2


def test_the_version_of_the_law_is_a_hash():
    assert len(law_version()) == 16
    assert int(law_version(), 16) >= 0
    assert isinstance(Explanation, type)

"""Where sources of Norwegian law disagree: each choice has a default, rows for every option, and a name in the explanation."""

from __future__ import annotations

import json
from datetime import date
from functools import cache

import pytest

from refusion.law.engine.check import check
from refusion.law.engine.policies import Policy, following
from refusion.law.engine.tape import explaining
from refusion.law.engine.worked import WHOLE
from refusion.law.norway import choices
from refusion.law.norway.base_amount import base_amount_in_effect
from refusion.law.norway.deadline import in_time
from refusion.law.norway.holiday_pay import is_holiday_age_disputed, is_of_holiday_age, parental_holiday_rate
from refusion.law.norway.parental.basis import is_basis_from_weeks
from refusion.law.norway.parental.quotas import Child, quotas
from refusion.values.period import Period
from tests.law.test_worked_examples import RULES, examples, readable, value

POLICIES = {policy.name: policy for policy in vars(choices).values() if isinstance(policy, Policy)}
SUMMER = date(2025, 7, 1).toordinal()
SEPTEMBER = date(1966, 9, 1).toordinal()
NOVEMBER = [Period(date(2020, 11, 23), date(2020, 11, 27))]
# What each policy decides, and its answer by option: the sources disagree, so the answers do.
DECIDES = {
    "profile": (lambda: int(parental_holiday_rate(1)), {"law": 10_20, "uio": 12_50}),
    "holiday_age": (lambda: bool(is_of_holiday_age(SEPTEMBER, SUMMER)), {"before_september": False, "year_end": True}),
    "quota_history": (
        lambda: quotas(Child(date(2018, 6, 30), True, "BEGGE_RETT", 1, True))["MODREKVOTE"],
        {"nav_configuration": 75, "history": 50},
    ),
    "extended_deadline": (
        lambda: in_time(NOVEMBER, date(2021, 5, 5)).granted_from,
        {"receipt": None, "absence": date(2020, 11, 23)},
    ),
}


def followed(tape) -> dict[str, str]:
    return dict(pair for step in tape.steps for _, below in step.walk() for pair in below.policies)


@pytest.mark.parametrize("name", POLICIES)
def test_each_option_gives_its_own_answer_and_the_explanation_names_it(name):
    decides, answers = DECIDES[name]
    assert set(answers) == set(POLICIES[name].options)
    for option, answer in answers.items():
        with following(**{name: option}), explaining() as tape:
            assert decides() == answer
        assert followed(tape)[name] == option
        assert f"? {name} = {option}" in "\n".join(step.as_tree() for step in tape.steps)
        assert f'"{name}": "{option}"' in json.dumps([step.as_json() for step in tape.steps])


@pytest.mark.parametrize("name", POLICIES)
def test_the_default_is_the_first_option_and_is_followed_unasked(name):
    policy = POLICIES[name]
    assert policy.default == policy.options[0]
    assert policy.why.endswith(".")
    decides, answers = DECIDES[name]
    with explaining() as tape:
        assert decides() == answers[policy.default]
    assert followed(tape)[name] == policy.default


@cache
def options_of_rows() -> set[tuple[str, str]]:
    """Evaluate the rows of the Norwegian pages and note every option that one of them follows."""
    found: set[tuple[str, str]] = set()
    chosen = Policy.chosen

    def noted(self: Policy) -> str:
        option = chosen(self)
        found.add((self.name, option))
        return option

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Policy, "chosen", noted)
        for example in examples():
            row = example.values[0]
            if row["rule"].startswith("NO-"):
                inputs = {name: value(cell) for name, cell in list(row.items())[2:-1] if cell and not name.startswith("=")}
                answer, how = next(iter(RULES[row["rule"]].answers.items()))
                asked = readable(how)
                expected = asked if answer == WHOLE else {answer: asked}
                list(check([json.dumps({"id": "x", "rule": row["rule"], "inputs": inputs, "expected": expected, "source": "x"})], RULES))
    return found


@pytest.mark.parametrize("name", POLICIES)
def test_every_option_has_a_row(name):
    assert {(name, option) for option in POLICIES[name].options} <= options_of_rows()


def test_the_two_dates_of_a_base_amount_are_told_apart():
    day, before, effect = (date(2020, *rest).toordinal() for rest in ((5, 1), (9, 20), (9, 21)))
    with explaining() as tape:
        assert (base_amount_in_effect(day, before), base_amount_in_effect(day, effect)) == (99_858_00, 101_351_00)
    assert [step.figures[0][0].name for step in tape.steps] == ["last_adjusted_day", "last_adjusted_day"]


def test_an_age_on_which_the_sources_disagree_is_flagged():
    assert [bool(is_holiday_age_disputed(date(1966, *day).toordinal(), SUMMER)) for day in ((8, 31), (9, 1), (12, 31))] == [
        False,
        True,
        True,
    ]


def test_the_older_text_of_an_institution_is_followed_for_every_start():
    later = date(2026, 6, 1).toordinal()
    with following(profile="uio"):
        assert is_basis_from_weeks(later)
    assert not is_basis_from_weeks(later)

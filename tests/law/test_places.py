"""A place in the law that nobody read says so wherever it is shown, and a rule can be asked by its own name."""

from __future__ import annotations

import json
from datetime import date

import pytest

from refusion.law.denmark.self_employed.follow_up import complaint_in_time, first_follow_up_last_day
from refusion.law.denmark.statutes import SDL
from refusion.law.engine.check import Malformed, Passed, check
from refusion.law.engine.tape import explaining
from refusion.wiring.rulebook import rulebook, rules

# Read in full or cited by a text that was read; see docs/law/denmark/places.md.
READ = (
    "SDL § 40", "SDL § 46", "SDL § 47", "SDL § 53", "SDL § 54", "SDL § 59", "SDL § 13 b", "SDL § 21",
    "BL § 8", "BL § 13", "BL § 14", "BL § 21 b", "BL § 21 c", "LAB § 68", "LAS § 69 j",
)  # fmt: skip


def asked(rule, inputs, result):
    case = {"id": "asked", "rule": rule, "inputs": inputs, "expected": {"result": result}, "source": "a test"}
    (outcome,) = check([json.dumps(case)], rulebook())
    return outcome


def test_an_unread_place_is_marked_in_the_tree_and_in_the_json():
    with explaining() as tape:
        complaint_in_time(date(2022, 6, 1), date(2022, 6, 2))
    told = tape.explanation.as_json()
    assert told["citation"] == "SDL § 77"
    assert "not read" in told["citation_unverified"]
    assert told["citation_unverified"] in tape.explanation.as_tree()


def test_a_place_that_was_read_has_no_mark():
    with explaining() as tape:
        first_follow_up_last_day(date(2022, 6, 1).toordinal())
    told = tape.explanation.as_json()
    assert told["citation"] == "SDL § 13 b, stk. 1"
    assert "citation_unverified" not in told


def test_doubt_keeps_the_place_itself():
    assert str(SDL.section("77").not_verified("why")) == str(SDL.section("77"))
    assert SDL.section("77").subsection(1).unverified == ""


@pytest.mark.parametrize("place", READ)
def test_a_place_that_was_read_is_cited_without_a_mark(place):
    cited = [rule.citation for rule in rules().values() if str(rule.citation) == place or str(rule.citation).startswith(f"{place},")]
    assert [citation for citation in cited if not citation.unverified]
    assert {citation.stk for citation in cited if citation.unverified} <= {3}


@pytest.mark.parametrize("place", ["SDL § 12", "SDL § 13", "LAB § 70", "LAB § 72", "LAS § 68", "LAS § 68 a", "BL § 21 a"])
def test_a_place_that_says_something_else_is_not_cited(place):
    assert not [rule.name for rule in rules().values() if str(rule.citation) == place or str(rule.citation).startswith(f"{place},")]


def test_a_rule_is_asked_with_its_own_inputs():
    assert asked("fleksjob_refund", {"base_ore": 100, "share": 50}, 50) == Passed("asked")
    assert asked("is_week_of_leave", {"worked_hours": 36.5, "weekly_hours": 37}, True) == Passed("asked")
    assert asked("postponed_last_day", {"born_on": "2023-03-01"}, "2032-02-29") == Passed("asked")


def test_a_rule_asked_with_too_little_names_all_that_is_missing():
    outcome = asked("is_week_of_leave", {}, True)
    assert isinstance(outcome, Malformed)
    assert outcome.because.facts["names"] == "worked_hours, weekly_hours"


@pytest.mark.parametrize(
    ("rule", "inputs"),
    [
        ("wage_subsidy_limit", {"year_wage_cost_ore": -1, "special": False}),
        ("wage_subsidy_limit", {"year_wage_cost_ore": 1, "special": "no"}),
        ("weekly_maximum", {"monday": "2026-13-01"}),
        ("weekly_maximum", {"monday": "2026-01-05", "tuesday": "2026-01-06"}),
        ("child_care_days_left", {"days_used": 1.5}),
    ],
)
def test_a_rule_asked_with_what_cannot_be_is_refused(rule, inputs):
    assert isinstance(asked(rule, inputs, 1), Malformed)

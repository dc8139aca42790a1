"""However often run, database server and twin are killed, the finished books are those of an undisturbed run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from refusion.rehearsal.profiles import BAKKEN, FJORDBY, small_plan
from tests.story.disturbed import Played, folder, planned, play

NOTHING_WRONG = {
    "filed_late": 0,
    "lost_ore": 0,
    "double_filings": 0,
    "amounts_not_as_due": 0,
    "ledger_balanced": True,
    "audit_trail_whole": True,
    "attempts_without_outcome": 0,
}


@pytest.fixture(scope="module")
def undisturbed() -> Iterator[Played]:
    with folder() as where:
        yield play(where, [], REFUSION_DEMO_SIZE="small")


def assert_same(played: Played, undisturbed: Played) -> None:
    assert played.books == undisturbed.books
    assert {name: played.outcome[name] for name in NOTHING_WRONG} == NOTHING_WRONG
    assert played.outcome == undisturbed.outcome | {"open_tasks": played.outcome["open_tasks"]}
    assert all(set(kept.values()) <= {0, None} for kept in played.promises.values())
    for error in played.errors:
        assert "Traceback" not in error


@pytest.mark.slow
def test_nothing_is_late_lost_or_double_though_answers_are_dropped(undisturbed: Played) -> None:
    assert {name: undisturbed.outcome[name] for name in NOTHING_WRONG} == NOTHING_WRONG
    assert undisturbed.outcome["claims_filed"] > 20
    assert undisturbed.outcome["unavoidable_lost_ore"] > 0
    assert undisturbed.outcome["received_ore"] > 0
    assert undisturbed.outcome["overclaimed_days"] == 0
    assert undisturbed.errors == []


@pytest.mark.slow
def test_six_kills_of_a_small_demo_leave_the_same_books(undisturbed: Played) -> None:
    plan = small_plan()
    with folder() as where:
        kills = planned(6, 6, plan.first, plan.last)
        played = play(where, kills, REFUSION_DEMO_SIZE="small")
    assert played.met == kills
    assert sum(kill.target != "twin" for kill in kills) == len(played.errors)
    assert_same(played, undisturbed)


@pytest.mark.chaos
def test_twenty_kills_of_the_demo_leave_the_same_books() -> None:
    with folder() as where:
        alone = play(where, [])
    with folder() as where:
        kills = planned(20, 20, FJORDBY.first, FJORDBY.last)
        played = play(where, kills)
    assert played.met == kills
    assert played.outcome["employees"] == FJORDBY.employees + BAKKEN.employees
    assert_same(played, alone)

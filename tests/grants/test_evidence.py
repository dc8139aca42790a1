"""Conditions: what is lacking, what is late, who decides, and that every state meets every event or refuses it."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from refusion.grants.evidence import MOVES, Decision, Event, Report, State, assess, last_day, next_state
from refusion.grants.policies import choosing
from refusion.law.engine.refusals import NotAnswered

LAST = date(2013, 8, 30)
ALL_1 = {f"C1-{number}": f"doc-{number}" for number in range(1, 8)}


@pytest.mark.parametrize(
    ("pot", "day"),
    [
        ("condition_1", LAST), ("condition_2", LAST), ("condition_3", LAST),
        ("condition_5_plan", date(2013, 10, 31)), ("condition_5_premium", date(2013, 12, 31)),
    ],
)  # fmt: skip
def test_last_days(se_2013, pot, day):
    assert last_day(se_2013, pot) == day


def test_a_pot_without_a_last_day_is_refused(se_2013):
    with pytest.raises(NotAnswered):
        last_day(se_2013, "variable")


@pytest.mark.parametrize(("day", "fulfilled"), [(LAST, True), (date(2013, 8, 31), False), (None, False)])
def test_the_last_day_and_the_day_after(se_2013, day, fulfilled):
    assert assess(se_2013, Report("01", "condition_1", day, ALL_1)).fulfilled is fulfilled


def test_an_exception_is_noted_and_grace_is_a_choice(se_2013):
    late = Report("01", "condition_1", date(2013, 9, 2), ALL_1, grace_days=3)
    assert not assess(se_2013, late).fulfilled
    with choosing({"late_report": "grace_days"}):
        assert assess(se_2013, late).fulfilled
    excused = assess(se_2013, Report("01", "condition_1", date(2013, 9, 2), ALL_1, exception="flooded archive"))
    assert excused.fulfilled
    assert excused.notes[0].key == "grants.exception_recorded"


@pytest.mark.parametrize("check", [f"C1-{number}" for number in range(1, 7)])
def test_each_check_is_needed(se_2013, check):
    verdict = assess(se_2013, Report("01", "condition_1", LAST, {**ALL_1, check: " "}))
    assert not verdict.fulfilled
    assert [lacking.id for lacking in verdict.lacking] == [check]


def test_integration_is_hard_or_soft(se_2013):
    without = {name: evidence for name, evidence in ALL_1.items() if name != "C1-6"}
    report = Report("01", "condition_1", LAST, without)
    assert not assess(se_2013, report).fulfilled
    with choosing({"integration_check": "soft"}):
        verdict = assess(se_2013, report)
    assert verdict.fulfilled
    assert verdict.notes
    assert verdict.followed == {"late_report": "not_fulfilled", "integration_check": "soft"}


def test_all_34_checks_and_14_deadlines_are_there(se_2013):
    assert (len(se_2013.checks), len(se_2013.deadlines)) == (34, 14)
    assert len({check.id for check in se_2013.checks}) == 34


@pytest.mark.parametrize(("state", "event"), list(product(State, Event)))
def test_every_state_meets_every_event_or_refuses_it(state, event):
    if (state, event) in MOVES:
        assert next_state(state, event) is MOVES[state, event]
    else:
        with pytest.raises(NotAnswered) as refused:
            next_state(state, event)
        assert refused.value.because.facts == {"state": state.value, "event": event.value}


def test_no_money_without_a_decision():
    before_money = {state for (state, event), after in MOVES.items() if after is State.PAYABLE}
    assert before_money == {State.FULFILLED}
    assert {(event, after) for (state, event), after in MOVES.items() if state is State.NOT_FULFILLED} == {(Event.REOPENED, State.UNDER_REVIEW)}
    assert {state for state, event in MOVES if event is Event.REPORTED} == {State.EXPECTED, State.COMPLETION_REQUESTED}


DECIDED = {"county": "01", "pot": "condition_2", "fulfilled": True, "decider": "FK", "day": date(2013, 11, 1), "reason": "complete", "evidence": ("d",), "must_consult": "Socialstyrelsen"}


def test_a_decision_needs_reason_evidence_and_consultation():
    assert Decision(**DECIDED, consulted="Socialstyrelsen").fulfilled
    for lacking in ({"consulted": ""}, {"reason": " "}, {"decider": ""}, {"evidence": ()}):
        with pytest.raises(NotAnswered):
            Decision(**{**DECIDED, "consulted": "Socialstyrelsen", **lacking})
    assert not Decision(**{**DECIDED, "fulfilled": False, "evidence": ()}, consulted="Socialstyrelsen").fulfilled

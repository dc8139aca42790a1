"""The life of a stopped payment: every cell is written, every state that waits has an owner, every path ends."""

from __future__ import annotations

from itertools import product

import pytest

from refusion.salary_guard.resolving.states import FINISHED, FIRST, MOVES, PLACE_OF, REFUSALS, WAITS, Event, State, move, moved
from refusion.values.said import Refused, Said


@pytest.mark.parametrize(("state", "event"), list(product(State, Event)))
def test_every_cell_is_a_move_or_a_reason(state, event):
    assert ((state, event) in MOVES) is not ((state, event) in REFUSALS)
    after = move(state, event)
    if isinstance(after, Said):
        assert after.facts == {"state": state.value, "event": event.value}
        with pytest.raises(Refused):
            moved(state, event)
    else:
        assert moved(state, event) is after


def test_every_state_waits_for_somebody_or_is_finished():
    assert set(WAITS) | FINISHED == set(State)
    assert not set(WAITS) & FINISHED
    assert set(PLACE_OF) == set(State)


def test_every_state_is_reached_and_leads_to_an_end():
    reached, before = set(FIRST), set()
    while reached != before:
        before = set(reached)
        reached |= {after for (state, _), after in MOVES.items() if state in before}
    assert reached == set(State)
    ending, before = set(FINISHED), set()
    while ending != before:
        before = set(ending)
        ending |= {state for (state, _), after in MOVES.items() if after in before}
    assert ending == set(State)


def test_no_money_goes_by_hand_without_a_second_person():
    for (state, event), after in MOVES.items():
        if event is Event.PAID_OUT:
            assert [come for (come, why), there in MOVES.items() if there is state and why is not Event.APPROVED] == []
        if after is State.WRITTEN_OFF:
            assert event is Event.APPROVED

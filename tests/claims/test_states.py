"""Claims and reports: every state meets every event with a move or a refusal in words."""

from itertools import product

import pytest

from refusion.claims import filing, states
from refusion.claims.facts import State
from refusion.values.said import Said


@pytest.mark.parametrize(("state", "event"), list(product(State, states.Event)))
def test_every_cell_of_a_claim_is_written_once(state: State, event: states.Event) -> None:
    assert ((state, event) in states.MOVES) != ((state, event) in states.REFUSALS)
    assert isinstance(states.move(state, event), State | Said)


@pytest.mark.parametrize(("state", "event"), list(product(filing.State, filing.Event)))
def test_every_cell_of_a_report_is_written_once(state: filing.State, event: filing.Event) -> None:
    assert ((state, event) in filing.MOVES) != ((state, event) in filing.REFUSALS)


def test_a_report_of_unknown_outcome_is_never_sent_before_it_was_twice_not_found() -> None:
    ways_back = {event for (state, event), to in filing.MOVES.items() if state is filing.State.UNKNOWN and to is filing.State.INTENDED}
    assert ways_back == {filing.Event.NOT_FOUND_TWICE}
    assert {state for (state, event), to in filing.MOVES.items() if to is filing.State.SENDING} == {filing.State.INTENDED}


def test_every_claim_state_is_reached() -> None:
    assert set(states.MOVES.values()) | {State.DRAFTED} == set(State)

"""Every state of a Norwegian case meets every event: a move or a refusal with a sentence, never a silent cell."""

from itertools import product

import pytest

from refusion.cases.nav_case import CLOSED, MOVES, REFUSALS, WAITS, Effect, Event, Moved, State, move
from refusion.values.said import Said


@pytest.mark.parametrize(("state", "event"), list(product(State, Event)))
def test_every_cell_is_written_once(state: State, event: Event) -> None:
    assert ((state, event) in MOVES) != ((state, event) in REFUSALS)
    assert isinstance(move(state, event), Moved | Said)


def test_every_waiting_state_says_for_whom_and_what_rescues_it() -> None:
    assert set(State) == set(WAITS) | CLOSED
    assert all(waits.on and waits.rescue for waits in WAITS.values())


def test_every_state_and_effect_is_reached() -> None:
    assert {moved.state for moved in MOVES.values()} == set(State)
    assert {effect for moved in MOVES.values() for effect in moved.effects} == set(Effect)


@pytest.mark.parametrize("state", sorted(CLOSED))
def test_a_closed_case_opens_again_when_payroll_changes_the_leave(state: State) -> None:
    moved = move(state, Event.CHANGED)
    assert isinstance(moved, Moved)
    assert moved.state not in CLOSED

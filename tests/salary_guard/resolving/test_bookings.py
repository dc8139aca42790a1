"""Every krone of a payment stands in exactly one place, after each step of whatever may happen to it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import product
from uuid import UUID

import pytest
from hypothesis import assume, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from refusion.ledger.balances import balances, imbalance
from refusion.ledger.transaction import Cause
from refusion.salary_guard.resolving.bookings import ENTRIES, Purpose, book, book_run, default_chart, places
from refusion.salary_guard.resolving.states import FINISHED, MOVES, PLACE_OF, Event, Place, State, moved
from refusion.values.said import Refused

HOUSE, PAYMENT = UUID(int=1), UUID(int=2)
CHART = default_chart()
NOW = datetime(2024, 9, 30, 8, tzinfo=UTC)


def cause(key: object, payment: UUID = PAYMENT) -> Cause:
    return Cause(HOUSE, payment, str(key), date(2024, 9, 30), NOW)


PAYMENTS = some.lists(some.tuples(some.integers(1, 10_000_000), some.booleans()), min_size=1, max_size=3)


class EveryKrone(RuleBasedStateMachine):
    """Runs of payments, and all that may happen to each of them, in any order."""

    def __init__(self):
        super().__init__()
        self.cases, self.booked, self.step = {}, [], 0

    @initialize(nets=PAYMENTS)
    def a_run(self, nets):
        self.another_run(nets)

    @rule(nets=PAYMENTS)
    def another_run(self, nets):
        for number, (net, is_stopped) in enumerate(nets, 10 + len(self.cases)):
            payment = UUID(int=number)
            self.booked += book_run(CHART, cause("run", payment), 0 if is_stopped else net, net if is_stopped else 0)
            self.cases[payment] = [State.STOPPED if is_stopped else State.SENT, net, net]

    def may(self, payment):
        return sorted(event for state, event in MOVES if state is self.cases[payment][0])

    @precondition(lambda self: any(state not in FINISHED for state, *_ in self.cases.values()))
    @rule(choice=some.data())
    def something_happens(self, choice):
        payment = choice.draw(some.sampled_from(sorted(self.cases)))
        possible = self.may(payment)
        assume(possible)
        event = choice.draw(some.sampled_from(possible))
        state, net, left = self.cases[payment]
        amount = net
        if event is Event.REPAID_IN_PART:
            assume(left > 1)
            amount = choice.draw(some.integers(1, left - 1))
            self.cases[payment][2] -= amount
        if event is Event.REPAID:
            self.cases[payment][2] = 0
        self.step += 1
        posted = book(CHART, cause(self.step, payment), (state, event), amount, self.booked)
        assert (posted is None) is ((state, event) not in ENTRIES)
        self.booked += [] if posted is None else [posted]
        self.cases[payment][0] = moved(state, event)

    @invariant()
    def the_books_balance(self):
        assert imbalance(self.booked) == 0

    @invariant()
    def every_krone_is_in_exactly_one_place(self):
        sums = balances(self.booked)
        for payment, (state, net, left) in self.cases.items():
            there = places(CHART, payment, self.booked)
            assert sum(there.values()) == sums.get((CHART.number(Purpose.PAY), payment), 0)
            assert there == expected(state, net, left)

    @invariant()
    def nothing_waits_where_a_case_is_finished(self):
        for payment, (state, *_) in self.cases.items():
            there = places(CHART, payment, self.booked)
            if state in FINISHED:
                assert there[Place.HELD] == there[Place.TO_SETTLE] == 0


def expected(state: State, net: int, left: int) -> dict[Place, int]:
    """Where the money must stand, said once more and without the postings."""
    nothing = dict.fromkeys((Place.FILE, Place.HELD, Place.TO_SETTLE, Place.BY_HAND), 0)
    came_back = net - left
    match state:
        case State.REPOSTING:
            return {**nothing, Place.HELD: net, Place.TO_SETTLE: -net}
        case State.MONEY_AWAITED:
            return {**nothing, Place.FILE: net, Place.TO_SETTLE: -net}
        case State.OWED_BACK | State.WRITE_OFF_PROPOSED:
            return {**nothing, Place.FILE: net, Place.TO_SETTLE: -left, Place.BY_HAND: -came_back}
        case State.WRITTEN_OFF:
            return {**nothing, Place.FILE: net, Place.BY_HAND: -came_back}
        case State.CLEARED:
            # What a person repaid went through the bank, and is counted there against what the file paid.
            return nothing if left else {**nothing, Place.FILE: net, Place.BY_HAND: -net}
    return {**nothing, PLACE_OF[state]: net}


TestEveryKrone = pytest.mark.slow(EveryKrone.TestCase)
TestEveryKrone.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)


def lived(first: State, *events: Event, net: int = 85_000_00):
    """Let a payment meet events, and give its state and its books."""
    booked = list(book_run(CHART, cause("run"), net if first is State.SENT else 0, net if first is State.STOPPED else 0))
    state = first
    for event in events:
        posted = book(CHART, cause(event), (state, event), net, booked)
        booked += [] if posted is None else [posted]
        state = moved(state, event)
    return state, booked


def test_right_is_paid_by_hand_and_clears_95_11():
    state, booked = lived(State.STOPPED, Event.FOUND_RIGHT, Event.APPROVED, Event.PAID_OUT)
    assert state is State.PAID_BY_HAND
    assert ("95.11", PAYMENT) not in balances(booked)
    assert places(CHART, PAYMENT, booked)[Place.BY_HAND] == 85_000_00


def test_wrong_ends_with_95_11_and_61_50_at_zero():
    state, booked = lived(State.STOPPED, Event.FOUND_WRONG, Event.APPROVED, Event.REPORTED_2913)
    assert balances(booked) == {("95.11", PAYMENT): -85_000_00, ("61.50", PAYMENT): 85_000_00}
    state, booked = lived(State.STOPPED, Event.FOUND_WRONG, Event.APPROVED, Event.REPORTED_2913, Event.REPOSTED)
    assert state is State.CLEARED
    assert balances(booked) == {}


@pytest.mark.parametrize("events", [(Event.MONEY_RETURNED, Event.REPORTED_2913), (Event.REPORTED_2913, Event.MONEY_RETURNED)])
def test_after_a_manual_stop_the_returned_money_clears_61_50(events):
    state, booked = lived(State.SENT, Event.STOP_ORDERED, Event.BANK_STOPPED, *events)
    assert state is State.CLEARED
    assert balances(booked) == {}


@pytest.mark.parametrize("answer", [Event.BANK_TOO_LATE, Event.BANK_HAD_PAID])
def test_too_late_becomes_a_repayment(answer):
    state, booked = lived(State.SENT, Event.STOP_ORDERED, answer, Event.REPORTED_2913)
    assert state is State.OWED_BACK
    assert balances(booked)["61.50", PAYMENT] == 85_000_00
    state, booked = lived(State.SENT, Event.STOP_ORDERED, answer, Event.REPORTED_2913, Event.REPAID)
    assert (state, balances(booked).get(("61.50", PAYMENT), 0)) == (State.CLEARED, 0)


def test_a_manual_payment_is_exactly_the_stopped_amount():
    _, booked = lived(State.STOPPED, Event.FOUND_RIGHT, Event.APPROVED)
    for amount in (84_999_99, 85_000_01):
        with pytest.raises(Refused) as refused:
            book(CHART, cause("pay"), (State.PAYING, Event.PAID_OUT), amount, booked)
        assert refused.value.because.key == "guard.not_exactly_held"


@pytest.mark.parametrize("amount", [0, -1, 85_000_00, 90_000_00])
def test_a_part_is_a_part(amount):
    _, booked = lived(State.SENT, Event.STOP_ORDERED, Event.BANK_TOO_LATE, Event.REPORTED_2913)
    with pytest.raises(Refused):
        book(CHART, cause("part"), (State.OWED_BACK, Event.REPAID_IN_PART), amount, booked)


def test_entries_belong_to_moves_and_the_other_moves_post_nothing():
    assert set(ENTRIES) <= set(MOVES)
    for step in set(product(State, Event)) - set(ENTRIES):
        assert book(CHART, cause("none"), step, 1) is None


def test_the_chart_can_be_replaced_but_not_mixed_up():
    assert CHART.number(Purpose.HELD) == "95.11"
    assert CHART.with_numbers({"bank": "63.10"}).number(Purpose.BANK) == "63.10"
    with pytest.raises(ValueError, match="of their own"):
        CHART.with_numbers({"held": "61.50"})
    with pytest.raises(ValueError, match="nowhere"):
        CHART.with_numbers({"nowhere": "1"})
    with pytest.raises(ValueError, match="below zero"):
        book_run(CHART, cause("run"), -1, 0)


def test_a_held_part_stands_on_95_11_and_the_rest_in_the_file():
    there = places(CHART, PAYMENT, book_run(CHART, cause("run"), 20_000_00, 3_000_00))
    assert (there[Place.FILE], there[Place.HELD]) == (20_000_00, 3_000_00)

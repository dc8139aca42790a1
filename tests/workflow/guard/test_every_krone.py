"""Whatever people, the bank and the calendar do about the payments of runs, every krone stands in exactly one place in the database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any

from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from refusion.salary_guard.resolving.bookings import places_on
from refusion.salary_guard.resolving.states import MOVES, Event, State
from refusion.values.said import Refused
from refusion.workflow.guard.step import chart_of
from refusion.workflow.ports.guard.facts import Paid
from refusion.workflow.ports.institution import HOUSE, Actor
from tests.adapters.bank.payments.test_status import batch, group, payment, report
from tests.salary_guard.resolving.test_bookings import expected
from tests.workflow.guard.conftest import ACCOUNTANT, APPROVER, CODE, OFFICER, Guarding, row

NETS = some.lists(some.integers(1, 14_000_000), min_size=1, max_size=3)
RUNS = count(1)
MOST_STATES = 11
BOTH = Actor("Olga", frozenset({"payroll_officer", "approver"}))
"""Somebody who holds both roles by mistake: what she proposed she still does not approve."""
REASONED = {
    Event.FOUND_RIGHT: "find_right", Event.FOUND_WRONG: "find_wrong", Event.WRITE_OFF_ASKED: "ask_write_off_pay",
    Event.HELD_BACK: "hold_payment",
}  # fmt: skip
DECIDED = {Event.APPROVED: "approve_stopped", Event.TURNED_DOWN: "decline_stopped"}
ANSWERED = {Event.BANK_STOPPED: "stopped", Event.BANK_TOO_LATE: "too_late", Event.BANK_HAD_PAID: "already_paid"}


class EveryKrone(RuleBasedStateMachine):
    """Runs taken in, written, answered; payments resolved by people in any order, rightly and wrongly."""

    guarding: Guarding
    reached: set[State]

    def __init__(self) -> None:
        super().__init__()
        self.runs: list[int] = []
        self.repaid: dict[int, int] = {}
        self.guarding.clock.day = date(2025, 6, 20)

    @initialize(nets=NETS, day=some.sampled_from((None, 26, 27, 30)))
    def a_run(self, nets: list[int], day: int | None) -> None:
        self.another_run(nets)
        if day is not None:
            self.tried(lambda: self.guarding.write(self.runs[0], f"first-{next(RUNS)}.xml"))
            self.days_pass(day)

    @rule(nets=NETS)
    def another_run(self, nets: list[int]) -> None:
        name = f"R{next(RUNS)}"
        assume(self.guarding.clock.day <= date(2025, 6, 30))
        rows = [row(f"{name}-{place}", place, f"{net // 100}.{net % 100:02d}") for place, net in enumerate(nets)]
        taken = self.guarding.take(*rows, name=name)
        assert taken.run.goes + taken.run.held == taken.run.total == sum(nets)
        assert self.guarding.take(*rows, name=name).again
        self.runs.append(taken.run.number or 0)

    @rule(day=some.integers(20, 30))
    def days_pass(self, day: int) -> None:
        self.guarding.clock.day = max(self.guarding.clock.day, date(2025, 6, day))

    @rule(choice=some.data())
    def the_file_is_written(self, choice: Any) -> None:
        number = choice.draw(some.sampled_from(self.runs))
        self.tried(lambda: self.guarding.write(number, f"{number}-{next(RUNS)}.xml"))

    @rule(choice=some.data())
    def the_bank_rejects(self, choice: Any) -> None:
        paid = choice.draw(some.sampled_from(self.payments()))
        message = f"{self.name_of(paid)}-001"
        raw = report(group("PART", message) + batch(payment(paid.payment, "RJCT"), of=message))
        self.guarding.house.absorb_payment_status(OFFICER, CODE, "status.xml", raw)

    @rule(choice=some.data(), times=some.integers(1, 6))
    def something_happens(self, choice: Any, times: int) -> None:
        number = choice.draw(some.sampled_from(self.payments())).number
        for _ in range(times):
            paid = next(one for one in self.payments() if one.number == number)
            possible = sorted({event for state, event in MOVES if state is paid.state} - {Event.VALUE_DATE_PASSED, Event.BANK_REJECTED})
            if possible:
                self.happens(paid, choice.draw(some.sampled_from(possible)), choice.draw(some.integers(1, 20_000_000)))
                self.every_krone_is_in_exactly_one_place()

    def happens(self, paid: Paid, event: Event, wanted: int) -> None:
        """Let an event come about; what an employee repays in part is less than is left."""
        left = paid.amount - self.repaid.get(paid.number, 0)
        amount = wanted % left if left > 1 and wanted % left else 1
        if not self.tried(self.act(paid, event, amount)):
            return
        if event is Event.REPAID_IN_PART:
            self.repaid[paid.number] = self.repaid.get(paid.number, 0) + amount
        elif event is Event.REPAID:
            self.repaid[paid.number] = paid.amount

    @rule(choice=some.data())
    def nobody_approves_his_own(self, choice: Any) -> None:
        paid = choice.draw(some.sampled_from(self.payments()))
        assert not self.tried(lambda: self.guarding.house.approve_stopped(BOTH, CODE, paid.number))

    @rule(choice=some.data(), event=some.sampled_from(sorted(Event)))
    def what_cannot_be_changes_nothing(self, choice: Any, event: Event) -> None:
        paid = choice.draw(some.sampled_from(self.payments()))
        assume((paid.state, event) not in MOVES and paid.value_date > self.guarding.clock.day)
        assert not self.tried(self.act(paid, event, 1))

    def act(self, paid: Paid, event: Event, amount: int) -> Callable[[], object]:
        """Give the verb by which an event comes about."""
        house, number = self.guarding.house, paid.number
        if event in REASONED:
            return lambda: getattr(house, REASONED[event])(BOTH, CODE, number, "because")
        if event in DECIDED:
            return lambda: getattr(house, DECIDED[event])(APPROVER, CODE, number)
        if event in ANSWERED:
            return lambda: house.answer_stop(OFFICER, CODE, number, ANSWERED[event])
        if event is Event.REPORTED_2913:
            return lambda: house.report_2913(OFFICER, CODE, number)
        if event is Event.STOP_ORDERED:
            return lambda: house.order_stop(OFFICER, CODE, number, channel="bank", reason="wrong")
        part = amount if event is Event.REPAID_IN_PART else None
        return lambda: house.follow_stopped(ACCOUNTANT, CODE, number, event, amount=part)

    def tried(self, act: Callable[[], object]) -> bool:
        """Do it and tell whether it was done; what is refused changes nothing."""
        before = self.all_of_it()
        try:
            act()
        except Refused:
            assert self.all_of_it() == before
            return False
        return True

    def payments(self) -> list[Paid]:
        with self.guarding.peek(CODE, HOUSE) as tx:
            runs = [tx.guard.run(number) for number in self.runs]
            return [paid for run in runs for in_file in (True, False) for paid in tx.guard.payments_of(run.id, in_file=in_file)]

    def name_of(self, paid: Paid) -> str:
        with self.guarding.peek(CODE, HOUSE) as tx:
            return tx.guard.run(paid.run_number).name

    def all_of_it(self) -> list[tuple[State, int, dict[str, int]]]:
        with self.guarding.peek(CODE, HOUSE) as tx:
            return [(paid.state, paid.steps, dict(tx.guard.standing(paid.id))) for paid in self.payments_in(tx)]

    def payments_in(self, tx: Any) -> list[Paid]:
        runs = [tx.guard.run(number) for number in self.runs]
        return [paid for run in runs for in_file in (True, False) for paid in tx.guard.payments_of(run.id, in_file=in_file)]

    @invariant()
    def every_krone_is_in_exactly_one_place(self) -> None:
        with self.guarding.peek(CODE, HOUSE) as tx:
            assert tx.ledger.imbalance() == 0
            for paid in self.payments_in(tx):
                self.reached.add(paid.state)
                there = places_on(chart_of({}), tx.guard.standing(paid.id))
                assert there == expected(paid.state, paid.amount, paid.amount - self.repaid.get(paid.number, 0)), paid


def test_every_krone(guarding: Guarding) -> None:
    reached: set[State] = set()
    machine = type("Machine", (EveryKrone,), {"guarding": guarding, "reached": reached})
    slow = settings(
        max_examples=25, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None
    )
    run_state_machine_as_test(machine, settings=slow)
    assert len(reached) >= MOST_STATES, f"not reached: {set(State) - reached}"

"""A stopped payment from the run to its end: paid by hand, corrected, stopped at the bank, repaid; each posting, each refusal."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection

from refusion.salary_guard.resolving.states import Event, State
from refusion.values.said import Refused
from refusion.workflow.ports.institution import Actor
from tests.workflow.guard.conftest import ACCOUNTANT, APPROVER, CODE, OFFICER, Guarding, row

APPROVE = (
    "UPDATE payment_proposal SET outcome = 'approved', decided_by = {}, decided_at = proposed_at, decided_hash = {} "
    "WHERE payment_id = (SELECT id FROM run_payment WHERE number = %s)"
)
STOPPED, GOES = row("P1", 0, "85000"), row("P2", 1, "30000")


def test_right_is_paid_by_hand_and_95_11_is_cleared(guarding: Guarding) -> None:
    taken = guarding.take(STOPPED, GOES)
    assert [paid.payment for paid in taken.stopped] == ["P1"]
    assert guarding.stands("P1") == {"95.11": -85_000_00}
    assert guarding.stands("P2") == {"97.80": -30_000_00}
    number = taken.stopped[0].number
    house = guarding.house
    house.find_right(OFFICER, CODE, number, "Jubilee gratuity, agreed")
    assert house.approve_stopped(APPROVER, CODE, number).state is State.PAYING
    done = house.follow_stopped(ACCOUNTANT, CODE, number, Event.PAID_OUT, reference="aconto 17")
    assert done.state is State.PAID_BY_HAND
    assert guarding.stands("P1") == {"63.00": -85_000_00}


def test_wrong_ends_with_95_11_and_61_50_at_zero(guarding: Guarding) -> None:
    number = guarding.take(STOPPED).stopped[0].number
    house = guarding.house
    house.find_wrong(OFFICER, CODE, number, "Ten times too much")
    house.approve_stopped(APPROVER, CODE, number)
    house.report_2913(OFFICER, CODE, number)
    assert house.follow_stopped(ACCOUNTANT, CODE, number, Event.REPOSTED).state is State.CLEARED
    assert set(guarding.stands("P1")) <= {"18.11"}


def test_a_payment_sent_is_stopped_at_the_bank_and_its_money_comes_back(guarding: Guarding) -> None:
    guarding.take(GOES)
    number = guarding.paid("P2").number
    house = guarding.house
    with pytest.raises(Refused, match="hold_instead"):
        house.order_stop(OFFICER, CODE, number, channel="bank", reason="Wrong")
    guarding.write()
    with pytest.raises(Refused, match="too_early"):
        house.order_stop(OFFICER, CODE, number, channel="bank", reason="Wrong")
    guarding.clock.day = date(2025, 6, 27)
    ordered = house.order_stop(OFFICER, CODE, number, channel="nemkonto", reason="Wrong")
    assert ordered.message.facts["amount_ore"] == 30_000_00
    assert house.answer_stop(OFFICER, CODE, number, "stopped").state is State.STOPPED_AT_BANK
    house.follow_stopped(ACCOUNTANT, CODE, number, Event.MONEY_RETURNED)
    assert house.report_2913(OFFICER, CODE, number).state is State.CLEARED
    assert set(guarding.stands("P2")) <= {"18.11"}


def sent_wrong(guarding: Guarding, answer: str = "too_late") -> int:
    """Let a payment be asked to be stopped, and the bank answer."""
    guarding.take(GOES)
    number = guarding.paid("P2").number
    guarding.write()
    guarding.clock.day = date(2025, 6, 27)
    guarding.house.order_stop(OFFICER, CODE, number, channel="bank", reason="Wrong person")
    guarding.house.answer_stop(OFFICER, CODE, number, answer)
    return number


@pytest.mark.parametrize("answer", ["too_late", "already_paid"])
def test_too_late_becomes_a_matter_of_repayment_in_parts(guarding: Guarding, answer: str) -> None:
    number, house = sent_wrong(guarding, answer), guarding.house
    house.report_2913(OFFICER, CODE, number)
    house.follow_stopped(ACCOUNTANT, CODE, number, Event.REPAID, amount=10_000_00)
    with pytest.raises(Refused, match="beyond_owed"):
        house.follow_stopped(ACCOUNTANT, CODE, number, Event.REPAID, amount=20_000_01)
    assert house.follow_stopped(ACCOUNTANT, CODE, number, Event.REPAID, amount=20_000_00).state is State.CLEARED
    assert "61.50" not in guarding.stands("P2")


def test_what_is_never_repaid_is_written_off_by_two(guarding: Guarding) -> None:
    number, house = sent_wrong(guarding), guarding.house
    house.report_2913(OFFICER, CODE, number)
    house.ask_write_off_pay(OFFICER, CODE, number, "Estate without means")
    assert house.approve_stopped(APPROVER, CODE, number).state is State.WRITTEN_OFF
    assert "61.50" not in guarding.stands("P2")


def test_money_that_came_back_after_all_is_paid_again(guarding: Guarding) -> None:
    number, house = sent_wrong(guarding), guarding.house
    house.follow_stopped(ACCOUNTANT, CODE, number, Event.MONEY_RETURNED)
    house.find_right(OFFICER, CODE, number, "Right after all")
    house.approve_stopped(APPROVER, CODE, number)
    assert house.follow_stopped(ACCOUNTANT, CODE, number, Event.PAID_OUT).state is State.PAID_BY_HAND
    assert guarding.stands("P2") == {"63.00": -30_000_00}


def test_a_proposal_that_waits_too_long_is_made_anew(guarding: Guarding) -> None:
    number, house = guarding.take(STOPPED).stopped[0].number, guarding.house
    house.find_right(OFFICER, CODE, number, "Right")
    guarding.clock.day = date(2025, 7, 20)
    with pytest.raises(Refused, match="proposal_expired"):
        house.approve_stopped(APPROVER, CODE, number)
    assert house.withdraw_stopped(OFFICER, CODE, number).state is State.STOPPED


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        ("UPDATE run_payment SET state = 'paying' WHERE number = %s", "nobody approved"),
        (APPROVE.format("proposed_by", "content_hash"), "payment_proposal_four_eyes"),
        (APPROVE.format("'Arne'", "'other'"), "payment_proposal_four_eyes"),
    ],
)
def test_the_database_refuses_what_nobody_approved(guarding: Guarding, statement: str, constraint: str) -> None:
    number = guarding.take(STOPPED).stopped[0].number
    guarding.house.find_right(OFFICER, CODE, number, "Right")
    with pytest.raises(IntegrityError, match=constraint), guarding.peek(CODE, OFFICER), connection.cursor() as cursor:
        cursor.execute(statement, [number])


@pytest.mark.parametrize("spelling", ["Olga", "olga", "OL GA"])
def test_nobody_approves_his_own_proposal_under_another_spelling(guarding: Guarding, spelling: str) -> None:
    number = guarding.take(STOPPED).stopped[0].number
    guarding.house.find_right(OFFICER, CODE, number, "Right")
    with pytest.raises(Refused, match="own_proposal"):
        guarding.house.approve_stopped(Actor(spelling, frozenset({"approver"})), CODE, number)


def test_the_officer_is_told_and_the_task_goes_when_it_is_resolved(guarding: Guarding) -> None:
    number = guarding.take(STOPPED).stopped[0].number

    def turns() -> list[str]:
        with guarding.peek(CODE, OFFICER) as tx:
            return [task.turn.value for task in tx.tasks.open_tasks()]

    assert turns() == ["payroll_officer"]
    guarding.house.find_right(OFFICER, CODE, number, "Right")
    assert turns() == ["approver"]
    guarding.house.approve_stopped(APPROVER, CODE, number)
    guarding.house.follow_stopped(ACCOUNTANT, CODE, number, Event.PAID_OUT)
    assert turns() == []

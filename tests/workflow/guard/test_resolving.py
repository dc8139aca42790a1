"""A stopped payment from the run to its end: paid by hand, corrected, stopped at the bank, repaid; each posting, each refusal."""

from __future__ import annotations

from datetime import date

import pytest

from refusion.salary_guard.resolving.states import Event, State
from refusion.values.said import Refused
from tests.workflow.guard.conftest import ACCOUNTANT, APPROVER, CODE, OFFICER, Guarding, row

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

"""What the database promises of grant agreements: four eyes on decisions and money, a budget line, one open run, records that only grow."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from refusion.grants.course.records import Line, Order, PayoutRun
from refusion.values.said import Refused
from tests.store.conftest import DAY, Open
from tests.store.granted import NAME, decided, grant

RUN = UUID(int=9003)
BUDGET = "UO 10, anslag 1:6, anslagspost 2"


def test_everything_comes_back_as_it_was_kept(work: Open) -> None:
    with work() as tx:
        id = grant(tx)
    with work() as tx:
        standing = tx.agreements.standing(NAME)
        assert (standing.id, len(standing.agreement.pots)) == (id, 17)
        assert [paper.key for paper in standing.papers] == ["government"]
        assert standing.reports[0].evidence == {"C1-1": "plan"}
        assert standing.decisions == (decided(tx),)
        assert standing.orders == (Order("FMU-1", "01", "team_investigations", DAY, DAY),)
        assert standing.lines == (Line(1, "01", "condition_1", 500, 200, 300, BUDGET),)
        assert standing.run(1).pots == ("condition_1",)
        assert standing.state("condition_1", "01").value == "received"


def test_another_institution_has_no_such_agreement(work: Open) -> None:
    with work() as tx:
        grant(tx)
    with pytest.raises(Refused, match=r"agreements\.not_found"), work("THERE") as tx:
        tx.agreements.standing(NAME)


@pytest.mark.parametrize("by", ["kim", "bo"])
def test_nobody_approves_his_own_run_or_decision(work: Open, by: str) -> None:
    with work() as tx:
        grant(tx)
    with work() as tx:
        run, decision = tx.agreements.standing(NAME).run(1), decided(tx)
    for approve in (lambda tx: tx.agreements.approve_run(run, by, tx.at.now), lambda tx: tx.agreements.approve_decisions([decision], by, tx.at.now)):
        if by == "kim":
            with pytest.raises(Exception, match="four_eyes"), work() as tx:
                approve(tx)
        else:
            with work() as tx:
                approve(tx)


def test_an_approval_is_bound_to_what_was_proposed(work: Open) -> None:
    with work() as tx:
        grant(tx)
        run = tx.agreements.standing(NAME).run(1)
    with pytest.raises(Exception, match="four_eyes"), work() as tx:
        tx.agreements.approve_run(replace(run, content_hash="other"), "bo", tx.at.now)


def test_a_run_is_paid_only_when_approved_and_once(work: Open) -> None:
    with work() as tx:
        grant(tx)
        run = tx.agreements.standing(NAME).run(1)
    with pytest.raises(Exception, match="paid_approved"), work() as tx:
        tx.agreements.pay_run(run, "kim", tx.at.now)
    with work() as tx:
        tx.agreements.approve_run(run, "bo", tx.at.now)
        tx.agreements.pay_run(run, "kim", tx.at.now)
    with pytest.raises(Exception, match="paid_at was set once already"), work() as tx:
        tx.agreements.pay_run(run, "kim", tx.at.now)


def test_one_run_is_open_at_a_time(work: Open) -> None:
    with work() as tx:
        id = grant(tx)
        second = PayoutRun(UUID(int=9004), 2, ("condition_2",), DAY, None, {}, "hash", "kim", tx.at.now)
    with pytest.raises(Exception, match="payout_run_open"), work() as tx:
        tx.agreements.propose_run(id, second, [])
    with work() as tx:
        tx.agreements.withdraw_run(tx.agreements.standing(NAME).run(1), "kim", tx.at.now)
        tx.agreements.propose_run(id, second, [Line(2, "01", "condition_2", 1, 0, 1, BUDGET)])


@pytest.mark.parametrize(
    ("line", "promise"),
    [
        (Line(2, "01", "condition_2", 1, 0, 1, ""), "payout_line_budget"),
        (Line(2, "01", "condition_2", 1, 0, 2, BUDGET), "payout_line_difference"),
        (Line(2, "01", "condition_2", -1, 0, -1, BUDGET), "payout_line_difference"),
    ],
)
def test_every_payment_carries_its_budget_line_and_its_difference(work: Open, line: Line, promise: str) -> None:
    with work() as tx:
        id = grant(tx)
        tx.agreements.withdraw_run(tx.agreements.standing(NAME).run(1), "kim", tx.at.now)
    with pytest.raises(Exception, match=promise), work() as tx:
        tx.agreements.propose_run(id, PayoutRun(UUID(int=9005), 2, ("condition_2",), DAY, None, {}, "hash", "kim", tx.at.now), [line])


def test_an_order_is_delivered_once(work: Open) -> None:
    with work() as tx:
        id = grant(tx)
        came = Order("FMU-1", "01", "team_investigations", DAY, DAY, DAY)
        assert tx.agreements.absorb_orders(id, [came]) == (0, 1)
        assert tx.agreements.absorb_orders(id, [came]) == (0, 0)
        assert tx.agreements.standing(NAME).orders == (came,)


def test_a_diary_number_is_used_once(work: Open) -> None:
    with work() as tx:
        id = grant(tx)
        report = tx.agreements.standing(NAME).reports[0]
    with pytest.raises(Exception, match="condition_report_diary"), work() as tx:
        tx.agreements.keep_report(id, replace(report, id=UUID(int=9009), number=2))

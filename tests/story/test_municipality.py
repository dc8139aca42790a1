"""Funds against the offices' twin: reports taken once, decided by sums of their own, paid at the end of the month; errors on request."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, cast

from refusion.absences.facts import Question
from refusion.adapters.bank.twin import Payment
from refusion.adapters.udbetaling_danmark import twin
from refusion.cases.facts import Kind
from refusion.cases.stages import Group
from refusion.rehearsal.host import Host, Machine, Request, morning
from refusion.rehearsal.shelves import Shelves
from refusion.watch.facts import Kind as TaskKind
from refusion.workflow.funds.decide import absorb_decisions
from refusion.workflow.funds.give_out import give_out, receive
from tests.story.diary import CASEWORKER, Diary
from tests.story.payroll import hired, paid_through
from tests.story.test_funds import asked_together, claims_of, switched

MUNICIPAL = (Kind.FLEKSJOB_WAGE, "2025-01", "2025-02", "2025-03")


class Office:
    """The twin in this process, with its clock beside the diary's."""

    def __init__(self, diary: Diary) -> None:
        self.diary, self.host = diary, Host(cast("Machine", twin), Shelves(":memory:"), morning("2025-01-01"))

    def order(self, name: str, **facts: object) -> dict[str, Any]:
        answer = self.host.control(json.dumps({"order": name, **facts}).encode())
        assert answer.status == 200, answer.body
        return cast("dict[str, Any]", json.loads(answer.body))

    def sends(self, path: str, body: bytes = b"") -> bytes:
        answer = self.host.serve(Request(f"/{path}", body))
        assert answer.status == 200, answer.body
        return answer.body

    def takes(self, kind: Kind, day: str) -> None:
        """Bring a report file over and note its receipt; brought twice it has the receipt that it had."""
        self.order("clock", day=self.diary.clock.today().isoformat())
        given = give_out(self.diary.ports, CASEWORKER, self.diary.code, kind, asked_together(kind, date.fromisoformat(day)))
        receipt = json.loads(self.sends("indberetninger", given.raw))["kvittering"]
        assert json.loads(self.sends("indberetninger", given.raw))["kvittering"] == receipt
        receive(self.diary.ports, CASEWORKER, self.diary.code, given.report.number or 0, receipt=receipt, on=self.diary.clock.today())

    def lives_until(self, day: str) -> None:
        """Let both live up to a day: decisions are fetched, money comes."""
        since = self.diary.clock.today()
        self.diary.until(day)
        self.order("clock", day=day)
        raw = self.sends("afgoerelser", b"99990014")
        absorb_decisions(self.diary.ports, CASEWORKER, self.diary.code, f"afgoerelser-{day}.csv", raw)
        paid = self.order("payments", **{"from": since.isoformat(), "to": day})["items"]
        lines = [Payment(self.diary.clock.today(), one["amount_ore"], one["reference"], (one["text"],), one["payer"]) for one in paid]
        if lines:
            self.diary.the_bank_tells(*lines)
        self.diary.the_house_works()


@contextmanager
def opened_office(diary: Diary, **errors: object) -> Iterator[Office]:
    office = Office(diary)
    office.order("set", **errors)
    switched(diary, Group.FLEKSJOB, Group.STATE_FLEKSJOB)
    diary.payroll_says(hired(since="2010-05-01", job_kind="fleksjob"), paid_through("1", "2025-01", "2025-03"))
    diary.caseworker_enters(Question.FLEKSJOB_SHARE, "two_thirds", "2010-05-01")
    diary.until("2025-04-01")
    yield office


def told_all(office: Office) -> None:
    for month in MUNICIPAL[1:]:
        office.takes(Kind.FLEKSJOB_WAGE, f"{month}-01")
    office.takes(Kind.STATE_FLEKSJOB, "2025-02-01")


def test_both_funds_of_one_wage_are_asked_decided_paid_and_settled(diary: Diary) -> None:
    with opened_office(diary) as office:
        told_all(office)
        office.lives_until("2025-05-02")
        assert [claim.state.value for claim in claims_of(diary, Kind.FLEKSJOB_WAGE)[:3]] == ["settled"] * 3
        assert claims_of(diary, Kind.STATE_FLEKSJOB)[0].state.value == "settled"
        assert office.order("counts")["double_filings"] == 0
        assert [task.kind for task in diary.tasks() if task.kind is not TaskKind.FUND_DUE] == []
        assert diary.balance("receivable") == 0
        wage = 3 * 40_000_00
        assert diary.balance("bank") <= wage
        assert diary.balance("bank") == sum(claim.received for kind in (Kind.FLEKSJOB_WAGE, Kind.STATE_FLEKSJOB) for claim in claims_of(diary, kind))


def test_a_cut_is_shown_and_what_the_state_owes_grows_by_it(diary: Diary) -> None:
    with opened_office(diary, reduced_per_mille=1000) as office:
        told_all(office)
        before = claims_of(diary, Kind.STATE_FLEKSJOB)[0].expected.total
        office.lives_until("2025-05-05")
        assert {claim.state.value for claim in claims_of(diary, Kind.FLEKSJOB_WAGE)[:3]} == {"differing"}
        assert len(diary.tasks(TaskKind.DIFFERENCE)) >= 3
        diary.until("2025-05-12")
        state = claims_of(diary, Kind.STATE_FLEKSJOB)[0]
        assert (state.state.value, state.version) == ("correcting", 2)
        assert state.expected.total > before
        office.order("set", reduced_per_mille=0)
        office.takes(Kind.STATE_FLEKSJOB, "2025-02-01")
        office.lives_until("2025-06-02")
        settled = claims_of(diary, Kind.STATE_FLEKSJOB)[0]
        assert (settled.state.value, settled.received) == ("settled", settled.expected.total)


def test_refusals_strangers_and_wrong_payments_are_told_and_never_guessed(diary: Diary) -> None:
    with opened_office(diary, strange_per_mille=1000, wrong_payment_per_mille=1000) as office:
        office.takes(Kind.FLEKSJOB_WAGE, "2025-01-01")
        office.lives_until("2025-05-02")
        assert len(diary.tasks(TaskKind.FUND_ANSWER)) == 1
        claim = claims_of(diary, Kind.FLEKSJOB_WAGE)[0]
        assert (claim.state.value, claim.received) == ("differing", claim.expected.total + 5_00)
        assert {task.kind for task in diary.tasks()} >= {TaskKind.DIFFERENCE}
        with diary.reading() as tx:
            assert tx.ledger.imbalance() == 0


def test_what_is_no_report_is_refused_and_what_is_no_order_too(diary: Diary) -> None:
    office = Office(diary)
    assert office.host.serve(Request("/indberetninger", b"x")).status == 400
    assert office.host.serve(Request("/lotteri", b"")).status == 404
    assert office.host.control(b'{"order": "dance"}').status == 400
    assert office.host.control(b'{"order": "set", "mood": 1}').status == 400

"""Stopped salary payments, pay runs and limits; a second person's yes is never a machine's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from refusion.access import Duty
from refusion.doors.api.operation import Call, Field, Operation, there
from refusion.doors.api.operations.fields import EVERY, NUMBER, REASON
from refusion.doors.api.operations.matching import MOST_ORE
from refusion.salary_guard.resolving.states import Event
from refusion.wiring.verbs.guard_seen import RunSeen, StoppedCard, StoppedRow
from refusion.workflow.ports.guard.facts import Paid, PayLimit, Run

REFERENCE = Field("reference", "The reference of what happened.", required=False)
EVENT = Field("event", "What happened to the money.", choices=tuple(Event))
AMOUNT = Field("amount", "Øre, for a repayment in part.", int, required=False, least=1, most=MOST_ORE)
ANSWER = Field("answer", "What bank or NemKonto answered.", longest=40)


def _stopped(call: Call) -> tuple[StoppedRow, ...]:
    with call.reading() as reads:
        return reads.stopped(every=bool(call.given["every"]))


def _card(call: Call) -> StoppedCard:
    with call.reading() as reads:
        return there(reads.stopped_payment(call.given["number"]))


def _runs(call: Call) -> tuple[Run, ...]:
    with call.reading() as reads:
        return reads.pay_runs()


def _run(call: Call) -> RunSeen:
    with call.reading() as reads:
        return there(reads.guarded_run(call.given["number"]))


def _limits(call: Call) -> tuple[PayLimit, ...]:
    with call.reading() as reads:
        return reads.pay_limits(every=bool(call.given["every"]))


def _verb(name: str, *asks: str) -> Callable[[Call], Any]:
    """Give the call of a verb that takes a payment's number and, in this order, some fields."""

    def done(call: Call) -> Any:
        return getattr(call.house, name)(*call.at, call.given["number"], *(call.given[ask] for ask in asks))

    return done


def _reported(call: Call) -> Paid:
    return call.house.report_2913(*call.at, call.given["number"], call.given["reference"] or "")


def _follow(call: Call) -> Paid:
    given = call.given
    facts = {"reference": given["reference"] or "", "amount": given["amount"]}
    return call.house.follow_stopped(*call.at, given["number"], Event(given["event"]), **facts)


RESOLVES = Duty.RESOLVE_STOPPED
SALARIES = (
    Operation("stopped", "GET", "/stopped", Duty.SEE_STOPPED, "Payments that a person must still resolve.", _stopped, StoppedRow,
              query=(EVERY,), paged=True),
    Operation("stopped_payment", "GET", "/stopped/{number}", Duty.SEE_STOPPED, "All of one payment.", _card, StoppedCard, at=(NUMBER,)),
    Operation("find_right", "POST", "/stopped/{number}/right", RESOLVES, "Propose to pay by hand.", _verb("find_right", "reason"), Paid,
              at=(NUMBER,), body=(REASON,)),
    Operation("find_wrong", "POST", "/stopped/{number}/wrong", RESOLVES, "Say that a payment is wrong.", _verb("find_wrong", "reason"),
              Paid, at=(NUMBER,), body=(REASON,)),
    Operation("hold_payment", "POST", "/stopped/{number}/hold", RESOLVES, "Take a payment out of a file that is not written yet.",
              _verb("hold_payment", "reason"), Paid, at=(NUMBER,), body=(REASON,)),
    Operation("ask_write_off_pay", "POST", "/stopped/{number}/write-off", RESOLVES, "Propose to give up what is still owed.",
              _verb("ask_write_off_pay", "reason"), Paid, at=(NUMBER,), body=(REASON,)),
    Operation("withdraw_stopped", "POST", "/stopped/{number}/withdraw", RESOLVES, "Withdraw what is proposed.", _verb("withdraw_stopped"),
              Paid, at=(NUMBER,)),
    Operation("answer_stop", "POST", "/stopped/{number}/stop-answer", RESOLVES, "Note the answer to a request to stop.",
              _verb("answer_stop", "answer"), Paid, at=(NUMBER,), body=(ANSWER,)),
    Operation("report_2913", "POST", "/stopped/{number}/reported", RESOLVES, "Note that payroll reported it on component 2913.", _reported,
              Paid, at=(NUMBER,), body=(REFERENCE,)),
    Operation("follow_stopped", "POST", "/stopped/{number}/follow", Duty.SETTLE_STOPPED, "Note what happened to a payment's money.",
              _follow, Paid, at=(NUMBER,), body=(EVENT, REFERENCE, AMOUNT)),
    Operation("pay_runs", "GET", "/pay-runs", Duty.SEE_STOPPED, "Pay runs, the newest first.", _runs, Run, paged=True),
    Operation("guarded_run", "GET", "/pay-runs/{number}", Duty.SEE_STOPPED, "A run with what of it does not go.", _run, RunSeen,
              at=(NUMBER,)),
    Operation("pay_limits", "GET", "/pay-limits", Duty.SEE_STOPPED, "Limits proposed or in force.", _limits, PayLimit, query=(EVERY,),
              paged=True),
    Operation("withdraw_limit", "POST", "/pay-limits/{number}/withdraw", Duty.SET_PAY_LIMIT, "Withdraw a proposed raise.",
              _verb("withdraw_limit"), PayLimit, at=(NUMBER,)),
    Operation("delete_limit", "POST", "/pay-limits/{number}/delete", Duty.SET_PAY_LIMIT, "Delete a limit where that raises nothing.",
              _verb("delete_limit"), PayLimit, at=(NUMBER,)),
)  # fmt: skip

"""Cases of self-employed persons: the list, one with its course, what waits, a payment that came."""

from __future__ import annotations

from datetime import date

from refusion.access import Duty
from refusion.doors.api.operation import Call, Field, Operation
from refusion.doors.api.operations.fields import LIMIT, NUMBER, REASON, USUAL
from refusion.doors.api.operations.matching import MOST_ORE
from refusion.workflow.ports.self_employed.cases import Listed, OpenWait, SelfCase
from refusion.workflow.self_employed.look import CaseView

STATE = Field("state", "Cases in this state alone.", required=False, longest=40)
UNTIL = Field("until", "What waits until this day alone.", date, required=False)
ON = Field("on", "The day on which the money came.", date)
PAID = Field("paid", "Øre that came.", int, least=1, most=MOST_ORE)


def _cases(call: Call) -> tuple[Listed, ...]:
    return call.house.self_employed_cases(*call.at, call.given["state"], call.given["limit"] or USUAL)


def _case(call: Call) -> CaseView:
    return call.house.self_employed_case(*call.at, call.given["number"])


def _waits(call: Call) -> tuple[OpenWait, ...]:
    return call.house.self_employed_waits(*call.at, call.given["until"])


def _paid(call: Call) -> SelfCase:
    given = call.given
    return call.house.record_self_employed_payment(*call.at, given["number"], on=given["on"], paid_ore=given["paid"])


def _undo(call: Call) -> SelfCase:
    return call.house.undo_self_employed(*call.at, call.given["number"], call.given["reason"])


SELF_EMPLOYED = (
    Operation("self_employed_cases", "GET", "/self-employed/cases", Duty.SEE_SELF_EMPLOYED, "Cases, the newest first.", _cases,
              tuple[Listed, ...], query=(STATE, LIMIT)),
    Operation("self_employed_case", "GET", "/self-employed/cases/{number}", Duty.SEE_SELF_EMPLOYED, "A case with its course.", _case,
              CaseView, at=(NUMBER,)),
    Operation("self_employed_waits", "GET", "/self-employed/waits", Duty.SEE_SELF_EMPLOYED, "What the cases wait for.", _waits, OpenWait,
              query=(UNTIL,), paged=True),
    Operation("record_self_employed_payment", "POST", "/self-employed/cases/{number}/payment", Duty.KEEP_SELF_EMPLOYED,
              "Record that money came.", _paid, SelfCase, at=(NUMBER,), body=(ON, PAID)),
    Operation("undo_self_employed", "POST", "/self-employed/cases/{number}/undo", Duty.KEEP_SELF_EMPLOYED,
              "Undo the last thing that a person recorded.", _undo, SelfCase, at=(NUMBER,), body=(REASON,)),
)  # fmt: skip

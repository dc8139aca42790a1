"""What waits: money at risk, late tasks, hours owed, orders at the service centre, stops of benefit, losses."""

from __future__ import annotations

from datetime import date, datetime

from refusion.access import Duty
from refusion.claims.letters import Letter
from refusion.doors.api.operation import Call, Field, Operation, there
from refusion.doors.api.operations.fields import DOCUMENT, EVERY, ID, NUMBER, REASON
from refusion.store.reads.waits.standing import LateRow, OrderRow, StopRow
from refusion.watch.at_risk import Clock
from refusion.watch.orders import Order
from refusion.watch.partial_hours import HoursOwed
from refusion.watch.stops import Cause, Stop
from refusion.workflow.watch.stops import Stopped

REFERENCE = Field("reference", "The service centre's reference.")
RECEIPT = Field("receipt", "The receipt.")
AUTHORITY_ID = Field("authority_id", "The authority's own number of the report.")
SIGNED_AT = Field("signed_at", "When it was signed, with its zone.", datetime)
BECAUSE = Field("because", "What the centre said.")
CAUSE = Field("cause", "Why the benefit was stopped.", choices=tuple(Cause))
STOPPED_FROM = Field("stopped_from", "The first day without benefit.", date)
LETTER_ON = Field("letter_on", "The letter's day.", date, required=False)
RESUMED_FROM = Field("resumed_from", "The first day with benefit again.", date)
OWNER = Field("owner", "The user name of who follows the loss.")
GROUND = Field("ground", "The ground that the law names.", longest=60)
GRANTED = Field("granted", "Whether dispensation was given.", bool)


def _at_risk(call: Call) -> Clock:
    with call.reading() as reads:
        return reads.at_risk()


def _late(call: Call) -> tuple[LateRow, ...]:
    with call.reading() as reads:
        return reads.late_tasks()


def _hours(call: Call) -> tuple[HoursOwed, ...]:
    with call.reading() as reads:
        return reads.hours_owed()


def _orders(call: Call) -> tuple[OrderRow, ...]:
    with call.reading() as reads:
        return reads.orders(every=bool(call.given["every"]))


def _stops(call: Call) -> tuple[StopRow, ...]:
    with call.reading() as reads:
        return reads.stops(every=bool(call.given["every"]))


def _sent(call: Call) -> Order:
    return call.house.order_sent(*call.at, call.given["id"], call.given["reference"])


def _received(call: Call) -> Order:
    return call.house.order_received(*call.at, call.given["id"], call.given["receipt"])


def _returned(call: Call) -> Order:
    return call.house.order_returned(*call.at, call.given["id"], call.given["because"])


def _filed(call: Call) -> Order:
    given = call.given
    named = {"receipt": given["receipt"], "authority_id": given["authority_id"], "signed_at": given["signed_at"]}
    return call.house.order_filed(*call.at, given["id"], **named)


def _stop(call: Call) -> Stop:
    given = call.given
    with call.reading() as reads:
        case = there(reads.case(given["number"])).head.id
    told = Stopped(Cause(given["cause"]), given["stopped_from"], given["letter_on"], given["document"])
    return call.house.note_stop(*call.at, case, told)


def _lift(call: Call) -> Stop:
    with call.reading() as reads:
        case = there(reads.case(call.given["number"])).head.id
    return call.house.lift_stop(*call.at, case, call.given["resumed_from"], document=call.given["document"])


def _own(call: Call) -> None:
    call.house.name_loss_owner(*call.at, call.given["number"], call.given["owner"])


def _apply(call: Call) -> Letter:
    return call.house.apply_dispensation(*call.at, call.given["number"], ground=call.given["ground"], reason=call.given["reason"])


def _answered(call: Call) -> None:
    given = call.given
    call.house.record_dispensation(*call.at, given["number"], granted=given["granted"], document=given["document"])


WAITS = (
    Operation("at_risk", "GET", "/at-risk", Duty.SEE_WORK, "Money at risk, by day.", _at_risk, Clock),
    Operation("late_tasks", "GET", "/late-tasks", Duty.SEE_WORK, "Tasks that climbed or went to somebody else.", _late, LateRow,
              paged=True),
    Operation("hours_owed", "GET", "/hours-owed", Duty.SEE_WORK, "Whose hours of a partial return lack.", _hours, HoursOwed, paged=True),
    Operation("orders", "GET", "/orders", Duty.SEE_CASES, "Orders at the service centre.", _orders, OrderRow, query=(EVERY,), paged=True),
    Operation("order_sent", "POST", "/orders/{id}/sent", Duty.FOLLOW_ORDER, "Note that an order was sent.", _sent, Order, at=(ID,),
              body=(REFERENCE,)),
    Operation("order_received", "POST", "/orders/{id}/received", Duty.FOLLOW_ORDER, "Note the centre's receipt.", _received, Order,
              at=(ID,), body=(RECEIPT,)),
    Operation("order_returned", "POST", "/orders/{id}/returned", Duty.FOLLOW_ORDER, "Note that the centre sent an order back.", _returned,
              Order, at=(ID,), body=(BECAUSE,)),
    Operation("order_filed", "POST", "/orders/{id}/filed", Duty.FOLLOW_ORDER, "Note the authority's receipt of what the centre filed.",
              _filed, Order, at=(ID,), body=(RECEIPT, AUTHORITY_ID, SIGNED_AT)),
    Operation("stops", "GET", "/stops", Duty.SEE_CASES, "Stops of benefit.", _stops, StopRow, query=(EVERY,), paged=True),
    Operation("note_stop", "POST", "/cases/{number}/stop", Duty.NOTE_STOP, "Note a municipality's stop of a case's benefit.", _stop, Stop,
              at=(NUMBER,), body=(CAUSE, STOPPED_FROM, LETTER_ON, DOCUMENT), also=(Duty.SEE_CASE,)),
    Operation("lift_stop", "POST", "/cases/{number}/stop/lift", Duty.NOTE_STOP, "Note that a case's benefit goes on.", _lift, Stop,
              at=(NUMBER,), body=(RESUMED_FROM, DOCUMENT), also=(Duty.SEE_CASE,)),
    Operation("name_loss_owner", "POST", "/losses/{number}/owner", Duty.FOLLOW_LOSS, "Name who follows a loss.", _own, at=(NUMBER,),
              body=(OWNER,)),
    Operation("apply_dispensation", "POST", "/losses/{number}/dispensation", Duty.EXCUSE_LOSS, "Apply for dispensation; gives the letter.",
              _apply, Letter, at=(NUMBER,), body=(GROUND, REASON)),
    Operation("record_dispensation", "POST", "/losses/{number}/dispensation/answer", Duty.EXCUSE_LOSS, "Record what was answered.",
              _answered, at=(NUMBER,), body=(GRANTED, DOCUMENT)),
)  # fmt: skip

"""What may happen to a stopped payment: every state and event, the state that follows, and where its money stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from types import MappingProxyType

from refusion.values.said import Refused, Said, said


class State(StrEnum):
    """Where the case of a payment stands."""

    STOPPED = "stopped"
    PAYMENT_PROPOSED = "payment_proposed"
    PAYING = "paying"
    ERROR_PROPOSED = "error_proposed"
    CORRECTING = "correcting"
    REPOSTING = "reposting"
    SENT = "sent"
    STOP_ASKED = "stop_asked"
    STOPPED_AT_BANK = "stopped_at_bank"
    MONEY_BACK = "money_back"
    MONEY_AWAITED = "money_awaited"
    REPAYING_PROPOSED = "repaying_proposed"
    REPAYING = "repaying"
    SENT_WRONG = "sent_wrong"
    OWED_BACK = "owed_back"
    WRITE_OFF_PROPOSED = "write_off_proposed"
    PAID_BY_BANK = "paid_by_bank"
    PAID_BY_HAND = "paid_by_hand"
    CLEARED = "cleared"
    WRITTEN_OFF = "written_off"


class Event(StrEnum):
    """What a case can meet."""

    FOUND_RIGHT = "found_right"
    FOUND_WRONG = "found_wrong"
    APPROVED = "approved"
    TURNED_DOWN = "turned_down"
    PAID_OUT = "paid_out"
    REPORTED_2913 = "reported_2913"
    REPOSTED = "reposted"
    STOP_ORDERED = "stop_ordered"
    BANK_STOPPED = "bank_stopped"
    BANK_TOO_LATE = "bank_too_late"
    BANK_HAD_PAID = "bank_had_paid"
    BANK_REJECTED = "bank_rejected"
    HELD_BACK = "held_back"
    VALUE_DATE_PASSED = "value_date_passed"
    MONEY_RETURNED = "money_returned"
    REPAID = "repaid"
    REPAID_IN_PART = "repaid_in_part"
    WRITE_OFF_ASKED = "write_off_asked"


class Place(StrEnum):
    """Where the money of a payment stands; NOWHERE: it was never owed, and nothing is left of it."""

    FILE = "file"
    HELD = "95.11"
    TO_SETTLE = "61.50"
    BY_HAND = "by_hand"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Waits:
    """For whom a state waits and what rescues a case that waits too long."""

    on: str
    rescue: str


S, E, P = State, Event, Place

MOVES: Mapping[tuple[State, Event], State] = MappingProxyType({
    (S.STOPPED, E.FOUND_RIGHT): S.PAYMENT_PROPOSED,
    (S.STOPPED, E.FOUND_WRONG): S.ERROR_PROPOSED,
    (S.PAYMENT_PROPOSED, E.APPROVED): S.PAYING,
    (S.PAYMENT_PROPOSED, E.TURNED_DOWN): S.STOPPED,
    (S.PAYING, E.PAID_OUT): S.PAID_BY_HAND,
    (S.ERROR_PROPOSED, E.APPROVED): S.CORRECTING,
    (S.ERROR_PROPOSED, E.TURNED_DOWN): S.STOPPED,
    # Pay component 2913 debits 61.50; the accountant then re-posts the held amount, and both accounts end at zero.
    (S.CORRECTING, E.REPORTED_2913): S.REPOSTING,
    (S.REPOSTING, E.REPOSTED): S.CLEARED,
    (S.SENT, E.STOP_ORDERED): S.STOP_ASKED,
    (S.SENT, E.VALUE_DATE_PASSED): S.PAID_BY_BANK,
    (S.SENT, E.FOUND_RIGHT): S.SENT,
    # Found after the window has closed: nothing can be stopped any more.
    (S.SENT, E.FOUND_WRONG): S.SENT_WRONG,
    (S.PAID_BY_BANK, E.FOUND_WRONG): S.SENT_WRONG,
    (S.PAID_BY_BANK, E.FOUND_RIGHT): S.PAID_BY_BANK,
    (S.STOP_ASKED, E.BANK_STOPPED): S.STOPPED_AT_BANK,
    (S.STOP_ASKED, E.BANK_TOO_LATE): S.SENT_WRONG,
    (S.STOP_ASKED, E.BANK_HAD_PAID): S.SENT_WRONG,
    # Before the file is written a person may take a payment out of it.
    (S.SENT, E.HELD_BACK): S.STOPPED,
    # The bank's status report says that the payment never went: it draws nothing and waits for a person, as a stopped one does.
    (S.SENT, E.BANK_REJECTED): S.STOPPED,
    (S.PAID_BY_BANK, E.BANK_REJECTED): S.STOPPED,
    (S.STOP_ASKED, E.BANK_REJECTED): S.STOPPED,
    # The day passes without an answer: the answer is still waited for.
    (S.STOP_ASKED, E.VALUE_DATE_PASSED): S.STOP_ASKED,
    # The money may come back before payroll has corrected, or after.
    (S.STOPPED_AT_BANK, E.MONEY_RETURNED): S.MONEY_BACK,
    (S.STOPPED_AT_BANK, E.REPORTED_2913): S.MONEY_AWAITED,
    (S.MONEY_BACK, E.REPORTED_2913): S.CLEARED,
    (S.MONEY_BACK, E.FOUND_RIGHT): S.REPAYING_PROPOSED,
    (S.MONEY_AWAITED, E.MONEY_RETURNED): S.CLEARED,
    (S.REPAYING_PROPOSED, E.APPROVED): S.REPAYING,
    (S.REPAYING_PROPOSED, E.TURNED_DOWN): S.MONEY_BACK,
    (S.REPAYING, E.PAID_OUT): S.PAID_BY_HAND,
    (S.SENT_WRONG, E.REPORTED_2913): S.OWED_BACK,
    # Against its first answer the bank sends the money back after all.
    (S.SENT_WRONG, E.MONEY_RETURNED): S.MONEY_BACK,
    (S.OWED_BACK, E.REPAID): S.CLEARED,
    (S.OWED_BACK, E.REPAID_IN_PART): S.OWED_BACK,
    (S.OWED_BACK, E.WRITE_OFF_ASKED): S.WRITE_OFF_PROPOSED,
    (S.WRITE_OFF_PROPOSED, E.APPROVED): S.WRITTEN_OFF,
    (S.WRITE_OFF_PROPOSED, E.TURNED_DOWN): S.OWED_BACK,
})

_WHY: Mapping[State, str] = MappingProxyType({
    S.STOPPED: "guard.not_judged_yet",
    S.PAYMENT_PROPOSED: "guard.waits_for_approval",
    S.PAYING: "guard.being_paid_by_hand",
    S.ERROR_PROPOSED: "guard.waits_for_approval",
    S.CORRECTING: "guard.waits_for_2913",
    S.REPOSTING: "guard.waits_for_reposting",
    S.SENT: "guard.in_the_file",
    S.STOP_ASKED: "guard.waits_for_the_bank",
    S.STOPPED_AT_BANK: "guard.stopped_at_bank",
    S.MONEY_BACK: "guard.waits_for_2913",
    S.MONEY_AWAITED: "guard.waits_for_money",
    S.REPAYING_PROPOSED: "guard.waits_for_approval",
    S.REPAYING: "guard.being_paid_by_hand",
    S.SENT_WRONG: "guard.waits_for_2913",
    S.OWED_BACK: "guard.employee_owes",
    S.WRITE_OFF_PROPOSED: "guard.waits_for_approval",
    S.PAID_BY_BANK: "guard.paid_already",
    S.PAID_BY_HAND: "guard.paid_already",
    S.CLEARED: "guard.cleared_already",
    S.WRITTEN_OFF: "guard.written_off_already",
})
REFUSALS: Mapping[tuple[State, Event], str] = MappingProxyType({
    cell: _WHY[cell[0]] for cell in product(State, Event) if cell not in MOVES
})

WAITS: Mapping[State, Waits] = MappingProxyType({
    S.STOPPED: Waits(on="payroll_officer", rescue="watch.stopped_payment"),
    S.PAYMENT_PROPOSED: Waits(on="approver", rescue="watch.approval_due"),
    S.PAYING: Waits(on="payroll_officer", rescue="watch.stopped_payment"),
    S.ERROR_PROPOSED: Waits(on="approver", rescue="watch.approval_due"),
    S.CORRECTING: Waits(on="payroll_officer", rescue="watch.correction_due"),
    S.REPOSTING: Waits(on="accountant", rescue="watch.reposting_due"),
    S.SENT: Waits(on="house", rescue="watch.value_date"),
    S.STOP_ASKED: Waits(on="bank", rescue="watch.answer_unknown"),
    S.STOPPED_AT_BANK: Waits(on="bank", rescue="watch.money_not_returned"),
    S.MONEY_BACK: Waits(on="payroll_officer", rescue="watch.correction_due"),
    S.MONEY_AWAITED: Waits(on="bank", rescue="watch.money_not_returned"),
    S.REPAYING_PROPOSED: Waits(on="approver", rescue="watch.approval_due"),
    S.REPAYING: Waits(on="payroll_officer", rescue="watch.stopped_payment"),
    S.SENT_WRONG: Waits(on="payroll_officer", rescue="watch.correction_due"),
    S.OWED_BACK: Waits(on="employee", rescue="watch.repayment_due"),
    S.WRITE_OFF_PROPOSED: Waits(on="approver", rescue="watch.approval_due"),
})
FINISHED = frozenset({S.PAID_BY_BANK, S.PAID_BY_HAND, S.CLEARED, S.WRITTEN_OFF})
FIRST = frozenset({S.STOPPED, S.SENT})
"""A payment begins stopped by the guard, or in the file."""

PLACE_OF: Mapping[State, Place] = MappingProxyType({
    **dict.fromkeys((S.STOPPED, S.PAYMENT_PROPOSED, S.PAYING, S.ERROR_PROPOSED, S.CORRECTING), P.HELD),
    **dict.fromkeys((S.SENT, S.STOP_ASKED, S.STOPPED_AT_BANK, S.SENT_WRONG, S.PAID_BY_BANK), P.FILE),
    **dict.fromkeys((S.MONEY_BACK, S.REPAYING_PROPOSED, S.REPAYING), P.TO_SETTLE),
    # Payroll has taken the pay back: what was paid out stands against what 61.50 still waits for.
    **dict.fromkeys((S.REPOSTING, S.MONEY_AWAITED, S.OWED_BACK, S.WRITE_OFF_PROPOSED), P.TO_SETTLE),
    S.PAID_BY_HAND: P.BY_HAND,
    S.CLEARED: P.NOWHERE,
    S.WRITTEN_OFF: P.FILE,
})


def move(state: State, event: Event) -> State | Said:
    """Say where the event takes a case, or why it cannot happen there."""
    return MOVES.get((state, event)) or said(REFUSALS[state, event], state=state.value, event=event.value)


def moved(state: State, event: Event) -> State:
    """Give the state after an event; raises Refused with the reason when it cannot happen."""
    after = move(state, event)
    if isinstance(after, Said):
        raise Refused(after)
    return after

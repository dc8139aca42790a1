"""The forms about stopped payments: what may be done in which state, under which duty, and how what was typed is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from refusion.access import Duty
from refusion.doors.web.visitor import Visitor
from refusion.salary_guard.resolving.approval import CaseState, PortalCase, Subject
from refusion.salary_guard.resolving.states import FINISHED, Event, State
from refusion.values.money import ore
from refusion.values.said import BadInput, Problem, said
from refusion.wiring.verbs.guard_seen import StoppedCard
from refusion.workflow.guard.limits import Wanted
from refusion.workflow.ports.guard.facts import PayLimit

LONGEST = 200
RESOLVED = frozenset({*(state.value for state in FINISHED), State.SENT.value})
Typed = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that may be done: its verb, its duty, the fields it asks for; ``main`` is the usual one."""

    verb: str
    duty: Duty
    fields: tuple[str, ...] = ()
    main: bool = False


RELEASE = Action("release", Duty.RESOLVE_STOPPED, ("reason",), main=True)
CORRECT = Action("correct", Duty.RESOLVE_STOPPED, ("reason",))
REPORTED = Action("reported", Duty.RESOLVE_STOPPED, ("reference",), main=True)
PAID = Action("paid", Duty.SETTLE_STOPPED, ("reference",), main=True)
RETURNED = Action("returned", Duty.SETTLE_STOPPED, ("reference",))
DECIDE = (
    Action("approve", Duty.APPROVE_STOPPED, main=True), Action("decline", Duty.APPROVE_STOPPED), Action("withdraw", Duty.RESOLVE_STOPPED),
)  # fmt: skip
ACTIONS: Mapping[State, tuple[Action, ...]] = MappingProxyType({
    State.STOPPED: (RELEASE, CORRECT),
    State.PAYMENT_PROPOSED: DECIDE,
    State.ERROR_PROPOSED: DECIDE,
    State.REPAYING_PROPOSED: DECIDE,
    State.WRITE_OFF_PROPOSED: DECIDE,
    State.PAYING: (PAID,),
    State.REPAYING: (PAID,),
    State.CORRECTING: (REPORTED,),
    State.REPOSTING: (Action("reposted", Duty.SETTLE_STOPPED, ("reference",), main=True),),
    State.STOP_ASKED: (Action("answer", Duty.RESOLVE_STOPPED, ("answer",), main=True),),
    State.STOPPED_AT_BANK: (REPORTED, RETURNED),
    State.MONEY_BACK: (REPORTED, RELEASE),
    State.MONEY_AWAITED: (RETURNED,),
    State.SENT_WRONG: (REPORTED, RETURNED),
    State.OWED_BACK: (
        Action("repaid", Duty.SETTLE_STOPPED, ("amount", "reference"), main=True), Action("write-off", Duty.RESOLVE_STOPPED, ("reason",)),
    ),
    State.PAID_BY_BANK: (CORRECT,),
})  # fmt: skip
HOLD = Action("hold", Duty.RESOLVE_STOPPED, ("reason",), main=True)
STOP = Action("stop", Duty.RESOLVE_STOPPED, ("channel", "reason"), main=True)


def actions_of(card: StoppedCard) -> tuple[Action, ...]:
    """Give what may be done about a payment as it stands; of one in the file it depends on the file and the day."""
    if card.row.paid.state is not State.SENT:
        return ACTIONS.get(card.row.paid.state, ())
    if card.run.state == "taken":
        return (HOLD,)
    return (CORRECT,) if card.why_not_stop is not None else (STOP, CORRECT)


def state_of(limit: PayLimit) -> str:
    """Give the key of the words for how a limit stands."""
    how = limit.outcome or "proposed"
    return f"stopped.limit_state_{'over' if how == 'approved' and not limit.holds else how}"


def text(name: str, typed: Typed, *, needed: bool = True) -> str:
    """Read a field. Raises BadInput when it is needed and empty, or too long."""
    given = typed.get(name, "").strip()
    if (needed and not given) or len(given) > LONGEST:
        raise BadInput(Problem(said("stopped.field_missing"), said("stopped.field_missing_remedy"), column=name, value=given[:LONGEST]))
    return given


def kroner(name: str, typed: Typed) -> int:
    """Read an amount in kroner, with a comma or a point. Raises BadInput."""
    given = text(name, typed)
    try:
        return ore(given.replace(" ", "").replace(",", "."))
    except ValueError:
        raise BadInput(Problem(said("guard.not_kroner"), said("guard.not_kroner_remedy"), column=name, value=given)) from None


def wanted(typed: Typed) -> Wanted:
    """Read the form that sets a limit. Raises BadInput with the first field that is wrong."""
    subject = text("subject", typed)
    if subject not in set(Subject):
        raise BadInput(Problem(said("stopped.field_missing"), said("stopped.field_missing_remedy"), column="subject", value=subject[:40]))
    words = text("case_text", typed, needed=False)
    case = PortalCase(text("case_number", typed, needed=False), words, CaseState.OPENED) if words else None
    employment = text("employment", typed, needed=False)
    return Wanted(Subject(subject), kroner("amount", typed), text("reason", typed), employment, None, case)


def _proposing(verb: str) -> Callable[[Visitor, int, Typed], Any]:
    def act(visitor: Visitor, number: int, typed: Typed) -> Any:
        return getattr(visitor.house, verb)(visitor.actor, visitor.place.code, number, text("reason", typed))

    return act


def _deciding(verb: str) -> Callable[[Visitor, int, Typed], Any]:
    def act(visitor: Visitor, number: int, _typed: Typed) -> Any:
        return getattr(visitor.house, verb)(visitor.actor, visitor.place.code, number)

    return act


def _following(event: Event) -> Callable[[Visitor, int, Typed], Any]:
    def act(visitor: Visitor, number: int, typed: Typed) -> Any:
        came = kroner("amount", typed) if event is Event.REPAID and typed.get("amount", "").strip() else None
        reference = text("reference", typed, needed=False)
        return visitor.house.follow_stopped(visitor.actor, visitor.place.code, number, event, reference=reference, amount=came)

    return act


def _reported(visitor: Visitor, number: int, typed: Typed) -> Any:
    return visitor.house.report_2913(visitor.actor, visitor.place.code, number, text("reference", typed, needed=False))


def _stop(visitor: Visitor, number: int, typed: Typed) -> Any:
    channel, reason = text("channel", typed), text("reason", typed)
    return visitor.house.order_stop(visitor.actor, visitor.place.code, number, channel=channel, reason=reason)


def _answer(visitor: Visitor, number: int, typed: Typed) -> Any:
    return visitor.house.answer_stop(visitor.actor, visitor.place.code, number, text("answer", typed))


VERBS: Mapping[str, Callable[[Visitor, int, Typed], Any]] = MappingProxyType({
    "release": _proposing("find_right"),
    "correct": _proposing("find_wrong"),
    "hold": _proposing("hold_payment"),
    "write-off": _proposing("ask_write_off_pay"),
    "approve": _deciding("approve_stopped"),
    "decline": _deciding("decline_stopped"),
    "withdraw": _deciding("withdraw_stopped"),
    "paid": _following(Event.PAID_OUT),
    "reposted": _following(Event.REPOSTED),
    "returned": _following(Event.MONEY_RETURNED),
    "repaid": _following(Event.REPAID),
    "reported": _reported,
    "stop": _stop,
    "answer": _answer,
})

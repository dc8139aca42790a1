"""Stopped salary payments: the list with its countdown, one payment with the limit that applied and the ways out, the limits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from refusion.access import Duty
from refusion.doors.web.shell import show
from refusion.doors.web.views import stopped_forms as forms
from refusion.doors.web.visitor import Visitor, page
from refusion.salary_guard.resolving.approval import CaseState
from refusion.salary_guard.resolving.states import State
from refusion.salary_guard.seeing import letter, payslip_line
from refusion.values.said import BadInput, Problem, Refused, Said, said
from refusion.wiring.verbs.guard_seen import StoppedCard, StoppedRow
from refusion.workflow.guard.limits import SUBJECTS
from refusion.workflow.ports.guard.facts import Paid, PayLimit

WRONG = 422
SHOWN, SHOWN_RUNS = 100, 12
WIDTH, FLOOR, BAR, GAP = 360, 80, 20, 8


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person typed into one form, and what was wrong with it."""

    form: str = ""
    number: int | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, Problem] = field(default_factory=dict)
    refused: Said | None = None


@dataclass(frozen=True, slots=True)
class HistoryBar:
    """One earlier payment in the person's own history, drawn and named."""

    paid: Paid
    x: int
    height: int

    @property
    def y(self) -> int:
        """Give the top of the bar."""
        return FLOOR - self.height


@page(Duty.SEE_STOPPED)
@require_safe
def stopped(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """List the payments that do not go, the first payday first, and the runs they are of."""
    every = request.GET.get("every") == "yes"
    with visitor.reading("stopped payments") as reads:
        rows, runs, parked = reads.stopped(every=every), reads.pay_runs(), reads.parked_answers()
        odd = reads.pointed_out()
    open_rows = [row for row in rows if row.paid.state.value not in forms.RESOLVED]
    context = {
        "here": "stopped", "rows": rows, "odd": odd[:SHOWN], "runs": runs[:SHOWN_RUNS], "parked": parked, "every": every,
        "first_line": _first_line(open_rows),
    }  # fmt: skip
    return show(request, visitor, "stopped/list.html", context)


@page(Duty.SEE_STOPPED)
@require_safe
def payment(request: HttpRequest, visitor: Visitor, number: int) -> HttpResponse:
    """Show one payment with what may be done about it."""
    return _shown(request, visitor, number, Typed())


@page(Duty.SEE_STOPPED)
@require_POST
def act(request: HttpRequest, visitor: Visitor, number: int, verb: str) -> HttpResponse:
    """Do one thing about a payment; the house asks for the duty of each."""
    if verb not in forms.VERBS:
        raise Http404
    typed = request.POST.dict()
    do = partial(forms.VERBS[verb], visitor, number, typed)
    again = partial(_shown, request, visitor, number)
    return _done_or_said((verb, number), typed, do, again) or redirect(reverse("stopped-payment", args=[number]))


@page(Duty.SEE_STOPPED)
@require_safe
def limits(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the limits that are proposed or in force, and the form that sets or raises one."""
    return _limits_shown(request, visitor, Typed())


@page(Duty.SET_PAY_LIMIT)
@require_POST
def set_limit(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Set a limit, or propose a raise."""
    typed = request.POST.dict()

    def do() -> None:
        visitor.house.propose_limit(visitor.actor, visitor.place.code, forms.wanted(typed))

    return _done_or_said(("set", None), typed, do, partial(_limits_shown, request, visitor)) or redirect(reverse("pay-limits"))


@page(Duty.SEE_STOPPED)
@require_POST
def act_on_limit(request: HttpRequest, visitor: Visitor, number: int, verb: str) -> HttpResponse:
    """Approve, decline, withdraw, delete a limit or note its case granted; the house asks for the duty of each."""
    house, place = visitor.house, visitor.place.code
    typed = request.POST.dict()
    verbs: dict[str, Callable[[], object]] = {
        "approve": lambda: house.approve_limit(visitor.actor, place, number),
        "decline": lambda: house.decline_limit(visitor.actor, place, number),
        "withdraw": lambda: house.withdraw_limit(visitor.actor, place, number),
        "delete": lambda: house.delete_limit(visitor.actor, place, number),
        "case": lambda: house.note_portal_case(
            visitor.actor, place, number, case_number=forms.text("case_number", typed), state=CaseState.GRANTED
        ),
    }
    if verb not in verbs:
        raise Http404
    return _done_or_said((verb, number), typed, verbs[verb], partial(_limits_shown, request, visitor)) or redirect(reverse("pay-limits"))


def _done_or_said(
    form: tuple[str, int | None], typed: Mapping[str, str], do: Callable[[], object], again: Callable[[Typed], HttpResponse]
) -> HttpResponse | None:
    """Do it, or say beside the field why not, with what was typed; None when it is done."""
    try:
        do()
    except BadInput as bad:
        return again(Typed(*form, typed, {problem.column or "reason": problem for problem in bad.problems}))
    except Refused as refused:
        if refused.because.key.startswith("access."):
            raise
        return again(Typed(*form, typed, {}, refused.because))
    return None


def _shown(request: HttpRequest, visitor: Visitor, number: int, typed: Typed) -> HttpResponse:
    with visitor.reading("stopped payment") as reads:
        card = reads.stopped_payment(number)
    if card is None:
        raise Http404
    paid = card.row.paid
    context: dict[str, Any] = {
        "here": "stopped",
        "card": card,
        "paid": paid,
        "row": card.row,
        "actions": [one for one in forms.actions_of(card) if visitor.may(one.duty) and not _own(card.row, one, visitor)],
        "own_proposal": card.row.proposal is not None and card.row.proposal.proposed_by == visitor.actor.name,
        "next": _next(card),
        "payslip": payslip_line(paid.amount),
        "letter": letter(paid.number, paid.employment, paid.amount, paid.value_date),
        "places": [(f"stopped.place_{place.name.lower()}", amount) for place, amount in card.places.items() if amount],
        "bars": _bars(card),
        "measures": {"width": WIDTH, "height": FLOOR + 2, "floor": FLOOR, "bar": BAR},
        "typed": typed,
    }
    return show(request, visitor, "stopped/payment.html", context, status=WRONG if typed.form else 200)


def _next(card: StoppedCard) -> Said:
    """Say what comes next; a payment of a file that is not written yet can still be held back."""
    paid = card.row.paid
    if paid.state is State.SENT and card.run.state == "taken":
        return said("stopped.next_hold")
    return said(f"stopped.next_{paid.state.value}", value_date=paid.value_date)


def _own(row: StoppedRow, action: forms.Action, visitor: Visitor) -> bool:
    """Tell that somebody would decide what they proposed themselves."""
    return action.verb in {"approve", "decline"} and row.proposal is not None and row.proposal.proposed_by == visitor.actor.name


def _limits_shown(request: HttpRequest, visitor: Visitor, typed: Typed) -> HttpResponse:
    with visitor.reading("pay limits") as reads:
        found = reads.pay_limits()
    context = {
        "here": "stopped",
        "limits": [(limit, forms.state_of(limit), limit.proposed_by == visitor.actor.name) for limit in found],
        "typed": typed,
        "subjects": SUBJECTS,
        "may": {"set": visitor.may(Duty.SET_PAY_LIMIT), "approve": visitor.may(Duty.APPROVE_PAY_LIMIT)},
        "first_line": _limits_line(found),
    }
    return show(request, visitor, "stopped/limits.html", context, status=WRONG if typed.form else 200)


def _first_line(rows: list[StoppedRow]) -> Said:
    """Say in one sentence what does not go and when the first of it is due."""
    if not rows:
        return said("stopped.none")
    total = sum(row.paid.amount for row in rows)
    return said("stopped.first_line", count=len(rows), amount_ore=total, first_day=min(row.paid.value_date for row in rows))


def _limits_line(found: tuple[PayLimit, ...]) -> Said:
    waiting = sum(limit.outcome is None for limit in found)
    return said("stopped.limits_wait", count=waiting) if waiting else said("stopped.limits_title")


def _bars(card: StoppedCard) -> list[HistoryBar]:
    """Draw the person's own payments, oldest first, this one last; the table beside has the figures."""
    shown = [*reversed(card.earlier), card.row.paid]
    most = max(paid.net for paid in shown)
    return [HistoryBar(paid, place * (BAR + GAP), max(1, paid.net * (FLOOR - 4) // most)) for place, paid in enumerate(shown)]

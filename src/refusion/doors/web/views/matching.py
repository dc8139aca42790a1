"""The matching board: open lines with what they may be for, and everything that a person may do about them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from refusion.access import Duty
from refusion.doors.web import matching_forms as forms
from refusion.doors.web.shell import show
from refusion.doors.web.visitor import Visitor, page
from refusion.values.said import BadInput, Problem, Refused, Said, said
from refusion.workflow.settlements.board import Board, BoardLine, Offer

SHOWN = 50
WRONG = 422
USUAL_WAIT = timedelta(days=14)
DONE = frozenset({"accepted", "by_hand", "undone", "parked", "proposed", "approved", "withdrawn"})
DECISIONS = frozenset({"approve", "decline", "withdraw"})


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person typed into one form of the board, and what was wrong with it."""

    form: str = ""
    number: int | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, Problem] = field(default_factory=dict)
    refused: Said | None = None


@dataclass(frozen=True, slots=True)
class OfferRow:
    """A suggestion as the board shows it: its claims by number with their cases, and its lines by number."""

    offer: Offer
    amount: int
    claims: tuple[tuple[int, int], ...]
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line as the board shows it, with the form that was sent for it."""

    board: BoardLine
    offers: tuple[OfferRow, ...]
    typed: Typed

    @property
    def park_id(self) -> str:
        """Give the fields of laying aside ids of their own."""
        return f"park-{self.board.line.number}"

    @property
    def off_id(self) -> str:
        """Give the fields of writing off ids of their own."""
        return f"off-{self.board.line.number}"


@page(Duty.SEE_PAYMENTS)
@require_safe
def board(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show what lies open between bank and claims."""
    return _shown(request, visitor, Typed())


@page(Duty.MATCH_PAYMENTS)
@require_POST
def accept(request: HttpRequest, visitor: Visitor, number: int) -> HttpResponse:
    """Match what is suggested for a line."""
    code = request.POST.get("code", "")
    act = partial(visitor.house.accept_suggestion, visitor.actor, visitor.place.code, number, code)
    return _done_or_said(request, visitor, ("accept", number), "accepted", act)


@page(Duty.MATCH_PAYMENTS)
@require_POST
def hand(request: HttpRequest, visitor: Visitor, number: int) -> HttpResponse:
    """Match, split or join as a person says."""

    def act() -> None:
        read = forms.by_hand(number, request.POST.dict())
        visitor.house.match_by_hand(visitor.actor, visitor.place.code, read.given, read.reason)

    return _done_or_said(request, visitor, ("hand", number), "by_hand", act)


@page(Duty.MATCH_PAYMENTS)
@require_POST
def park(request: HttpRequest, visitor: Visitor, number: int) -> HttpResponse:
    """Lay a line aside until a day."""

    def act() -> None:
        why, until = forms.aside(request.POST.dict())
        visitor.house.park_line(visitor.actor, visitor.place.code, number, reason=why, until=until)

    return _done_or_said(request, visitor, ("park", number), "parked", act)


@page(Duty.MATCH_PAYMENTS)
@require_POST
def undo(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Take back what a line was matched with."""
    typed = request.POST.dict()

    def act() -> None:
        line, claim, why = forms.together(
            lambda: forms.numbered("line", typed), lambda: forms.numbered("claim", typed, may_be_empty=True), lambda: forms.reason(typed)
        )
        visitor.house.undo_match(visitor.actor, visitor.place.code, int(line or 0), str(why), claim=None if claim is None else int(claim))

    return _done_or_said(request, visitor, ("undo", None), "undone", act)


@page(Duty.PROPOSE_WRITE_OFF)
@require_POST
def write_off_line(request: HttpRequest, visitor: Visitor, number: int) -> HttpResponse:
    """Propose to give up what is left of a line."""

    def act() -> None:
        visitor.house.propose_line_write_off(visitor.actor, visitor.place.code, number, forms.reason(request.POST.dict()))

    return _done_or_said(request, visitor, ("write-off", number), "proposed", act)


@page(Duty.PROPOSE_WRITE_OFF)
@require_POST
def write_off_claim(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Propose to give up a claim's open difference."""
    typed = request.POST.dict()

    def act() -> None:
        claim, why = forms.together(lambda: forms.numbered("claim", typed), lambda: forms.reason(typed))
        visitor.house.propose_claim_write_off(visitor.actor, visitor.place.code, int(claim or 0), str(why))

    return _done_or_said(request, visitor, ("claim", None), "proposed", act)


@page(Duty.SEE_PAYMENTS)
@require_POST
def decide(request: HttpRequest, visitor: Visitor, number: int, verb: str) -> HttpResponse:
    """Approve, decline or withdraw a proposal; the house asks for the duty of each."""
    if verb not in DECISIONS:
        raise Http404
    act = {
        "approve": visitor.house.approve_write_off,
        "decline": visitor.house.decline_write_off,
        "withdraw": visitor.house.withdraw_write_off,
    }[verb]
    done = "approved" if verb == "approve" else "withdrawn"
    return _done_or_said(request, visitor, ("decide", number), done, lambda: act(visitor.actor, visitor.place.code, number))


def _done_or_said(
    request: HttpRequest, visitor: Visitor, form: tuple[str, int | None], done: str, act: Callable[[], object]
) -> HttpResponse:
    """Do it and go back to the board, or say beside the field why not, with what was typed."""
    name, number = form
    try:
        act()
    except BadInput as bad:
        problems = {problem.column or "reason": problem for problem in bad.problems}
        return _shown(request, visitor, Typed(name, number, request.POST.dict(), problems), status=WRONG)
    except Refused as refused:
        if refused.because.key.startswith("access."):
            raise
        return _shown(request, visitor, Typed(name, number, request.POST.dict(), {}, refused.because), status=WRONG)
    told = {"done": done, **({"line": number} if number is not None else {})}
    return redirect(f"{reverse('match')}?{urlencode(told)}")


def _shown(request: HttpRequest, visitor: Visitor, typed: Typed, *, status: int = 200) -> HttpResponse:
    found = visitor.house.matching_board(visitor.actor, visitor.place.code)
    done, line = request.GET.get("done", ""), request.GET.get("line", "")
    context: dict[str, Any] = {
        "here": "payments",
        "first_line": _first_line(found),
        "lines": [_row(one, typed) for one in found.lines[:SHOWN]],
        "more": max(0, len(found.lines) - SHOWN),
        "proposals": [(one, one.write_off.proposed_by == visitor.actor.name) for one in found.proposals],
        "typed": typed,
        "done": f"web.match_done_{done}" if done in DONE else "",
        "done_line": line if line.isdecimal() and line.isascii() else "",
        "usual_day": (found.day + USUAL_WAIT).isoformat(),
        "may": _duties(visitor),
    }
    return show(request, visitor, "matching/board.html", context, status=status)


def _first_line(found: Board) -> Said:
    """Say in one sentence how much lies open."""
    if not found.lines:
        return said("web.payments_none_open")
    return said("settlements.lines_open", lines=len(found.lines), open_ore=found.open_ore)


def _row(one: BoardLine, typed: Typed) -> LineRow:
    return LineRow(one, tuple(map(_offer, one.offers)), typed if typed.number == one.line.number else Typed())


def _offer(offer: Offer) -> OfferRow:
    names = sorted(offer.names.values(), key=lambda name: name.number)
    amount = sum(share.amount for share in offer.suggestion.shares)
    return OfferRow(offer, amount, tuple((name.number, name.case) for name in names), tuple(sorted(offer.lines.values())))


def _duties(visitor: Visitor) -> dict[str, bool]:
    asked = {"match": Duty.MATCH_PAYMENTS, "propose": Duty.PROPOSE_WRITE_OFF, "approve": Duty.APPROVE_WRITE_OFF}
    return {name: visitor.may(duty) for name, duty in asked.items()}

"""The work list: the most valuable thing first, and the usual answer without leaving the list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from refusion.access import Duty
from refusion.doors.web import entries
from refusion.doors.web.shell import asks_for_part, part, show
from refusion.doors.web.visitor import Visitor, page
from refusion.store.reads.work_list import SOON, WorkRow, WorkTotals
from refusion.values.said import BadInput, Problem, Refused, Said, said
from refusion.watch.facts import Kind, Turn

TURNS = frozenset(turn.value for turn in Turn)
SHOWN = 50
WRONG = 422


@dataclass(frozen=True, slots=True)
class Matter:
    """A row of the list with what its form needs: the duties it asks, what was typed, what was wrong."""

    row: WorkRow
    form: str
    typed: Mapping[str, str]
    problems: Mapping[str, Problem]
    refused: Said | None = None


@page(Duty.SEE_WORK)
@require_safe
def work(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show what is open, of one's own turn or all, of one kind or every kind."""
    whose, kind = request.GET.get("whose", "mine"), _kind(request.GET.get("kind"))
    mine = sorted(visitor.actor.roles & TURNS)
    turns = mine if whose == "mine" and mine else None
    with visitor.reading("work") as reads:
        found = reads.work_list(turns, kind, SHOWN)
    today = visitor.house.today()
    context = {
        "here": "work",
        "found": found,
        "matters": [matter(row) for row in found.rows],
        "first_line": first_line(found.totals, today),
        "whose": "mine" if turns else "all",
        "has_own": bool(mine),
        "kind": kind,
        "cut": len(found.rows) == SHOWN,
        "may": duties(visitor),
    }
    return show(request, visitor, "work.html", context)


def first_line(totals: WorkTotals, today: date) -> Said:
    """Say in one sentence what can be lost and when, or until when nothing can."""
    if totals.first_safe_day is not None:
        return said("web.work_at_risk", at_risk_ore=totals.at_risk, days=SOON.days, first_deadline=totals.first_safe_day)
    if totals.next_safe_day is not None:
        return said("web.work_safe_until", first_deadline=totals.next_safe_day)
    return said("web.work_no_date", first_deadline=today + SOON + timedelta(days=1))


def matter(row: WorkRow, typed: Mapping[str, str] | None = None) -> Matter:
    """Make a row ready to be shown, its form filled as far as the house knows."""
    return Matter(row, form_of(row), typed if typed is not None else _known(row), {})


def form_of(row: WorkRow) -> str:
    """Say which form a task has: an answer, a reason, a new try, or none."""
    if row.kind == Kind.ANSWER_MISSING and row.question:
        return entries.form_of(row.question)
    if row.kind == Kind.DIFFERENCE and row.claim:
        return "reason"
    return "retry" if row.kind == Kind.REFUSED_BY_AUTHORITY and row.case else ""


def _known(row: WorkRow) -> dict[str, str]:
    week = entries.week_of(row.about) if row.question else None
    if week:
        return {"valid_from": week[0].isoformat(), "valid_until": week[1].isoformat()}
    return {"valid_from": row.first_absence_day.isoformat()} if row.first_absence_day else {}


@page(Duty.ANSWER_QUESTION)
@require_POST
def answer(request: HttpRequest, visitor: Visitor, task: UUID) -> HttpResponse:
    """Take the answer to a task's question; an answer that cannot be used stays in its field with the reason."""
    row = _task(visitor, task)
    typed = request.POST.dict()
    return _done_or_said(request, visitor, row, lambda: _answer(visitor, row, typed))


def _answer(visitor: Visitor, row: WorkRow, typed: Mapping[str, Any]) -> None:
    entry = entries.read_entry(row.question or "", typed)
    visitor.house.answer_question(
        visitor.actor,
        visitor.place.code,
        row.task,
        entry.value,
        entry.document,
        valid_from=entry.valid_from,
        valid_until=entry.valid_until,
    )


@page(Duty.CLOSE_DIFFERENCE)
@require_POST
def close_difference(request: HttpRequest, visitor: Visitor, task: UUID) -> HttpResponse:
    """Close a claim's difference with the reason given."""
    row = _task(visitor, task)
    claim = row.claim
    if claim is None:
        raise Http404
    typed = request.POST.dict()
    return _done_or_said(
        request,
        visitor,
        row,
        lambda: visitor.house.close_difference(visitor.actor, visitor.place.code, claim, entries.reason(typed)),
    )


@page(Duty.RETRY_REFUSED)
@require_POST
def retry(request: HttpRequest, visitor: Visitor, task: UUID) -> HttpResponse:
    """Let the house file again what the authority refused."""
    row = _task(visitor, task)
    case = row.case
    if case is None:
        raise Http404
    return _done_or_said(
        request, visitor, row, lambda: visitor.house.retry_refused(visitor.actor, visitor.place.code, case)
    )


def _task(visitor: Visitor, id: UUID) -> WorkRow:
    with visitor.reading("work") as reads:
        found = reads.task(id)
    if found is None:
        raise Http404
    return found


def _done_or_said(request: HttpRequest, visitor: Visitor, row: WorkRow, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except (BadInput, Refused) as error:
        return _said(request, visitor, row, error)
    if not asks_for_part(request):
        return redirect("case", number=row.case_number) if row.case_number else redirect("work")
    return part(request, visitor, "parts/matter_done.html", {"row": row})


def _said(request: HttpRequest, visitor: Visitor, row: WorkRow, error: BadInput | Refused) -> HttpResponse:
    problems = {problem.column or "value": problem for problem in error.problems} if isinstance(error, BadInput) else {}
    refused = error.because if isinstance(error, Refused) else None
    shown = Matter(row, form_of(row), request.POST.dict(), problems, refused)
    context = {"matter": shown, "may": duties(visitor), "opened": True}
    if asks_for_part(request):
        return part(request, visitor, "parts/matter.html", context, status=WRONG)
    return show(request, visitor, "matter.html", {**context, "here": "work"}, status=WRONG)


def duties(visitor: Visitor) -> dict[str, bool]:
    """Say which forms of a task the person may use."""
    asked = {"answer": Duty.ANSWER_QUESTION, "reason": Duty.CLOSE_DIFFERENCE, "retry": Duty.RETRY_REFUSED}
    return {name: visitor.may(duty) for name, duty in asked.items()}


def _kind(asked: str | None) -> str | None:
    return asked if asked in frozenset(kind.value for kind in Kind) else None

"""One case: where it stands, what proves it, the one next action, and everything below."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from refusion.absences.facts import Question
from refusion.access import Duty
from refusion.cases.facts import FUNDS, Kind, State
from refusion.cases.states import WAITS
from refusion.doors.web import entries
from refusion.doors.web.ladder import ladder
from refusion.doors.web.shell import asks_for_part, part, show
from refusion.doors.web.views.work import duties, matter
from refusion.doors.web.visitor import Visitor, page
from refusion.store.reads.case import CaseChain, CaseHead
from refusion.values.said import BadInput, Refused, Said, said

WRONG = 422
QUESTIONS = tuple((question.value, entries.form_of(question)) for question in Question)


@page(Duty.SEE_CASE)
@require_safe
def case(request: HttpRequest, visitor: Visitor, number: int) -> HttpResponse:
    """Show a case with its whole chain."""
    return _case_page(request, visitor, number)


@page(Duty.ENTER_FACT)
@require_POST
def enter_fact(request: HttpRequest, visitor: Visitor, number: int) -> HttpResponse:
    """Enter a fact that payroll lacks; what cannot be used stays in its field with the reason."""
    typed = request.POST.dict()
    head = _chain(visitor, number, "enter_fact").head
    question = str(typed.get("question", ""))
    if question not in dict(QUESTIONS):
        raise Http404
    try:
        entry = entries.read_entry(question, typed)
        visitor.house.enter_fact(
            visitor.actor,
            visitor.place.code,
            head.employment,
            question,
            entry.value,
            valid_from=entry.valid_from,
            valid_until=entry.valid_until,
            document=entry.document,
        )
    except (BadInput, Refused) as error:
        return _case_page(request, visitor, number, typed=typed, error=error)
    return redirect(reverse("case", kwargs={"number": number}) + "#answers")


@page(Duty.SEE_CASE)
@require_safe
def message(request: HttpRequest, visitor: Visitor, id: UUID) -> HttpResponse:
    """Show a raw message as it was sent or came, national numbers masked."""
    with visitor.reading("message") as reads:
        found = reads.message(id)
    if found is None:
        raise Http404
    context = {"here": "cases", "message": found, "text": found.raw.decode("utf-8", "replace")}
    if asks_for_part(request):
        return part(request, visitor, "parts/message.html", context)
    return show(request, visitor, "message.html", context)


def _chain(visitor: Visitor, number: int, purpose: str) -> CaseChain:
    with visitor.reading(purpose) as reads:
        found = reads.case(number)
    if found is None:
        raise Http404
    return found


def _case_page(
    request: HttpRequest,
    visitor: Visitor,
    number: int,
    *,
    typed: Mapping[str, Any] | None = None,
    error: BadInput | Refused | None = None,
) -> HttpResponse:
    chain = _chain(visitor, number, "case")
    state = State(chain.head.state)
    problems = {problem.column or "value": problem for problem in error.problems} if isinstance(error, BadInput) else {}
    context = {
        "here": "cases",
        "chain": chain,
        "head": chain.head,
        "now": state_sentence(chain.head),
        "rungs": ladder(chain),
        "matters": [matter(row) for row in chain.tasks],
        "waits_on": WAITS[state].on if state in WAITS else "",
        "sums": _sums(chain),
        "answers": chain.claims[-1].answers if chain.claims else (),
        "questions": QUESTIONS,
        "typed": typed or {},
        "first_typed": {"valid_from": chain.head.first_absence_day.isoformat()},
        "problems": problems,
        "refused": error.because if isinstance(error, Refused) else None,
        "opened": typed.get("question") if typed else "",
        "may": duties(visitor),
        "may_enter": visitor.may(Duty.ENTER_FACT),
    }
    return show(request, visitor, "case.html", context, status=WRONG if error else 200)


def state_sentence(head: CaseHead) -> Said:
    """Say where the case stands, with its clock."""
    if head.pilot and head.state == State.WATCHING:
        return said("cases.now_pilot")
    if Kind(head.kind) in FUNDS and head.state in (State.RUNNING, State.ENDED):
        return said(f"cases.now_fund_{head.state}", last_day=head.last_absence_day)
    return said(
        f"cases.now_{head.state}",
        file_deadline=head.file_on,
        notify_deadline=head.notify_by,
        notified_on=head.notified_on,
        last_day=head.last_absence_day,
    )


def _sums(chain: CaseChain) -> dict[str, int]:
    counted = [claim for claim in chain.claims if claim.state not in ("annulled", "dropped")]
    return {
        "expected": sum(claim.expected for claim in counted),
        "decided": sum(claim.decided or 0 for claim in counted),
        "received": sum(claim.received for claim in counted),
        "difference": sum(claim.difference or 0 for claim in counted),
    }

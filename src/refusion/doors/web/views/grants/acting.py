"""What a person does on the pages of grants: open, review, decide, approve, pay, report; each goes back to its page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from refusion.access import Duty
from refusion.doors.web.shell import show
from refusion.doors.web.views.grants.pages import WRONG, shown_inbox, shown_runs
from refusion.doors.web.views.grants.showing import DONE, meant, report_rows
from refusion.doors.web.visitor import Visitor, page
from refusion.grants.reading import shipped, text_of
from refusion.values.said import BadInput, Problem, Refused, Said, said
from refusion.workflow.grants.deciding import Proposal
from refusion.workflow.grants.paying import Wanted
from refusion.workflow.grants.reporting import Report

Typed = Mapping[str, str]
Act = Callable[[Visitor, str, Typed], object]
LONGEST = 200


def _review(visitor: Visitor, name: str, typed: Typed) -> object:
    return visitor.house.begin_review(visitor.actor, visitor.place.code, name, typed.get("pot", ""), _whos(typed))


def _complete(visitor: Visitor, name: str, typed: Typed) -> None:
    asked = (typed.get("pot", ""), typed.get("who", ""), typed.get("reason", "")[:LONGEST])
    visitor.house.ask_completion(visitor.actor, visitor.place.code, name, asked, _day(typed, "due"))


def _decide(visitor: Visitor, name: str, typed: Typed) -> object:
    words = (typed.get("reason", "")[:LONGEST], typed.get("consulted", "")[:LONGEST])
    proposal = Proposal(typed.get("pot", ""), tuple(_whos(typed)), typed.get("fulfilled") == "yes", *words)
    return visitor.house.propose_decisions(visitor.actor, visitor.place.code, name, proposal)


def _approve(visitor: Visitor, name: str, typed: Typed) -> object:
    return visitor.house.approve_decisions(visitor.actor, visitor.place.code, name, typed.get("pot", ""), typed.get("digits", ""))


def _withdraw(visitor: Visitor, name: str, typed: Typed) -> object:
    return visitor.house.withdraw_decisions(visitor.actor, visitor.place.code, name, typed.get("pot", ""))


def _reopen(visitor: Visitor, name: str, typed: Typed) -> None:
    asked = (typed.get("pot", ""), typed.get("who", ""), typed.get("reason", "")[:LONGEST])
    visitor.house.reopen_condition(visitor.actor, visitor.place.code, name, asked)


def _propose_run(visitor: Visitor, name: str, typed: Typed) -> object:
    pots = tuple(typed.get("pots", "").replace(",", " ").split())
    return visitor.house.propose_run(visitor.actor, visitor.place.code, name, Wanted(pots, _day(typed, "on") if typed.get("on") else None))


def _approve_run(visitor: Visitor, name: str, typed: Typed) -> object:
    return visitor.house.approve_run(visitor.actor, visitor.place.code, name, _number(typed), typed.get("digits", ""))


def _withdraw_run(visitor: Visitor, name: str, typed: Typed) -> None:
    visitor.house.withdraw_run(visitor.actor, visitor.place.code, name, _number(typed))


def _pay_run(visitor: Visitor, name: str, typed: Typed) -> object:
    return visitor.house.pay_run(visitor.actor, visitor.place.code, name, _number(typed))


INBOX: Mapping[str, tuple[Act, str]] = {
    "review": (_review, "reviewed"), "complete": (_complete, "completed"), "decide": (_decide, "decided"),
    "approve": (_approve, "approved"), "withdraw": (_withdraw, "withdrawn"), "reopen": (_reopen, "reopened"),
}  # fmt: skip
RUNS: Mapping[str, tuple[Act, str]] = {
    "propose": (_propose_run, "proposed"), "approve": (_approve_run, "run_approved"), "withdraw": (_withdraw_run, "run_withdrawn"),
    "pay": (_pay_run, "run_paid"),
}  # fmt: skip


@page(Duty.ADMINISTER_GRANT)
@require_POST
def open_agreement(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Open a shipped agreement."""
    name = request.POST.get("name", "")
    if name not in shipped():
        raise Http404
    visitor.house.open_agreement(visitor.actor, visitor.place.code, text_of(name), name)
    return redirect(f"{reverse('grant', args=[name])}?{urlencode({'done': 'opened'})}")


@page(Duty.SEE_GRANTS)
@require_POST
def act_on_conditions(request: HttpRequest, visitor: Visitor, name: str, verb: str) -> HttpResponse:
    """Review, ask, decide, approve, withdraw, reopen; the house asks for the duty of each."""
    return _acted(request, visitor, name, INBOX.get(verb), "grant-inbox")


@page(Duty.SEE_GRANTS)
@require_POST
def act_on_runs(request: HttpRequest, visitor: Visitor, name: str, verb: str) -> HttpResponse:
    """Propose, approve, withdraw or pay a run; the house asks for the duty of each."""
    return _acted(request, visitor, name, RUNS.get(verb), "grant-runs")


@page(Duty.REPORT_CONDITION)
@require_safe
def reporting(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show what a county has to report, and the form for it."""
    return _reporting(request, visitor)


@page(Duty.REPORT_CONDITION)
@require_POST
def send_report(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Register the report that was sent."""
    typed = request.POST.dict()
    name = str(typed.get("agreement", ""))
    evidence = {key.partition(":")[2]: str(text)[:LONGEST] for key, text in typed.items() if key.startswith("evidence:")}
    report = Report(str(typed.get("pot", "")), str(typed.get("who", "")), str(typed.get("diary", ""))[:LONGEST], None, evidence)
    try:
        visitor.house.register_report(visitor.actor, visitor.place.code, name, report)
    except Refused as refused:
        if refused.because.key.startswith("access."):
            raise
        return _reporting(request, visitor, refused.because)
    return redirect(f"{reverse('grant-report')}?{urlencode({'done': 'reported'})}")


def _reporting(request: HttpRequest, visitor: Visitor, refused: Said | None = None) -> HttpResponse:
    names = visitor.house.names_of_agreements(visitor.actor, visitor.place.code)
    own = [visitor.house.own_conditions(visitor.actor, visitor.place.code, name) for name in names]
    awaited = [row for standing in own if standing is not None for row in report_rows(standing)]
    done = request.GET.get("done", "")
    context: dict[str, Any] = {
        "here": "grant-report", "rows": awaited, "refused": refused, "typed": request.POST.dict(),
        "done": f"agreements.done_{done}" if done in DONE else "",
    }  # fmt: skip
    return show(request, visitor, "grants/report.html", context, status=WRONG if refused else 200)


def _acted(request: HttpRequest, visitor: Visitor, name: str, chosen: tuple[Act, str] | None, back: str) -> HttpResponse:
    """Do it and go back to the page, or show the page with what was refused."""
    if chosen is None:
        raise Http404
    act, done = chosen
    told: tuple[Said | Problem, ...]
    try:
        act(visitor, name, _words(request))
    except BadInput as bad:
        told = bad.problems
    except Refused as refused:
        if refused.because.key.startswith("access."):
            raise
        told = (refused.because,)
    else:
        run = request.POST.get("run", "")
        return redirect(f"{reverse(back, args=[name])}?{urlencode({'done': done, **({'run': run} if run else {})})}")
    shown = shown_inbox if back == "grant-inbox" else shown_runs
    return shown(request, visitor, meant(visitor, name), told)


def _words(request: HttpRequest) -> Typed:
    return {key: str(value).strip() for key, value in request.POST.items()}


def _whos(typed: Typed) -> list[str]:
    return typed.get("who", "").replace(",", " ").split()


def _number(typed: Typed) -> int:
    given = typed.get("run", "")
    if not (given.isdecimal() and given.isascii() and len(given) < 10):
        raise Refused(said("agreements.no_such_run", number=given[:10]))
    return int(given)


def _day(typed: Typed, field: str) -> date:
    try:
        return date.fromisoformat(typed.get(field, ""))
    except ValueError:
        raise BadInput(Problem(said("agreements.no_day"), said("agreements.no_day_remedy"), column=field)) from None

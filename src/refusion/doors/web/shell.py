"""What stands around every page: the institution, the day of the data, the pages a person may open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from refusion.access import Duty
from refusion.doors.web import words
from refusion.doors.web.visitor import Visitor

NAVIGATION = (
    ("work", Duty.SEE_WORK),
    ("cases", Duty.SEE_CASES),
    ("payments", Duty.SEE_PAYMENTS),
    ("stopped", Duty.SEE_STOPPED),
    ("reports", Duty.SEE_REPORTS),
    ("grants", Duty.SEE_GRANTS),
    ("grant-report", Duty.REPORT_CONDITION),
    ("self-employed-cases", Duty.SEE_SELF_EMPLOYED),
    ("nav", Duty.SEE_BOOKS),
    ("files", Duty.SEE_FILES),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the side navigation."""

    name: str
    address: str
    here: bool


def show(
    request: HttpRequest, visitor: Visitor, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """Show a page in its shell."""
    return render(request, template, {**_shell(visitor, str(context.get("here", ""))), **context}, status=status)


def part(request: HttpRequest, visitor: Visitor, template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """Show a part of a page, to be put in its place by script."""
    return render(request, template, {"visitor": visitor, **context}, status=status)


def asks_for_part(request: HttpRequest) -> bool:
    """Tell whether the script on a page asks, so that a part is enough."""
    return bool(getattr(request, "htmx", False))


def _shell(visitor: Visitor, here: str) -> dict[str, Any]:
    entries = [Entry(name, reverse(name), name == here) for name, duty in NAVIGATION if visitor.may(duty)]
    return {
        "visitor": visitor,
        "entries": entries,
        "today": visitor.house.today(),
        "may_search": visitor.may(Duty.SEE_CASES),
        "demo": bool(visitor.house.demo_log_ins()) and visitor.may(Duty.STEP_DEMO),
        "language": words.language(),
    }

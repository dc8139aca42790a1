"""The reconciliation with NAV: the four comparisons, each difference with its explanation or its task, and the open items."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from refusion.access import Duty
from refusion.doors.web.shell import show
from refusion.doors.web.visitor import Visitor, page
from refusion.reports.nav.reconciliation import Comparison, Reconciliation
from refusion.values.said import Said, said

SHOWN, FIRST = 100, 20
WRONG = 422
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
KEYS: Mapping[bool, str] = MappingProxyType({True: "refusjon.reconciled", False: "refusjon.not_reconciled"})


@page(Duty.SEE_BOOKS)
@require_safe
def reconciliation(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the comparisons as of a month, this one where none is named."""
    asked = request.GET.get("month", "").strip()
    is_wrong = bool(asked) and (MONTH.fullmatch(asked) is None or asked.startswith("0000"))
    day = visitor.house.today() if is_wrong or not asked else date.fromisoformat(f"{asked}-01")
    found = visitor.house.nav_reconciliation(visitor.actor, visitor.place.code, day)
    context = {
        "here": "nav",
        "found": found,
        "first_line": _first_line(found),
        "month": asked or found.month.isoformat()[:7],
        "month_wrong": is_wrong,
        "is_empty": not any(one.left or one.right for one in found.comparisons) and not found.open_items,
        "comparisons": [(one, _state(one), _rows(one)) for one in found.comparisons],
        "deviations": found.deviations[:SHOWN],
        "open_items": found.open_items[:SHOWN],
        "more_deviations": max(0, len(found.deviations) - SHOWN),
        "more_open": max(0, len(found.open_items) - SHOWN),
    }
    return show(request, visitor, "nav/reconciliation.html", context, status=WRONG if is_wrong else 200)


def _first_line(found: Reconciliation) -> Said:
    key = KEYS[not found.open and not found.residual]
    return said(key, open_items=len(found.open_items), open_ore=found.open, residual_ore=found.residual)


def _rows(one: Comparison) -> list[tuple[Said, bool]]:
    """Give each difference as a sentence with its amount, and whether somebody must look; what is open comes first."""
    found = [(Said(row.because.key, {**row.because.facts, "amount_ore": row.amount}), row.is_open) for row in one.differences]
    return sorted(found, key=lambda row: not row[1])[:FIRST]


def _state(one: Comparison) -> str:
    """Say with a word, not with a colour alone, how a comparison stands."""
    if one.open or one.residual:
        return "refusjon.web_needs_you"
    return "refusjon.web_explained" if one.difference else "refusjon.web_agrees"

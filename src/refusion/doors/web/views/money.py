"""Why an amount is what it is, what the bank brought, and what was read in."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from refusion.access import Duty
from refusion.doors.web.explaining import opening, step_of
from refusion.doors.web.shell import asks_for_part, part, show
from refusion.doors.web.visitor import Visitor, page
from refusion.values.said import Said, said

SHOWN = 100
LONGEST_VERSION = 6


@page(Duty.SEE_EXPLANATION)
@require_safe
def explanation(request: HttpRequest, visitor: Visitor, number: int) -> HttpResponse:
    """Explain a claim's expected amount: a sentence, then the steps down to what they rest on."""
    given = request.GET.get("version", "")
    version = int(given) if given.isdecimal() and given.isascii() and len(given) <= LONGEST_VERSION else None
    with visitor.reading("explanation") as reads:
        found = reads.claim_explanation(number, version)
    if found is None:
        raise Http404
    context = {
        "here": "cases",
        "found": found,
        "opening": opening(found),
        "root": step_of(found.explanation),
        "versions": range(1, found.newest_version + 1),
    }
    if asks_for_part(request):
        return part(request, visitor, "parts/explanation.html", {**context, "drawer": True})
    return show(request, visitor, "explanation.html", context)


@page(Duty.SEE_PAYMENTS)
@require_safe
def payments(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show what the bank brought: what nobody understands yet first, then what was matched, then the tray."""
    with visitor.reading("payments") as reads:
        found = reads.payments(SHOWN)
    context = {"here": "payments", "found": found, "first_line": _payments_line(found.totals.unmatched_lines)}
    return show(request, visitor, "payments.html", context)


def _payments_line(lines: int) -> Said:
    return said("web.payments_open", lines=lines) if lines else said("web.payments_none_open")


@page(Duty.SEE_FILES)
@require_safe
def files(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show what was read in, when, by whom, and why a file was refused."""
    with visitor.reading("files") as reads:
        found = reads.files(SHOWN)
    refused = sum(file.state == "refused" for file in found)
    line = said("web.files_refused", refused=refused) if refused else said("web.files_all_in")
    return show(request, visitor, "files.html", {"here": "files", "files": found, "first_line": line})

"""The list of cases, and the search that never leaves a name or a number in an address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from refusion.access import Duty
from refusion.cases.facts import State
from refusion.doors.web.shell import show
from refusion.doors.web.visitor import Visitor, page
from refusion.store.reads.cases import CasesPage
from refusion.values.said import Said, said
from refusion.wiring.reading import is_national_number

SHOWN = 50
LONGEST_SEARCH = 100
LONGEST_NUMBER = 18
STATES = tuple(state.value for state in State)
PURPOSES = ("answer", "complaint", "control", "person_asks")
PURPOSE_DAY, PURPOSE = "purpose_day", "purpose"


@page(Duty.SEE_CASES)
@require_safe
def cases(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the cases from the newest down, of one state where asked."""
    state = request.GET.get("state") if request.GET.get("state") in STATES else None
    with visitor.reading("cases") as reads:
        found = reads.cases(state, _number(request.GET.get("before")), SHOWN)
    context = {"here": "cases", "found": found, "state": state, "states": STATES}
    return show(request, visitor, "cases.html", context)


@page(Duty.SEE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Find cases by case number, name or national number; the latter asks once a day what for."""
    asked = request.POST.get("asked", "").strip()[:LONGEST_SEARCH]
    if not asked:
        return _search_page(request, visitor, asked, None)
    purpose = _purpose(request, visitor) if is_national_number(asked) else "search"
    if purpose is None:
        return _search_page(request, visitor, asked, None, problem=said("web.search_purpose_needed"), ask_purpose=True)
    with visitor.reading(purpose) as reads:
        found = reads.search(asked, SHOWN)
    if asked.isdecimal() and len(found.rows) == 1 and found.rows[0].number == int(asked):
        return redirect("case", number=found.rows[0].number)
    return _search_page(request, visitor, asked, found)


def _search_page(
    request: HttpRequest,
    visitor: Visitor,
    asked: str,
    found: CasesPage | None,
    *,
    problem: Said | None = None,
    ask_purpose: bool = False,
) -> HttpResponse:
    context = {
        "here": "cases",
        "asked": asked,
        "found": found,
        "problem": problem,
        "ask_purpose": ask_purpose,
        "purposes": PURPOSES,
        "shown": SHOWN,
    }
    return show(request, visitor, "search.html", context)


def _purpose(request: HttpRequest, visitor: Visitor) -> str | None:
    """Give what the look-up by number is for: chosen now, or earlier the same day."""
    today = visitor.house.today().isoformat()
    chosen = request.POST.get(PURPOSE, "")
    if chosen in PURPOSES:
        request.session[PURPOSE_DAY], request.session[PURPOSE] = today, chosen
    same_day = request.session.get(PURPOSE_DAY) == today
    return str(request.session[PURPOSE]) if same_day else None


def _number(given: str | None) -> int | None:
    return int(given) if given and given.isdecimal() and given.isascii() and len(given) <= LONGEST_NUMBER else None

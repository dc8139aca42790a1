"""The demo's own button: live the next day."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from refusion.access import Duty
from refusion.doors.web.visitor import Visitor, page


@page(Duty.STEP_DEMO)
@require_POST
def next_day(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Go one day on and show the work list of that day."""
    visitor.house.demo_next_day(visitor.actor)
    return redirect("work")

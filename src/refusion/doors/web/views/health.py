"""The page that monitors and load balancers ask: one word, no log-in, nothing of anybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from refusion.doors.web.visitor import open_to_all
from refusion.wiring.service.health import is_well

AWAY = 503


@open_to_all
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Say whether the house can work: 200 and ``well``, or 503 and ``the database does not answer``."""
    well = is_well()
    return HttpResponse("well\n" if well else "the database does not answer\n", content_type="text/plain", status=200 if well else AWAY)

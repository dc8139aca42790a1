"""Pages for what cannot be shown: refused, not found, faulty; each says in words what happened and what helps."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from refusion.doors.web import words
from refusion.values.said import BadInput, Refused, Said, said
from refusion.wiring.reading import LookUpNotKept

FORBIDDEN, NOT_FOUND, CONFLICT, BAD_REQUEST, FAULT, UNAVAILABLE = 403, 404, 409, 400, 500, 503


def said_page(request: HttpRequest, what: Said, status: int) -> HttpResponse:
    """Show one sentence as a page of its own, with the status."""
    heading = said(f"web.error_{status}_heading")
    return render(request, "error.html", {"heading": heading, "what": what, "language": words.language()}, status=status)


def refused_page(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """Give the page for a refusal or an input error, None for anything else."""
    if isinstance(error, Refused):
        return said_page(request, error.because, _status(error.because))
    if isinstance(error, BadInput):
        return said_page(request, error.problems[0].what, BAD_REQUEST)
    if isinstance(error, LookUpNotKept):
        return said_page(request, said("web.error_look_up_not_kept"), UNAVAILABLE)
    return None


def _status(because: Said) -> int:
    if because.key.startswith("access."):
        return FORBIDDEN
    return NOT_FOUND if because.key.endswith("not_found") else CONFLICT


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that the request could not be read."""
    return said_page(request, said("web.error_400"), BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that the person's roles do not reach this page."""
    return said_page(request, said("web.error_403"), FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there is nothing at this address."""
    return said_page(request, said("web.error_404"), NOT_FOUND)


def fault(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours and nothing was changed."""
    return said_page(request, said("web.error_500"), FAULT)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form was too old to be trusted (the CSRF token did not fit)."""
    return said_page(request, said("web.error_stale_form"), FORBIDDEN)

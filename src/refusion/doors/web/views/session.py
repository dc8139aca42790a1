"""Logging in and out, and choosing institution and language."""

from __future__ import annotations

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from refusion.doors.web import words
from refusion.doors.web.sessions import LANGUAGE, keep
from refusion.doors.web.shell import NAVIGATION
from refusion.doors.web.visitor import PLACE, open_to_all, visitor_of
from refusion.values.said import said
from refusion.wiring.admission import address_of, admit
from refusion.wiring.house import house
from refusion.wiring.reading import places_of

LONGEST_NAME = 150
TOO_OFTEN = 429


@open_to_all
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """Show the log-in page, or open a session for the name and password given."""
    if request.method != "POST":
        return _log_in_page(request)
    name = request.POST.get("name", "").replace("\x00", "").strip()[:LONGEST_NAME]
    password = request.POST.get("password", "")
    found = admit(name, address_of(request.META), lambda: authenticate(request, username=name, password=password))
    if found.closed_until is not None:
        problem = said("api.log_in_closed", until=words.instant(found.closed_until))
        return _log_in_page(request, name=name, problem=problem, status=TOO_OFTEN)
    user = found.person
    if user is None or not places_of(user.pk):
        problem = said("web.log_in_refused") if user is None else said("web.log_in_without_role")
        return _log_in_page(request, name=name, problem=problem, status=403)
    login(request, user)
    return redirect(_own_address(request, request.POST.get("next", "")))


def _log_in_page(request: HttpRequest, *, name: str = "", problem: object = None, status: int = 200) -> HttpResponse:
    wanted = request.POST.get("next", request.GET.get("next", ""))
    context = {
        "name": name,
        "problem": problem,
        "next": _own_address(request, wanted),
        "log_ins": house().demo_log_ins(),
        "language": words.language(),
    }
    answer = render(request, "log_in.html", context, status=status)
    keep(answer, request.GET.get(LANGUAGE, ""))
    return answer


@open_to_all
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session and forget all that the browser keeps of it, but go on in the person's language."""
    logout(request)
    answer = redirect(f"{reverse('log-in')}?{urlencode({LANGUAGE: words.language()})}")
    answer.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return answer


@open_to_all
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language in a cookie and go back to the page it was chosen on."""
    answer = redirect(_own_address(request, request.POST.get("next", "")))
    keep(answer, request.POST.get(LANGUAGE, ""))
    return answer


@open_to_all
@require_POST
def choose_institution(request: HttpRequest) -> HttpResponse:
    """Go to another institution where the person has a role; any other choice changes nothing."""
    if request.user.is_authenticated:
        codes = {place.code for place in places_of(request.user.pk)}
        if request.POST.get("institution") in codes:
            request.session[PLACE] = request.POST["institution"]
    return redirect("front")


@open_to_all
@require_GET
def front(request: HttpRequest) -> HttpResponse:
    """Go to the first page that the person's roles open; strangers to the log-in."""
    visitor = visitor_of(request)
    if visitor is None:
        return redirect("log-in")
    return redirect(next((name for name, duty in NAVIGATION if visitor.may(duty)), "work"))


def _own_address(request: HttpRequest, wanted: str) -> str:
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return wanted if wanted and safe else "/"

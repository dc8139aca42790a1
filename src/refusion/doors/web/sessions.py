"""What a visit keeps: its session, which ends after a working day, and its language, which stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from refusion.doors.web import words
from refusion.values.languages import NAMES, spoken
from refusion.wiring.clock import SystemClock

LONGEST = timedelta(hours=8)
BEGAN = "began"
A_YEAR = 365 * 24 * 60 * 60
LANGUAGE = "language"


class Sessions:
    """Django middleware: a session that has stood longer than a working day is ended, whatever was done in it.

    It ends at once when the password or the person behind it changed; that is Django's own check.
    """

    def __init__(self, answering: Callable[[HttpRequest], HttpResponse]) -> None:
        """Stand around the views."""
        self.answering = answering
        self.clock = SystemClock()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """End the session where its day is over, and let the view answer."""
        if request.user.is_authenticated:
            now = int(self.clock.now().timestamp())
            if now - request.session.setdefault(BEGAN, now) > LONGEST.total_seconds():
                logout(request)
        return self.answering(request)


class Languages(LocaleMiddleware):
    """Django's own, but it knows all that a Norwegian browser may ask for, and a language given in the address."""

    def process_request(self, request: HttpRequest) -> None:
        """Let the request be answered in the language of its visitor: chosen here, else asked for by the browser, else Danish."""
        asked = (code for code, _ in parse_accept_lang_header(request.headers.get("accept-language", "")))
        chosen = (request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""), request.GET.get(LANGUAGE, ""), *asked)
        translation.activate(next(filter(None, map(spoken, chosen)), settings.LANGUAGE_CODE))


class Offered(NamedTuple):
    """A language that a page offers, by its own name."""

    code: str
    name: str
    here: bool


def offered() -> list[Offered]:
    """List the languages for the page's switch, the page's own marked."""
    here = words.language()
    return [Offered(code, name, code == here) for code, name in NAMES.items()]


def keep(answer: HttpResponse, chosen: str) -> None:
    """Let the browser keep the language for a year; one that is not spoken here changes nothing."""
    if chosen in NAMES:
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=A_YEAR,
            httponly=True,
            samesite="Lax",
            secure=bool(settings.SESSION_COOKIE_SECURE),
        )

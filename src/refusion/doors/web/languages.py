"""Chooses the language of a visit: what the person chose here, else what the browser asks for, else Danish."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from refusion.doors.web import words
from refusion.values.languages import NAMES, spoken

A_YEAR = 365 * 24 * 60 * 60
FIELD = "language"


class Offered(NamedTuple):
    """A language that a page offers, by its own name."""

    code: str
    name: str
    here: bool


class Languages(LocaleMiddleware):
    """Django's own, but it knows all that a Norwegian browser may ask for, and a language given in the address."""

    def process_request(self, request: HttpRequest) -> None:
        """Let the request be answered in the language of its visitor."""
        translation.activate(_of(request))


def _of(request: HttpRequest) -> str:
    asked = (code for code, _ in parse_accept_lang_header(request.headers.get("accept-language", "")))
    chosen = (request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""), request.GET.get(FIELD, ""), *asked)
    return next(filter(None, map(spoken, chosen)), settings.LANGUAGE_CODE)


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

"""Every page speaks every language, offers the others, and goes on in the one that was chosen."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client

from refusion.doors.web.urls import urlpatterns
from refusion.values.languages import LANGUAGES, NAMES
from tests.doors.web.scene import Scene
from tests.doors.web.test_pages import address

WORK = {"da": "Arbejde", "nb": "Arbeid", "sv": "Arbete", "en": "Work"}
LOG_IN = {"da": "Adgangskode", "nb": "Passord", "sv": "Lösenord", "en": "Password"}
BUTTON = re.compile(r'<button class="link-button" name="language" value="(\w+)" lang="(\w+)">(\w+)</button>')
HERE = re.compile(r'<span class="shell-language-here" lang="(\w+)" aria-current="true">(\w+)</span>')
KEY = re.compile(r">\s*[a-z_]+\.[a-z_]+\s*<")


def check(page: str, language: str, place: str) -> None:
    assert f'<html lang="{language}">' in page, place
    assert HERE.findall(page) == [(language, NAMES[language])], place
    assert BUTTON.findall(page) == [(code, code, name) for code, name in NAMES.items() if code != language], place
    assert not KEY.search(page), f"{place}: {KEY.search(page)}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_in_the_visitors_language_and_offers_the_others(served: Scene, language: str) -> None:
    visitor, pages = served.client("caseworker", language), 0
    for place in [*(address(served, str(route.name)) for route in urlpatterns), "/nothing"]:
        answer = visitor.get(place, follow=True)
        page = answer.content.decode() if answer["Content-Type"].startswith("text/html") else ""
        if "<html" in page:
            pages += 1
            check(page, language, place)
            assert answer["Content-Language"] == language
    assert pages > len(urlpatterns) // 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stranger_chooses_before_the_log_in_and_the_choice_stays(served: Scene, language: str) -> None:
    stranger = Client(headers={"accept-language": "de"})
    check(stranger.get("/log-in").content.decode(), "da", "/log-in")
    chosen = stranger.post("/language", {"language": language, "next": "/log-in?next=/work"})
    assert chosen["Location"] == "/log-in?next=/work"
    cookie = chosen.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (cookie.value, cookie["samesite"], bool(cookie["httponly"])) == (language, "Lax", True)
    assert int(cookie["max-age"]) >= 300 * 24 * 60 * 60
    page = stranger.get("/log-in").content.decode()
    check(page, language, "/log-in")
    assert LOG_IN[language] in page
    user = served.user("caseworker")
    stranger.post("/log-in", {"name": user.name, "password": user.password})
    work = stranger.get("/work").content.decode()
    check(work, language, "/work")
    assert f">{WORK[language]}</a>" in work


@pytest.mark.parametrize(
    ("asked", "language"),
    [("nb-NO,nb;q=0.9,en;q=0.8", "nb"), ("nn-NO,nn;q=0.9,en;q=0.8", "nb"), ("no", "nb"), ("sv-FI,en", "sv"), ("de,en-US;q=0.5", "en"), ("de", "da"), ("", "da")],
)  # fmt: skip
def test_what_the_browser_asks_for_is_understood(served: Scene, asked: str, language: str) -> None:
    check(Client(headers={"accept-language": asked}).get("/log-in").content.decode(), language, asked)


def test_the_choice_outlives_the_log_out_that_clears_the_browser(served: Scene) -> None:
    visitor = served.client("caseworker", "da")
    visitor.post("/language", {"language": "sv", "next": "/work"})
    left = visitor.post("/log-out")
    assert "cookies" in left["Clear-Site-Data"]
    visitor.cookies.clear()  # what a browser does on being told so
    again = visitor.get(left["Location"])
    check(again.content.decode(), "sv", left["Location"])
    assert again.cookies[settings.LANGUAGE_COOKIE_NAME].value == "sv"


def test_a_language_that_is_not_spoken_changes_nothing(served: Scene) -> None:
    visitor = served.client("caseworker", "nb")
    assert settings.LANGUAGE_COOKIE_NAME not in visitor.post("/language", {"language": "xx", "next": "/work"}).cookies
    check(visitor.get("/log-in?language=xx").content.decode(), "nb", "/log-in")
    assert settings.LANGUAGE_COOKIE_NAME not in visitor.get("/log-in?language=xx").cookies


@pytest.mark.parametrize(("language", "amount", "day"), [("nb", "\xa0", r"\d\d\.\d\d\.\d{4}"), ("sv", "\xa0", r"\d{4}-\d\d-\d\d")])
def test_amounts_and_days_of_a_case_are_the_languages_own(served: Scene, language: str, amount: str, day: str) -> None:
    page = served.client("caseworker", language).get(f"/cases/{served.any_case()}").content.decode()
    assert re.search(rf"\d{{1,3}}{amount}\d{{3}},\d\d", page)
    assert re.search(day, page)

"""Every page for every role: who comes in, what each answer carries, what a page never shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import URLPattern

from refusion.access import Role, may
from refusion.doors.web.protection import CONTENT_SECURITY_POLICY
from refusion.doors.web.urls import urlpatterns
from refusion.wiring.reading import LookUpNotKept
from refusion.workflow.ports.institution import HOUSE
from refusion.workflow.ports.self_employed.cases import Person
from refusion.workflow.self_employed.keep import Opening
from tests.doors.web.scene import Scene
from tests.doors.web.stopped_scene import stopped_number

OPEN = {"front", "health", "log-in", "log-out", "language", "institution", "self-employed", "self-employed-days"}
POSTED = {
    "grant-open", "grant-report-send", "grant-inbox-act", "grant-runs-act",
    "next-day", "answer", "close-difference", "retry", "enter-fact", "match-undo", "write-off-claim", "match-accept", "match-hand",
    "match-park", "write-off-line", "write-off-decide", "stopped-act", "pay-limit-set", "pay-limit-act", "self-employed-open", "self-employed-act",
}  # fmt: skip
INLINE = re.compile(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|hx-on|javascript:|js:", re.IGNORECASE)
OUTSIDE = re.compile(r"(?:src|href|action)=[\"'](?:https?:)?//", re.IGNORECASE)


def routes() -> Iterator[URLPattern]:
    yield from urlpatterns


def duty_of(route: URLPattern) -> str | None:
    """Give the duty that the gate of a page asks."""
    duty: str | None = vars(route.callback)["duty"]
    return duty


def address(served: Scene, name: str) -> str:
    """Give an address of the route that exists in the scene."""
    return {
        "grant-open": "/grants/open",
        "grant-report": "/grants/report",
        "grant-report-send": "/grants/report/send",
        "grant": "/grants/se-2013",
        "grant-what-if": "/grants/se-2013/what-if",
        "grant-county": "/grants/se-2013/counties/09",
        "grant-inbox": "/grants/se-2013/inbox",
        "grant-inbox-act": "/grants/se-2013/inbox/review",
        "grant-runs": "/grants/se-2013/runs",
        "grant-runs-act": "/grants/se-2013/runs/propose",
        "grant-payments": "/grants/se-2013/payments.csv",
        "grant-letters": "/grants/se-2013/letters",
        "case": f"/cases/{served.any_case()}",
        "enter-fact": f"/cases/{served.any_case()}/facts",
        "explanation": f"/claims/{served.any_claim()}/explanation",
        "message": f"/messages/{a_message(served)}",
        "answer": f"/tasks/{uuid4()}/answer",
        "close-difference": f"/tasks/{uuid4()}/difference",
        "retry": f"/tasks/{uuid4()}/retry",
        "report": "/reports/requested",
        "export": "/reports/requested.csv",
        "front": "/",
        "stopped-payment": f"/stopped/{a_stopped(served) if name == 'stopped-payment' else 0}",
        "stopped-act": "/stopped/1/approve",
        "pay-limits": "/stopped/limits",
        "pay-limit-set": "/stopped/limits/set",
        "pay-limit-act": "/stopped/limits/1/approve",
        "self-employed-days": "/self-employed/days",
        "self-employed-cases": "/self-employed/cases",
        "self-employed-open": "/self-employed/cases/open",
        "self-employed-case": f"/self-employed/cases/{a_self_employed_case(served)}",
        "self-employed-act": f"/self-employed/cases/{a_self_employed_case(served)}/record",
        "match": "/payments/match",
        "match-undo": "/payments/match/undo",
        "write-off-claim": "/payments/match/claim",
        "match-accept": "/payments/match/1/accept",
        "match-hand": "/payments/match/1/hand",
        "match-park": "/payments/match/1/park",
        "write-off-line": "/payments/match/1/write-off",
        "write-off-decide": "/payments/write-offs/1/approve",
    }.get(name, f"/{name}")


def a_self_employed_case(served: Scene) -> int:
    """Open the case of a self-employed person, or give it where it stands."""
    opening = Opening(Person("6101651236", "Berit Bager", "12345678"), date(2024, 8, 5), income_year=300_000_00)
    return served.house.open_self_employed(HOUSE, served.code, opening).number or 0


def a_message(served: Scene) -> UUID:
    with served.house.reading(HOUSE, served.code, "test") as reads:
        chain = reads.case(served.any_case_of(reads))
    assert chain is not None
    return chain.reports[-1].messages[0].id


def a_stopped(served: Scene) -> int:
    """Give the number of a stopped salary payment; the run that has it is taken in once."""
    return stopped_number(served.house, served.code, served.house.today())


def test_every_route_asks_a_duty_or_is_marked_as_open() -> None:
    for route in routes():
        assert hasattr(route.callback, "duty"), f"{route.name} has neither a duty nor the mark of an open page"
        assert (duty_of(route) is None) == (route.name in OPEN), route.name


def test_strangers_are_sent_to_the_log_in(served: Scene) -> None:
    stranger = served.client(None)
    for route in routes():
        if route.name not in OPEN:
            call = stranger.post if route.name in POSTED else stranger.get
            answer = call(address(served, str(route.name)))
            assert (answer.status_code, answer["Location"][:7]) == (302, "/log-in"), route.name


@pytest.mark.parametrize("role", sorted(Role))
def test_a_role_comes_in_exactly_where_its_duties_reach(served: Scene, role: str) -> None:
    visitor = served.client(role)
    for route in routes():
        if route.name in OPEN | POSTED:
            continue
        answer = visitor.get(address(served, str(route.name)))
        expected = 200 if may([role], duty_of(route) or "") else 403
        assert answer.status_code == expected, f"{route.name} for {role}: {answer.status_code}"


@pytest.mark.parametrize("role", sorted(Role))
def test_a_role_changes_nothing_where_its_duties_do_not_reach(served: Scene, role: str) -> None:
    visitor = served.client(role)
    for route in routes():
        if route.name in POSTED and not may([role], duty_of(route) or ""):
            assert visitor.post(address(served, str(route.name))).status_code == 403, route.name


def test_nothing_is_changed_by_getting(served: Scene) -> None:
    for route in routes():
        name = str(route.name)
        if name in (POSTED | {"log-out", "language", "institution"}) - {"close-difference"}:
            allowed = next(role for role in sorted(Role) if may([role], duty_of(route) or "") or duty_of(route) is None)
            assert served.client(allowed).get(address(served, name)).status_code == 405, name


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_answer_is_protected_and_holds_nothing_inline_or_from_outside(served: Scene, language: str) -> None:
    visitor = served.client("caseworker", language)
    places = [address(served, str(route.name)) for route in routes()]
    for place in [*places, "/nothing", "/static/refusion/refusion.css", "/static/nothing.css"]:
        answer = visitor.get(place)
        assert answer["Content-Security-Policy"] == CONTENT_SECURITY_POLICY, place
        assert answer["X-Content-Type-Options"] == "nosniff", place
        assert answer["X-Frame-Options"] == "DENY", place
        assert answer["Referrer-Policy"] == "same-origin", place
        if place.startswith("/static/refusion"):
            answer.close()
            continue
        assert answer["Cache-Control"] == "no-store", place
        if answer["Content-Type"].startswith("text/html"):
            text = answer.content.decode()
            assert not INLINE.search(text), f"{place}: {INLINE.search(text)}"
            assert not OUTSIDE.search(text), place
            assert not re.search(r">\s*(web|cases|claims|watch|filing|access|reports|law)\.[a-z_]+\s*<", text), place
            assert not text or f'<html lang="{language}">' in text, place


def national_numbers(served: Scene) -> set[str]:
    """Open the national numbers of all persons, as the house does for a report."""
    with served.house.ports.work(served.code, HOUSE) as tx, connection.cursor() as cursor:
        cursor.execute("SELECT id FROM person")
        return {tx.payroll.national_number(person) for (person,) in cursor.fetchall()}


def test_no_page_shows_a_national_number(served: Scene) -> None:
    numbers = national_numbers(served)
    assert len(numbers) > 50
    visitor = served.client("caseworker")
    for route in routes():
        if route.name in POSTED:
            continue
        text = visitor.get(address(served, str(route.name))).content.decode("utf-8", "replace").replace("-", "")
        assert not [number for number in numbers if number in text], route.name


def test_pages_for_what_cannot_be_shown(served: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = served.client("caseworker", "en")
    visitor.raise_request_exception = False
    assert b"There is nothing here" in visitor.get("/nothing").content
    assert visitor.get("/cases/999999999999999999").status_code == 404
    assert visitor.get("/cases/9999999999999999999999").status_code == 404
    assert visitor.get(f"/messages/{uuid4()}").status_code == 404
    assert visitor.get("/claims/1/explanation?version=abc").status_code == 404
    monkeypatch.setattr("refusion.store.reads.cases.cases", lambda *_: 1 // 0)
    answer = visitor.get("/cases")
    assert (answer.status_code, b"Nothing was changed" in answer.content) == (500, True)
    assert answer["Content-Security-Policy"] == CONTENT_SECURITY_POLICY


def test_a_page_is_not_served_when_the_look_up_cannot_be_kept(served: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise DatabaseError("the log is full")

    visitor = served.client("caseworker", "en")
    monkeypatch.setattr("refusion.store.reads.look_ups.keep", broken)
    answer = visitor.get("/cases")
    assert answer.status_code == 503
    assert b"look-up could not be written" in answer.content
    with pytest.raises(LookUpNotKept), served.house.reading(HOUSE, served.code, "test") as reads:
        reads.cases(None, None, 5)


def test_who_was_shown_is_kept_with_purpose_and_count(served: Scene) -> None:
    number = served.any_case()
    served.client("caseworker").get(f"/cases/{number}")
    with served.house.ports.work(served.code, HOUSE), connection.cursor() as cursor:
        cursor.execute("SELECT actor, purpose, page, shown FROM look_up ORDER BY position DESC LIMIT 1")
        assert cursor.fetchone() == (served.user("caseworker").name, "case", "case", 1)


def test_reads_cannot_write(served: Scene) -> None:
    with pytest.raises(DatabaseError, match="read-only"), served.house.reading(HOUSE, served.code, "test"), connection.cursor() as cursor:
        cursor.execute("UPDATE task SET done_by = 'nobody'")


def test_log_in_and_log_out(served: Scene) -> None:
    client = Client(headers={"accept-language": "en"})
    page = client.get("/log-in").content.decode()
    assert all(user.password in page for user in served.users)
    user = served.user("caseworker")
    wrong = client.post("/log-in", {"name": user.name, "password": "guessed"})
    assert (wrong.status_code, b"wrong" in wrong.content) == (403, True)
    entered = client.post("/log-in", {"name": user.name, "password": user.password, "next": "https://elsewhere.example/"})
    assert (entered.status_code, entered["Location"]) == (302, "/")
    left = client.post("/log-out")
    assert "cookies" in left["Clear-Site-Data"]
    assert client.get("/work").status_code == 302


def test_the_demos_users_are_hidden_where_no_demo_runs(served: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(served.house, "demo", None)
    page = Client().get("/log-in").content.decode()
    assert not any(user.password in page for user in served.users)


def test_a_session_ends_with_the_working_day(served: Scene) -> None:
    client = served.client("caseworker")
    assert client.get("/work").status_code == 200
    session = client.session
    session["began"] -= 8 * 60 * 60 + 1
    session.save()
    assert client.get("/work").status_code == 302


def test_cookies_are_kept_from_scripts_and_other_sites(served: Scene) -> None:
    client = served.client("caseworker")
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert int(cookie["max-age"]) == 30 * 60


def test_what_another_site_sends_is_refused(served: Scene) -> None:
    client = served.client("caseworker")
    assert client.post("/search", {"asked": "x"}, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    answer = strict.post("/log-in", {"name": "x", "password": "y"})
    assert (answer.status_code, b"too old" in answer.content) == (403, True)


def test_the_language_is_kept_and_changed(served: Scene) -> None:
    client = served.client("caseworker", "da")
    assert b"Arbejde" in client.get("/work").content
    client.post("/language", {"language": "en", "next": "/work"})
    assert b"Whose turn" in client.get("/work?whose=all").content
    assert client.post("/language", {"language": "xx", "next": "//elsewhere.example"})["Location"] == "/"

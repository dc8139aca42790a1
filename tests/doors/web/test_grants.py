"""The pages of grants: opened, reported by a county, reviewed, decided by two, paid by two; empty, refused, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.test import Client

from refusion.grants.course.standing import Standing
from refusion.wiring.clock import SetClock
from refusion.workflow.grants.papers import Heard, Table
from refusion.workflow.ports.institution import HOUSE
from tests.doors.web.scene import Scene
from tests.story.grant_office import STATISTICS, columns

NAME = "se-2013"
PAGE = f"/grants/{NAME}"
APPROVALS = ("government", "skl_board", "riksdag_funds", "investigations_government", "investigations_skl_board")


@pytest.fixture(scope="module")
def clients(served: Scene) -> dict[str, Client]:
    roles = ("grant_administrator", "grant_approver", "county_reporter")
    return {role: served.client(role, "en") for role in roles}


@contextmanager
def on(served: Scene, day: str) -> Iterator[None]:
    """Let the house stand at a day of 2013 while the agreement lives."""
    from dataclasses import replace
    from datetime import date

    before = served.house.ports
    clock = SetClock(date.fromisoformat(day))
    served.house.ports = replace(before, clock=clock, work=replace(before.work, clock=clock))
    try:
        yield
    finally:
        served.house.ports = before


def standing(served: Scene) -> Standing:
    return served.house.agreement(HOUSE, served.code, NAME)


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def test_1_before_it_is_opened_the_pages_show_figures_alone(served: Scene, clients: dict[str, Client]) -> None:
    page = text(clients["grant_administrator"].get("/grants"))
    assert "No agreement was opened." in page
    page = text(clients["grant_administrator"].get(PAGE))
    assert "was not opened here" in page
    assert "1,000,000,000.00" in page
    assert "Counties are missing" in page
    assert clients["grant_administrator"].get("/grants/se-1999").status_code == 404
    assert clients["grant_administrator"].post("/grants/open", {"name": "se-1999"}).status_code == 404
    assert "You have nothing to report on." in text(clients["county_reporter"].get("/grants/report"))


def test_2_it_is_opened_and_shows_what_its_money_waits_for(served: Scene, clients: dict[str, Client]) -> None:
    with on(served, "2013-02-01"):
        answer = clients["grant_administrator"].post("/grants/open", {"name": NAME})
        assert (answer.status_code, answer["Location"]) == (302, f"{PAGE}?done=opened")
        assert "waits for Riksdagen" in text(clients["grant_administrator"].get(PAGE))
        for approval in APPROVALS:
            served.house.record_approval(HOUSE, served.code, NAME, (approval, served.house.now().day, "dnr"))
        day = served.house.now().day
        for pot in ("condition_1", "condition_2"):
            served.house.set_requirement(HOUSE, served.code, NAME, (pot, day, "dnr"), Heard("SKL", day, "minutes", day))
        served.house.add_statistics(HOUSE, served.code, NAME, Table(columns(STATISTICS), "made-up.csv", 2, day, "made up"))
        served.house.name_reporter(HOUSE, served.code, NAME, ("demo-county_reporter", "09", "letter"))


@pytest.mark.parametrize(("language", "words"), [("da", "Som det står|Efter det foreliggende"), ("en", "As it stands")])
def test_3_the_counties_stand_in_a_table_and_a_chart_in_both_languages(served: Scene, language: str, words: str) -> None:
    page = text(served.client("grant_administrator", language).get(PAGE))
    assert re.search(words, page)
    assert page.count("<rect ") == 42
    assert "Gotlands län" in page
    figures = text(served.client("grant_administrator", language).get(f"{PAGE}/counties/09"))
    assert re.search(r"\d+/\d+</td>", figures)
    assert not re.search(r">agreements\.|>figure_", figures)
    assert served.client("grant_administrator", language).get(f"{PAGE}/counties/02").status_code == 404
    assert not re.search(r">agreements\.|>grants\.|>web\.", page)


def test_4_a_county_reports_for_itself_alone(served: Scene, clients: dict[str, Client]) -> None:
    with on(served, "2013-08-30"):
        page = text(clients["county_reporter"].get("/grants/report"))
        assert "Region Gotland" in page
        assert "Region Skåne" not in page
        checks = [check.id for check in standing(served).agreement.checks if check.pot == "condition_1" and check.kind != "timestamp"]
        sent = {"agreement": NAME, "pot": "condition_1", "who": "09", "diary": "dnr 9", **{f"evidence:{check}": "plan" for check in checks}}
        wrong = clients["county_reporter"].post("/grants/report/send", {**sent, "who": "12"})
        assert (wrong.status_code, "You do not report for Region Skåne." in text(wrong)) == (422, True)
        assert clients["county_reporter"].post("/grants/report/send", sent).status_code == 302
        twice = clients["county_reporter"].post("/grants/report/send", {**sent, "diary": "dnr 10"})
        assert (twice.status_code, "reported on condition_1 already" in text(twice)) == (422, True)
        assert clients["county_reporter"].get(PAGE).status_code == 403


def test_5_the_administrator_reviews_asks_and_proposes_and_another_approves(served: Scene, clients: dict[str, Client]) -> None:
    administrator, approver = clients["grant_administrator"], clients["grant_approver"]
    matter = {"pot": "condition_1", "who": "09"}
    with on(served, "2013-09-10"):
        assert "dnr 9" in text(administrator.get(f"{PAGE}/inbox"))
        assert administrator.post(f"{PAGE}/inbox/review", matter).status_code == 302
        bad = administrator.post(f"{PAGE}/inbox/complete", {**matter, "reason": "a page", "due": "soon"})
        assert (bad.status_code, "Write year-month-day." in text(bad)) == (422, True)
        assert administrator.post(f"{PAGE}/inbox/complete", {**matter, "reason": "a page", "due": "2013-09-20"}).status_code == 302
        sent = {"agreement": NAME, **matter, "diary": "dnr 9b"}
        assert clients["county_reporter"].post("/grants/report/send", sent).status_code == 302
        assert administrator.post(f"{PAGE}/inbox/decide", {**matter, "fulfilled": "yes", "reason": "complete"}).status_code == 302
        others = " ".join(code for code in standing(served).agreement.codes if code != "09")
        no = {"pot": "condition_1", "who": others, "fulfilled": "no", "reason": "nothing came"}
        assert administrator.post(f"{PAGE}/inbox/decide", no).status_code == 302
        page = text(approver.get(f"{PAGE}/inbox"))
        digits = re.search(r'name="digits" value="([0-9a-f]{8})"', page)
        assert digits
        assert 'name="digits"' not in text(administrator.get(f"{PAGE}/inbox"))
        assert administrator.post(f"{PAGE}/inbox/approve", {"pot": "condition_1", "digits": digits[1]}).status_code == 403
        assert approver.post(f"{PAGE}/inbox/approve", {"pot": "condition_1", "digits": "00000000"}).status_code == 422
        assert approver.post(f"{PAGE}/inbox/approve", {"pot": "condition_1", "digits": digits[1]}).status_code == 302
        assert standing(served).state("condition_1", "09").value == "payable"
        assert administrator.post(f"{PAGE}/inbox/burn", matter).status_code == 404
        assert administrator.post(f"{PAGE}/inbox/withdraw", {"pot": "condition_1"}).status_code == 422


def test_6_a_run_is_proposed_approved_by_another_and_paid(served: Scene, clients: dict[str, Client]) -> None:
    administrator, approver = clients["grant_administrator"], clients["grant_approver"]
    with on(served, "2014-02-10"):
        assert "No run was proposed." in text(administrator.get(f"{PAGE}/runs"))
        hindered = administrator.post(f"{PAGE}/runs/propose", {"pots": "condition_1, condition_2"})
        assert (hindered.status_code, "condition_2 waits for 21 decisions" in text(hindered)) == (422, True)
        assert administrator.post(f"{PAGE}/runs/propose", {"pots": "condition_1"}).status_code == 302
        page = text(approver.get(f"{PAGE}/runs"))
        without = re.search(r'name="digits" value="([0-9a-f]{8})"', page)
        assert without
        assert approver.post(f"{PAGE}/runs/approve", {"run": "1", "digits": without[1]}).status_code == 302
        assert administrator.get(f"{PAGE}/payments.csv?run=1").status_code == 400
        served.house.note_account(HOUSE, served.code, NAME, ("09", "5050-1055", "form"))
        assert administrator.post(f"{PAGE}/runs/pay", {"run": "1"}).status_code == 422
        assert administrator.post(f"{PAGE}/runs/withdraw", {"run": "1"}).status_code == 302
        assert administrator.post(f"{PAGE}/runs/propose", {"pots": "condition_1"}).status_code == 302
        page = text(approver.get(f"{PAGE}/runs"))
        digits = re.search(r'name="digits" value="([0-9a-f]{8})"', page)
        assert digits
        assert "14 February 2014" in page
        assert "50501055" in page
        assert administrator.get(f"{PAGE}/payments.csv?run=2").status_code == 409
        assert approver.post(f"{PAGE}/runs/approve", {"run": "x", "digits": digits[1]}).status_code == 422
        assert approver.post(f"{PAGE}/runs/approve", {"run": "2", "digits": digits[1]}).status_code == 302
        csv = text(administrator.get(f"{PAGE}/payments.csv?run=2"))
        assert "50501055" in csv
        assert '"UO 10, anslag 1:6, anslagspost 2"' in csv
        assert administrator.post(f"{PAGE}/runs/pay", {"run": "2"}).status_code == 302
        assert "The condition En jämställd sjukskrivningsprocess is fulfilled" in text(administrator.get(f"{PAGE}/letters?run=2&payee=09"))
        assert administrator.get(f"{PAGE}/letters?run=7").status_code == 409
        assert administrator.post(f"{PAGE}/inbox/reopen", {"pot": "condition_1", "who": "09", "reason": "an error"}).status_code == 302


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("", 200, "With the change"),
        ("?county=14&condition=condition_2", 200, "condition_2: \N{MINUS SIGN}25,122,409.00"),
        ("?county=14&fact=net_days_2013&move=%2B5%25", 200, "\N{MINUS SIGN}"),
        ("?fact=net_days_2013&move=%2B5%25", 200, "With the change"),
        ("?condition=condition_5", 200, "condition_5_skl"),
        ("?fact=net_days_2013&move=lots", 422, "cannot be"),
        ("?county=99&condition=condition_2", 422, "No county of the agreement has this code."),
    ],
)
def test_7_what_if_reckons_and_says_what_cannot_be(served: Scene, clients: dict[str, Client], query: str, status: int, words: str) -> None:
    answer = clients["grant_administrator"].get(f"{PAGE}/what-if{query}")
    assert (answer.status_code, words in text(answer)) == (status, True)

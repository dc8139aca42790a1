"""The guide without log-in: it answers, says what is wrong at its field, gives a calendar file, and keeps nothing."""

from __future__ import annotations

import re

import pytest
from django.db import connections

from tests.doors.web.scene import Scene

TOLD = {
    "who": "self_employed", "first_absence_day": "2022-03-01", "can_work": "none", "home": "denmark", "business_months": "12",
    "last_month_in_business": "yes", "weekly_hours": "37", "income_year": "900000", "insurance": "none",
}  # fmt: skip


@pytest.mark.parametrize(("language", "words"), [("da", "4.465,00 kr. om ugen"), ("en", "kr 4,465.00 a week")])
def test_a_stranger_gets_the_answer_in_his_language(served: Scene, language: str, words: str) -> None:
    stranger = served.client(None, language)
    empty = stranger.get("/self-employed")
    assert empty.status_code == 200
    answer = stranger.post("/self-employed", TOLD)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert words in text
    assert not re.search(r">\s*(self_employed|web|law)\.[a-z_]+\s*<", text)
    assert "900000" in text


def test_what_is_wrong_stands_at_its_field(served: Scene) -> None:
    answer = served.client(None).post("/self-employed", {**TOLD, "weekly_hours": "mange", "first_absence_day": ""})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="ask-weekly_hours-error"' in text
    assert 'id="ask-first_absence_day-error"' in text
    assert 'value="mange"' in text


def test_other_people_have_their_short_answer(served: Scene) -> None:
    text = served.client(None).post("/self-employed", {"who": "unemployed", "first_absence_day": "2022-03-01", "unemployment_week": "3800"})
    assert "3.800,00 kr." in text.content.decode()


def test_the_days_come_as_a_calendar_file(served: Scene) -> None:
    answer = served.client(None).post("/self-employed/days", TOLD)
    assert answer["Content-Type"].startswith("text/calendar")
    assert answer["Content-Disposition"].endswith('"sygedagpenge.ics"')
    assert b"DTSTART;VALUE=DATE:20220831" in answer.content
    assert served.client(None).post("/self-employed/days", {"who": "self_employed"}).status_code == 400


def test_nothing_that_is_typed_is_kept(served: Scene) -> None:
    before = _written()
    stranger = served.client(None)
    assert stranger.post("/self-employed", TOLD).status_code == 200
    assert _written() == before
    assert "sessionid" not in stranger.cookies


def _written() -> dict[str, int]:
    """Count the rows of every table, as their owner."""
    with connections["migrator"].cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
        counts = {}
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT count(*) FROM {table}")
            counts[table] = cursor.fetchone()[0]
    return counts


OPENING = {
    "national_number": "610165-1444", "name": "Signe Snedker", "cvr": "12345678", "first_absence_day": "2024-08-12", "income_year": "350000",
    "insurance": "none",
}  # fmt: skip


def test_a_case_is_opened_carried_on_and_undone_on_its_page(served: Scene) -> None:
    visitor = served.client("caseworker")
    wrong = visitor.post("/self-employed/cases/open", {**OPENING, "cvr": "12", "national_number": "990000-0000"})
    assert wrong.status_code == 422
    assert 'id="cvr-open-error"' in wrong.content.decode()
    opened = visitor.post("/self-employed/cases/open", OPENING)
    place = opened["Location"]
    page = visitor.get(place).content.decode()
    assert "Signe Snedker" in page
    assert "610165-" in page
    assert "1444" not in page
    power = {"event": "power_given", "day": "2024-08-20", "adviser": "Rådgiver", "power_until": "2025-08-20"}
    assert visitor.post(f"{place}/record", power).status_code == 302
    assert "Fuldmagt givet" in visitor.get(place).content.decode()
    assert visitor.post(f"{place}/undo", {"because": "forkert"}).status_code == 302
    assert "fortrudt" in visitor.get(place).content.decode()
    assert visitor.post(f"{place}/notification").status_code == 302
    again = visitor.post(f"{place}/notification")
    assert again.status_code == 422
    assert visitor.post("/self-employed/cases/open", OPENING)["Location"] == place


def test_what_cannot_happen_is_said_at_its_form(served: Scene) -> None:
    visitor = served.client("caseworker", "en")
    place = visitor.post("/self-employed/cases/open", {**OPENING, "national_number": "610165-1452"})["Location"]
    paper = visitor.post(f"{place}/record", {"event": "notified", "day": "2024-08-20", "way": "borgerservice"})
    assert paper.status_code == 422
    assert "exempt from digital self-service" in paper.content.decode()
    lacking = visitor.post(f"{place}/record", {"event": "power_given", "day": "20/8", "adviser": "x"}).content.decode()
    assert 'id="day-power_given-error"' in lacking
    money = visitor.post(f"{place}/paid", {"day": "2024-08-20", "paid_ore": "mange"})
    assert money.status_code == 422
    assert visitor.post(f"{place}/nothing").status_code == 404
    assert visitor.post(f"{place}/record", {"event": "weather", "day": "2024-08-20"}).status_code == 404
    assert visitor.get("/self-employed/cases/999999").status_code == 404


def test_an_auditor_sees_and_changes_nothing(served: Scene) -> None:
    keeper, auditor = served.client("caseworker"), served.client("auditor")
    place = keeper.post("/self-employed/cases/open", {**OPENING, "national_number": "610165-1460"})["Location"]
    page = auditor.get(place).content.decode()
    assert "<form class=\"matter-form\"" not in page
    assert auditor.post(f"{place}/undo", {"because": "x"}).status_code == 403

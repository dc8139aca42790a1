"""The guide without log-in: it answers, says what is wrong at its field, gives a calendar file, and keeps nothing."""

from __future__ import annotations

import re

import pytest
from django.db import connection

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


def _written() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot(), relname, n_tup_ins + n_tup_upd FROM pg_stat_user_tables ORDER BY relname")
        return [row[1:] for row in cursor.fetchall() if row[1] != "django_session"]

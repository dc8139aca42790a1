"""An e-mail about a day tells nothing of the illness, in any language, whatever the day is for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refusion.cases.self_employed.reminders import AHEAD, is_near, refuse_telling, reminder
from refusion.cases.self_employed.waits import Rests, Turn, Wait
from refusion.values.said import Refused
from refusion.wiring.texts import catalogue, render

DUE = date(2022, 3, 22)


@pytest.mark.parametrize("language", ["da", "en"])
@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.integers(1, 10**6))
def test_every_reminder_may_go_by_mail(language: str, due: date, number: int) -> None:
    told = reminder(due, number)
    for words in (told.subject, told.text):
        assert refuse_telling(render(words, language)) == render(words, language)


@pytest.mark.parametrize("language", ["da", "en"])
def test_what_the_house_says_of_a_case_elsewhere_is_refused(language: str) -> None:
    keys = ("answer_yes", "wait_request", "wait_standby", "wait_clinical_function", "wait_complaint", "rescue_answer")
    words = [catalogue("self_employed", language)[f"self_employed.{key}"] for key in keys]
    for sentence in [*words, "610165-1236", "Ring til lægen", "Your treatment"]:
        with pytest.raises(Refused, match="mail_tells"):
            refuse_telling(sentence)


@pytest.mark.parametrize(
    ("days", "turn", "near"),
    [(0, Turn.PERSON, True), (3, Turn.PERSON, True), (4, Turn.PERSON, False), (-1, Turn.PERSON, False), (1, Turn.MUNICIPALITY, False)],
)
def test_persons_are_reminded_of_their_own_days_three_days_ahead(days: int, turn: Turn, near: bool) -> None:
    assert is_near(Wait("answer", DUE, turn, Rests.LETTER), DUE - timedelta(days=days)) is near
    assert timedelta(days=3) == AHEAD

"""A step of an explanation on the page: what nobody verified is marked, the place in the law as well as a figure."""

from __future__ import annotations

from datetime import date

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from refusion.doors.web.explaining import step_of
from refusion.law.denmark.self_employed.follow_up import complaint_in_time, first_follow_up_last_day
from refusion.law.engine.tape import explaining
from refusion.wiring.database.preparation import set_up_django


@pytest.fixture(autouse=True)
def pages(house_server: None) -> None:
    """Load the settings of the pages; they ask for the server."""
    set_up_django()


def page(language: str) -> str:
    with explaining() as tape:
        complaint_in_time(date(2022, 6, 1), date(2022, 6, 2))
    step = step_of(tape.explanation.as_json())
    assert step.place_unverified
    with translation.override(language):
        return render_to_string("parts/step.html", {"step": step, "top": True})


@pytest.mark.parametrize(("language", "mark"), [("da", "ikke efterprøvet"), ("en", "not verified")])
def test_a_place_that_nobody_read_is_marked(language, mark):
    said = page(language)
    assert "SDL § 77" in said
    assert mark in said


def test_a_place_that_was_read_is_not():
    with explaining() as tape:
        first_follow_up_last_day(date(2022, 6, 1).toordinal())
    step = step_of(tape.explanation.as_json())
    assert not step.place_unverified
    with translation.override("da"):
        assert "ikke efterprøvet" not in render_to_string("parts/step.html", {"step": step, "top": True})

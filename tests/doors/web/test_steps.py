"""A step of an explanation on the page: what nobody verified is marked, the place in the law as well as a figure."""

from __future__ import annotations

from datetime import date

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from refusion.doors.web.explaining import step_of
from refusion.law.denmark.self_employed.follow_up import complaint_in_time, first_follow_up_last_day
from refusion.law.engine.tape import explaining


def page(language: str) -> str:
    with explaining() as tape:
        complaint_in_time(date(2022, 6, 1), date(2022, 6, 2))
    step = step_of(tape.explanation.as_json())
    assert step.place_unverified
    with translation.override(language):
        return render_to_string("parts/step.html", {"step": step, "top": True})


@pytest.mark.usefixtures("house_server")
@pytest.mark.parametrize(("language", "mark"), [("da", "ikke efterprøvet"), ("en", "not verified")])
def test_a_place_that_nobody_read_is_marked(language, mark):
    said = page(language)
    assert "SDL § 77" in said
    assert mark in said


@pytest.mark.usefixtures("house_server")
def test_a_place_that_was_read_is_not():
    with explaining() as tape:
        first_follow_up_last_day(date(2022, 6, 1).toordinal())
    step = step_of(tape.explanation.as_json())
    assert not step.place_unverified
    assert "ikke efterprøvet" not in render_to_string("parts/step.html", {"step": step, "top": True})

"""A step of an explanation on the page: in the reader's words, the law's own marked as such, and what nobody verified."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from refusion.doors.web.explaining import step_of
from refusion.law.denmark.self_employed.follow_up import complaint_in_time, first_follow_up_last_day
from refusion.law.denmark.sickness.benefit import hourly_limit
from refusion.law.engine.catalogue import rests_on
from refusion.law.engine.tape import explaining
from refusion.values.languages import LANGUAGES
from refusion.wiring.database.preparation import set_up_django
from refusion.wiring.rulebook import figures, rules
from refusion.wiring.texts import catalogue


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


@pytest.mark.parametrize(
    ("language", "figure", "choice", "picked"),
    [
        ("da", "Normal ugentlig arbejdstid", "Timemaksimum gange normal arbejdstid", "det afrundede timebeløb"),
        ("nb", "Vanlig ukentlig arbeidstid", "Timemaksimum ganger vanlig arbeidstid", "det avrundede timebeløpet"),
        ("sv", "Normal veckoarbetstid", "Högsta timbelopp gånger normal arbetstid", "det avrundade timbeloppet"),
        ("en", "Normal weekly hours", "The hourly maximum times the normal hours", "the rounded hourly amount"),
    ],
)
def test_figures_and_choices_are_named_in_the_readers_words_and_the_statutes_stay_its_own(language, figure, choice, picked):
    with explaining() as tape:
        hourly_limit(date(2024, 6, 3).toordinal())
    with translation.override(language):
        said = render_to_string("parts/step.html", {"step": step_of(tape.explanation.as_json()), "top": True})
    assert figure in said
    assert f"{choice} = {picked}" in said
    assert '<span lang="da">maksimum pr. time · SDL § 50, stk. 1</span>' in said
    assert "_" not in re.sub(r"<[^>]*>", "", said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_and_choice_of_the_law_has_its_name(language):
    named = catalogue("figures", language)
    policies = {policy for rule in rules().values() for policy in rests_on(rule).policies}
    needed = {f"figures.{name}" for name in figures()} | {f"figures.policy_{policy.name}" for policy in policies}
    needed |= {f"figures.choice_{policy.name}_{option}" for policy in policies for option in policy.options}
    assert named.keys() == needed


def test_a_figure_of_an_older_law_without_a_name_is_shown_as_the_law_wrote_it():
    with explaining() as tape:
        first_follow_up_last_day(date(2022, 6, 1).toordinal())
    node = tape.explanation.as_json()
    node["figures"][0]["name"] = "gone_since"
    with translation.override("sv"):
        assert step_of(node).figures[0].name == "gone_since"


def test_a_place_that_was_read_is_not():
    with explaining() as tape:
        first_follow_up_last_day(date(2022, 6, 1).toordinal())
    step = step_of(tape.explanation.as_json())
    assert not step.place_unverified
    with translation.override("da"):
        assert "ikke efterprøvet" not in render_to_string("parts/step.html", {"step": step, "top": True})

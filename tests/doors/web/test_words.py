"""Every word of the house that a page can show has its sentence in every language; amounts and days are written by language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from refusion.absences.facts import Question
from refusion.access import Role
from refusion.cases import facts as cases
from refusion.cases.states import REFUSALS as CASE_REFUSALS
from refusion.cases.states import WAITS, Event
from refusion.claims import facts as claims
from refusion.claims import filing
from refusion.claims.states import REFUSALS as CLAIM_REFUSALS
from refusion.doors.web import words
from refusion.reports import BUILDERS
from refusion.values.languages import LANGUAGES
from refusion.values.said import said
from refusion.watch.facts import Kind, Turn


def keys() -> Iterator[str]:
    for state in cases.State:
        yield from (f"cases.state_{state.value}", f"cases.now_{state.value}")
    yield from (f"cases.kind_{kind.value}" for kind in cases.Kind)
    yield from (f"cases.waits_{waits.on}" for waits in WAITS.values())
    yield from (waits.rescue for waits in WAITS.values())
    yield from (f"claims.state_{state.value}" for state in claims.State)
    yield from (f"claims.cause_{cause.value}" for cause in claims.LossCause)
    yield from (f"filing.state_{state.value}" for state in filing.State)
    yield from (f"filing.kind_{kind.value}" for kind in filing.Kind)
    yield from (*CASE_REFUSALS.values(), *CLAIM_REFUSALS.values(), *filing.REFUSALS.values())
    yield from (f"watch.kind_{kind.value}" for kind in Kind)
    yield from (f"watch.turn_{turn.value}" for turn in Turn)
    yield from (f"web.question_{question.value}" for question in Question)
    yield from (f"web.because_{event.value}" for event in Event)
    yield from (f"access.role_{role.value}" for role in Role)
    for name in BUILDERS:
        yield from (f"web.report_{name}", f"web.report_about_{name}", f"web.report_counted_{name}")
    yield from (f"watch.ask_{question}" for question in ("weekly_hours", "hours_worked"))
    yield from (f"web.error_{status}_heading" for status in (400, 403, 404, 409, 500, 503))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_has_its_sentence(language: str) -> None:
    from refusion.wiring.texts import catalogue

    lacking = {key for key in keys() if key not in catalogue(key.partition(".")[0], language)}
    assert not lacking


@pytest.mark.parametrize(
    ("language", "amount", "difference", "hours", "weekday", "instant"),
    [
        ("da", "\N{MINUS SIGN}12.345,50", "+0,05", "30,5", "man. 3. mar. 2025", "03.03.2025 kl. 13.30"),
        ("nb", "\N{MINUS SIGN}12\xa0345,50", "+0,05", "30,5", "man. 3. mars 2025", "03.03.2025 kl. 13.30"),
        ("sv", "\N{MINUS SIGN}12\xa0345,50", "+0,05", "30,5", "mån 3 mars 2025", "2025-03-03 13:30"),
        ("en", "\N{MINUS SIGN}12,345.50", "+0.05", "30.5", "Mon 3 Mar 2025", "3 Mar 2025 13:30"),
    ],
)
def test_amounts_and_days_by_language(
    language: str, amount: str, difference: str, hours: str, weekday: str, instant: str
) -> None:
    with translation.override(language):
        assert words.kroner(-1234550) == amount
        assert words.kroner(5, signed=True) == difference
        assert words.kroner(0, signed=True)[0] == "0"
        assert words.kroner(None) == words.NOTHING
        assert words.hours(3050) == hours
        assert words.weekday(date(2025, 3, 3)) == weekday
        assert words.instant(datetime(2025, 3, 3, 12, 30, tzinfo=ZoneInfo("UTC"))) == instant


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("<cpr>6101701234</cpr>", "<cpr>610170-••••</cpr>"),
        ("610170-1234 and 7112801235", "610170-•••• and 711280-••••"),
        ("receipt NR-00059228023607137294", "receipt NR-00059228023607137294"),
    ],
)
def test_national_numbers_are_masked_in_messages(text: str, hidden: str) -> None:
    assert words.masked(text) == hidden


@pytest.mark.parametrize(("language", "written"), [("da", "03.03.2025"), ("nb", "03.03.2025"), ("sv", "2025-03-03"), ("en", "3 Mar 2025")])
def test_a_day_in_a_table_is_written_by_language(language: str, written: str) -> None:
    with translation.override(language):
        assert words.day(date(2025, 3, 3)) == written


def test_facts_that_are_words_of_the_house_are_said() -> None:
    with translation.override("da"):
        told = words.sentence(said("watch.answer_unknown", kind="notification", since=date(2025, 3, 3)))
        assert told == "Siden 3. marts 2025 vides det ikke, om myndigheden fik: anmeldelse"

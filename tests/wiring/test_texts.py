"""Sentences: money, days and deadlines as the reader of each language writes them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from refusion.values.said import Fact, said
from refusion.wiring import texts


@pytest.mark.parametrize(
    ("name", "fact", "language", "written"),
    [
        ("amount_ore", 1234550, "da", "12.345,50 kr."),
        ("amount_ore", 1234550, "en", "kr 12,345.50"),
        ("amount_ore", -5, "da", "-0,05 kr."),
        ("amount_ore", 10**17 + 1, "da", "1.000.000.000.000.000,01 kr."),
        ("amount_ore", None, "da", "–"),
        ("first_day", date(2024, 7, 1), "da", "1. juli 2024"),
        ("first_day", date(2024, 7, 1), "en", "1 July 2024"),
        ("filing_deadline", date(2024, 7, 1), "da", "mandag den 1. juli 2024"),
        ("filing_deadline", date(2024, 7, 1), "en", "Monday 1 July 2024"),
        ("amount_ore", 1234550, "nb", "kr 12\xa0345,50"),
        ("amount_ore", -1234550, "nb", "kr -12\xa0345,50"),
        ("amount_ore", 1234550, "sv", "12\xa0345,50 kr"),
        ("amount_ore", -5, "sv", "-0,05 kr"),
        ("first_day", date(2024, 7, 1), "nb", "1. juli 2024"),
        ("first_day", date(2024, 7, 1), "sv", "1 juli 2024"),
        ("filing_deadline", date(2024, 7, 1), "nb", "mandag 1. juli 2024"),
        ("filing_deadline", date(2024, 7, 1), "sv", "måndag 1 juli 2024"),
        ("year", 2024, "da", "2024"),
        ("name", "Æbelø", "en", "Æbelø"),
    ],
)
def test_facts_are_written_for_their_reader(name: str, fact: Fact, language: str, written: str) -> None:
    assert texts.written(name, fact, language) == written


@pytest.mark.parametrize(("hundredths", "language", "written"), [(3700, "sv", "37"), (3050, "nb", "30,5"), (3050, "en", "30.5"), (123456, "da", "1.234,56")])
def test_hours_are_written_for_their_reader(hundredths: int, language: str, written: str) -> None:
    assert texts.hours(hundredths, language) == written


def test_a_sentence_is_said_with_its_facts() -> None:
    assert texts.render(said("cli.row", row=7), "da") == "række 7"
    assert texts.render(said("cli.row", row=7), "nb") == "rad 7"
    assert texts.render(said("cli.row", row=7), "en") == "row 7"


def test_a_language_without_the_sentence_says_it_in_english() -> None:
    assert texts.render(said("cli.row", row=7), "de") == "row 7"


def test_an_unknown_key_says_itself_and_a_lacking_fact_its_name() -> None:
    assert texts.render(said("nowhere.to_be_found"), "da") == "nowhere.to_be_found"
    assert texts.render(said("cli.row"), "en") == "row {row}"


def test_a_sentence_edited_after_it_was_compiled_is_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source = folder / "greeting.po"
    monkeypatch.setattr(texts, "LOCALE", tmp_path)
    source.write_text('msgid "greeting.day"\nmsgstr "Good morning"\n', encoding="utf-8")
    assert texts.sentence_of("greeting.day", "en") == "Good morning"
    source.write_text('msgid "greeting.day"\nmsgstr "Good evening, all"\n', encoding="utf-8")
    assert texts.sentence_of("greeting.day", "en") == "Good evening, all"

"""Sentences for people: the catalogues say them, this turns a key and its facts into one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from gettext import GNUTranslations
from pathlib import Path

from babel.core import Locale
from babel.dates import format_date
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from refusion.values.languages import LANGUAGES, LAST_RESORT
from refusion.values.said import Fact, Said

__all__ = ["LANGUAGES", "LAST_RESORT"]

LOCALE = Path(__file__).resolve().parent.parent / "locale"
MONEY = "_ore"
WEEKDAY = "_deadline"
NOTHING = "–"
KRONER = {"da": "{} kr.", "nb": "kr {}", "sv": "{} kr", "en": "kr {}"}
DAY = {"da": "d. MMMM y", "nb": "d. MMMM y", "sv": "d MMMM y", "en": "d MMMM y"}
DAY_OF_WEEK = {"da": "EEEE 'den' d. MMMM y", "nb": "EEEE d. MMMM y", "sv": "EEEE d MMMM y", "en": "EEEE d MMMM y"}


def render(said: Said, language: str) -> str:
    """Say it in a language; a key without a sentence there is said in English, else shown as it is."""
    sentence = sentence_of(said.key, language)
    return sentence.format_map(_Facts({name: written(name, fact, language) for name, fact in said.facts.items()}))


class _Facts(dict[str, str]):
    """The facts of a sentence; one that is lacking shows its name, since a page must not fall over a text."""

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"


def sentence_of(key: str, language: str) -> str:
    """Give the sentence of a key as it stands in the catalogue, placeholders unfilled."""
    domain = key.partition(".")[0]
    for tried in (language, LAST_RESORT):
        sentence = catalogue(domain, tried).get(key)
        if sentence:
            return sentence
    return key


def written(name: str, fact: Fact, language: str) -> str:
    """Write a fact as a reader of the language expects it; its name says whether it is money or a deadline."""
    if fact is None:
        return NOTHING
    if isinstance(fact, date):
        return day(fact, language, weekday=name.endswith(WEEKDAY))
    if isinstance(fact, int) and name.endswith(MONEY):
        return money(fact, language)
    return str(fact)


def money(amount_ore: int, language: str) -> str:
    """Write øre as kroner with two decimals: ``12.345,50 kr.``, ``kr 12 345,50``, ``12 345,50 kr``, ``kr 12,345.50``."""
    number = format_decimal(Decimal(amount_ore).scaleb(-2), format="#,##0.00", locale=locale_of(language))
    return KRONER.get(language, KRONER[LAST_RESORT]).format(number)


def hours(hundredths: int, language: str) -> str:
    """Write hundredths of hours as hours: ``3700`` as ``37``, ``3050`` as ``30,5`` or ``30.5``."""
    return format_decimal(Decimal(hundredths).scaleb(-2), format="#,##0.##", locale=locale_of(language))


def day(moment: date, language: str, *, weekday: bool = False) -> str:
    """Write a day: ``1. juli 2024``, with its weekday where that helps: ``mandag den 1. juli 2024``."""
    patterns = DAY_OF_WEEK if weekday else DAY
    return format_date(moment, patterns.get(language, patterns[LAST_RESORT]), locale=locale_of(language))


@lru_cache
def locale_of(language: str) -> Locale:
    """Give the number and date formats of a language; English as it is written in Europe."""
    return Locale.parse("en_GB" if language == "en" else language)


def catalogue(domain: str, language: str) -> Mapping[str, str]:
    """Give all sentences of a domain in a language; one that was edited since it was compiled is read anew."""
    source = LOCALE / language / "LC_MESSAGES" / f"{domain}.po"
    compiled = source.with_suffix(".mo")
    stamps = tuple(file.stat().st_mtime_ns if file.exists() else 0 for file in (source, compiled))
    return _read(source, compiled, stamps)


@lru_cache(maxsize=256)
def _read(source: Path, compiled: Path, stamps: tuple[int, int]) -> Mapping[str, str]:
    changed, made = stamps
    if made and made >= changed:
        with compiled.open("rb") as file:
            return _sentences(GNUTranslations(file))
    return read_source(source) if changed else {}


def _sentences(translations: GNUTranslations) -> Mapping[str, str]:
    held: Mapping[object, str] = vars(translations)["_catalog"]
    return {key: sentence for key, sentence in held.items() if isinstance(key, str) and key}


def read_source(source: Path) -> Mapping[str, str]:
    """Read a catalogue's source; entries without a sentence are left out."""
    with source.open("rb") as file:
        entries = read_po(file)
    return {str(entry.id): str(entry.string) for entry in entries if entry.id and entry.string}


def domains() -> list[str]:
    """List the domains that have a catalogue in any language."""
    return sorted({file.stem for file in LOCALE.glob("*/LC_MESSAGES/*.po")})

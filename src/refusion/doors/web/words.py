"""Writes facts as a reader of the page's language expects them: kroner, days, hours, states."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from django.utils.translation import get_language

from refusion.values.said import Fact, Said
from refusion.wiring.clock import HERE
from refusion.wiring.texts import LANGUAGES, locale_of, render, sentence_of
from refusion.wiring.texts import day as long_day
from refusion.wiring.texts import hours as written_hours

NOTHING = "–"
MINUS = "\N{MINUS SIGN}"
SHORT_DAY = {"da": "dd.MM.yyyy", "nb": "dd.MM.yyyy", "sv": "yyyy-MM-dd", "en": "d MMM yyyy"}
WEEKDAY = {"da": "EEE d. MMM yyyy", "nb": "EEE d. MMM yyyy", "sv": "EEE d MMM yyyy", "en": "EEE d MMM yyyy"}
INSTANT = {"da": "dd.MM.yyyy 'kl.' HH.mm", "nb": "dd.MM.yyyy 'kl.' HH.mm", "sv": "yyyy-MM-dd HH:mm", "en": "d MMM yyyy HH:mm"}
NATIONAL_NUMBER = re.compile(r"(?<!\d)(\d{6})-?\d{4}(?!\d)")
YES_OR_NO = frozenset({"yes", "no"})
# Facts whose value is itself a word of the house; the catalogue that says it stands beside.
WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "kind": ("filing.kind_", "cases.kind_"),
    "cause": ("claims.cause_",),
    "field": ("web.answer_",),
    "state": ("claims.state_", "cases.state_"),
})


def language() -> str:
    """Give the language of the page: the person's choice, else Danish."""
    chosen = (get_language() or LANGUAGES[0])[:2]
    return chosen if chosen in LANGUAGES else LANGUAGES[0]


def sentence(what: Said) -> str:
    """Say it in the page's language; facts that are words of the house are said too."""
    facts = {name: _word_of(name, fact) for name, fact in what.facts.items()}
    return render(Said(what.key, facts), language())


def _word_of(name: str, fact: Fact) -> Fact:
    if isinstance(fact, str):
        if fact in YES_OR_NO:
            return word(f"web.{fact}").lower()
        for start in WORDS.get(name, ()):
            if has(start + fact):
                return word(start + fact).lower()
    return fact


def has(key: str) -> bool:
    """Tell whether there is a sentence for the key."""
    return sentence_of(key, language()) != key


def word(key: str) -> str:
    """Say a key that has no facts."""
    return render(Said(key), language())


def kroner(amount: int | None, *, signed: bool = False) -> str:
    """Write øre as kroner without the currency, which stands in the column's head."""
    if amount is None:
        return NOTHING
    written = format_decimal(Decimal(abs(amount)).scaleb(-2), format="#,##0.00", locale=locale_of(language()))
    if amount < 0:
        return MINUS + written
    return f"+{written}" if signed and amount else written


def day(moment: date | None) -> str:
    """Write a day shortly, for tables."""
    return NOTHING if moment is None else format_date(moment, _pattern(SHORT_DAY), locale=locale_of(language()))


def weekday(moment: date | None) -> str:
    """Write a day with its weekday, where a deadline is meant."""
    return NOTHING if moment is None else format_date(moment, _pattern(WEEKDAY), locale=locale_of(language()))


def long(moment: date | None) -> str:
    """Write a day in full, for sentences and headings."""
    return NOTHING if moment is None else long_day(moment, language())


def month(first: date) -> str:
    """Write a month shortly, for a chart."""
    return format_date(first, "MMM yy", locale=locale_of(language()))


def instant(moment: datetime | None) -> str:
    """Write an instant as the clock here showed it."""
    if moment is None:
        return NOTHING
    return format_datetime(moment.astimezone(HERE), _pattern(INSTANT), locale=locale_of(language()))


def hours(hundredths: int | None) -> str:
    """Write hundredths of hours as hours: ``3700`` as ``37``, ``3050`` as ``30,5``."""
    return NOTHING if hundredths is None else written_hours(hundredths, language())


def masked(text: str) -> str:
    """Hide the last four digits of everything that looks like a national number."""
    return NATIONAL_NUMBER.sub(r"\1-••••", text)


def _pattern(patterns: Mapping[str, str]) -> str:
    return patterns[language()]

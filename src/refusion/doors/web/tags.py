"""What templates say and write with; loaded in every template."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template

from refusion.claims.facts import Answer
from refusion.doors.web import entries, values, words
from refusion.doors.web.sessions import Offered, offered
from refusion.store.reads.case import EnteredRow
from refusion.values.said import Fact, Said

register = template.Library()


@register.simple_tag
def text(key: str, **facts: Fact) -> str:
    """Say a sentence of the catalogues: ``{% text "web.page_of" page=2 %}``."""
    return words.sentence(Said(key, facts))


@register.filter
def sentence(what: Said | None) -> str:
    """Say what a room said."""
    return words.sentence(what) if what is not None else ""


@register.filter
def word(value: object, start: str) -> str:
    """Say a word of the house: ``{{ claim.state|word:"claims.state_" }}``; one without a sentence is shown as it is."""
    key = f"{start}{value}"
    return words.word(key) if words.has(key) else str(value)


@register.simple_tag
def page_language() -> str:
    """Give the code of the page's language, for its ``lang`` attribute."""
    return words.language()


@register.simple_tag
def spoken_languages() -> list[Offered]:
    """List the languages that a page offers, its own marked."""
    return offered()


@register.filter
def kroner(amount: int | None) -> str:
    """Write øre as kroner, the currency standing in the column's head."""
    return words.kroner(amount)


@register.filter
def difference(amount: int | None) -> str:
    """Write øre as kroner with the sign always shown."""
    return words.kroner(amount, signed=True)


@register.filter
def day(moment: date | None) -> str:
    """Write a day shortly."""
    return words.day(moment)


@register.filter
def weekday(moment: date | None) -> str:
    """Write a day with its weekday."""
    return words.weekday(moment)


@register.filter
def long_day(moment: date | None) -> str:
    """Write a day in full."""
    return words.long(moment)


@register.filter
def instant(moment: datetime | None) -> str:
    """Write an instant as the clock here showed it."""
    return words.instant(moment)


@register.filter
def hours(hundredths: int | None) -> str:
    """Write hundredths of hours as hours."""
    return words.hours(hundredths)


@register.filter
def masked(written: object) -> str:
    """Hide national numbers in a text."""
    return words.masked(str(written))


@register.filter
def of(holder: Mapping[str, Any], name: str) -> object:
    """Take a named part: ``{{ typed|of:"value" }}``; nothing where there is none."""
    return holder.get(name, "") if holder else ""


@register.simple_tag
def answer_value(answer: Answer) -> str:
    """Write the value of a report's answer: hours, kroner, a day, yes or no; a missing one is said to be missing."""
    return values.answer(answer)


@register.simple_tag
def entered_value(entered: EnteredRow) -> str:
    """Write what a person entered, by the form of its question."""
    return values.entered(entered.question, entered.value)


@register.filter
def choices(question: str) -> tuple[str, ...]:
    """Give the words of which one answers a question."""
    return entries.choices_of(question)

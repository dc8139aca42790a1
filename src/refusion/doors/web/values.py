"""Writes the values of answers, which the store keeps as plain text and numbers, as people write them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from refusion.claims.facts import Answer
from refusion.doors.web import words
from refusion.doors.web.entries import PARENTS, YES_OR_NO, form_of
from refusion.wiring.texts import money

HOURS = frozenset({"weekly_hours"})
DAYS = frozenset({"employed_since", "child_born"})
MONEY = frozenset({"hourly_after_am", "wage_paid"})


def answer(told: Answer) -> str:
    """Write the value of a report's answer; one that is owed and not there is said to be missing."""
    value = told.value
    if value is None:
        return words.word("web.answer_is_missing" if told.missing else "web.still_absent")
    if isinstance(value, bool):
        return words.word("web.yes" if value else "web.no")
    if isinstance(value, Mapping):
        return _by_week(value)
    return _single(told.field, value)


def _single(field: str, value: Any) -> str:
    if field in HOURS:
        return words.hours(value)
    if field in MONEY and isinstance(value, int):
        return money(value, words.language())
    if field.endswith("_day") or field in DAYS:
        return words.day(date.fromisoformat(str(value)))
    if value in PARENTS:
        return words.word(f"web.{value}")
    key = f"web.value_{value}"
    return words.word(key) if words.has(key) else str(value)


def _by_week(weeks: Mapping[str, int]) -> str:
    if not weeks:
        return words.word("web.full_absence")
    return ", ".join(f"{words.day(date.fromisoformat(monday))}: {words.hours(hours)}" for monday, hours in weeks.items())


def entered(question: str, value: str) -> str:
    """Write what a person entered: hours, a day, or yes and no."""
    form = form_of(question)
    if form == "hours" and value.isdecimal():
        return words.hours(int(value))
    if form == "day":
        return words.day(date.fromisoformat(value))
    return words.word(f"web.{value}") if value in (*YES_OR_NO, *PARENTS) else value

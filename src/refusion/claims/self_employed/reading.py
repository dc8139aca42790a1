"""Reads what a person tells from named texts, as a form, a table or JSON gives them; names everything that is wrong at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, cast

from refusion.claims.self_employed.facts import Home, Situation, Who, Work
from refusion.law.denmark.self_employed.waiting import INSURANCES
from refusion.values.said import BadInput, Problem, said

_NUMBER = re.compile(r"(\d{1,9})(?:[.,](\d{1,2}))?", re.ASCII)
TRUE, FALSE = frozenset({"true", "yes", "ja", "1", "on"}), frozenset({"false", "no", "nej", "0", ""})
FIRST_DAY, LAST_DAY = date(2008, 1, 1), date(2199, 12, 31)
OF_BUSINESS = ("business_months", "last_month_in_business", "weekly_hours", "income_year")
NEEDED: Mapping[Who, tuple[str, ...]] = MappingProxyType(
    {
        Who.SELF_EMPLOYED: OF_BUSINESS,
        Who.ASSISTING_SPOUSE: OF_BUSINESS,
        Who.WAGE_EARNER: ("hourly_pay", "weekly_hours"),
        Who.UNEMPLOYED: ("unemployment_week",),
    }
)


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is asked: its name, how it is read, what helps when it cannot be, and the words it may be."""

    name: str
    read: Callable[[str], object]
    remedy: str
    words: tuple[str, ...] = ()


def _day(text: str) -> date:
    day = date.fromisoformat(text)
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError("outside the calendar")
    return day


def _hundredths(text: str) -> int:
    written = _NUMBER.fullmatch(text)
    if written is None:
        raise ValueError("not a number of at most two decimals")
    return int(written[1]) * 100 + int((written[2] or "").ljust(2, "0"))


def _truth(text: str) -> bool:
    if text.lower() not in TRUE | FALSE:
        raise ValueError("neither yes nor no")
    return text.lower() in TRUE


def _weekdays(text: str) -> tuple[int, ...]:
    numbers = tuple(sorted({int(part) for part in re.split(r"[\s,;]+", text.strip("[] "))}))
    if not all(1 <= number <= 7 for number in numbers):
        raise ValueError("not days of the week")
    return numbers


def _word(name: str, words: type[StrEnum]) -> Field:
    return Field(name, words, "word", tuple(word.value for word in words))


def _insurance(text: str) -> str | None:
    if text == "none":
        return None
    if text not in INSURANCES:
        raise ValueError("no such insurance")
    return text


FIELDS = (
    _word("who", Who),
    Field("first_absence_day", _day, "day"),
    Field("unfit", _truth, "yes_no"),
    _word("can_work", Work),
    _word("home", Home),
    Field("business_months", _hundredths, "number"),
    Field("last_month_in_business", _truth, "yes_no"),
    Field("employee_months", _hundredths, "number"),
    Field("weekly_hours", _hundredths, "number"),
    Field("income_year", _hundredths, "kroner"),
    Field("insurance", _insurance, "word", ("none", *INSURANCES)),
    Field("agreement_58a", _truth, "yes_no"),
    Field("working_weekdays", _weekdays, "weekdays"),
    Field("notified_on", _day, "day"),
    Field("fast_track_on", _day, "day"),
    Field("nemrefusion_user", _truth, "yes_no"),
    Field("employee_signature", _truth, "yes_no"),
    Field("duties_neglected", _truth, "yes_no"),
    Field("hourly_pay", _hundredths, "kroner"),
    Field("unemployment_week", _hundredths, "kroner"),
)
NAMES = tuple(field.name for field in FIELDS)


def read_situation(told: Mapping[str, object]) -> Situation:
    """Read a situation; raises BadInput naming every field that lacks, is unknown or cannot be read."""
    problems = [
        Problem(said("self_employed.field_unknown"), said("self_employed.field_unknown_remedy", known=", ".join(NAMES)), column=name)
        for name in sorted(set(told) - set(NAMES))
    ]
    facts: dict[str, object] = {}
    for field in FIELDS:
        text = as_text(told.get(field.name))
        if not text:
            continue
        try:
            facts[field.name] = field.read(text)
        except ValueError:
            problems.append(_problem("field_unreadable", field, text))
    problems += [_problem("field_missing", field) for field in FIELDS if field.name in _lacking(told)]
    problems += _contradictions(facts)
    if problems:
        raise BadInput(*problems)
    return Situation(**cast("dict[str, Any]", facts))  # each field was read by its own kind


def _lacking(told: Mapping[str, object]) -> set[str]:
    """Give the fields that are needed by who asks and not there."""
    asked = {"who", "first_absence_day"}
    who = as_text(told.get("who"))
    if who in set(Who):
        asked |= set(NEEDED[Who(who)])
    return {name for name in asked if not as_text(told.get(name))}


def _contradictions(facts: Mapping[str, object]) -> list[Problem]:
    first = facts.get("first_absence_day")
    found = []
    if facts.get("insurance") and facts.get("agreement_58a"):
        remedy = said("self_employed.agreement_or_insurance_remedy")
        found.append(Problem(said("self_employed.agreement_with_insurance"), remedy, column="agreement_58a"))
    for name in ("notified_on", "fast_track_on"):
        day = facts.get(name)
        if isinstance(first, date) and isinstance(day, date) and day < first:
            what = said("self_employed.before_absence", first_day=first)
            found.append(Problem(what, said("self_employed.remedy_day"), column=name, value=day.isoformat()))
    return found


def as_text(value: object) -> str:
    """Write what a form, a table or JSON gave as text; a list with commas, nothing as nothing."""
    if isinstance(value, list):
        return ",".join(str(part) for part in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value).strip()


def _problem(key: str, field: Field, text: str | None = None) -> Problem:
    remedy = said(f"self_employed.remedy_{field.remedy}", words=", ".join(field.words))
    return Problem(said(f"self_employed.{key}"), remedy, column=field.name, value=text[:50] if text else None)

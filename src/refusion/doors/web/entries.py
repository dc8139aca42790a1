"""Reads what a person typed into a form about a fact: hours, a count, a choice, a day; days of validity; the document."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from refusion.absences.facts import Question
from refusion.claims.funds.rights import GROUPS, SECTORS, SHARES
from refusion.values.money import ore
from refusion.values.period import sunday_of
from refusion.values.said import BadInput, Problem, said

HOURS = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))?")
MOST_HOURS = 16800
LONGEST = 200
YES_OR_NO = ("yes", "no")
IN_HOURS = frozenset({Question.WEEKLY_HOURS, Question.HOURS_WORKED})
IN_DAYS = frozenset({Question.EXPECTED_BIRTH, Question.CHILD_BORN})
IN_COUNTS = frozenset({Question.WEEKS_TRANSFERRED, Question.HOSPITAL_DAYS, Question.PAY_GRADE})
IN_KRONER = frozenset({Question.EXCLUDED_PAY})
IN_WORDS: Mapping[Question, tuple[str, ...]] = {
    Question.FLEKSJOB_SHARE: SHARES,
    Question.SUBSIDY_SECTOR: SECTORS,
    Question.CLARIFICATION_GROUP: GROUPS,
}
COUNT = re.compile(r"-?\d{1,3}")
PARENTS = ("mother", "father")
Typed = Mapping[str, str]
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact as the verbs take it: ``value`` is canonical text (hundredths of hours, yes or no, an ISO day, a count)."""

    value: str
    document: str
    valid_from: date
    valid_until: date | None


def form_of(question: str) -> str:
    """Say how a question is answered: ``hours``, ``count``, ``day``, ``kroner``, ``words``, ``parent`` or ``choice``."""
    asked = Question(question)
    if asked is Question.PARENT:
        return "parent"
    forms = ((IN_HOURS, "hours"), (IN_COUNTS, "count"), (IN_DAYS, "day"), (IN_KRONER, "kroner"), (IN_WORDS, "words"))
    return next((form for questions, form in forms if asked in questions), "choice")


def read_entry(question: str, typed: Typed) -> Entry:
    """Read a form. Raises BadInput with every field that is wrong, each under its own name."""
    problems: list[Problem] = []
    value = _kept(problems, lambda: _value(question, typed.get("value", "")))
    document = _kept(problems, lambda: _document(typed.get("document", "")))
    first = _kept(problems, lambda: _day("valid_from", typed.get("valid_from", "")))
    last = _kept(problems, lambda: _last_day(typed.get("valid_until", "")))
    if first and last and last < first:
        problems.append(_problem("valid_until", "web.entry_ends_before", str(last)))
    if problems or value is None or document is None or first is None:
        raise BadInput(*problems)
    return Entry(value, document, first, last)


def week_of(about: str | None) -> tuple[date, date] | None:
    """Give Monday and Sunday of the week that a question is about; None where it is about no week."""
    if not about:
        return None
    monday = date.fromisoformat(about)
    return monday, sunday_of(monday)


def reason(typed: Typed) -> str:
    """Read the reason for closing a difference. Raises BadInput when there is none."""
    given = typed.get("reason", "").strip()
    if not 3 <= len(given) <= LONGEST:
        raise BadInput(_problem("reason", "web.entry_reason", given[:LONGEST]))
    return given


def _kept(problems: list[Problem], read: Callable[[], Value]) -> Value | None:
    try:
        return read()
    except BadInput as bad:
        problems.extend(bad.problems)
        return None


def _value(question: str, given: str) -> str:
    form = form_of(question)
    if form == "hours":
        return _hours(given)
    if form == "day":
        return _day("value", given).isoformat()
    if form == "count":
        return _count(given)
    if form == "kroner":
        return _kroner(given)
    if given not in choices_of(question):
        raise BadInput(_problem("value", "web.entry_choice", given))
    return given


def choices_of(question: str) -> tuple[str, ...]:
    """Give the words of which one answers a question: yes and no where it has none of its own."""
    asked = Question(question)
    return PARENTS if asked is Question.PARENT else IN_WORDS.get(asked, YES_OR_NO)


def _kroner(given: str) -> str:
    """Read an amount in kroner, with a comma or a point before the øre, into øre."""
    try:
        amount = ore(given.strip().replace(",", "."))
    except ValueError:
        raise BadInput(_problem("value", "funds.entry_kroner", given)) from None
    if amount < 0:
        raise BadInput(_problem("value", "funds.entry_kroner", given))
    return str(amount)


def _count(given: str) -> str:
    written = given.strip().replace("\N{MINUS SIGN}", "-")
    if COUNT.fullmatch(written) is None:
        raise BadInput(_problem("value", "web.entry_count", given))
    return str(int(written))


def _hours(given: str) -> str:
    written = HOURS.fullmatch(given.strip())
    if written is None:
        raise BadInput(_problem("value", "web.entry_hours", given))
    whole, part = written.groups()
    hundredths = int(whole) * 100 + int((part or "0").ljust(2, "0"))
    if hundredths > MOST_HOURS:
        raise BadInput(_problem("value", "web.entry_hours_of_a_week", given))
    return str(hundredths)


def _document(given: str) -> str:
    if not given.strip() or len(given) > LONGEST:
        raise BadInput(_problem("document", "web.entry_document", given[:LONGEST]))
    return given.strip()


def _last_day(given: str) -> date | None:
    return _day("valid_until", given) if given.strip() else None


def _day(field: str, given: str) -> date:
    try:
        return date.fromisoformat(given.strip())
    except ValueError:
        raise BadInput(_problem(field, "web.entry_day", given)) from None


def _problem(field: str, key: str, given: str) -> Problem:
    return Problem(said(key), said(f"{key}_remedy"), column=field, value=given)

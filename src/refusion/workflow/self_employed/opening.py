"""Reads what a case is opened with from named values, as a file or a form gives them; names everything that is wrong at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, cast

from refusion.claims.self_employed.reading import FIELDS, Field, as_text
from refusion.values.national_number import NotANationalNumber, parse
from refusion.values.said import BadInput, Problem, Said, said
from refusion.workflow.ports.self_employed.cases import Person
from refusion.workflow.self_employed.keep import Opening

OF_PERSON = ("national_number", "name", "cvr", "email")
OF_CASE = ("first_absence_day", "insurance", "agreement_58a", "working_weekdays", "income_year")
NAMES = (*OF_PERSON, *OF_CASE, "by_adviser")
NEEDED = ("national_number", "name", "cvr", "first_absence_day", "income_year")
CVR = re.compile(r"\d{8}", re.ASCII)
EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,100}", re.ASCII)
LONGEST_NAME = 100


def read_opening(told: Mapping[str, object], file: str | None = None) -> Opening:
    """Read an opening; raises BadInput naming every field that lacks, is unknown or cannot be read; no number stands in it."""
    unknown = said("self_employed.field_unknown_remedy", known=", ".join(NAMES))
    problems = [Problem(said("self_employed.field_unknown"), unknown, file, column=name) for name in sorted(set(told) - set(NAMES))]
    problems += [_problem(name, "field_missing", "remedy_needed", file) for name in NEEDED if not as_text(told.get(name))]
    person = {name: as_text(told.get(name)) for name in OF_PERSON}
    problems += [_problem(name, "field_unreadable", remedy, file) for name, remedy in _wrong(person)]
    facts: dict[str, object] = {}
    for field in FIELDS:
        text = as_text(told.get(field.name))
        if field.name in OF_CASE and text:
            _read(field, text, facts, problems, file)
    if facts.get("insurance") and facts.get("agreement_58a"):
        problems.append(Problem(said("self_employed.agreement_with_insurance"), said("self_employed.agreement_or_insurance_remedy"), file))
    if problems:
        raise BadInput(*problems)
    number = parse(person["national_number"], "DK").digits
    opened = Opening(Person(number, person["name"], person["cvr"], person["email"]), cast("date", facts["first_absence_day"]))
    return replace(
        opened, **cast("dict[str, Any]", facts), by_adviser=as_text(told.get("by_adviser")).lower() in ("true", "yes", "ja", "on")
    )


def _read(field: Field, text: str, facts: dict[str, object], problems: list[Problem], file: str | None) -> None:
    try:
        facts[field.name] = field.read(text)
    except ValueError:
        remedy = said(f"self_employed.remedy_{field.remedy}", words=", ".join(field.words))
        problems.append(Problem(said("self_employed.field_unreadable"), remedy, file, column=field.name, value=text[:50]))


def _wrong(person: Mapping[str, str]) -> list[tuple[str, str]]:
    """Give the fields of the person that are there and cannot be, with what helps; their values are never repeated."""
    found = []
    if person["national_number"]:
        try:
            parse(person["national_number"], "DK")
        except NotANationalNumber:
            found.append(("national_number", "remedy_national_number"))
    if len(person["name"]) > LONGEST_NAME:
        found.append(("name", "remedy_text"))
    if person["cvr"] and not CVR.fullmatch(person["cvr"]):
        found.append(("cvr", "remedy_cvr"))
    if person["email"] and not EMAIL.fullmatch(person["email"]):
        found.append(("email", "remedy_email"))
    return found


def _problem(name: str, key: str, remedy: str, file: str | None) -> Problem:
    return Problem(Said(f"self_employed.{key}"), Said(f"self_employed.{remedy}"), file, column=name)

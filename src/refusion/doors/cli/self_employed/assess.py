"""``refusion self-employed assess``: can I, from when, how much, by when; needs no database and keeps nothing."""

from __future__ import annotations

import json as json_text
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from refusion.doors.cli.errors import language, sentence
from refusion.doors.cli.output import STANDARD_OUTPUT, JsonFile, write_json
from refusion.doors.cli.run import ISO
from refusion.values.money import kroner
from refusion.values.said import BadInput, Problem, Refused, Said, said

if TYPE_CHECKING:
    from refusion.claims.self_employed.facts import Amount, Assessment, Situation

In = Annotated[
    Path, typer.Argument(metavar="IN", help="One person as .json, or a table of them: .csv, .jsonl, .parquet (fields in docs/how-to).")
]
CalendarFile = Annotated[
    Path | None, typer.Option("--calendar", metavar="FILE", help="Write one person's days as an iCalendar file.", show_default=False)
]
Explain = Annotated[bool, typer.Option("--explain", help="Show every step of the amount with its place in the law.")]
On = Annotated[datetime, typer.Argument(formats=ISO, metavar="DAY", help="A day of the insurance year, YYYY-MM-DD.")]


def assess(source: In, *, calendar: CalendarFile = None, explain: Explain = False, json: JsonFile = None) -> None:
    """Answer for each person in IN: every condition, the amount, all days. Nothing is stored; the municipality decides."""
    from refusion.claims.self_employed.assessment import assess as assessed

    told = _situations(source)
    answers = [assessed(one) for one in told]
    if calendar is not None:
        _write_calendar(calendar, answers, told)
    if json is not None:
        write_json([plain(answer) for answer in answers], json)
    for answer in answers if json != STANDARD_OUTPUT else ():
        _print(answer, explain=explain)


def premiums(on: On, json: JsonFile = None) -> None:
    """Give the yearly premiums of the four insurances on a day; those that no verified source gives are marked."""
    from refusion.law.denmark.self_employed.benefit import self_insurance_premium
    from refusion.law.denmark.self_employed.waiting import INSURANCES
    from refusion.law.engine.tape import explaining

    found: dict[str, tuple[int, bool]] = {}
    for name in INSURANCES:
        with explaining() as tape:
            premium = self_insurance_premium(name.startswith("day1"), name.endswith("max"), on.date().toordinal())
        marks = tape.explanation.as_json()
        found[name] = int(premium), bool(marks["unverified"] or marks["estimated"])
    if json is not None:
        rows = {name: {"premium": kroner(amount), "verified": not doubtful} for name, (amount, doubtful) in found.items()}
        write_json({"day": on.date().isoformat(), "premiums": rows}, json)
    for name, (amount, doubtful) in found.items() if json != STANDARD_OUTPUT else ():
        mark = f"  {sentence(said('self_employed.premium_unverified'))}" if doubtful else ""
        typer.echo(f"  {sentence(said(f'self_employed.insurance_{name}')):<52} {kroner(amount):>10}{mark}")


def _situations(source: Path) -> list[Situation]:
    """Read everybody in the file; raises BadInput with row and column of every problem in it."""
    from refusion.claims.self_employed.reading import read_situation

    problems: list[Problem] = []
    found: list[Situation] = []
    for row, told in _told(source):
        try:
            found.append(read_situation(told))
        except BadInput as bad:
            problems += [Problem(p.what, p.remedy, str(source), row, p.column, p.value) for p in bad.problems]
    if problems:
        raise BadInput(*problems)
    return found


def _told(source: Path) -> list[tuple[int | None, Mapping[str, object]]]:
    if source.suffix != ".json":
        from refusion.doors.cli.rules.reading import whole

        cells, numbers = whole(source)
        return list(zip(numbers, cells, strict=True))
    try:
        content = json_text.loads(source.read_text(encoding="utf-8-sig"), parse_float=str, parse_int=str)
    except (ValueError, UnicodeDecodeError):
        content = None
    each = content if isinstance(content, list) else [content]
    if not each or not all(isinstance(one, dict) for one in each):
        raise BadInput(Problem(said("self_employed.file_kind"), said("self_employed.file_kind_remedy"), file=str(source)))
    return [(row if len(each) > 1 else None, one) for row, one in enumerate(each, start=1)]


def plain(answer: Assessment) -> dict[str, object]:
    """Give an answer as plain values: keys and sentences, amounts in kroner, days as ISO text."""
    return {
        "verdict": answer.verdict.value,
        "answer": sentence(answer.answer),
        "short": answer.short,
        "benefit_from": answer.benefit_from.isoformat() if answer.benefit_from else None,
        "amount": _plain_amount(answer.amount),
        "conditions": [
            {"name": one.name, "verdict": one.verdict.value, "reason": sentence(one.reason), "source": one.source}
            for one in answer.conditions
        ],
        "dates": [
            {"kind": one.kind, "day": one.day.isoformat(), "what": sentence(said(f"self_employed.day_{one.kind}")), "source": one.source}
            for one in answer.dates
        ],
        "first": [sentence(one) for one in answer.first],
        "decides": sentence(said("self_employed.municipality_decides")),
    }


def _plain_amount(amount: Amount | None) -> dict[str, object] | None:
    if amount is None:
        return None
    return {
        "first_two_weeks": None if amount.first_weeks is None else kroner(amount.first_weeks),
        "weekly": kroner(amount.later_weeks),
        "estimated": amount.estimated,
        "explanation": dict(amount.explanation),
    }


def amount_said(amount: Amount) -> Said:
    """Say what a week gives: in the first two weeks too, where there is a right in them."""
    later = int(amount.later_weeks)
    if amount.first_weeks is None:
        return said("self_employed.amount_later", later_ore=later)
    return said("self_employed.amount_both", first_ore=int(amount.first_weeks), later_ore=later)


def _print(answer: Assessment, *, explain: bool) -> None:
    typer.echo(sentence(answer.answer))
    for one in answer.conditions:
        mark = sentence(said(f"self_employed.verdict_{one.verdict.value}"))
        typer.echo(f"  [{mark}] {sentence(one.reason)} ({one.source})")
    if answer.amount is not None:
        typer.echo(sentence(amount_said(answer.amount)))
        if explain:
            typer.echo(json_text.dumps(dict(answer.amount.explanation), ensure_ascii=False, indent=2))
    for dated in answer.dates:
        typer.echo(f"  {dated.day}  {sentence(said(f'self_employed.day_{dated.kind}'))} ({dated.source})")
    for first in answer.first:
        typer.echo(f"  - {sentence(first)}")
    typer.echo(sentence(said("self_employed.municipality_decides")))


def _write_calendar(file: Path, answers: list[Assessment], told: list[Situation]) -> None:
    from refusion.claims.self_employed.calendar_file import Entry, calendar
    from refusion.wiring.texts import render

    if len(answers) != 1:
        raise Refused(said("self_employed.calendar_one_person", count=len(answers)))
    words = language()
    decides = render(said("self_employed.municipality_decides"), words)
    entries = [Entry(one.day, render(said(f"self_employed.day_{one.kind}"), words), f"{one.source}. {decides}") for one in answers[0].dates]
    beside = file.with_name(f"{file.name}.part")
    beside.write_bytes(calendar(entries, told[0].first_absence_day))
    beside.replace(file)
    typer.echo(sentence(said("self_employed.calendar_written", count=len(entries), file=str(file))), err=True)

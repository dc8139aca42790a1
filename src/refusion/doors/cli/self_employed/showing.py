"""How a self-employed person's case is shown on the command line and given to other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from refusion.doors.cli.errors import sentence
from refusion.values.money import kroner
from refusion.values.said import said

if TYPE_CHECKING:
    from refusion.cases.self_employed.payments import Payment
    from refusion.workflow.ports.self_employed.cases import SelfFiling
    from refusion.workflow.self_employed.look import CaseView


def plain(view: CaseView) -> dict[str, object]:
    """Give a case as plain values; the national number is never shown."""
    course = view.case.course
    return {
        "number": view.case.number,
        "name": view.case.person.name,
        "first_absence_day": course.first_absence_day.isoformat(),
        "state": course.main.value,
        "tracks": {track.value: state.value for track, state in course.states.items()},
        "waits": [
            {"kind": each.wait.kind, "due": each.wait.due.isoformat(), "turn": each.wait.turn.value, "rests": each.wait.rests.value}
            for each in view.waits
        ],
        "steps": [
            {"event": step.happened.event.value, "day": step.happened.day.isoformat(), "by": step.by, "undone": step.undone_at is not None}
            for step in view.steps
        ],
        "filings": [_filing(each) for each in view.filings],
        "payments": [_payment(one) for one in view.expected],
        "paid": kroner(view.paid),
        "difference": kroner(view.difference),
        "letters_to_read": list(view.to_read),
    }


def _filing(filing: SelfFiling) -> dict[str, str]:
    return {"form": filing.form.value, "state": filing.state.value, "receipt": filing.receipt, "answer": filing.answer}


def _payment(one: Payment) -> dict[str, str]:
    days = {"day": one.day, "first": one.period.first, "last": one.period.last}
    return {name: day.isoformat() for name, day in days.items()} | {"amount": kroner(one.amount)}


def print_case(view: CaseView) -> None:
    """Show a case: where it stands, what it waits for, what happened, forms, payments, letters to read."""
    course = view.case.course
    typer.echo(
        f"{view.case.number}  {view.case.person.name}  {course.first_absence_day}  {sentence(said(f'self_employed.state_{course.main}'))}"
    )
    for each in view.waits:
        late = each.wait.due < view.today
        words = sentence(said(f"self_employed.{'rescue' if late else 'wait'}_{each.wait.kind}"))
        typer.echo(f"  {each.wait.due}  {words} ({sentence(said(f'self_employed.turn_{each.wait.turn}'))})")
    for step in view.steps:
        undone = f" [{sentence(said('self_employed.undone_mark'))}]" if step.undone_at else ""
        typer.echo(f"  {step.happened.day}  {sentence(said(f'self_employed.event_{step.happened.event}'))}{undone}")
    for filing in view.filings:
        form, state = sentence(said(f"self_employed.form_{filing.form}")), sentence(said(f"self_employed.filing_{filing.state}"))
        typer.echo(f"  {form}: {state} {filing.receipt}")
    for one in view.expected:
        typer.echo(f"  {one.day}  {one.period.first}..{one.period.last}  {kroner(one.amount):>12}")
    for letter in view.to_read:
        typer.echo(sentence(said("self_employed.letter_to_read", letter=letter)))

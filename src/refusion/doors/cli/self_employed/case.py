"""``refusion self-employed case``: opens, shows and carries on the cases of self-employed persons."""

from __future__ import annotations

import json as json_text
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from refusion.doors.cli.errors import sentence
from refusion.doors.cli.output import STANDARD_OUTPUT, JsonFile, write_json
from refusion.doors.cli.run import ISO, InstitutionCode, from_shell, institution_code
from refusion.doors.cli.self_employed.showing import plain, print_case
from refusion.values.money import ore
from refusion.values.said import BadInput, Problem, Refused, said

if TYPE_CHECKING:
    from refusion.cases.self_employed.facts import Event
    from refusion.workflow.ports.self_employed.cases import SelfCase
    from refusion.workflow.self_employed.keep import Opening

Number = Annotated[int, typer.Argument(metavar="NUMBER", help="The case's number, see «refusion self-employed case list».", min=1)]
OpeningFile = Annotated[
    Path,
    typer.Argument(
        metavar="IN",
        help="JSON: national_number, name, cvr, first_absence_day; as known email, insurance, agreement_58a, working_weekdays, "
        "income_year, by_adviser.",
    ),
]
EventName = Annotated[str, typer.Argument(metavar="EVENT", help="What happened; «refusion self-employed case events» lists them.")]
On = Annotated[datetime, typer.Option("--on", formats=ISO, metavar="DAY", help="The day it happened, YYYY-MM-DD.")]
Facts = Annotated[list[str] | None, typer.Option("--fact", metavar="NAME=VALUE", help="A fact of the event; may be given several times.")]
Document = Annotated[str, typer.Option(help="Where it is shown: the letter, its day and number.")]
Until = Annotated[
    datetime | None, typer.Option("--until", formats=ISO, metavar="DAY", help="Only what is due by then, YYYY-MM-DD.", show_default=False)
]
StateName = Annotated[str | None, typer.Option("--state", metavar="STATE", help="Only cases in this state.", show_default=False)]
Because = Annotated[str, typer.Option("--because", metavar="TEXT", help="Why it is undone.")]
Amount = Annotated[str, typer.Argument(metavar="KRONER", help="What came, in kroner: 4465.00.")]
FormName = Annotated[str, typer.Argument(metavar="FORM", help="notification | request")]
ExpectedUntil = Annotated[
    datetime | None,
    typer.Option("--expected-until", formats=ISO, metavar="DAY", help="How long it is expected to last.", show_default=False),
]


def register(group: typer.Typer) -> None:
    """Add the verbs."""
    case = typer.Typer(no_args_is_help=True, help="Cases of self-employed persons: from notification to the last payment.")
    for verb in (events, record, paid, undo, show, file, answer):
        case.command()(verb)
    case.command("open")(open_)
    case.command("list")(list_)
    group.add_typer(case, name="case")
    group.command("due")(due)
    group.command("reminders")(reminders)


def open_(source: OpeningFile, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Open a case; the same illness of the same person is one case, so a second time gives the one that stands."""
    from refusion.wiring.start import started

    opening = _opening(source)
    with started():
        from refusion.wiring.house import house

        case = house().open_self_employed(from_shell(), institution_code(institution), opening)
    _tell("self_employed.opened", case, json)


def record(
    number: Number, event: EventName, on: On, *, fact: Facts = None, document: Document = "", institution: InstitutionCode = None,
    json: JsonFile = None,
) -> None:  # fmt: skip
    """Record what happened in a case: a letter, a meeting, paper from Borgerservice, a power of attorney."""
    from refusion.wiring.start import started
    from refusion.workflow.self_employed.keep import Entry

    entry = Entry(_event(event), on.date(), dict(_fact(text) for text in fact or []), document)
    with started():
        from refusion.wiring.house import house

        case = house().record_self_employed(from_shell(), institution_code(institution), number, entry)
    _tell("self_employed.recorded", case, json)


def paid(number: Number, amount: Amount, on: On, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Record that money came: it is for the oldest expected payment."""
    from refusion.wiring.start import started

    try:
        paid_ore = int(ore(amount.replace(",", ".")))
    except ValueError:
        raise BadInput(Problem(said("self_employed.field_unreadable"), said("self_employed.remedy_kroner"), value=amount)) from None
    with started():
        from refusion.wiring.house import house

        at = institution_code(institution)
        case = house().record_self_employed_payment(from_shell(), at, number, on=on.date(), paid_ore=paid_ore)
    _tell("self_employed.recorded", case, json)


def undo(number: Number, because: Because, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Undo the last thing that a person recorded; what NemRefusion or the municipality told stands."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        case = house().undo_self_employed(from_shell(), institution_code(institution), number, because)
    _tell("self_employed.undone", case, json)


def file(number: Number, form: FormName, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Intend the notification or the request; the day's work sends it to NemRefusion («refusion run»)."""
    from refusion.wiring.start import started
    from refusion.workflow.ports.self_employed.cases import Form

    if form not in set(Form):
        raise Refused(said("self_employed.form_unknown", form=form))
    with started():
        from refusion.wiring.house import house

        made = house().intend_self_employed(from_shell(), institution_code(institution), number, Form(form))
    _say("self_employed.intended", json, {"number": number, "form": form, "intent": str(made.id), "state": made.state.value})


def answer(
    number: Number,
    *,
    expected_until: ExpectedUntil = None,
    affects_work: Annotated[bool, typer.Option("--affects-work", help="The illness will affect the work.")] = False,
    standby: Annotated[bool, typer.Option("--standby", help="Standby is wished: no meetings.")] = False,
    institution: InstitutionCode = None,
    json: JsonFile = None,
) -> None:
    """Answer the information form in Mit Sygefravær; the receipt's day is the day of application."""
    from refusion.wiring.start import started
    from refusion.workflow.self_employed.post import Reply

    reply = Reply(expected_until.date() if expected_until else None, affects_work, standby)
    with started():
        from refusion.wiring.house import house

        case = house().answer_self_employed_form(from_shell(), institution_code(institution), number, reply)
    _tell("self_employed.recorded", case, json)


def events(json: JsonFile = None) -> None:
    """List what can happen in a case, with the facts that each asks for; needs no database."""
    from refusion.cases.self_employed.asked import asked_of
    from refusion.cases.self_employed.facts import Event
    from refusion.cases.self_employed.tables import TRACK_OF

    rows = [
        {
            "event": event.value,
            "track": TRACK_OF[event].value,
            "what": sentence(said(f"self_employed.event_{event.value}")),
            "facts": [
                {"name": asked.name, "kind": asked.sort, "required": asked.required, "words": list(asked.words)}
                for asked in asked_of(event)
            ],
        }
        for event in Event
    ]
    if json is not None:
        write_json(rows, json)
    for event in Event if json != STANDARD_OUTPUT else ():
        facts = " ".join(asked.name if asked.required else f"[{asked.name}]" for asked in asked_of(event))
        typer.echo(f"  {event.value:<24} {sentence(said(f'self_employed.event_{event.value}'))}{' · ' + facts if facts else ''}")


def show(number: Number, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Show a case: its tracks, what it waits for, what happened, its forms and payments; who looked is noted."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        view = house().self_employed_case(from_shell(), institution_code(institution), number)
    if json is not None:
        write_json(plain(view), json)
    if json != STANDARD_OUTPUT:
        print_case(view)


def list_(state: StateName = None, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """List the cases, newest first, with the day that comes next."""
    from refusion.cases.self_employed.tables import COURSE
    from refusion.wiring.start import started

    if state is not None and state not in set(COURSE):
        raise Refused(said("self_employed.state_unknown", state=state, known=", ".join(COURSE)))
    with started():
        from refusion.wiring.house import house

        rows = house().self_employed_cases(from_shell(), institution_code(institution), state)
    if json is not None:
        write_json([{**_days(row), "number": row.number, "state": row.state} for row in rows], json)
    for row in rows if json != STANDARD_OUTPUT else ():
        words = sentence(said(f"self_employed.state_{row.state}"))
        typer.echo(f"  {row.number:>6}  {row.first_absence_day}  {words:<32} {row.next_due or ''}")
    if not rows and json != STANDARD_OUTPUT:
        typer.echo(sentence(said("self_employed.no_cases")))


def due(until: Until = None, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """List what all cases wait for, by its day: whose turn it is, what the day rests on, what helps once it has passed."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        at = institution_code(institution)
        found, today = house().self_employed_waits(from_shell(), at, until.date() if until else None), house().today()
    rows = [
        {"number": each.number, "kind": each.wait.kind, "due": each.wait.due.isoformat(), "turn": each.wait.turn.value,
         "rests": each.wait.rests.value, "late": each.wait.due < today} for each in found
    ]  # fmt: skip
    if json is not None:
        write_json(rows, json)
    for each in found if json != STANDARD_OUTPUT else ():
        key = f"self_employed.{'rescue' if each.wait.due < today else 'wait'}_{each.wait.kind}"
        typer.echo(f"  {each.wait.due}  {each.number:>6}  {sentence(said(key))} ({sentence(said(f'self_employed.turn_{each.wait.turn}'))})")
    if not found and json != STANDARD_OUTPUT:
        typer.echo(sentence(said("self_employed.nothing_due")))


def reminders(
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Where the e-mails are written, one .eml file each.")],
    institution: InstitutionCode = None,
    json: JsonFile = None,
) -> None:
    """Write today's reminders as e-mails for your own mail server; each once, and nothing in them tells of the illness."""
    from refusion.doors.cli.errors import language
    from refusion.wiring.start import started

    out.mkdir(parents=True, exist_ok=True)
    with started():
        from refusion.wiring.house import house

        mails = house().remind_self_employed(from_shell(), institution_code(institution), language())
    for mail in mails:
        message = EmailMessage()
        message["To"], message["Subject"] = mail.to, mail.subject
        message.set_content(mail.text)
        out.joinpath(f"{mail.reference}.eml").write_bytes(bytes(message))
    if json is not None:
        write_json({"written": [f"{mail.reference}.eml" for mail in mails]}, json)
    if json != STANDARD_OUTPUT:
        typer.echo(sentence(said("self_employed.mails_written", count=len(mails), folder=str(out))))


def _days(row: object) -> dict[str, object]:
    names = ("first_absence_day", "opened_on", "next_due")
    return {name: None if (day := getattr(row, name)) is None else day.isoformat() for name in names}


def _event(text: str) -> Event:
    from refusion.cases.self_employed.facts import Event

    if text not in set(Event):
        raise Refused(said("self_employed.event_unknown", given=text))
    return Event(text)


def _fact(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    return name.strip(), value.strip()


def _opening(source: Path) -> Opening:
    from refusion.workflow.self_employed.opening import read_opening

    try:
        content = json_text.loads(source.read_text(encoding="utf-8-sig"), parse_float=str, parse_int=str)
    except (ValueError, UnicodeDecodeError):
        content = None
    if not isinstance(content, dict):
        raise BadInput(Problem(said("self_employed.file_kind"), said("self_employed.opening_remedy"), file=str(source)))
    return read_opening(content, str(source))


def _tell(key: str, case: SelfCase, json: str | None) -> None:
    state = case.course.main.value
    _say(key, json, {"number": case.number or 0, "state": state})


def _say(key: str, json: str | None, facts: dict[str, str | int]) -> None:
    if json is not None:
        write_json({"done": key, **facts}, json)
    if json != STANDARD_OUTPUT:
        told = {**facts, "state": sentence(said(f"self_employed.state_{facts['state']}"))} if facts["state"] != "intended" else facts
        typer.echo(sentence(said(key, **told)))

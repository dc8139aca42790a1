"""``refusion losses``: lists what was not obtained, names who follows it, applies for dispensation and records the answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from refusion.doors.cli.errors import sentence
from refusion.doors.cli.output import JsonFile, write_json
from refusion.doors.cli.report import First, Last, Out, report
from refusion.doors.cli.run import InstitutionCode, from_shell, institution_code
from refusion.values.said import Refused, said

if TYPE_CHECKING:
    from refusion.claims.letters import Letter

# The letter goes to a Danish authority, whatever the language of the shell.
LETTERS_LANGUAGE = "da"
ENDINGS = (".txt", ".html", ".pdf")
GROUNDS = "system_outage | employee_fault | wrong_official_guidance | special_circumstances"
Number = Annotated[int, typer.Argument(metavar="NUMBER", help="The loss's number, see «refusion losses list».", min=0)]
LetterFile = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="Write the letter here, as .txt, .html or .pdf.", show_default=False)
]
By = Annotated[
    str | None, typer.Option("--by", metavar="GROUP", help="Gather by unit, kind, cause, owner, month or institution.", show_default=False)
]


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    losses = typer.Typer(no_args_is_help=True, help="Kroner that were not obtained: list, own, apply for dispensation, record the answer.")
    losses.command("list")(list_losses)
    losses.command("own")(own)
    losses.command("apply")(apply)
    losses.command("letter")(letter)
    losses.command("answer")(answer)
    app.add_typer(losses, name="losses")


def list_losses(
    *, by: By = None, out: Out = None, first: First = None, last: Last = None, institution: InstitutionCode = None, json: JsonFile = None
) -> None:
    """List the losses of some days with cause, owner and until when dispensation can be applied for; all where none are named."""
    report("lost", by=by, out=out, first=first, last=last, institution=institution, json=json)


def own(
    number: Number,
    owner: Annotated[str, typer.Argument(metavar="NAME", help="Who follows the loss.")],
    *,
    institution: InstitutionCode = None,
    json: JsonFile = None,
) -> None:
    """Name who follows a loss; a later name takes the place of an earlier one."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        house().name_loss_owner(from_shell(), institution_code(institution), number, owner)
    _tell("losses.owner_named", json, number=number, owner=owner.strip())


def apply(
    number: Number,
    ground: Annotated[str, typer.Option(metavar="GROUND", help=GROUNDS)],
    reason: Annotated[str, typer.Option(metavar="TEXT", help="What happened, in your own words; it stands in the letter.")],
    *,
    out: LetterFile = None,
    institution: InstitutionCode = None,
    json: JsonFile = None,
) -> None:
    """Write the application for dispensation from a deadline, keep it, and note that it was made today."""
    from refusion.wiring.start import started

    _refuse_other_ending(out)
    with started():
        from refusion.wiring.house import house

        made = house().apply_dispensation(from_shell(), institution_code(institution), number, ground=ground, reason=reason)
    _give(number, made, out, json)


def letter(number: Number, *, out: LetterFile = None, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Show the letter that was applied with, word for word."""
    from refusion.wiring.start import started

    _refuse_other_ending(out)
    with started():
        from refusion.wiring.house import house

        kept = house().dispensation_letter(from_shell(), institution_code(institution), number)
    _give(number, kept, out, json)


def answer(
    number: Number,
    *,
    granted: Annotated[bool, typer.Option("--granted", help="The authority excuses the days; they are claimed anew.")] = False,
    refused: Annotated[bool, typer.Option("--refused", help="The authority does not; the loss stands.")] = False,
    document: Annotated[str, typer.Option(metavar="TEXT", help="Where the answer stands: its number and day.")] = "",
    institution: InstitutionCode = None,
    json: JsonFile = None,
) -> None:
    """Record what the authority answered to an application."""
    from refusion.wiring.start import started

    if granted == refused:
        raise Refused(said("losses.answer_needed"))
    with started():
        from refusion.wiring.house import house

        house().record_dispensation(from_shell(), institution_code(institution), number, granted=granted, document=document)
    _tell("losses.answer_granted" if granted else "losses.answer_refused", json, number=number)


def _tell(key: str, json: str | None, **facts: str | int) -> None:
    """Say what was done, as JSON where asked."""
    if json is not None:
        write_json({"done": key, **facts}, json)
    else:
        typer.echo(sentence(said(key, **facts)))


def _refuse_other_ending(out: Path | None) -> None:
    if out is not None and out.suffix not in ENDINGS:
        raise Refused(said("losses.letter_format", file=out.name))


def _give(number: int, made: Letter, out: Path | None, json: str | None) -> None:
    """Give a letter as a file, as JSON, or as text on the screen."""
    from refusion.reports.letters import as_html, as_text
    from refusion.reports.pages import letter_as_pdf
    from refusion.wiring.texts import render

    heading, *paragraphs = (render(one, LETTERS_LANGUAGE) for one in (made.heading, *made.paragraphs))
    if json is not None:
        write_json({"loss": number, "heading": heading, "paragraphs": paragraphs}, json)
    if out is not None:
        if out.suffix == ".html":
            raw = as_html(heading, paragraphs, LETTERS_LANGUAGE)
        else:
            raw = (letter_as_pdf if out.suffix == ".pdf" else as_text)(heading, paragraphs)
        beside = out.with_name(f"{out.name}.part")
        beside.write_bytes(raw)
        beside.replace(out)
        typer.echo(sentence(said("losses.letter_written", number=number, file=str(out))), err=json is not None)
    elif json is None:
        typer.echo(as_text(heading, paragraphs).decode())

"""``refusion law preview``: what a change of law would do to the books, or to a file of worked cases, before it is switched on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from refusion.doors.cli.errors import BAD_INPUT, sentence
from refusion.doors.cli.output import STANDARD_OUTPUT, JsonFile, write_json
from refusion.doors.cli.report import plain_report, refuse_other_format, show_report, write_report
from refusion.doors.cli.rules.changes import plain_changes, plain_moves, plain_unanswered, say_changes, say_moves, say_unanswered
from refusion.doors.cli.run import InstitutionCode, from_shell, institution_code
from refusion.values.said import BadInput, Problem, Refused, said

if TYPE_CHECKING:
    from datetime import date

    from refusion.claims.recalculation import Moved
    from refusion.law.engine.change.effect import Effect
    from refusion.law.engine.change.proposal import Proposal
    from refusion.law.engine.check import Malformed
    from refusion.reports.adjustments import Preview

Item = TypeVar("Item")
ChangeFile = Annotated[
    Path | None,
    typer.Argument(metavar="CHANGE.toml", help="New values; without it the books are held against the law as it stands."),
]
CaseFile = Annotated[Path | None, typer.Option(metavar="FILE", help="Worked cases in place of the books; no database.", show_default=False)]
Out = Annotated[Path | None, typer.Option("--out", "--csv", metavar="FILE", help="Write the list, as .csv or .xlsx.", show_default=False)]


def preview(
    change: ChangeFile = None,
    *,
    institution: InstitutionCode = None,
    cases: CaseFile = None,
    out: Out = None,
    json: JsonFile = None,
) -> None:
    """Show what new values of law would do to claims; nothing is written."""
    refuse_other_format(out)
    changes = () if change is None else _proposals(change)
    if cases is None:
        _of_books(changes, institution, out, json)
    elif not changes or institution is not None:
        raise Refused(said("preview.cases_need_change" if not changes else "preview.cases_or_books"))
    else:
        _of_cases(changes, cases, out, json)


def _proposals(file: Path) -> tuple[Proposal, ...]:
    from refusion.law.engine.change.proposal import proposals
    from refusion.wiring.rulebook import figures

    return proposals(file.read_bytes(), figures(), str(file))


def _of_books(changes: tuple[Proposal, ...], institution: str | None, out: Path | None, json: str | None) -> None:
    from refusion.wiring.start import started

    with started():
        found, moves, today = _calculated(changes, institution)
    from refusion.reports.adjustments import SHORT, list_of

    listed = list_of(found)
    if json is not None:
        write_json({**_plain(changes, found, moves, today), "adjustments": plain_report(listed)["rows"]}, json)
    if json != STANDARD_OUTPUT:
        _say(changes, found, moves, today)
        if listed.rows and out is None:
            show_report(list_of(found, SHORT))
    if out is not None:
        write_report(listed, out, aside=json == STANDARD_OUTPUT)


def _calculated(changes: tuple[Proposal, ...], institution: str | None) -> tuple[Preview, tuple[Moved, ...], date]:
    from refusion.claims.recalculation import explained, moved, recalculated
    from refusion.law.engine.change.proposal import instead
    from refusion.reports.adjustments import preview as sorted_out
    from refusion.wiring.house import house

    tried = instead(changes)
    with house().reading(from_shell(), institution_code(institution), "law preview") as reads:
        anew = recalculated(reads.kept_claims(), tried)
        found = sorted_out(_passing(anew if changes else explained(anew, reads.kept_explanation)))
        moves = sorted(moved(reads.standing_cases(), tried), key=lambda move: move.standing.case_number)
        return found, tuple(moves), house().today()


def _say(changes: tuple[Proposal, ...], found: Preview, moves: tuple[Moved, ...], today: date) -> None:
    from refusion.reports.adjustments import sentences, strayed

    say_changes(changes, today)
    for told in sentences(found):
        typer.echo(sentence(told))
    say_moves(moves)
    say_unanswered(found)
    stray = strayed(found) if changes else None
    if stray is not None:
        typer.echo(sentence(stray))


def _plain(changes: tuple[Proposal, ...], found: Preview, moves: tuple[Moved, ...], today: date) -> dict[str, object]:
    from refusion.reports.adjustments import sentences

    parts = {"open": found.open, "decided": found.decided}
    counts = {
        name: {"claims": len(part), "cases": len({one.case_number for one in part}), "difference": sum(one.difference for one in part)}
        for name, part in parts.items()
    }
    return {
        "changes": plain_changes(changes),
        "retroactive": any(change.first_day < today for change in changes),
        "sentences": [sentence(told) for told in sentences(found)],
        "claims": found.claims,
        **counts,
        "strayed": {"claims": len(found.strayed), "difference": sum(one.strayed for one in found.strayed)},
        "refused": plain_unanswered(found),
        "moved_cases": plain_moves(moves),
    }


def _of_cases(changes: tuple[Proposal, ...], cases: Path, out: Path | None, json: str | None) -> None:
    from refusion.law.engine.check import Malformed
    from refusion.reports.adjustments import list_of_cases

    found = list(_passing(_effects(changes, cases)))
    malformed = [one for one in found if isinstance(one, Malformed)]
    listed = list_of_cases([one for one in found if not isinstance(one, Malformed)])
    if json is not None:
        bad = [{"row": one.row, "because": sentence(one.because)} for one in malformed]
        write_json({"changes": plain_changes(changes), **plain_report(listed), "malformed": bad}, json)
    if json != STANDARD_OUTPUT:
        say_changes(changes)
        typer.echo(sentence(listed.sentence)) if out is not None else show_report(listed)
    if out is not None:
        write_report(listed, out, aside=json == STANDARD_OUTPUT)
    for line in malformed:
        typer.echo(f"{cases}, {sentence(said('cli.row', row=line.row))}: {sentence(line.because)}", err=True)
    if malformed:
        raise typer.Exit(BAD_INPUT)


def _effects(changes: tuple[Proposal, ...], cases: Path) -> Iterator[Effect | Malformed]:
    from refusion.law.engine.change.effect import effects
    from refusion.law.engine.change.proposal import instead
    from refusion.wiring.rulebook import rulebook

    try:
        lines = cases.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        raise BadInput(Problem(said("law.file_not_text"), said("law.file_not_text_remedy"), file=str(cases))) from None
    return effects(lines, rulebook(), instead(changes))


def _passing(items: Iterable[Item]) -> Iterator[Item]:
    """Count on standard error what goes by; nothing is shown where no person looks."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed:,}"), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=None)
        for item in items:
            yield item
            progress.advance(task)

"""``refusion settings show`` and ``set``: what the institution decides for itself, and what a change moves before it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from refusion.doors.cli.errors import sentence
from refusion.doors.cli.output import STANDARD_OUTPUT, JsonFile, write_json
from refusion.doors.cli.run import InstitutionCode, from_shell, institution_code
from refusion.values.said import Refused, Said, said

if TYPE_CHECKING:
    from refusion.watch.deadlines import WorkingModel
    from refusion.watch.facts import Turn
    from refusion.workflow.ports.institution import Settings
    from refusion.workflow.watch.settings import Change, Foreseen

SHOWN = 10
ANY = "any"
FilingDay = Annotated[int | None, typer.Option(metavar="DAY", help="Absence day on which the house notifies, 1-35.", show_default=False)]
Margin = Annotated[int | None, typer.Option("--safe-margin", metavar="DAYS", help="Days before a legal day, 0-20.", show_default=False)]
Model = Annotated[str | None, typer.Option(metavar="MODEL", help="files_itself | orders (at the service centre)", show_default=False)]
Contact = Annotated[str | None, typer.Option(help="The contact named in reports.", show_default=False)]
Person = Annotated[str | None, typer.Option(metavar="USER", help="Who stands on this rung; empty takes the name off.", show_default=False)]
Alone = Annotated[str, typer.Argument(metavar="KRONER", help="Most of a difference that one person closes alone; «any» has no limit.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask before saving.")]


def add_changes(group: typer.Typer) -> None:
    """Add the verbs to ``refusion settings``."""
    group.command("show")(show)
    group.command("set")(change)
    group.command("close-alone")(close_alone)


def show(institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Show the institution's settings."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        with house().reading(from_shell(), institution_code(institution), "settings") as reads:
            found = reads.settings()
    if json is not None:
        write_json(_as_json(found), json)
    if json != STANDARD_OUTPUT:
        for name, value in _as_json(found).items():
            typer.echo(sentence(Said("watch.setting", {"name": sentence(Said(f"watch.setting_{name}")), "value": _shown(value)})))


def change(
    *,
    filing_day: FilingDay = None,
    safe_margin: Margin = None,
    working_model: Model = None,
    contact: Contact = None,
    caseworker: Person = None,
    deputy: Person = None,
    leader: Person = None,
    yes: Yes = False,
    institution: InstitutionCode = None,
    json: JsonFile = None,
) -> None:
    """Change settings; says first which cases and days move, and asks. Setting the old value takes it back."""
    from refusion.workflow.watch.settings import Change

    people = _people({"caseworker": caseworker, "deputy": deputy, "leader": leader})
    _save(Change(filing_day, safe_margin, contact, _model(working_model), people), institution, json, yes=yes)


def close_alone(up_to: Alone, *, yes: Yes = False, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Limit the difference that one person alone may close; above it one proposes a write-off and another approves."""
    from refusion.workflow.watch.settings import Change

    _save(Change(close_alone_up_to=_limit(up_to)), institution, json, yes=yes)


def _save(asked: Change, institution: str | None, json: str | None, *, yes: bool) -> None:
    """Say what a change moves, ask, and save it."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        working, actor, code = house(), from_shell(), institution_code(institution)
        foreseen = working.foresee_settings(actor, code, asked)
        _say(foreseen, aside=json == STANDARD_OUTPUT)
        if foreseen.before != foreseen.after:
            if not yes and not typer.confirm(sentence(said("watch.settings_confirm")), err=True):
                raise Refused(said("watch.settings_not_confirmed"))
            foreseen = working.change_settings(actor, code, asked)
            typer.echo(sentence(said("watch.settings_saved", institution=code)), err=json == STANDARD_OUTPUT)
    if json is not None:
        write_json(_foreseen_as_json(foreseen), json)


def _people(named: dict[str, str | None]) -> dict[Turn, str]:
    from refusion.watch.facts import Turn

    return {Turn(rung): person for rung, person in named.items() if person is not None}


def _limit(asked: str) -> int:
    """Read a limit in kroner as øre; ``any`` takes it away. Raises Refused."""
    from refusion.values.money import ore
    from refusion.workflow.watch.settings import NO_LIMIT

    if asked == ANY:
        return NO_LIMIT
    try:
        limit = int(ore(asked.replace(",", ".")))
    except ValueError:
        limit = NO_LIMIT
    if limit < 0:
        raise Refused(said("claims.limit_cannot_be", written=asked))
    return limit


def _model(asked: str | None) -> WorkingModel | None:
    from refusion.watch.deadlines import WorkingModel

    if asked is None:
        return None
    if asked not in WorkingModel.__members__.values():
        raise Refused(said("watch.model_unknown", model=asked, known=", ".join(WorkingModel)))
    return WorkingModel(asked)


def _say(foreseen: Foreseen, *, aside: bool) -> None:
    before, after = _as_json(foreseen.before), _as_json(foreseen.after)
    for name in before:
        if before[name] != after[name]:
            called = sentence(Said(f"watch.setting_{name}"))
            line = said("watch.setting_changes", name=called, before=_shown(before[name]), after=_shown(after[name]))
            typer.echo(sentence(line), err=aside)
    if before == after:
        typer.echo(sentence(said("watch.settings_same")), err=aside)
        return
    moved = foreseen.cases.moved
    typer.echo(sentence(said("watch.settings_effect", cases=foreseen.cases.open_cases, moved=len(moved), tasks=foreseen.tasks)), err=aside)
    for one in moved[:SHOWN]:
        typer.echo(sentence(said("watch.settings_moved", case=one.case.number, before=one.before, after=one.after)), err=aside)
    if len(moved) > SHOWN:
        typer.echo(sentence(said("watch.more_rows", count=len(moved) - SHOWN)), err=aside)


def _shown(value: object) -> str:
    return "–" if value in ("", None) else str(value)


def _as_json(settings: Settings) -> dict[str, object]:
    people = {turn.value: person for turn, person in settings.people.items()}
    return {
        "filing_day": settings.filing_day,
        "safe_margin_days": settings.safe_margin_days,
        "working_model": settings.working_model.value,
        "contact": settings.contact,
        "close_alone_up_to_ore": settings.close_alone_up_to,
        **{rung: people.get(rung, "") for rung in ("caseworker", "deputy", "leader")},
    }


def _foreseen_as_json(foreseen: Foreseen) -> dict[str, object]:
    return {
        "before": _as_json(foreseen.before),
        "after": _as_json(foreseen.after),
        "open_cases": foreseen.cases.open_cases,
        "tasks_moved": foreseen.tasks,
        "cases_moved": [
            {"case": one.case.number, "before": one.before.isoformat(), "after": one.after.isoformat()} for one in foreseen.cases.moved
        ],
    }

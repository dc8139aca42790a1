"""``refusion settings``: shows and switches the kinds of refund, off, pilot or live, and shows what a pilot comes to."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from refusion.doors.cli.errors import sentence
from refusion.doors.cli.output import STANDARD_OUTPUT, JsonFile, write_json
from refusion.doors.cli.run import ISO, InstitutionCode, day_of, from_shell, institution_code
from refusion.doors.cli.watch.answers import add_rules
from refusion.doors.cli.watch.changes import add_changes
from refusion.values.said import Fact, Refused, said

if TYPE_CHECKING:
    from refusion.cases.stages import Standing
    from refusion.workflow.cases.stages import Effect, Wanted
    from refusion.workflow.ports.stages import PilotLine

KINDS = "long-sickness | other-sickness | parental | ill-child | fleksjob | wage-subsidy | clarification | parental-fund | state-fleksjob"
Since = Annotated[
    datetime | None, typer.Option(formats=ISO, metavar="DAY", help="From this day on; today where none is named.", show_default=False)
]
Codes = Annotated[str, typer.Option(metavar="CODES", help="Payroll's absence codes for the kind, with commas between.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask before switching.")]


def register(app: typer.Typer) -> None:
    """Add the verb."""
    group = typer.Typer(help="See and change what the institution has switched on.", no_args_is_help=True)
    group.command("stages")(stages)
    group.command("stage")(stage)
    group.command("pilot")(pilot)
    add_changes(group)
    add_rules(group)
    app.add_typer(group, name="settings")


def stages(institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Show how every kind of refund stands today, since when and who said so."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        found, today = house().stages(from_shell(), institution_code(institution)), house().today()
    standing = found.all_on(today)
    if json is not None:
        write_json([_standing_as_json(one) for one in standing], json)
    if json != STANDARD_OUTPUT:
        for one in standing:
            typer.echo(_line(one))
        for switch in found.switches:
            if switch.since > today:
                facts = {"stage_kind": switch.kind.value, "stage": switch.stage.value, "since": switch.since, "by": switch.set_by}
                typer.echo(sentence(said("cases.stage_comes", **facts)))


def stage(
    kind: Annotated[str, typer.Argument(metavar="KIND", help=KINDS)],
    stage: Annotated[str, typer.Argument(metavar="STAGE", help="off | pilot | live")],
    *,
    since: Since = None,
    codes: Codes = "",
    yes: Yes = False,
    institution: InstitutionCode = None,
    json: JsonFile = None,
) -> None:
    """Switch a kind of refund; says first what that does and asks. Another switch takes it back."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        working, actor, code = house(), from_shell(), institution_code(institution)
        wanted = _wanted(kind, stage, codes, day_of(since) or working.today())
        effect = working.stage_effect(actor, code, wanted)
        _say(effect, aside=json == STANDARD_OUTPUT)
        if not yes and not typer.confirm(sentence(said("cases.stage_confirm")), err=True):
            raise Refused(said("cases.stage_not_confirmed"))
        working.set_stage(actor, code, wanted)
        typer.echo(sentence(said("cases.stage_set", stage_kind=kind, stage=stage, since=wanted.since)), err=json == STANDARD_OUTPUT)
    if json is not None:
        write_json(_effect_as_json(effect), json)


def pilot(institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Show what the kinds on pilot expect, beside what others' reports of the same days were decided."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        lines = house().pilot_lines(from_shell(), institution_code(institution))
    if json is not None:
        write_json([_pilot_as_json(line) for line in lines], json)
    if json != STANDARD_OUTPUT:
        for line in lines:
            typer.echo(_pilot_line(line))
        typer.echo(sentence(said("cases.pilot_sum", count=len(lines), expected_ore=sum(line.expected for line in lines))))


def _wanted(kind: str, stage: str, codes: str, since: Any) -> Wanted:
    from refusion.cases.stages import Group, Stage
    from refusion.workflow.cases.stages import Wanted

    if kind not in Group.__members__.values():
        raise Refused(said("cases.stage_kind_unknown", stage_kind=kind, known=", ".join(Group)))
    if stage not in Stage.__members__.values():
        raise Refused(said("cases.stage_unknown", stage=stage, known=", ".join(Stage)))
    own = tuple(code.strip() for code in codes.split(",") if code.strip())
    return Wanted(Group(kind), Stage(stage), since, own)


def _line(one: Standing) -> str:
    if one.said is None:
        return sentence(said("cases.stage_by_default", stage_kind=one.kind.value, stage=one.stage.value))
    facts = {"stage_kind": one.kind.value, "stage": one.stage.value, "since": one.said.since, "by": one.said.set_by}
    return sentence(said("cases.stage_stands", **facts))


def _say(effect: Effect, *, aside: bool) -> None:
    for key, facts in (
        ("cases.stage_before_after", {"before": effect.before.stage.value, "after": effect.after.stage.value, "since": effect.since}),
        ("cases.stage_looked_at", {"count": effect.looked_at}),
        ("cases.stage_filed", {"count": effect.filed, "filed_ore": effect.filed_ore}),
        ("cases.stage_resting", {"count": effect.resting}),
        ("cases.stage_running_out", {"count": effect.running_out}),
    ):
        if facts.get("count", 1):
            typer.echo(sentence(said(key, **facts)), err=aside)


def _pilot_line(line: PilotLine) -> str:
    facts: dict[str, Fact] = {"case": line.case_number, "first": line.period.first, "last": line.period.last, "expected_ore": line.expected}
    if line.decided is not None:
        return sentence(said("cases.pilot_decided", **facts, decided_ore=line.decided, difference_ore=line.decided - line.expected))
    return sentence(said("cases.pilot_undecided" if line.alike <= 1 else "cases.pilot_crowded", **facts))


def _standing_as_json(one: Standing) -> dict[str, object]:
    told = one.said
    return {
        "kind": one.kind.value,
        "stage": one.stage.value,
        "codes": list(one.codes),
        "since": told and told.since.isoformat(),
        "set_by": told and told.set_by,
    }


def _effect_as_json(effect: Effect) -> dict[str, object]:
    return {
        "kind": effect.after.kind.value,
        "before": effect.before.stage.value,
        "after": effect.after.stage.value,
        "codes": list(effect.after.codes),
        "since": effect.since.isoformat(),
        "absences_looked_at": effect.looked_at,
        "cases_filed": effect.filed,
        "filed_ore": effect.filed_ore,
        "cases_resting": effect.resting,
        "cases_running_out": effect.running_out,
    }


def _pilot_as_json(line: PilotLine) -> dict[str, object]:
    return {
        "case": line.case_number,
        "kind": line.kind.value,
        "first_day": line.period.first.isoformat(),
        "last_day": line.period.last.isoformat(),
        "expected_ore": line.expected,
        "estimated": line.estimated,
        "decided_ore": line.decided,
        "decisions_of_these_days": line.alike,
    }

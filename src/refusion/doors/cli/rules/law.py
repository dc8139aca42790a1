"""``refusion law``: worked cases checked, a rule shown, two days compared; needs no database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from refusion.doors.cli.errors import BAD_INPUT, FAILED, sentence
from refusion.doors.cli.output import JsonFile, write_json
from refusion.doors.cli.rules.preview import preview
from refusion.values.said import BadInput, Problem, Refused, Said, said

if TYPE_CHECKING:
    from refusion.law.engine.catalogue import Change
    from refusion.law.engine.check import Failed, Malformed, Outcome
    from refusion.law.engine.figure import Value
    from refusion.law.engine.parameters import Dated
    from refusion.law.engine.rule import Rule

Files = Annotated[list[Path], typer.Argument(help="Files of worked cases, one JSON object a line.")]

# So many names are offered for one that nobody has.
MOST = 6


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    law = typer.Typer(no_args_is_help=True, help="Check worked cases, show a rule, compare two days, preview a change.")
    law.command("check")(check)
    law.command("show")(show)
    law.command("diff")(diff)
    law.command("preview")(preview)
    app.add_typer(law, name="law")


def check(files: Files, json: JsonFile = None) -> None:
    """Evaluate worked cases; exit code 1 when any fails, 2 for a line that is no case."""
    from refusion.law.engine.check import Failed, Malformed, Passed

    outcomes = [(file, outcome) for file in files for outcome in _outcomes(file)]
    passed = sum(isinstance(outcome, Passed) for _, outcome in outcomes)
    failed = [outcome for _, outcome in outcomes if isinstance(outcome, Failed)]
    malformed = [(file, outcome) for file, outcome in outcomes if isinstance(outcome, Malformed)]
    for case in failed:
        _say_failed(case)
    for file, line in malformed:
        _say_malformed(file, line)
    typer.echo(sentence(said("law.cases_checked", passed=passed, failed=len(failed))), err=json == "-")
    if json is not None:
        write_json(_summary(passed, failed, malformed), json)
    if failed or malformed:
        raise typer.Exit(BAD_INPUT if malformed else FAILED)


def show(name: str, json: JsonFile = None) -> None:
    """Print a rule with its citation, native term, inputs, figures and their history."""
    from refusion.wiring.rulebook import figures, rules

    found = {path: rule for path, rule in rules().items() if name in (path, rule.name, rule.called)}
    figure = figures().get(name)
    if not found and figure is None:
        raise Refused(_unknown(name, rules(), figures()))
    if json is not None:
        write_json([_plain_rule(path, rule) for path, rule in found.items()] or [_plain_figure(figure)], json)
        return
    for path, rule in found.items():
        _show_rule(path, rule)
    if figure is not None:
        _show_figure(figure)


def diff(first: str, second: str, json: JsonFile = None) -> None:
    """Print what changes in the law's figures between two days (ISO dates)."""
    from refusion.law.engine.catalogue import changes
    from refusion.wiring.rulebook import figures

    between = list(changes(figures().values(), _day(first), _day(second)))
    if json is not None:
        write_json([_plain_change(change) for change in between], json)
        return
    for change in between:
        mark = f" {sentence(said('law.estimate'))}" if change.estimated else ""
        worth = f"{_worth(change.figure, change.before)} → {_worth(change.figure, change.after)}"
        typer.echo(f"{change.figure.name} ({change.figure.unit.name}): {worth}{mark}")
        typer.echo(f"  {change.figure.says}\n  {change.figure.law}{_since(change.after)}")
    typer.echo(sentence(said("law.changes_found", count=len(between), first=_day(first), second=_day(second))))


def _since(value: Value | None) -> str:
    return "" if value is None else f"; {value.since}: {value.source}"


def _unknown(name: str, rules: Mapping[str, Rule], figures: Mapping[str, Dated]) -> Said:
    """Say that nothing has the name, and what is called almost so or has the word in its name or native term."""
    called = {rule.called: rule.name for rule in rules.values()}
    names = {**dict.fromkeys(figures, ""), **{rule.name: "" for rule in rules.values()}, **called}
    close = get_close_matches(name, names, n=MOST) + [known for known in names if name.lower() in known.lower()]
    near = list(dict.fromkeys(close))[:MOST]
    return said("law.name_near", name=name, near=", ".join(near)) if near else said("law.name_unknown", name=name)


def _outcomes(file: Path) -> list[Outcome]:
    from refusion.law.engine.check import check as evaluated
    from refusion.wiring.rulebook import rulebook

    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        raise BadInput(Problem(said("law.file_not_text"), said("law.file_not_text_remedy"), file=str(file))) from None
    outcomes = list(evaluated(lines, rulebook()))
    if not outcomes:
        raise BadInput(Problem(said("law.no_cases"), said("law.no_cases_remedy"), file=str(file)))
    return outcomes


def _say_failed(outcome: Failed) -> None:
    for difference in outcome.because:
        typer.echo(f"{outcome.case}: {sentence(difference)}")
    for explanation in outcome.explanations:
        typer.echo("".join(f"    {line}\n" for line in explanation.as_tree().splitlines()), nl=False)


def _say_malformed(file: Path, outcome: Malformed) -> None:
    row = sentence(said("cli.row", row=outcome.row))
    typer.echo(f"{file}, {row}: {sentence(outcome.because)}", err=True)


def _summary(passed: int, failed: list[Failed], malformed: list[tuple[Path, Malformed]]) -> dict[str, object]:
    return {
        "passed": passed,
        "failed": [
            {
                "id": case.case,
                "because": [sentence(difference) for difference in case.because],
                "explanations": [explanation.as_json() for explanation in case.explanations],
            }
            for case in failed
        ],
        "malformed": [{"file": str(file), "row": line.row, "because": sentence(line.because)} for file, line in malformed],
    }


def _show_rule(path: str, rule: Rule) -> None:
    from refusion.law.engine.catalogue import rests_on

    foundation = rests_on(rule)
    typer.echo(f"{path}\n  {rule.citation} ({rule.citation.statute.title}, {rule.citation.statute.edition})")
    if rule.citation.unverified:
        typer.echo(f"  {sentence(said('law.not_verified'))} {rule.citation.unverified}")
    typer.echo(f"  {rule.called}: {rule.says}")
    for name, unit in rule.inputs.items():
        typer.echo(f"  . {name} ({unit.name if unit else '-'})")
    typer.echo(f"  = {rule.gives.name if rule.gives else '-'}")
    for policy in foundation.policies:
        typer.echo(f"  ? {policy.name} = {policy.default} ({', '.join(policy.options)}): {policy.why}")
    for below in foundation.rules:
        typer.echo(f"  > {below.name} ({below.citation})")
    for figure in foundation.figures:
        _show_figure(figure)


def _show_figure(figure: Dated) -> None:
    typer.echo(f"  # {figure.name} ({figure.law}, {figure.unit.name}): {figure.says}")
    for value in figure.values:
        unverified = "" if value.verified else f" {sentence(said('law.not_verified'))}"
        typer.echo(f"      {value.since}  {_worth(figure, value)}  [{value.source}]{unverified}")
    if figure.known_until is not None:
        typer.echo(f"      {sentence(said('law.known_until', day=figure.known_until))}")


def _plain_rule(path: str, rule: Rule) -> dict[str, object]:
    from refusion.law.engine.catalogue import rests_on

    foundation = rests_on(rule)
    return {
        "name": path,
        "citation": str(rule.citation),
        "citation_unverified": rule.citation.unverified,
        "called": rule.called,
        "says": rule.says,
        "gives": rule.gives.name if rule.gives else None,
        "inputs": {name: unit.name if unit else None for name, unit in rule.inputs.items()},
        "policies": {policy.name: policy.default for policy in foundation.policies},
        "rules": [below.name for below in foundation.rules],
        "figures": [_plain_figure(figure) for figure in foundation.figures],
    }


def _plain_figure(figure: Dated | None) -> dict[str, object]:
    if figure is None:
        return {}
    return {
        "name": figure.name,
        "law": figure.law,
        "says": figure.says,
        "unit": figure.unit.name,
        "known_until": figure.known_until and figure.known_until.isoformat(),
        "since": [
            {"day": str(value.since), "value": value.amount, "source": value.source, "verified": value.verified} for value in figure.values
        ],
    }


def _plain_change(change: Change) -> dict[str, object]:
    return {
        "name": change.figure.name,
        "law": change.figure.law,
        "before": change.before and change.before.amount,
        "after": change.after and change.after.amount,
        "since": change.after and str(change.after.since),
        "estimated": change.estimated,
    }


def _worth(figure: Dated, value: Value | None) -> str:
    from refusion.law.engine.explanation import written_value

    return "-" if value is None else written_value(figure.unit, value.amount)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(Problem(said("law.not_a_day"), said("law.not_a_day_remedy"), value=text)) from None

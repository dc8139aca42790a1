"""``refusion doctor``: examines the installation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from refusion.doors.cli.errors import sentence
from refusion.doors.cli.output import JsonFile, write_json
from refusion.values.said import said

if TYPE_CHECKING:
    from refusion.wiring.doctor import Finding


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("doctor")(doctor)


def doctor(json: JsonFile = None) -> None:
    """Examine this installation and say what to do about each finding; exit code 1 when something is wrong."""
    from refusion.wiring.doctor import examine

    findings = examine()
    ill = [finding for finding in findings if not finding.well]
    if json is None:
        for finding in findings:
            _say(finding)
        typer.echo(sentence(said("doctor.summary", well=len(findings) - len(ill), ill=len(ill))))
    else:
        write_json({"well": not ill, "findings": [_plain(finding) for finding in findings]}, json)
    if ill:
        raise typer.Exit(1)


def _say(finding: Finding) -> None:
    typer.echo(f"{'✓' if finding.well else '✗'} {sentence(finding.seen)}")
    if finding.remedy is not None:
        typer.echo(f"  → {sentence(finding.remedy)}")


def _plain(finding: Finding) -> dict[str, object]:
    remedy = None if finding.remedy is None else sentence(finding.remedy)
    return {"topic": finding.topic, "well": finding.well, "seen": sentence(finding.seen), "remedy": remedy}

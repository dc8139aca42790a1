"""``refusion at-risk``: the kroner that stop being safe within 7, 14 and 30 days, by day, and which cases they are."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from refusion.doors.cli.errors import sentence
from refusion.doors.cli.output import STANDARD_OUTPUT, JsonFile, write_json
from refusion.doors.cli.run import InstitutionCode, from_shell, institution_code
from refusion.values.said import Fact, Said, said

if TYPE_CHECKING:
    from refusion.watch.at_risk import AtRisk, Clock

Limit = Annotated[int, typer.Option("--limit", min=1, help="Show so many rows; the JSON has them all.")]


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("at-risk")(at_risk)


def at_risk(limit: Limit = 20, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Show the kroner that are not safe with the authority yet: what costs most per day first."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        with house().reading(from_shell(), institution_code(institution), "at-risk") as reads:
            clock = reads.at_risk()
    if json is not None:
        write_json(_as_json(clock), json)
    if json != STANDARD_OUTPUT:
        for line in (*_sums(clock), *(_row(row) for row in clock.rows[:limit])):
            typer.echo(sentence(line))
        if len(clock.rows) > limit:
            typer.echo(sentence(said("watch.more_rows", count=len(clock.rows) - limit)))


def _sums(clock: Clock) -> list[Said]:
    lines = [said("watch.at_risk_total", day=clock.day, count=len(clock.rows), total_ore=clock.total)]
    lines += [said("watch.at_risk_within", days=days, amount_ore=amount) for days, amount in clock.within]
    if clock.past_safe:
        lines.append(said("watch.at_risk_past_safe", amount_ore=clock.past_safe))
    if clock.past_legal:
        lines.append(said("watch.at_risk_past_legal", amount_ore=clock.past_legal))
    return lines


def _row(row: AtRisk) -> Said:
    facts: dict[str, Fact] = {"person": row.person, "amount_ore": row.amount, "safe_day": row.safe_day, "legal_day": row.legal_day}
    if row.claim_number is None:
        return said("watch.at_risk_notify", case=row.case_number, **facts)
    return said("watch.at_risk_request", case=row.case_number, claim=row.claim_number, **facts)


def _as_json(clock: Clock) -> dict[str, object]:
    return {
        "day": clock.day.isoformat(),
        "total_ore": clock.total,
        "within": [{"days": days, "amount_ore": amount} for days, amount in clock.within],
        "past_safe_ore": clock.past_safe,
        "past_legal_ore": clock.past_legal,
        "by_day": [{"safe_day": one.day.isoformat(), "amount_ore": one.amount, "count": one.count} for one in clock.by_day],
        "rows": [_row_as_json(row, clock.day) for row in clock.rows],
    }


def _row_as_json(row: AtRisk, day: date) -> dict[str, object]:
    return {
        "case": row.case_number,
        "claim": row.claim_number,
        "person": row.person,
        "unit": row.unit,
        "step": row.step.value,
        "amount_ore": row.amount,
        "per_day_ore": row.per_day(day),
        "safe_day": row.safe_day.isoformat(),
        "legal_day": row.legal_day.isoformat(),
    }

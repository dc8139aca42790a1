"""``refusion year-end``: what must be in by which run to count in the year, who owes it, and what passes to the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from refusion.doors.cli.errors import sentence
from refusion.doors.cli.output import STANDARD_OUTPUT, JsonFile, write_json
from refusion.doors.cli.run import InstitutionCode, from_shell, institution_code
from refusion.doors.cli.watch.at_risk import Limit
from refusion.values.said import Fact, Said, said

if TYPE_CHECKING:
    from refusion.watch.year_end import Placed, YearEnd

Year = Annotated[int, typer.Argument(metavar="YEAR", help="The year of the accounts.", min=2012, max=2100)]


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("year-end")(year_end)


def year_end(year: Year, limit: Limit = 20, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Show a year's end: the two cuts, what is owed by whom, the accrual of what is expected and not received."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        with house().reading(from_shell(), institution_code(institution), f"year-end {year}") as reads:
            found = reads.year_end(year)
    if json is not None:
        write_json(_as_json(found), json)
    if json != STANDARD_OUTPUT:
        owed = found.owed
        for line in (*_sums(found), *(_row(row) for row in owed[:limit])):
            typer.echo(sentence(line))
        if len(owed) > limit:
            typer.echo(sentence(said("watch.more_rows", count=len(owed) - limit)))


def _sums(found: YearEnd) -> list[Said]:
    lines = [
        said("watch.year_cuts", year=found.year, first_deadline=found.first_cut, second_deadline=found.second_cut, day=found.day),
        said("watch.year_accrual", accrual_ore=found.accrual),
        said("watch.year_open", amount_ore=found.still_possible),
        said("watch.year_next", amount_ore=found.next_year, year=found.year + 1),
    ]
    return lines + [
        said("watch.year_owner", owner=sentence(Said(f"watch.owner_{owner.value}")), count=count, amount_ore=amount)
        for owner, count, amount in found.by_owner()
    ]


def _row(row: Placed) -> Said:
    line, owner = row.line, sentence(Said(f"watch.owner_{row.owner.value}")) if row.owner else ""
    facts: dict[str, Fact] = {"case": line.case_number, "person": line.person, "owner": owner, "amount_ore": row.accrual}
    return said("watch.year_owed", first=line.period.first, last=line.period.last, **facts)


def _as_json(found: YearEnd) -> dict[str, object]:
    return {
        "year": found.year,
        "day": found.day.isoformat(),
        "first_cut": found.first_cut.isoformat(),
        "second_cut": found.second_cut.isoformat(),
        "accrual_ore": found.accrual,
        "still_possible_ore": found.still_possible,
        "next_year_ore": found.next_year,
        "owed_by": [{"owner": owner.value, "claims": count, "amount_ore": amount} for owner, count, amount in found.by_owner()],
        "rows": [_row_as_json(row) for row in found.rows],
    }


def _row_as_json(row: Placed) -> dict[str, object]:
    line = row.line
    return {
        "case": line.case_number,
        "claim": line.claim_number,
        "person": line.person,
        "unit": line.unit,
        "first_day": line.period.first.isoformat(),
        "last_day": line.period.last.isoformat(),
        "state": line.state.value,
        "run": row.run.value,
        "owner": row.owner and row.owner.value,
        "in_on": line.in_on and line.in_on.isoformat(),
        "missing": list(line.missing),
        "expected_ore": row.expected,
        "accrual_ore": row.accrual,
    }

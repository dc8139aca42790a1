"""``refusion report``: shows a report, or writes it as CSV, xlsx or PDF."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from refusion.doors.cli.errors import language, sentence
from refusion.doors.cli.output import STANDARD_OUTPUT, JsonFile, write_json
from refusion.doors.cli.run import ISO, InstitutionCode, day_of, from_shell, institution_code
from refusion.values.period import Period
from refusion.values.said import Refused, Said, said

if TYPE_CHECKING:
    from refusion.reports import Report
    from refusion.reports.report import Cell, Column

ALWAYS = Period(date(1900, 1, 1), date(2999, 12, 31))
First = Annotated[datetime | None, typer.Option("--from", formats=ISO, metavar="DAY", help="First day, YYYY-MM-DD.", show_default=False)]
Last = Annotated[datetime | None, typer.Option("--to", formats=ISO, metavar="DAY", help="Last day, YYYY-MM-DD.", show_default=False)]
FORMATS = (".csv", ".xlsx", ".pdf")
Out = Annotated[Path | None, typer.Option(metavar="FILE", help="Write it here, as .csv, .xlsx or .pdf.", show_default=False)]

By = Annotated[
    str | None, typer.Option("--by", metavar="GROUP", help="Gather by unit, kind, cause, month or institution.", show_default=False)
]
NAMES = "requested | received | differences | ageing | at-risk | deadlines | lost | forecast | punctuality | work-saved"


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("report")(report)


def report(
    name: Annotated[str, typer.Argument(metavar="NAME", help=NAMES)],
    *,
    by: By = None,
    out: Out = None,
    first: First = None,
    last: Last = None,
    institution: InstitutionCode = None,
    json: JsonFile = None,
) -> None:
    """Show a report on what touches the days, on everything where no days are named; gathered where asked."""
    from refusion.reports import require_known
    from refusion.reports.grouping import INSTITUTION, grouped, side_by_side
    from refusion.wiring.start import started

    period = _period(day_of(first), day_of(last))
    refuse_other_format(out)
    require_known(name)
    with started():
        if by == INSTITUTION:
            built = side_by_side([(code, _read(name, code, period)) for code in _codes(institution)])
        else:
            built = _read(name, institution_code(institution), period)
    if by not in (None, INSTITUTION):
        built = grouped(built, by)
    if json is not None:
        write_json(plain_report(built), json)
    if out is not None:
        write_report(built, out, aside=json == STANDARD_OUTPUT)
    elif json != STANDARD_OUTPUT:
        show_report(built)


def _codes(asked: str | None) -> Sequence[str]:
    """Give the institutions that stand side by side: the one asked for, else all."""
    from refusion.store import institutions

    return [institution_code(asked)] if asked is not None else institutions.codes() or [institution_code(None)]


def _read(name: str, code: str, period: Period) -> Report:
    """Read and build a report of one institution."""
    from refusion.reports import built
    from refusion.wiring.house import house

    with house().reading(from_shell(), code, f"report {name}") as reads:
        rows = reads.report_rows(name, period.first, period.last)
    return built(name, rows, house().today())


def _period(first: date | None, last: date | None) -> Period:
    """Give the days that are asked for; raises Refused when they end before they begin."""
    first, last = first or ALWAYS.first, last or ALWAYS.last
    if last < first:
        raise Refused(said("reports.period_backwards", first=first, last=last))
    return Period(first, last)


def refuse_other_format(out: Path | None) -> None:
    """Raise Refused for a file whose ending says no format that is written."""
    if out is not None and out.suffix not in FORMATS:
        raise Refused(said("reports.unknown_format", file=out.name))


def write_report(built: Report, out: Path, *, aside: bool = False) -> None:
    """Write the report as the ending says and tell so; a file is replaced as a whole or not at all."""
    from refusion.reports.pages import as_pdf
    from refusion.reports.text import as_csv
    from refusion.reports.workbook import as_xlsx

    as_lines = as_pdf if out.suffix == ".pdf" else as_csv
    raw = as_xlsx(built, sentence) if out.suffix == ".xlsx" else as_lines(built, sentence, language())
    beside = out.with_name(f"{out.name}.part")
    beside.write_bytes(raw)
    beside.replace(out)
    typer.echo(sentence(said("reports.written", file=str(out), count=len(built.rows))), err=aside)


def show_report(built: Report) -> None:
    """Show the report as a table under its sentence."""
    from rich.console import Console
    from rich.table import Table

    from refusion.reports import Unit

    table = Table(show_footer=any(total is not None for total in built.totals))
    for column, total in zip(built.columns, built.totals, strict=True):
        right = column.unit in (Unit.ORE, Unit.COUNT, Unit.NUMBER)
        table.add_column(sentence(column.heading), _text(total, column), justify="right" if right else "left", overflow="fold")
    for row in built.rows:
        table.add_row(*(_text(cell, column) for cell, column in zip(row, built.columns, strict=True)))
    typer.echo(sentence(built.sentence))
    if built.rows:
        Console(markup=False, highlight=False).print(table)


def _text(cell: Cell, column: Column) -> str:
    """Write one cell for a reader."""
    from rich.text import Text

    from refusion.reports import Unit
    from refusion.wiring.texts import money

    if cell is None:
        return ""
    if isinstance(cell, Said):
        return sentence(cell)
    if isinstance(cell, int) and column.unit is Unit.ORE:
        return money(cell, language())
    # A name is shown without what would move the cursor or colour the screen.
    return Text.from_ansi(str(cell)).plain


def plain_report(built: Report) -> dict[str, object]:
    """Give the report as plain values; amounts are øre, words their keys."""
    keys = [column.key for column in built.columns]
    rows = [dict(zip(keys, map(_plain, row), strict=True)) for row in built.rows]
    totals = {key: total for key, total in zip(keys, built.totals, strict=True) if total is not None}
    return {"report": built.name, "sentence": sentence(built.sentence), "rows": rows, "totals": totals}


def _plain(cell: Cell) -> str | int | None:
    """Give a cell as JSON holds it."""
    if isinstance(cell, Said):
        return cell.key
    return cell.isoformat() if isinstance(cell, date) else cell

"""``refusion calculate``: a file of claims in, the same file with amounts out; needs no database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Annotated

import typer

from refusion.doors.cli.errors import sentence
from refusion.doors.cli.output import JsonFile, write_json
from refusion.values.said import BadInput, Problem, said

if TYPE_CHECKING:
    import pyarrow as pa

    from refusion.doors.cli.rules.tables import Writer

# Each scheme and the module that calculates it, loaded when it is asked for. A module has ``calculate(batches, *, explain)``,
# ``COLUMNS`` that its rules read, ``NEEDED`` of them, and ``KEPT``, which nobody needs to be told are passed through.
SCHEMES = {
    "no-parental": "refusion.law.norway.parental.claims",
    "no-sickness": "refusion.law.norway.sickness.claims",
    "dk-sickness": "refusion.law.denmark.sickness.claims",
    "dk-parental": "refusion.law.denmark.parental.claims",
    "dk-self-employed": "refusion.law.denmark.self_employed.claims",
    "se-2013": "refusion.grants.table",
}
Scheme = Annotated[str, typer.Argument(help=" | ".join(SCHEMES))]
Explain = Annotated[bool, typer.Option("--explain", help="Add the explanation of each row as JSON.")]
Rejects = Annotated[
    Path | None, typer.Option("--rejects", metavar="FILE", help="Where bad rows go; default OUT with .rejects before its ending.")
]


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("calculate")(calculate)


def calculate(
    scheme: Scheme, source: Path, target: Path, *, explain: Explain = False, rejects: Rejects = None, json: JsonFile = None
) -> None:
    """Calculate SCHEME for every row of a CSV, Parquet or JSON Lines file; exit code 1 when rows were refused."""
    from refusion.doors.cli.rules.tables import Writer, batches

    rules = _scheme(scheme)
    rejected = rejects or target.with_suffix(f".rejects{target.suffix}")
    _refuse_overwriting(source, target, rejected)
    kept, refused = Writer(target), Writer(rejected)
    try:
        own: dict[str, None] = {}
        _split(rules.calculate(_shown(_checked(source, batches(source), rules, own)), explain=explain), kept, refused, own)
    except BadInput as error:
        kept.forget()
        refused.forget()
        raise BadInput(*(replace(problem, file=problem.file or str(source)) for problem in error.problems)) from None
    except BaseException:
        kept.forget()
        refused.forget()
        raise
    kept.finish()
    refused.finish_if_any()
    _report(kept.rows, refused.rows, rejected, json)


def _scheme(name: str) -> ModuleType:
    if name not in SCHEMES:
        remedy = said("law.scheme_unknown_remedy", schemes=", ".join(SCHEMES))
        raise BadInput(Problem(said("law.scheme_unknown"), remedy, value=name))
    return import_module(SCHEMES[name])


def _refuse_overwriting(source: Path, *targets: Path) -> None:
    for target in targets:
        if target.resolve() == source.resolve():
            raise BadInput(Problem(said("law.overwrites_source"), said("law.overwrites_source_remedy"), file=str(target)))


def _checked(source: Path, batches: Iterable[pa.RecordBatch], rules: ModuleType, own: dict[str, None]) -> Iterator[pa.RecordBatch]:
    """Refuse a table without the needed columns, and say which columns no rule reads, so that a misspelt one is seen.

    ``own`` learns the names of the table's own columns.
    """
    for place, batch in enumerate(batches):
        names = batch.schema.names
        own |= dict.fromkeys(names)
        lacking = [name for name in rules.NEEDED if name not in names]
        if lacking:
            raise BadInput(*(_lacks(source, name, rules) for name in lacking))
        unread = [name for name in names if name not in (*rules.COLUMNS, *rules.KEPT)]
        if unread and place == 0:
            typer.echo(sentence(said("law.columns_kept", columns=", ".join(unread))), err=True)
        yield batch


def _lacks(source: Path, column: str, rules: ModuleType) -> Problem:
    remedy = said("law.column_lacking_remedy", columns=", ".join(rules.COLUMNS), needed=", ".join(rules.NEEDED))
    return Problem(said("law.column_lacking"), remedy, file=str(source), column=column)


def _split(batches: Iterable[pa.RecordBatch], kept: Writer, refused: Writer, own: dict[str, None]) -> None:
    import pyarrow.compute as pc

    for batch in batches:
        good = pc.is_null(batch.column("problem"))
        kept.add(batch.filter(good).drop_columns(["problem", "problem_column"]))
        bad = batch.filter(pc.invert(good))
        if bad.num_rows:
            refused.add(_with_reasons(bad, own))


def _with_reasons(bad: pa.RecordBatch, own: dict[str, None]) -> pa.RecordBatch:
    import pyarrow as pa

    keys = zip(bad.column("problem").to_pylist(), bad.column("problem_column").to_pylist(), strict=True)
    reasons = [sentence(said(key, column=column)) for key, column in keys]
    given = bad.select([name for name in bad.schema.names if name in own or name == "problem_column"])
    return given.append_column("reason", pa.array(reasons, pa.string()))


def _shown(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Show progress on standard error while the rows go by; nothing is shown where no person looks."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed:,}"), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=None)
        for batch in batches:
            yield batch
            progress.advance(task, batch.num_rows)


def _report(kept: int, refused: int, rejects: Path, json: str | None) -> None:
    if json is not None:
        write_json({"calculated": kept, "refused": refused, "rejects": str(rejects) if refused else None}, json)
    if json != "-":
        typer.echo(sentence(said("law.rows_calculated", calculated=kept, refused=refused)))
    if refused:
        typer.echo(sentence(said("law.rows_refused", refused=refused, file=str(rejects))), err=True)
        raise typer.Exit(1)

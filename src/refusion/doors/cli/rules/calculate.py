"""``refusion calculate``: a file of claims in, the same file with amounts out; needs no database."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Annotated

import typer

from refusion.doors.cli.errors import sentence
from refusion.doors.cli.output import JsonFile, write_json
from refusion.values.said import BadInput, Problem, said

if TYPE_CHECKING:
    import pyarrow as pa

    from refusion.doors.cli.rules.reading import Source
    from refusion.doors.cli.rules.writing import Writer

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
# Schemes whose every amount depends on all rows: they are taken together, and a bad row refuses them all.
WHOLE = ("se-2013",)
# Schemes whose rules stand as plans, so that they can be compiled.
COMPILED = ("no-parental", "dk-sickness", "dk-parental")
HERE, MASS, SPARK = "here", "mass", "spark"
ENGINES = (HERE, MASS, SPARK)

Scheme = Annotated[str, typer.Argument(help=" | ".join(SCHEMES))]
In = Annotated[Path, typer.Argument(metavar="IN", help="Rows to calculate: .csv, .parquet or .jsonl.")]
Out = Annotated[Path, typer.Argument(metavar="OUT", help="The rows with their amounts: .csv, .parquet or .jsonl.")]
Explain = Annotated[bool, typer.Option("--explain", help="Add the explanation of each row as JSON.")]
Rejects = Annotated[
    Path | None, typer.Option("--rejects", metavar="FILE", help="Where bad rows go; default OUT with .rejects before its ending.")
]
Engine = Annotated[
    str,
    typer.Option(
        "--engine",
        metavar=" | ".join(ENGINES),
        help="In this process, compiled on all its processors (optional extra mass), or in Spark (optional extra).",
    ),
]
Master = Annotated[str, typer.Option("--spark-master", metavar="URL", help="Where Spark runs; default on all cores of this machine.")]


@dataclass
class Run:
    """One calculation: the rules, what is read and written, and what was learned of the table on the way."""

    scheme: str
    rules: ModuleType
    source: Source
    kept: Writer
    refused: Writer
    explain: bool
    own: pa.Schema | None = None
    numbers: list[int] = field(default_factory=list)


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("calculate")(calculate)


def calculate(
    scheme: Scheme,
    source: In,
    target: Out,
    *,
    explain: Explain = False,
    rejects: Rejects = None,
    engine: Engine = HERE,
    spark_master: Master = "local[*]",
    json: JsonFile = None,
) -> None:
    """Calculate SCHEME for every row of a CSV, Parquet or JSON Lines file; exit code 1 when rows were refused."""
    from refusion.doors.cli.rules.reading import Source
    from refusion.doors.cli.rules.writing import Writer

    rules = _scheme(scheme)
    rejected = rejects or target.with_suffix(f".rejects{target.suffix}")
    _refuse_overwriting(source, target, rejected)
    _refuse_engine(engine, scheme)
    run = Run(scheme, rules, Source(source), Writer(target), Writer(rejected), explain)
    try:
        _split(run, _results(run, engine, spark_master, target))
    except BadInput as error:
        _forget(run)
        raise BadInput(*(_placed(problem, run) for problem in error.problems)) from None
    except BaseException:
        _forget(run)
        raise
    run.kept.finish()
    run.refused.finish_if_any()
    _report(run.kept.rows, run.refused.rows, rejected, json)


def _scheme(name: str) -> ModuleType:
    if name not in SCHEMES:
        remedy = said("law.scheme_unknown_remedy", schemes=", ".join(SCHEMES))
        raise BadInput(Problem(said("law.scheme_unknown"), remedy, value=name))
    return import_module(SCHEMES[name])


def _refuse_overwriting(source: Path, target: Path, rejected: Path) -> None:
    for written in (target, rejected):
        if written.resolve() == source.resolve():
            raise BadInput(Problem(said("law.overwrites_source"), said("law.overwrites_source_remedy"), file=str(written)))
    if rejected.resolve() == target.resolve():
        raise BadInput(Problem(said("law.overwrites_result"), said("law.overwrites_result_remedy"), file=str(rejected)))


def _refuse_engine(engine: str, scheme: str) -> None:
    if engine not in ENGINES:
        remedy = said("law.engine_unknown_remedy", engines=", ".join(ENGINES))
        raise BadInput(Problem(said("law.engine_unknown"), remedy, value=engine))
    if engine == SPARK:
        from refusion.doors.cli.rules.spark import refuse_unless_ready

        refuse_unless_ready()
    if engine == MASS:
        _refuse_compiling(scheme)


def _refuse_compiling(scheme: str) -> None:
    from refusion.wiring.trouble import not_ready

    if scheme not in COMPILED:
        remedy = said("law.scheme_not_compiled_remedy", schemes=", ".join(COMPILED))
        raise BadInput(Problem(said("law.scheme_not_compiled"), remedy, value=scheme))
    if find_spec("numba") is None:
        raise not_ready("law.mass_missing")


def _results(run: Run, engine: str, master: str, target: Path) -> Iterator[pa.RecordBatch]:
    """Calculate where it was asked for; every way the same function of the scheme, and the rows in their order."""
    given = _shown(_checked(run), run.source)
    if engine == HERE:
        return iter(run.rules.calculate(given, explain=run.explain))
    if engine == MASS:
        return iter(run.rules.calculate(given, explain=run.explain, compiled=True, threads=os.cpu_count() or 1))
    from refusion.doors.cli.rules.spark import Spread, results

    spread = Spread(SCHEMES[run.scheme], explain=run.explain, together=run.scheme in WHOLE, master=master, beside=target)
    return results(spread, given)


def _checked(run: Run) -> Iterator[pa.RecordBatch]:
    """Refuse a table without the needed columns, and say which columns no rule reads, so that a misspelt one is seen."""
    from refusion.doors.cli.rules.refused import own_columns
    from refusion.doors.cli.rules.rows import ROW

    for batch in run.source.batches():
        if run.own is None:
            run.own = own_columns(batch)
            _refuse_lacking(run.own.names, run)
        if run.scheme in WHOLE:
            run.numbers += batch.column(ROW).to_pylist()
        yield batch


def _refuse_lacking(names: list[str], run: Run) -> None:
    rules = run.rules
    lacking = [name for name in rules.NEEDED if name not in names]
    if lacking:
        remedy = said("law.column_lacking_remedy", columns=", ".join(rules.COLUMNS), needed=", ".join(rules.NEEDED))
        raise BadInput(*(Problem(said("law.column_lacking"), remedy, column=name) for name in lacking))
    unread = [name for name in names if name not in (*rules.COLUMNS, *rules.KEPT)]
    if unread:
        typer.echo(sentence(said("law.columns_kept", columns=", ".join(unread))), err=True)


def _split(run: Run, results: Iterable[pa.RecordBatch]) -> None:
    """Write the rows that have amounts to one file, the others with their reasons to another."""
    import pyarrow.compute as pc

    from refusion.doors.cli.rules.refused import in_order, unread, with_reasons
    from refusion.doors.cli.rules.rows import COLUMN, PROBLEM, ROW

    for batch in results:
        good = pc.is_null(batch.column(PROBLEM))
        run.kept.add(batch.filter(good).drop_columns([PROBLEM, COLUMN, ROW]))
        faulty = run.source.take_faulty(pc.max(batch.column(ROW)).as_py() or 0)
        bad = in_order(with_reasons(batch.filter(pc.invert(good)), run.own), unread(faulty, run.own))
        if bad.num_rows:
            run.refused.add(bad)
    faulty = run.source.take_faulty()
    if faulty:
        run.refused.add(unread(faulty, run.own))


def _placed(problem: Problem, run: Run) -> Problem:
    """Name the file, and the row by its own number where the rules counted rows of the whole table."""
    row = problem.row
    if row is not None and run.numbers:
        row = run.numbers[row - run.rules.FIRST_ROW]
    return replace(problem, file=problem.file or str(run.source.file), row=row)


def _forget(run: Run) -> None:
    run.kept.forget()
    run.refused.forget()


def _shown(batches: Iterable[pa.RecordBatch], source: Source) -> Iterator[pa.RecordBatch]:
    """Show progress on standard error while the rows go by; nothing is shown where no person looks."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    rows = TextColumn("{task.percentage:>3.0f}% {task.fields[rows]:,}")
    console = Console(stderr=True)
    columns = (BarColumn(), rows, TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task, passed = progress.add_task("", total=source.size, rows=0), 0
        for batch in batches:
            yield batch
            passed += batch.num_rows
            progress.update(task, completed=source.done, rows=passed)


def _report(kept: int, refused: int, rejects: Path, json: str | None) -> None:
    if json is not None:
        write_json({"calculated": kept, "refused": refused, "rejects": str(rejects) if refused else None}, json)
    if json != "-":
        typer.echo(sentence(said("law.rows_calculated", calculated=kept, refused=refused)))
    if refused:
        typer.echo(sentence(said("law.rows_refused", refused=refused, file=str(rejects))), err=True)
        raise typer.Exit(1)

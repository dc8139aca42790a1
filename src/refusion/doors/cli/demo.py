"""``refusion demo``: takes two institutions through a year of sickness refunds, sums it up, and serves the pages."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from refusion.doors.cli.errors import sentence
from refusion.doors.cli.output import STANDARD_OUTPUT, JsonFile, write_json
from refusion.values.said import Fact, said

if TYPE_CHECKING:
    from refusion.rehearsal.profiles import Plan
    from refusion.rehearsal.summary import Outcome
    from refusion.wiring.demo import LogIn

WIDTH = 34


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("demo")(demo)


def demo(
    serve: Annotated[bool, typer.Option(help="Serve the pages after the summary, until Ctrl-C.")] = True,
    json: JsonFile = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Forget an earlier demo and begin anew.")] = False,
    port: Annotated[int | None, typer.Option(help="Serve at this port.", show_default=False)] = None,
    country: Annotated[str, typer.Option(metavar="COUNTRY", help="denmark | norway")] = "denmark",
) -> None:
    """Take two institutions through a year of sickness refunds without a person touching it, and sum it up.

    With --country norway: one institution through a year of parental and sick leaves that NAV refunds. A demo that was
    interrupted goes on where it stopped; one that is over is shown again.
    """
    if country == "norway":
        from refusion.doors.cli.nav.demo import play_norway

        play_norway(json, afresh=fresh)
        return
    if country != "denmark":
        raise typer.BadParameter("denmark | norway")
    from refusion.rehearsal.profiles import demo_plan
    from refusion.rehearsal.show import show

    plan = demo_plan()
    with show(plan, afresh=fresh) as shown:
        with _told(plan, quiet=json == STANDARD_OUTPUT) as tell:
            shown.play(tell)
        result = shown.outcome()
        if json is not None:
            write_json(result.as_json(), json)
        if json != STANDARD_OUTPUT:
            _show_summary(result)
            _show_log_ins(shown.log_ins())
        if serve:
            _serve(port)


@contextmanager
def _told(plan: Plan, *, quiet: bool) -> Iterator[Callable[[date], None]]:
    """Show how far the days have come: a bar on a terminal, a line a month elsewhere."""
    if quiet:
        yield lambda _day: None
    elif sys.stdout.isatty():
        with _bar(plan) as tell:
            yield tell
    else:
        yield _line_a_month


@contextmanager
def _bar(plan: Plan) -> Iterator[Callable[[date], None]]:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns) as progress:
        task = progress.add_task(plan.first.isoformat(), total=(plan.last - plan.first).days + 1)
        yield lambda day: progress.update(
            task, completed=(day - plan.first).days + 1, description=day.isoformat()
        )


def _line_a_month(day: date) -> None:
    if day.month != date.fromordinal(day.toordinal() + 1).month:
        _say("demo.month_over", last_day=day)


def _show_summary(result: Outcome) -> None:
    _say("demo.summary", days=result.days)
    for name, value in result.as_json().items():
        if name != "days":
            _show_row(name, value)


def _show_row(name: str, value: object) -> None:
    if isinstance(value, bool):
        shown = sentence(said("demo.yes" if value else "demo.no"))
    elif name.endswith("_ore"):
        shown = sentence(said("demo.amount", amount_ore=int(str(value))))
    else:
        shown = str(value)
    typer.echo(f"  {sentence(said(f'demo.{name}')):<{WIDTH}}{shown:>20}")


def _show_log_ins(users: Sequence[LogIn]) -> None:
    _say("demo.log_ins")
    for user in users:
        typer.echo(f"  {user.name:<20}{user.password:<32}{', '.join(user.roles):<26}{user.institution}")


def _serve(port: int | None) -> None:
    from refusion.rehearsal.show import serving_at
    from refusion.wiring.service.serving import serve

    serve(port, serving_at)


def _say(key: str, **facts: Fact) -> None:
    typer.echo(sentence(said(key, **facts)))

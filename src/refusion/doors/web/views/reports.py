"""Reports: a sentence, a chart by month, the table, and the same as CSV and Excel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from refusion.access import Duty
from refusion.doors.web import words
from refusion.doors.web.chart import CHART, bars_of
from refusion.doors.web.shell import show
from refusion.doors.web.visitor import Visitor, page
from refusion.reports import BUILDERS, Column, Report, Unit, build
from refusion.reports.report import Cell
from refusion.reports.rows import ClaimLine
from refusion.reports.text import as_csv
from refusion.reports.workbook import as_xlsx
from refusion.values.period import Period, first_of_month, last_of_month, months_after
from refusion.values.said import Problem, Said, said

MONTHS_BACK = 11
ROWS_SHOWN = 200
AMOUNTS = frozenset({Unit.ORE, Unit.COUNT})
FORMS = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell as it is shown, under its heading."""

    heading: Said
    text: str
    amount: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A report's table as far as a page shows it; ``all`` counts its rows."""

    columns: tuple[Shown, ...]
    rows: tuple[tuple[Shown, ...], ...]
    totals: tuple[Shown, ...]
    all: int

    @property
    def cut(self) -> bool:
        """Tell whether there are more rows than are shown."""
        return self.all > len(self.rows)


@page(Duty.SEE_REPORTS)
@require_safe
def reports(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """List the reports."""
    return show(request, visitor, "reports.html", {"here": "reports", "names": tuple(BUILDERS)})


@page(Duty.SEE_REPORTS)
@require_safe
def report(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Show a report on the claims whose period touches the chosen days, the last twelve months where none are."""
    period, problem = _period(request, visitor.house.today())
    lines, built = _built(visitor, name, period)
    context = {
        "here": "reports",
        "name": name,
        "report": built,
        "table": _table(built),
        "bars": bars_of(lines, words.month),
        "chart": CHART,
        "period": urlencode({"first": period.first.isoformat(), "last": period.last.isoformat()}),
        "first_typed": request.GET.get("first", period.first.isoformat()),
        "last_typed": request.GET.get("last", period.last.isoformat()),
        "problem": problem,
    }
    return show(request, visitor, "report.html", context, status=422 if problem else 200)


@page(Duty.SEE_REPORTS)
@require_safe
def export(request: HttpRequest, visitor: Visitor, name: str, form: str) -> HttpResponse:
    """Give a report as a file; who exports whom is logged like every look-up."""
    if form not in FORMS:
        raise Http404
    period, _ = _period(request, visitor.house.today())
    _, built = _built(visitor, name, period, purpose=f"export {form}")
    content = as_csv(built, words.sentence, words.language()) if form == "csv" else as_xlsx(built, words.sentence)
    answer = HttpResponse(content, content_type=FORMS[form])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}-{period.first}-{period.last}.{form}"'
    return answer


def _built(visitor: Visitor, name: str, period: Period, purpose: str = "report") -> tuple[tuple[ClaimLine, ...], Report]:
    if name not in BUILDERS:
        raise Http404
    with visitor.reading(purpose) as reads:
        lines = reads.claim_lines(period.first, period.last)
    return lines, build(name, lines, visitor.house.today())


def _period(request: HttpRequest, today: date) -> tuple[Period, Problem | None]:
    usual = Period(first_of_month(months_after(today, -MONTHS_BACK)), last_of_month(today))
    first, last = (request.GET.get(end) or getattr(usual, end).isoformat() for end in ("first", "last"))
    try:
        return Period(date.fromisoformat(first), date.fromisoformat(last)), None
    except ValueError:
        return usual, Problem(said("web.entry_period"), said("web.entry_period_remedy"), column="first")


def _table(built: Report) -> Table:
    columns = built.columns
    heads = tuple(Shown(column.heading, "", column.unit in AMOUNTS) for column in columns)
    shown = tuple(
        tuple(_cell(column, cell) for column, cell in zip(columns, row, strict=True)) for row in built.rows[:ROWS_SHOWN]
    )
    totals = tuple(
        _cell(column, total if total is not None else "") for column, total in zip(columns, built.totals, strict=True)
    )
    return Table(heads, shown, totals if built.rows else (), len(built.rows))


def _cell(column: Column, cell: Cell) -> Shown:
    return Shown(column.heading, _written(column, cell), column.unit in AMOUNTS)


def _written(column: Column, cell: Cell) -> str:
    if cell is None:
        return words.NOTHING
    if isinstance(cell, Said):
        return words.sentence(cell)
    if isinstance(cell, date):
        return words.day(cell)
    if isinstance(cell, int) and column.unit is Unit.ORE:
        return words.kroner(cell, signed=column.key == "difference")
    return str(cell)

"""Reports: a sentence, a chart by month, the table gathered as asked, and the same as CSV, Excel and PDF."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from refusion.access import Duty
from refusion.doors.web import words
from refusion.doors.web.chart import MEASURES, chart_of
from refusion.doors.web.shell import show
from refusion.doors.web.visitor import Visitor, page
from refusion.reports import NAMES, Column, Report, Unit, built
from refusion.reports.grouping import MONTH, grouped, groupings
from refusion.reports.pages import as_pdf
from refusion.reports.report import Cell
from refusion.reports.text import as_csv
from refusion.reports.workbook import as_xlsx
from refusion.values.period import Period, first_of_month, last_of_month, months_after
from refusion.values.said import Problem, Said, said

MONTHS_BACK = 11
ROWS_SHOWN = 200
AMOUNTS = frozenset({Unit.ORE, Unit.COUNT})
FORMS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


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
    return show(request, visitor, "reports.html", {"here": "reports", "names": NAMES})


@page(Duty.SEE_REPORTS)
@require_safe
def report(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Show a report on the claims whose period touches the chosen days, the last twelve months where none are."""
    period, problem = _period(request, visitor.house.today())
    whole = _built(visitor, name, period)
    shown, by = _gathered(whole, request)
    context = {
        "here": "reports",
        "name": name,
        "report": shown,
        "table": _table(shown),
        "chart": chart_of(whole, words.month),
        "measures": MEASURES,
        "by": by,
        "groupings": groupings(whole),
        "period": urlencode({"first": period.first.isoformat(), "last": period.last.isoformat(), "by": by}),
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
    shown, _ = _gathered(_built(visitor, name, period, purpose=f"export {form}"), request)
    answer = HttpResponse(_written_as(shown, form), content_type=FORMS[form])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}-{period.first}-{period.last}.{form}"'
    return answer


def _written_as(shown: Report, form: str) -> bytes:
    if form == "xlsx":
        return as_xlsx(shown, words.sentence)
    return (as_pdf if form == "pdf" else as_csv)(shown, words.sentence, words.language())


def _built(visitor: Visitor, name: str, period: Period, purpose: str = "report") -> Report:
    if name not in NAMES:
        raise Http404
    with visitor.reading(purpose) as reads:
        rows = reads.report_rows(name, period.first, period.last)
    return built(name, rows, visitor.house.today())


def _gathered(whole: Report, request: HttpRequest) -> tuple[Report, str]:
    """Gather the rows as the visitor asked; an unknown word gathers nothing."""
    by = request.GET.get("by", "")
    return (grouped(whole, by), by) if by in groupings(whole) else (whole, "")


def _period(request: HttpRequest, today: date) -> tuple[Period, Problem | None]:
    usual = Period(first_of_month(months_after(today, -MONTHS_BACK)), last_of_month(today))
    first, last = (request.GET.get(end) or getattr(usual, end).isoformat() for end in ("first", "last"))
    try:
        return Period(date.fromisoformat(first), date.fromisoformat(last)), None
    except ValueError:
        return usual, Problem(said("web.entry_period"), said("web.entry_period_remedy"), column="first")


def _table(shown_report: Report) -> Table:
    columns = shown_report.columns
    heads = tuple(Shown(column.heading, "", column.unit in AMOUNTS) for column in columns)
    shown = tuple(
        tuple(_cell(column, cell) for column, cell in zip(columns, row, strict=True)) for row in shown_report.rows[:ROWS_SHOWN]
    )
    totals = tuple(
        _cell(column, total if total is not None else "") for column, total in zip(columns, shown_report.totals, strict=True)
    )
    return Table(heads, shown, totals if shown_report.rows else (), len(shown_report.rows))


def _cell(column: Column, cell: Cell) -> Shown:
    return Shown(column.heading, _written(column, cell), column.unit in AMOUNTS)


def _written(column: Column, cell: Cell) -> str:
    if cell is None:
        return words.NOTHING
    if isinstance(cell, Said):
        return words.sentence(cell)
    if isinstance(cell, date):
        return words.month(cell) if column.key == MONTH else words.day(cell)
    if isinstance(cell, int) and column.unit is Unit.ORE:
        return words.kroner(cell, signed=column.key == "difference")
    return str(cell)

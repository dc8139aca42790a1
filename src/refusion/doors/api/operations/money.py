"""Claims with their explanations, bank lines, reports, sums."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from refusion.access import Duty
from refusion.doors.api.operation import Call, Field, Operation, there
from refusion.doors.api.operations.fields import FIRST, LAST, LIMIT, NUMBER, USUAL
from refusion.reports import NAMES, Report, built
from refusion.reports.grouping import grouped, groupings
from refusion.reports.report import Cell
from refusion.reports.rows import ClaimLine
from refusion.store.reads.explanation import ClaimExplanation
from refusion.store.reads.payments import Payments
from refusion.store.reads.summary import Summary
from refusion.values.said import BadInput, Problem, Said, said
from refusion.watch.year_end import YearEnd

VERSION = Field("version", "An earlier version of the claim.", int, required=False, least=1, most=2**31 - 1)
NAME = Field("name", "Which report.", choices=tuple(NAMES))
BY = Field("by", "What to gather by: unit, kind, cause or month, as far as the report has it.", required=False, longest=20)
YEAR = Field("year", "The year.", int, least=2000, most=2100)


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a report: its key, its heading and the unit of its cells."""

    key: str
    heading: Said
    unit: str


@dataclass(frozen=True, slots=True)
class Table:
    """A report: its sentence, its columns, its rows in their order, and the sums below."""

    name: str
    title: Said
    sentence: Said
    columns: tuple[Heading, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """The names of the reports."""

    names: tuple[str, ...]


def _claims(call: Call) -> tuple[ClaimLine, ...]:
    first, last = period_of(call)
    with call.reading() as reads:
        return reads.claim_lines(first, last)


def _explanation(call: Call) -> ClaimExplanation:
    with call.reading() as reads:
        return there(reads.claim_explanation(call.given["number"], call.given["version"]))


def _payments(call: Call) -> Payments:
    with call.reading() as reads:
        return reads.payments(call.given["limit"] or USUAL)


def _report(call: Call) -> Table:
    first, last = period_of(call)
    with call.reading() as reads:
        rows = reads.report_rows(call.given["name"], first, last)
    return _table(_gathered(built(call.given["name"], rows, call.house.today()), call.given["by"]))


def _gathered(whole: Report, by: str | None) -> Report:
    if by is None:
        return whole
    if by not in groupings(whole):
        facts = {"field": "by", "choices": ", ".join(groupings(whole))}
        raise BadInput(Problem(said("api.field_choice", **facts), said("api.field_choice_remedy", **facts), column="by", value=by))
    return grouped(whole, by)


def _table(found: Report) -> Table:
    columns = tuple(Heading(column.key, column.heading, column.unit.value) for column in found.columns)
    return Table(found.name, found.title, found.sentence, columns, found.rows, found.totals)


def _summary(call: Call) -> Summary:
    with call.reading() as reads:
        return reads.summary()


def _year_end(call: Call) -> YearEnd:
    with call.reading() as reads:
        return reads.year_end(call.given["year"])


def period_of(call: Call) -> tuple[date, date]:
    """Read the days of a call. Raises BadInput where they end before they begin."""
    first, last = call.given["first"], call.given["last"]
    if last < first:
        raise BadInput(Problem(said("api.period_backwards"), said("api.period_backwards_remedy"), column="last", value=str(last)))
    return first, last


MONEY = (
    Operation("claims", "GET", "/claims", Duty.SEE_REPORTS, "Claims whose period touches some days.", _claims, ClaimLine,
              query=(FIRST, LAST), paged=True),
    Operation("claim_explanation", "GET", "/claims/{number}/explanation", Duty.SEE_EXPLANATION,
              "Why a claim's amount is what it is, down to the paragraph.", _explanation, ClaimExplanation, at=(NUMBER,), query=(VERSION,)),
    Operation("payments", "GET", "/payments", Duty.SEE_PAYMENTS, "What the bank brought: unmatched, matched, in the tray.", _payments,
              Payments, query=(LIMIT,)),
    Operation("reports", "GET", "/reports", Duty.SEE_REPORTS, "The names of the reports.", lambda _call: Names(tuple(NAMES)), Names),
    Operation("report", "GET", "/reports/{name}", Duty.SEE_REPORTS, "A report on some days.", _report, Table, at=(NAME,),
              query=(FIRST, LAST, BY)),
    Operation("summary", "GET", "/summary", Duty.SEE_REPORTS, "The counts and sums of the institution.", _summary, Summary),
    Operation("year_end", "GET", "/year-end/{year}", Duty.SEE_REPORTS, "A year's end as it stands today.", _year_end, YearEnd, at=(YEAR,)),
)  # fmt: skip

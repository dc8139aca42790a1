"""When a fund is asked: the months or quarters of a right, the last day of each request, and which days a late one still reaches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from refusion.cases.facts import QUARTERLY, Kind
from refusion.law.denmark.clarification.refund import clarification_requested_from
from refusion.law.denmark.state_funds.parental_fund import parental_fund_claim_last_day
from refusion.law.denmark.wage_subsidy.subsidy import subsidy_requested_from
from refusion.values.period import ONE_DAY, Period, first_of_month, last_of_month, months_after

MONTHS_BACK, MONTHS_OF_A_QUARTER, MONTHS_OF_A_YEAR = 3, 3, 12
QUARTER_NAME = "{year}Q{quarter}"


def quarter_of(day: date) -> Period:
    """Give the calendar quarter of a day."""
    first = date(day.year, MONTHS_OF_A_QUARTER * ((day.month - 1) // MONTHS_OF_A_QUARTER) + 1, 1)
    return Period(first, last_of_month(months_after(first, MONTHS_OF_A_QUARTER - 1)))


def asked_together(kind: Kind, day: date) -> Period:
    """Give the whole month or quarter in which a fund is asked for a day."""
    return quarter_of(day) if kind in QUARTERLY else Period(first_of_month(day), last_of_month(day))


def claim_periods(kind: Kind, spells: Sequence[Period], since: date, day: date) -> tuple[Period, ...]:
    """Give the periods that ought to have a claim on a day: each month or quarter that has begun, cut to the right's days.

    ``spells`` are the days of the right, in order; ``since`` the first day for which the house asks. A fund that is asked
    by quarter is asked for whole quarters, for its figures are the quarter's.
    """
    found = []
    period = asked_together(kind, since)
    while period.first <= day:
        inside = [part for part in (spell.overlap(period) for spell in spells) if part is not None]
        if inside:
            found.append(period if kind in QUARTERLY else Period(inside[0].first, inside[-1].last))
        period = asked_together(kind, period.last + ONE_DAY)
    return tuple(found)


def request_by(kind: Kind, period: Period) -> date:
    """Give the last day on which a request still reaches the first day of a period.

    The Barselsfond: the end of the fifth month after the quarter, moved on to a working day. No source names a day for the
    state's fleksjob scheme; the same office's other fund gives it. Municipalities: three months back.
    """
    if kind in QUARTERLY:
        last = quarter_of(period.first).last
        return date.fromordinal(int(parental_fund_claim_last_day(last.toordinal())))
    reached = months_after(period.first, MONTHS_BACK)
    while reached_from(kind, reached + ONE_DAY) <= period.first:
        reached += ONE_DAY
    return reached


def reached_from(kind: Kind, requested_on: date) -> date:
    """Give the earliest day that a request to a municipality reaches: three months before it.

    No source confirms the three months of wage subsidy and fleksjob; asking within them loses nothing.
    """
    rule = clarification_requested_from if kind is Kind.CLARIFICATION else subsidy_requested_from
    return date.fromordinal(int(rule(requested_on.toordinal())))


def still_reached(kind: Kind, period: Period, requested_on: date) -> tuple[Period | None, Period | None]:
    """Part a period asked for on a day into what is reached and what came too late; a quarter is in time whole or not at all."""
    if kind in QUARTERLY:
        return (period, None) if requested_on <= request_by(kind, period) else (None, period)
    first = reached_from(kind, requested_on)
    if first <= period.first:
        return period, None
    if first > period.last:
        return None, period
    return Period(first, period.last), Period(period.first, first - timedelta(days=1))


def name_of(period: Period) -> str:
    """Name the month (2025-03) or quarter (2025Q1) of a period, as people ask for it."""
    quarter = quarter_of(period.first)
    if period == quarter:
        return QUARTER_NAME.format(year=period.first.year, quarter=(period.first.month - 1) // MONTHS_OF_A_QUARTER + 1)
    return period.first.isoformat()[:7]

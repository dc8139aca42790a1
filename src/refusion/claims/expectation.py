"""What a claim ought to give by law, with the explanation kept beside it, and what is at stake while answers lack."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from refusion.cases.facts import FUNDS, LEAVE, Kind
from refusion.claims.facts import Answer, Expected
from refusion.claims.funds.amounts import fund_amount
from refusion.law.denmark.parental.amount import leave_amount
from refusion.law.denmark.sickness.amount import ClaimAmount, claim_amount
from refusion.law.engine.tape import explaining
from refusion.law.engine.version import law_version
from refusion.values.period import Period, monday_of

FULL_WEEK = 3700
ABOVE_ANY_MAXIMUM = 100_000
# Hundredths of hours away that a week of a pregnancy needs, as one of sickness does (the authority's guide on pregnancy).
LEAST_A_WEEK = 400


def expected(period: Period | None, answers: Sequence[Answer], kind: Kind = Kind.ORDINARY) -> Expected:
    """Compute refund and supplement of a claim from its answers, by week, in øre (SDL §§ 50-54 a, for leave BL §§ 33-39 b).

    ``period`` is what of the claim can still be refunded; None gives nothing. Where an answer still lacks, the amount
    is what the law gives at most; ``estimated`` says so, and so it does when a figure of law was not published yet.
    """
    if period is None:
        return Expected(0, 0, estimated=False, explanation={}, law_version=law_version())
    lacking = any(answer.missing for answer in answers)
    with explaining() as tape:
        amount = amount_of(period, answers, kind)
    return Expected(amount.refund, amount.supplement, lacking or amount.estimated, tape.explanation.as_json(), law_version())


def at_most(period: Period, kind: Kind = Kind.ORDINARY) -> int:
    """Give the most that a period can be worth in øre, refund and supplement: full time at the maximum rate."""
    amount = _law(kind)(period, FULL_WEEK, ABOVE_ANY_MAXIMUM, None, None)
    return amount.refund + amount.supplement


def amount_of(period: Period, answers: Sequence[Answer], kind: Kind = Kind.ORDINARY) -> ClaimAmount:
    """Compute the same amount without its explanation; what lacks is taken at the most that the law gives.

    A fund's claim is computed from what payroll and decisions say; what lacks of that is taken at nothing.
    """
    if kind in FUNDS:
        return fund_amount(kind, period, answers)
    given: Mapping[str, Any] = {answer.field: answer.value for answer in answers}
    weekly_hours, hourly = given.get("weekly_hours"), given.get("hourly_after_am")
    absent = given.get("absent_hours_by_week") or None
    hours = FULL_WEEK if weekly_hours is None else weekly_hours
    by_week: Mapping[date, int] | None = absent and {date.fromisoformat(monday): part for monday, part in absent.items()}
    if kind is Kind.PREGNANCY:
        by_week = _enough_a_week(period, hours, by_week)
    return _law(kind)(period, hours, ABOVE_ANY_MAXIMUM if hourly is None else hourly, given.get("wage_paid"), by_week)


def _enough_a_week(period: Period, weekly_hours: int, absent: Mapping[date, int] | None) -> Mapping[date, int] | None:
    """Take out weeks of a pregnancy with less than four hours away: they give nothing, unlike other leave."""
    if absent is None and weekly_hours >= LEAST_A_WEEK:
        return None
    mondays = {monday_of(week.first) for week in period.weeks()}
    hours = dict.fromkeys(mondays, weekly_hours) if absent is None else absent
    return {monday: part if part >= LEAST_A_WEEK else 0 for monday, part in hours.items()}


def _law(kind: Kind) -> Callable[..., ClaimAmount]:
    return leave_amount if kind in LEAVE else claim_amount

"""What a fund's claim gives by law, from its answers alone: one month or quarter of one job, in øre."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from refusion.cases.facts import Kind
from refusion.claims.facts import Answer
from refusion.claims.funds.netting import within_wage
from refusion.claims.funds.rights import PRIVATE, PROVIDER, PUBLIC, TWO_THIRDS, YOUNG_AT_HOME
from refusion.law.denmark.clarification import refund as clarification
from refusion.law.denmark.fleksjob import municipal, state
from refusion.law.denmark.rates import SUPPLEMENT_RATE
from refusion.law.denmark.sickness.amount import ClaimAmount
from refusion.law.denmark.state_funds import parental_fund
from refusion.law.denmark.statutes import SDL
from refusion.law.denmark.wage_subsidy import subsidy
from refusion.law.engine.parameters import Dated
from refusion.law.engine.rule import account
from refusion.law.engine.words import portion
from refusion.values.money import Ore
from refusion.values.period import Period, last_of_month, monday_of

DAYS_OF_A_WEEK, HUNDRED, MONTHS_OF_A_QUARTER = 5, 100, 3
Given = Mapping[str, Any]
# What lacks is taken at nothing: a fund's claim is not filed before all is there.
NOTHING: Given = MappingProxyType({
    "wage_paid": 0, "gross": 0, "paid_hours": 0, "hours_before": 0, "wage_before": 0, "leave_hours": 0, "excluded_pay": 0,
    "other_refunds": 0, "pay_grade": 0, "fleksjob_share": "", "subsidy_sector": PUBLIC, "clarification_group": "",
})  # fmt: skip


def fund_amount(kind: Kind, period: Period, answers: Sequence[Answer]) -> ClaimAmount:
    """Compute refund and supplement of a fund's claim from its answers, never more than what others leave of the wage."""
    told = {answer.field: answer.value for answer in answers if answer.value is not None}
    given = {**NOTHING, "hired_on": period.first.isoformat(), **told}
    figures, day = tuple(_figures(kind, given)), period.first.toordinal()
    # What is asked last is what the explanation explains.
    refund, supplement = fund_refund(kind.value, period, given)
    return ClaimAmount(
        refund=refund,
        supplement=supplement,
        weeks=(),
        estimated=any(bool(figure.estimated(day)) for figure in figures),
        unverified=any(not figure.value_on(day).verified for figure in figures),
    )


@account(SDL.section("54"), called="refusion fra kommune eller fond")
def fund_refund(kind: str, period: Period, given: Given) -> tuple[Ore, Ore]:
    """Give refund and supplement of a period in øre: what the fund's own rule gives, within what others leave of the wage."""
    asked = _RULES[Kind(kind)](period, given)
    refund = within_wage(asked, given["wage_paid"], given["other_refunds"])
    return refund, _supplement(Kind(kind), refund, period)


def _fleksjob_wage(period: Period, given: Given) -> int:
    """Half or two thirds of the hourly wage for the paid hours, without overtime: at most 37 a week."""
    hours = given["paid_hours"]
    if not hours:
        return 0
    full = portion(municipal.FLEKSJOB_FULL_WEEK.ever(), period.weekdays, DAYS_OF_A_WEEK)
    hourly = portion(given["gross"], HUNDRED, hours)
    refund = municipal.fleksjob_hourly_refund(hourly, given["fleksjob_share"] == TWO_THIRDS, period.first.toordinal())
    return int(portion(refund, min(hours, full), HUNDRED))


def _wage_subsidy(period: Period, given: Given) -> int:
    """The year's subsidy for the paid hours, within the year's limit of the wage cost, less refunds of benefit."""
    sector = given["subsidy_sector"]
    hourly = subsidy.SECTORS[sector](date(period.first.year, 1, 1).toordinal())
    if sector == PUBLIC:
        return int(subsidy.wage_subsidy(hourly, given["paid_hours"], given["other_refunds"]))
    hours, wage = given["hours_before"], given["wage_before"]
    before = _within_year(hourly, hours, wage, sector)
    after = _within_year(hourly, hours + given["paid_hours"], wage + given["wage_paid"], sector)
    return max(after - before - int(given["other_refunds"]), 0)


def _within_year(hourly: int, hours: int, wage: int, sector: str) -> int:
    """What the year has given by then: private employers half of the wage cost at most, others three quarters."""
    limit = subsidy.wage_subsidy_limit(wage, sector != PRIVATE)
    return subsidy.limited_wage_subsidy(subsidy.wage_subsidy(hourly, hours, 0), limit)


def _clarification(period: Period, given: Given) -> int:
    """The benefit of the month for the days of the course in it, at most the wage paid for them."""
    group = given["clarification_group"]
    month = clarification.clarification_month(group == PROVIDER, group == YOUNG_AT_HOME, period.first.toordinal())
    return int(clarification.clarification_refund(month, period.days, last_of_month(period.first).day, given["wage_paid"]))


def _parental_fund(period: Period, given: Given) -> int:
    """The rate of the pay grade for each paid hour of leave in the quarter."""
    return parental_fund.parental_fund_refund(period.first.year, given["pay_grade"], given["leave_hours"])


def _state_fleksjob(period: Period, given: Given) -> int:
    """The share by the day of hiring of the quarter's wage cost within its cap, less what others refund."""
    cost = state.fleksjob_wage_cost(given["wage_paid"], given["excluded_pay"])
    quarter = (period.first.month - 1) // MONTHS_OF_A_QUARTER + 1
    return state.quarter_refund(date.fromisoformat(given["hired_on"]), period.first.year, quarter, cost, given["other_refunds"])


_RULES: Mapping[Kind, Callable[[Period, Given], int]] = MappingProxyType({
    Kind.FLEKSJOB_WAGE: _fleksjob_wage,
    Kind.WAGE_SUBSIDY: _wage_subsidy,
    Kind.CLARIFICATION: _clarification,
    Kind.PARENTAL_FUND: _parental_fund,
    Kind.STATE_FLEKSJOB: _state_fleksjob,
})
_SUBSIDY_FIGURES: Mapping[str, Dated] = MappingProxyType({
    "private": subsidy.PRIVATE_SUBSIDY,
    "public": subsidy.PUBLIC_SUBSIDY,
    "educated": subsidy.EDUCATED_SUBSIDY,
    "pensioner_low": subsidy.PENSIONER_LOW_SUBSIDY,
    "pensioner_high": subsidy.PENSIONER_HIGH_SUBSIDY,
})


def _supplement(kind: Kind, refund: int, period: Period) -> Ore:
    """Only refunds in a clarification course carry the supplement for pension; its rate changes on a Monday in January."""
    if kind is not Kind.CLARIFICATION:
        return Ore(0)
    first, last = (monday_of(day).toordinal() for day in (period.first, period.last))
    if SUPPLEMENT_RATE.at(first) == SUPPLEMENT_RATE.at(last):
        return Ore(clarification.clarification_supplement(refund, first))
    before = sum(week.days for week in period.weeks() if SUPPLEMENT_RATE.at(monday_of(week.first).toordinal()) == SUPPLEMENT_RATE.at(first))
    part = int(portion(refund, before, period.days))
    return Ore(clarification.clarification_supplement(part, first) + clarification.clarification_supplement(refund - part, last))


def _figures(kind: Kind, given: Given) -> Iterable[Dated]:
    if kind is Kind.WAGE_SUBSIDY:
        yield _SUBSIDY_FIGURES[given["subsidy_sector"]]
    if kind is Kind.CLARIFICATION:
        yield from (clarification.CLARIFICATION_PROVIDER, clarification.CLARIFICATION_NON_PROVIDER, SUPPLEMENT_RATE)
    if kind is Kind.FLEKSJOB_WAGE:
        yield municipal.FLEKSJOB_HOUR_CEILING
    if kind is Kind.PARENTAL_FUND:
        yield parental_fund.PARENTAL_FUND_HOUR_HIGH
    if kind is Kind.STATE_FLEKSJOB and state.is_fleksjob_capped(date.fromisoformat(given["hired_on"]).toordinal()):
        yield state.STATE_FLEKSJOB_QUARTER_CAP

"""The rule names of the case files on fleksjob, wage subsidy and the state's funds, answered by the product's own functions."""

from __future__ import annotations

from datetime import date

from refusion.law.denmark.clarification.refund import clarification_month, clarification_refund
from refusion.law.denmark.fleksjob.municipal import fleksjob_hourly_refund
from refusion.law.denmark.fleksjob.state import fleksjob_contribution, quarter_refund
from refusion.law.denmark.state_funds.parental_fund import (
    full_time_hundredths,
    parental_fund_claim_last_day,
    parental_fund_contribution,
    parental_fund_refund,
    quarter_contribution,
)
from refusion.law.denmark.wage_subsidy.subsidy import SECTORS, subsidy
from refusion.law.engine.rule import Rule
from refusion.law.engine.worked import Answer, Given, Input, Worked, day, hundredths, not_negative, one_of, truth, whole
from refusion.values.period import last_of_month


def _fleksjob(given: Given) -> int:
    year, quarter = given.of(int, "year"), given.of(int, "quarter")
    return int(quarter_refund(given.of(date, "hired_on"), year, quarter, given.of(int, "wage_cost"), given.of(int, "other_refunds")))


def _subsidy(given: Given) -> int:
    hours, others = given.of(int, "paid_hours"), given.of(int, "other_refunds")
    return int(subsidy(given.of(str, "sector"), given.of(int, "year"), hours, others))


def _parental_fund(given: Given) -> int:
    return int(parental_fund_refund(given.of(int, "year"), given.of(int, "pay_grade"), given.of(int, "paid_leave_hours")))


def _municipal(given: Given) -> int:
    on = given.of(date, "day").toordinal()
    return int(fleksjob_hourly_refund(given.of(int, "hourly_wage"), given.of(bool, "two_thirds"), on))


def _fleksjob_bill(given: Given) -> int:
    return _bill(given, fleksjob_contribution)


def _parental_bill(given: Given) -> int:
    return _bill(given, parental_fund_contribution)


def _bill(given: Given, month: Rule) -> int:
    on = given.of(date, "quarter_day").toordinal()
    return int(quarter_contribution(full_time_hundredths(given.of(int, "weekly_hours")), month(on)))


def _clarification(given: Given) -> int:
    on = given.of(date, "day")
    month = clarification_month(given.of(bool, "provider"), given.of(bool, "young_at_home"), on.toordinal())
    days_of_month = last_of_month(on).day
    days = given.maybe(int, "days")
    return int(clarification_refund(month, days_of_month if days is None else days, days_of_month, given.of(int, "wage_paid")))


def _claim_by(given: Given) -> date:
    return date.fromordinal(parental_fund_claim_last_day(given.of(date, "quarter_last_day").toordinal()))


MORE = {
    "DK-FLEKSJOB-MUNICIPAL": Worked(
        {"day": Input(day), "hourly_wage": Input(not_negative), "two_thirds": Input(truth, default=False)},
        {"hourly_refund": Answer(hundredths, _municipal)},
    ),
    "DK-STATE-CONTRIBUTION": Worked(
        {"quarter_day": Input(day), "weekly_hours": Input(not_negative)},
        {"fleksjob": Answer(hundredths, _fleksjob_bill), "parental": Answer(hundredths, _parental_bill)},
    ),
    "DK-STATE-PARENTAL-DEADLINE": Worked({"quarter_last_day": Input(day)}, {"claim_by": Answer(day, _claim_by)}),
    "DK-CLARIFICATION": Worked(
        {
            "day": Input(day),
            "provider": Input(truth, default=True),
            "young_at_home": Input(truth, default=False),
            "days": Input(whole, None),
            "wage_paid": Input(not_negative),
        },
        {"refund": Answer(hundredths, _clarification)},
    ),
}

RULES = {
    **MORE,
    "DK-STATE-FLEKSJOB": Worked(
        {
            "hired_on": Input(day),
            "year": Input(whole),
            "quarter": Input(whole),
            "wage_cost": Input(not_negative),
            "other_refunds": Input(not_negative, 0),
        },
        {"refund": Answer(hundredths, _fleksjob)},
    ),
    "DK-WAGE-SUBSIDY": Worked(
        {
            "sector": Input(one_of(*SECTORS)),
            "year": Input(whole),
            "paid_hours": Input(not_negative),
            "other_refunds": Input(not_negative, 0),
        },
        {"refund": Answer(hundredths, _subsidy)},
    ),
    "DK-STATE-PARENTAL-FUND": Worked(
        {"year": Input(whole), "pay_grade": Input(whole), "paid_leave_hours": Input(not_negative)},
        {"refund": Answer(hundredths, _parental_fund)},
    ),
}

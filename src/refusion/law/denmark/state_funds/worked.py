"""The rule names of the case files on fleksjob, wage subsidy and the state's funds, answered by the product's own functions."""

from __future__ import annotations

from datetime import date

from refusion.law.denmark.fleksjob.state import quarter_refund
from refusion.law.denmark.state_funds.parental_fund import parental_fund_refund
from refusion.law.denmark.wage_subsidy.subsidy import SECTORS, subsidy
from refusion.law.engine.worked import Answer, Given, Input, Worked, day, hundredths, not_negative, one_of, whole


def _fleksjob(given: Given) -> int:
    year, quarter = given.of(int, "year"), given.of(int, "quarter")
    return int(quarter_refund(given.of(date, "hired_on"), year, quarter, given.of(int, "wage_cost"), given.of(int, "other_refunds")))


def _subsidy(given: Given) -> int:
    hours, others = given.of(int, "paid_hours"), given.of(int, "other_refunds")
    return int(subsidy(given.of(str, "sector"), given.of(int, "year"), hours, others))


def _parental_fund(given: Given) -> int:
    return int(parental_fund_refund(given.of(int, "year"), given.of(int, "pay_grade"), given.of(int, "paid_leave_hours")))


RULES = {
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

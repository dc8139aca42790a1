"""The rule names of the case files on leave and an ill child, answered by the functions that the product itself calls."""

from __future__ import annotations

from datetime import date

from refusion.law.denmark.child.care import child_care_right
from refusion.law.denmark.parental.deadlines import parental_request_by, pregnancy_refund_from
from refusion.law.denmark.parental.requirements import parental_hours_requirement
from refusion.law.engine.worked import Answer, Given, Input, Worked, day, not_negative, several, truth, whole


def _requirement(given: Given) -> bool:
    return parental_hours_requirement(given.of(tuple, "hours_by_month"))


def _request_by(given: Given) -> date:
    return parental_request_by(given.of(date, "leave_period_ended"), given.maybe(date, "wage_stopped"))


def _pregnancy(given: Given) -> date:
    return pregnancy_refund_from(given.of(date, "first_absence_day"), given.of(date, "notified_on"))


def _child(given: Given) -> bool:
    return child_care_right(given.of(int, "expected_hospital_days"), sole_provider=given.of(bool, "sole_provider"))


RULES = {
    "DK-PARENTAL-EMPLOYMENT": Worked({"hours_by_month": Input(several(not_negative))}, {"met": Answer(truth, _requirement)}),
    "DK-PARENTAL-DEADLINE": Worked(
        {"leave_period_ended": Input(day), "wage_stopped": Input(day, None)}, {"request_by": Answer(day, _request_by)}
    ),
    "DK-PREGNANCY-WINDOW": Worked({"first_absence_day": Input(day), "notified_on": Input(day)}, {"refund_from": Answer(day, _pregnancy)}),
    "DK-CHILD-CARE": Worked(
        {"expected_hospital_days": Input(whole), "sole_provider": Input(truth, default=False)}, {"right": Answer(truth, _child)}
    ),
}

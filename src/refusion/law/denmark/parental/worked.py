"""The rule names of the case files on leave and an ill child, answered by the functions that the product itself calls."""

from __future__ import annotations

from datetime import date

from refusion.law.denmark.child.care import child_care_right
from refusion.law.denmark.parental import state_wage, weeks
from refusion.law.denmark.parental.deadlines import parental_request_by, pregnancy_refund_from
from refusion.law.denmark.parental.requirements import parental_hours_requirement
from refusion.law.engine.rule import Rule
from refusion.law.engine.worked import Answer, Given, Input, Worked, day, hundredths, not_negative, several, truth, whole


def _requirement(given: Given) -> bool:
    return parental_hours_requirement(given.of(tuple, "hours_by_month"))


def _request_by(given: Given) -> date:
    return parental_request_by(given.of(date, "leave_period_ended"), given.maybe(date, "wage_stopped"))


def _pregnancy(given: Given) -> date:
    return pregnancy_refund_from(given.of(date, "first_absence_day"), given.of(date, "notified_on"))


def _child(given: Given) -> bool:
    return child_care_right(given.of(int, "expected_hospital_days"), sole_provider=given.of(bool, "sole_provider"))


def _count(rule: Rule) -> Answer:
    return Answer(whole, lambda given: int(rule(given.of(date, "born_on").toordinal())))


def _to_give(rule: Rule) -> Answer:
    return Answer(whole, lambda given: int(rule(given.of(bool, "wage_earner"), given.of(date, "born_on").toordinal())))


def _day_of(rule: Rule) -> Answer:
    return Answer(day, lambda given: date.fromordinal(rule(given.of(date, "born_on").toordinal())))


def _multiple(given: Given) -> int:
    return int(weeks.multiple_birth_weeks(given.of(int, "children"), given.of(date, "born_on").toordinal()))


def _multiple_shared(given: Given) -> int:
    return int(weeks.multiple_birth_shared_weeks(given.of(int, "children"), given.of(date, "born_on").toordinal()))


def _stretched(given: Given) -> int:
    born = given.of(date, "born_on").toordinal()
    return int(weeks.stretched_week_benefit(given.of(int, "week"), given.of(int, "absence_weeks"), born))


WEEKS = Worked(
    {"born_on": Input(day), "wage_earner": Input(truth, default=True), "children": Input(whole, 1)},
    {
        "mother": _count(weeks.mother_benefit_weeks),
        "father": _count(weeks.father_benefit_weeks),
        "shared": _count(weeks.shared_benefit_weeks),
        "couple": _count(weeks.weeks_of_both),
        "mother_to_give": _to_give(weeks.mother_weeks_to_give),
        "father_to_give": _to_give(weeks.father_weeks_to_give),
        "solo": _count(weeks.solo_parent_weeks),
        "adopter": _count(weeks.adopter_weeks),
        "multiple": Answer(whole, _multiple),
        "multiple_shared": Answer(whole, _multiple_shared),
        "earmarked_by": _day_of(weeks.earmarked_last_day),
    },
)
STATE = Worked(
    {"born_on": Input(day)},
    {
        "mother": _count(state_wage.state_mother_wage_weeks),
        "father": _count(state_wage.state_father_wage_weeks),
        "shared": _count(state_wage.state_shared_wage_weeks),
        "wage_from": _day_of(state_wage.state_wage_first_day),
        "refund_from": _day_of(weeks.pregnancy_leave_first_day),
    },
)

RULES = {
    "DK-PARENTAL-WEEKS": WEEKS,
    "DK-PARENTAL-STATE-WAGE": STATE,
    "DK-PARENTAL-STRETCHED": Worked(
        {"born_on": Input(day), "week": Input(not_negative), "absence_weeks": Input(whole)},
        {"weekly": Answer(hundredths, _stretched)},
    ),
    "DK-PARENTAL-EMPLOYMENT": Worked({"hours_by_month": Input(several(not_negative))}, {"met": Answer(truth, _requirement)}),
    "DK-PARENTAL-DEADLINE": Worked(
        {"leave_period_ended": Input(day), "wage_stopped": Input(day, None)}, {"request_by": Answer(day, _request_by)}
    ),
    "DK-PREGNANCY-WINDOW": Worked({"first_absence_day": Input(day), "notified_on": Input(day)}, {"refund_from": Answer(day, _pregnancy)}),
    "DK-CHILD-CARE": Worked(
        {"expected_hospital_days": Input(whole), "sole_provider": Input(truth, default=False)}, {"right": Answer(truth, _child)}
    ),
}

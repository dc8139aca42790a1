"""The rule names of the case files on the self-employed, answered by the functions that the product itself calls."""

from __future__ import annotations

from datetime import date

from refusion.law.denmark.self_employed.benefit import self_insurance_premium, self_weekly
from refusion.law.denmark.self_employed.eligibility import Eligibility, Person, eligibility
from refusion.law.denmark.self_employed.follow_up import complaint_in_time, milestones, payday
from refusion.law.denmark.self_employed.waiting import (
    EVERY_DAY,
    INSURANCES,
    Cover,
    self_benefit_from,
    self_entitled_from,
    self_notify_by,
)
from refusion.law.denmark.sickness.duration import unbroken_stops_after
from refusion.law.engine.refusals import NotAnswered
from refusion.law.engine.worked import (
    Answer,
    Given,
    Input,
    Unreadable,
    Worked,
    day,
    hundredths,
    not_negative,
    one_of,
    several,
    text,
    truth,
    whole,
)
from refusion.values.said import said


def weekday(value: object) -> int:
    """Read a day of the week, Monday 1."""
    number = whole(value)
    if number not in EVERY_DAY:
        raise Unreadable(f"not a day of the week: {value!r}")
    return number


def month(value: object) -> date:
    """Read ``YYYY-MM`` as its first day."""
    return date.fromisoformat(f"{value}-01")


INSURANCE = Input(one_of(*INSURANCES), None)
COVER = {
    "first_absence_day": Input(day),
    "insurance": INSURANCE,
    "agreement_58a": Input(truth, default=False),
    "working_weekdays": Input(several(weekday), None),
    "works_public_holidays": Input(truth, None),
}


def _first(given: Given) -> date:
    return given.of(date, "first_absence_day")


def _cover(given: Given) -> Cover:
    weekdays, holidays = given.maybe(tuple, "working_weekdays"), given.maybe(bool, "works_public_holidays")
    return Cover(
        insurance=given.maybe(str, "insurance"),
        agreement_58a=given.of(bool, "agreement_58a"),
        working_weekdays=EVERY_DAY if weekdays is None else frozenset(weekdays),
        works_public_holidays=weekdays is None if holidays is None else holidays,
    )


def _eligibility(given: Given) -> Eligibility:
    return eligibility(
        Person(
            months_in_last_12=given.of(int, "months_in_last_12"),
            employee_months=given.of(int, "employee_months"),
            last_month_self_employed=given.of(bool, "last_month_self_employed"),
            weekly_hours=given.of(int, "weekly_hours"),
            incapable=given.of(bool, "incapable"),
            lives_and_taxed_in_denmark=given.of(bool, "lives_and_taxed_in_denmark"),
        )
    )


def _weekly(given: Given) -> int:
    on = given.of(date, "day")
    first = given.maybe(date, "first_absence_day") or on
    share = given.of(int, "working_share_percent")
    return int(self_weekly(on, first, given.of(int, "income_year"), given.maybe(str, "insurance"), share))


def _stops_after(given: Given) -> date:
    return unbroken_stops_after(_first(given), self_employed=True, pension_age=given.of(bool, "pension_age"))


def _follow_up(given: Given) -> date:
    meeting = milestones(_first(given), given.maybe(date, "fast_track_requested_on")).first_follow_up_by
    if meeting is None:
        raise NotAnswered(said("law.no_meeting"))
    return meeting


def _complaint(given: Given) -> bool:
    return complaint_in_time(given.of(date, "decision_received"), given.of(date, "complained"))


def _premium(given: Given) -> int:
    kind, _, cover = given.of(str, "insurance").partition("_")
    return int(self_insurance_premium(kind == "day1", cover == "max", given.of(date, "day").toordinal()))


def _benefit_from(given: Given) -> date:
    return self_benefit_from(_first(given), given.of(date, "notified_on"), _cover(given))


RULES = {
    "DK-SELF-PREMIUM": Worked({"day": Input(day), "insurance": Input(one_of(*INSURANCES))}, {"premium": Answer(hundredths, _premium)}),
    "DK-SELF-LATE": Worked({**COVER, "notified_on": Input(day)}, {"benefit_from": Answer(day, _benefit_from)}),
    "DK-SELF-FROM": Worked(COVER, {"entitled_from": Answer(day, lambda given: self_entitled_from(_first(given), _cover(given)))}),
    "DK-SELF-DEADLINE": Worked(COVER, {"notify_by": Answer(day, lambda given: self_notify_by(_first(given), _cover(given)))}),
    "DK-SELF-ELIGIBLE": Worked(
        {
            "months_in_last_12": Input(not_negative),
            "employee_months": Input(not_negative, 0),
            "last_month_self_employed": Input(truth),
            "weekly_hours": Input(not_negative),
            "incapable": Input(truth),
            "lives_and_taxed_in_denmark": Input(truth),
        },
        {
            "eligible": Answer(truth, lambda given: _eligibility(given).eligible),
            "failed": Answer(several(text), lambda given: _eligibility(given).failed),
        },
    ),
    "DK-SELF-AMOUNT": Worked(
        {
            "day": Input(day),
            "first_absence_day": Input(day, None),
            "income_year": Input(hundredths),
            "insurance": INSURANCE,
            "working_share_percent": Input(hundredths, 0),
        },
        {"weekly": Answer(hundredths, _weekly)},
    ),
    "DK-SELF-LIMIT": Worked(
        {"first_absence_day": Input(day), "insurance": INSURANCE, "pension_age": Input(truth, default=False)},
        {"stops_after": Answer(day, _stops_after)},
    ),
    "DK-SELF-PAYDAY": Worked({"month": Input(month)}, {"payday": Answer(day, lambda given: payday(given.of(date, "month")))}),
    "DK-SELF-MILESTONES": Worked(
        {"first_absence_day": Input(day), "fast_track_requested_on": Input(day, None)},
        {"first_follow_up_by": Answer(day, _follow_up)},
    ),
    "DK-SELF-COMPLAINT": Worked({"decision_received": Input(day), "complained": Input(day)}, {"in_time": Answer(truth, _complaint)}),
}

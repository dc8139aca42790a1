"""The Danish rule names of the case files, answered by the functions that the product itself calls."""

from __future__ import annotations

from datetime import date

from refusion.law.denmark.parental import worked as parental
from refusion.law.denmark.parental.amount import leave_amount
from refusion.law.denmark.self_employed import worked as self_employed
from refusion.law.denmark.service_centre.deadlines import tell_service_centre_by
from refusion.law.denmark.sickness import agreement, amount, dates, duration, requirements
from refusion.law.denmark.sickness.dates import Hiring
from refusion.law.denmark.state_funds import worked as state_funds
from refusion.law.engine.refusals import MissingFact
from refusion.law.engine.worked import (
    Answer,
    Given,
    Input,
    Worked,
    day,
    day_or_null,
    hundredths,
    not_negative,
    one_of,
    period,
    period_or_null,
    several,
    text,
    truth,
    whole,
)
from refusion.values.period import Period, monday_of

ABSENCE = {
    "first_absence_day": Input(day),
    "employed_since": Input(day, None),
    "agreement_56": Input(truth, default=False),
    "job_kind": Input(one_of("ordinary", "fleksjob"), "ordinary"),
    "covid": Input(truth, default=False),
}


def _first(given: Given) -> date:
    return given.of(date, "first_absence_day")


def _hiring(given: Given) -> Hiring:
    return Hiring(
        employed_since=given.maybe(date, "employed_since"),
        agreement_56=given.of(bool, "agreement_56"),
        fleksjob=given.of(str, "job_kind") == "fleksjob",
        covid=given.of(bool, "covid"),
    )


def _waived(given: Given) -> bool:
    return dates.waived(_first(given), _hiring(given))


def _employer_period_last_day(given: Given) -> date | None:
    own = dates.employer_period(_first(given), _waived(given))
    return own.last if own else None


def _window(given: Given) -> dates.Window:
    return dates.window(
        first_absence_day=_first(given),
        waived=_waived(given),
        notified_on=given.of(date, "notified_on"),
        claimed=given.of(Period, "period"),
        requested_on=given.of(date, "requested_on"),
        last_absence_day=given.maybe(date, "last_absence_day"),
        right_until=dates.right_until(_first(given), _hiring(given)),
    )


def _claim(given: Given) -> amount.ClaimAmount:
    claimed = given.of(Period, "period")
    hours = given.of(int, "weekly_hours")
    absent = given.maybe(int, "absent_hours_per_week")
    by_week = None if absent is None else {monday_of(week.first): absent for week in claimed.weeks()}
    of_kind = {"sickness": amount.claim_amount, "parental": leave_amount}[given.of(str, "kind")]
    return of_kind(claimed, hours, _hourly(given), _wage(given), by_week)


def _hourly(given: Given) -> int:
    after_am = given.maybe(int, "hourly_wage_after_am")
    if after_am is not None:
        return after_am
    gross = given.maybe(int, "hourly_wage")
    if gross is None:
        raise MissingFact("hourly_wage_after_am", "hourly_wage")
    return amount.hourly_after_am(gross, 100)


def _wage(given: Given) -> int | None:
    wage = given.maybe(int, "wage_paid")
    if wage is None and not given.of(bool, "wage_paid_in_full"):
        raise MissingFact("wage_paid")
    return wage


def _employment(given: Given) -> bool:
    months = given.maybe(tuple, "hours_by_month")
    work = requirements.Work(months, given.maybe(int, "weeks_employed"), given.maybe(int, "hours_in_weeks"))
    return requirements.hours_requirement_on(given.of(date, "first_absence_day"), work)


def _limit_reached(given: Given) -> bool:
    weeks, day = given.of(int, "paid_weeks_in_last_9_months"), given.maybe(date, "day")
    return duration.duration_limit_reached(weeks, day, pension_age=given.of(bool, "pension_age"))


SICKNESS = {
    "DK-SICK-DATES": Worked(
        ABSENCE,
        {
            "employer_period_last_day": Answer(day_or_null, _employer_period_last_day),
            "refund_from": Answer(day, lambda given: dates.refund_from(_first(given), _waived(given))),
            "notify_by": Answer(day, lambda given: dates.notify_by(_first(given), _waived(given))),
        },
    ),
    "DK-SICK-WINDOW": Worked(
        {
            **ABSENCE,
            "notified_on": Input(day),
            "period": Input(period),
            "requested_on": Input(day),
            "last_absence_day": Input(day, None),
        },
        {
            "refundable": Answer(period_or_null, lambda given: _window(given).refundable),
            "lost": Answer(period_or_null, lambda given: _window(given).lost),
        },
    ),
    "DK-SICK-DISPENSATION": Worked(
        {"first_absence_day": Input(day), "requested_on": Input(day), "ground": Input(text)},
        {
            "possible": Answer(
                truth,
                lambda given: dates.dispensation_possible(_first(given), given.of(date, "requested_on"), given.of(str, "ground")),
            )
        },
    ),
    "DK-REFUND": Worked(
        {
            "kind": Input(one_of("sickness", "parental")),
            "period": Input(period),
            "weekly_hours": Input(not_negative),
            "hourly_wage_after_am": Input(not_negative, None),
            "hourly_wage": Input(not_negative, None),
            "wage_paid_in_full": Input(truth, default=True),
            "wage_paid": Input(not_negative, None),
            "absent_hours_per_week": Input(not_negative, None),
        },
        {
            "refund": Answer(hundredths, lambda given: int(_claim(given).refund)),
            "supplement": Answer(hundredths, lambda given: int(_claim(given).supplement)),
        },
    ),
    "DK-SICK-EMPLOYMENT": Worked(
        {
            "hours_by_month": Input(several(not_negative), None),
            "first_absence_day": Input(day, requirements.EMPLOYMENT_MONTHS.values[-1].since),
            "weeks_employed": Input(whole, None),
            "hours_in_weeks": Input(not_negative, None),
        },
        {"met": Answer(truth, _employment)},
    ),
    "DK-SICK-DURATION": Worked(
        {"paid_weeks_in_last_9_months": Input(not_negative), "day": Input(day, None), "pension_age": Input(truth, default=False)},
        {"limit_reached": Answer(truth, _limit_reached)},
    ),
}


def _afterwards(given: Given) -> duration.Afterwards:
    grounds = given.of(tuple, "grounds")
    return duration.after_the_limit(grounds, given.of(date, "reassessed_on"), unfit=given.of(bool, "unfit"))


def _agreement(given: Given) -> bool:
    paid, expected = given.of(int, "days_paid"), given.of(int, "expected_days")
    before = given.of(bool, "decided_before_hire")
    return agreement.agreement_possible(_first(given), expected_days=expected, decided_before_hire=before, days_paid=paid)


def _covered(given: Given) -> bool:
    return agreement.agreement_covers(given.of(date, "agreed_from"), _first(given), same_illness=given.of(bool, "same_illness"))


def _told_by(given: Given) -> date:
    last = given.maybe(date, "last_absence_day")
    return tell_service_centre_by(_first(given), waived=_waived(given), last_absence_day=last)


AROUND_SICKNESS = {
    "DK-SICK-LIMIT": Worked(
        {"paid": Input(several(period)), "pension_age": Input(truth, default=False)},
        {
            "stops_after": Answer(
                day_or_null, lambda given: duration.stops_after(given.of(tuple, "paid"), pension_age=given.of(bool, "pension_age"))
            )
        },
    ),
    "DK-SICK-AFTER-LIMIT": Worked(
        {"grounds": Input(several(text), ()), "reassessed_on": Input(day), "unfit": Input(truth, default=True)},
        {
            "outcome": Answer(text, lambda given: _afterwards(given).outcome),
            "until": Answer(day_or_null, lambda given: _afterwards(given).until),
        },
    ),
    "DK-SICK-AGREEMENT": Worked(
        {
            "first_absence_day": Input(day),
            "expected_days": Input(whole, 0),
            "decided_before_hire": Input(truth, default=False),
            "days_paid": Input(whole, 0),
        },
        {"possible": Answer(truth, _agreement)},
    ),
    "DK-SICK-AGREEMENT-COVERS": Worked(
        {"first_absence_day": Input(day), "agreed_from": Input(day), "same_illness": Input(truth, default=True)},
        {"covered": Answer(truth, _covered)},
    ),
    "DK-SERVICE-CENTRE": Worked({**ABSENCE, "last_absence_day": Input(day, None)}, {"tell_by": Answer(day, _told_by)}),
}

RULES = {**SICKNESS, **AROUND_SICKNESS, **parental.RULES, **state_funds.RULES, **self_employed.RULES}

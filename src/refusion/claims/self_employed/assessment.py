"""Can I, from when, how much, by when: the guide's answer from what a person tells; the municipality decides."""

from __future__ import annotations

from datetime import date

from refusion.claims.self_employed.conditions import conditions, overall
from refusion.claims.self_employed.facts import Amount, Assessment, Dated, Situation, Verdict, Who, Work
from refusion.law.denmark.rates import hourly_maximum
from refusion.law.denmark.self_employed.benefit import self_weekly
from refusion.law.denmark.self_employed.follow_up import milestones, payday, self_paid_through
from refusion.law.denmark.self_employed.waiting import (
    EVERY_DAY,
    Cover,
    self_benefit_from,
    self_entitled_from,
    self_notify_by,
)
from refusion.law.denmark.sickness.duration import unbroken_stops_after
from refusion.law.engine.tape import explaining
from refusion.law.engine.words import at_most, monday, portion
from refusion.values.period import first_of_month, months_after
from refusion.values.said import Said, said

FULL_WEEK = 3_700
FIRST_DAYS = 14
PAYMENTS_SHOWN = 3
SHARES = {Work.NONE: 0, Work.QUARTER: 2_500, Work.HALF: 5_000, Work.MORE: 10_000}
ANSWERS = {Verdict.PASS: "answer_yes", Verdict.FAIL: "answer_no", Verdict.NEEDS_DECISION: "answer_needs_decision"}
GUIDE = "kommunens vejledning, 29.9.2022"


def assess(told: Situation) -> Assessment:
    """Answer a person's question with every condition, the amount explained, and all days.

    Wage earners and unemployed persons get their own short answer. Raises NotAnswered for an agreement together with an
    insurance and for a week without working days, NotKnown for a day before the first known rate.
    """
    if told.who is Who.WAGE_EARNER:
        return _wage_earner(told)
    if told.who is Who.UNEMPLOYED:
        return _unemployed(told)
    found = conditions(told)
    verdict = overall(found)
    benefit_from = None if verdict is Verdict.FAIL else _benefit_from(told)
    amount = _amount(told, benefit_from)
    answer = said(f"self_employed.{ANSWERS[verdict]}", benefit_from=benefit_from, weekly_ore=int(amount.later_weeks))
    return Assessment(verdict, answer, found, benefit_from, amount, _dates(told, benefit_from), _needed_first(told))


def cover_of(told: Situation) -> Cover:
    """Give the insurance and agreement as the law asks for them."""
    weekdays = frozenset(told.working_weekdays) or EVERY_DAY
    return Cover(told.insurance, told.agreement_58a, weekdays, works_public_holidays=not told.working_weekdays)


def _benefit_from(told: Situation) -> date:
    cover = cover_of(told)
    if told.notified_on is None:
        return self_entitled_from(told.first_absence_day, cover)
    return self_benefit_from(told.first_absence_day, told.notified_on, cover)


def _amount(told: Situation, benefit_from: date | None) -> Amount:
    share, later = SHARES[told.can_work], date.fromordinal(told.first_absence_day.toordinal() + FIRST_DAYS)
    early = benefit_from is not None and benefit_from < later
    first_weeks = self_weekly(told.first_absence_day, told.first_absence_day, told.income_year, told.insurance, share) if early else None
    with explaining() as tape:
        weekly = self_weekly(later, told.first_absence_day, told.income_year, told.insurance, share)
    return Amount(first_weeks, weekly, tape.explanation.as_json(), tape.explanation.estimated)


def _dates(told: Situation, benefit_from: date | None) -> tuple[Dated, ...]:
    first, cover = told.first_absence_day, cover_of(told)
    miles = milestones(first, told.fast_track_on)
    limit = unbroken_stops_after(first, self_employed=True)
    found = [
        Dated("notify_by", self_notify_by(first, cover), "SDL § 43"),
        Dated("request_by", self_notify_by(first, Cover()), f"SDL § 43; {GUIDE}"),
        Dated("reassessment_by", miles.reassessment_by, "SDL § 24"),
        Dated("limit", limit, "SDL § 24"),
    ]
    if miles.first_follow_up_by is not None:
        found.append(Dated("fast_track_by" if told.fast_track_on else "first_meeting_by", miles.first_follow_up_by, "SDL § 13 b"))
    if benefit_from is not None:
        found.append(Dated("benefit_from", benefit_from, "SDL §§ 41, 45, 58 a"))
        found += [Dated("payment", day, GUIDE) for day in _paydays(benefit_from, limit)]
    return tuple(sorted(found, key=lambda one: (one.day, one.kind)))


def _paydays(benefit_from: date, limit: date) -> list[date]:
    """Give the first days of payment; a payment is for the whole weeks to the Sunday before its week."""
    month, days = first_of_month(benefit_from), list[date]()
    while len(days) < PAYMENTS_SHOWN and month <= limit:
        if date.fromordinal(int(self_paid_through(month.toordinal()))) >= benefit_from:
            days.append(payday(month))
        month = months_after(month, 1)
    return days


def _needed_first(told: Situation) -> tuple[Said, ...]:
    needed = [
        (told.nemrefusion_user, said("self_employed.first_nemrefusion_user")),
        (told.employee_signature, said("self_employed.first_employee_signature")),
    ]
    return tuple(text for has, text in needed if not has)


def _wage_earner(told: Situation) -> Assessment:
    """Working time times the average pay of three months, at most the highest rate an hour (SDL § 47, § 50)."""
    rate = int(at_most(told.hourly_pay, hourly_maximum(monday(told.first_absence_day.toordinal()))))
    weekly = int(portion(rate, at_most(told.weekly_hours, FULL_WEEK), 100))
    text = said("self_employed.short_wage_earner", rate_ore=rate, weekly_ore=weekly)
    return Assessment(Verdict.NEEDS_DECISION, text, short=True)


def _unemployed(told: Situation) -> Assessment:
    """The same amount as the unemployment fund paid (SDL § 52)."""
    text = said("self_employed.short_unemployed", weekly_ore=told.unemployment_week)
    return Assessment(Verdict.NEEDS_DECISION, text, short=True)

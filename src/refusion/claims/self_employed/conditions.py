"""The conditions of the right, each by its rule of law, with the reason in words and its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from refusion.claims.self_employed.facts import Condition, Home, Situation, Verdict, Who, Work
from refusion.law.denmark.self_employed.eligibility import (
    BUSINESS_MONTHS,
    is_covered_by_danish_benefit,
    is_long_enough_in_business,
    is_substantial_business,
)
from refusion.law.denmark.self_employed.waiting import EVERY_DAY, Cover, self_notify_by
from refusion.values.said import Fact, said

NEEDS = Verdict.NEEDS_DECISION
GUIDE = "kommunens vejledning, 29.9.2022"


def conditions(told: Situation) -> tuple[Condition, ...]:
    """Give every condition as it stands."""
    return tuple(check(told) for check in CHECKS)


def overall(found: Sequence[Condition]) -> Verdict:
    """Give one verdict: a condition that fails goes before one that a person must decide."""
    verdicts = {condition.verdict for condition in found}
    if Verdict.FAIL in verdicts:
        return Verdict.FAIL
    return NEEDS if NEEDS in verdicts else Verdict.PASS


def _stands(name: str, verdict: Verdict, source: str, **facts: Fact) -> Condition:
    return Condition(name, verdict, said(f"self_employed.{name}_{verdict.value}", **facts), f"{source}; {GUIDE}")


def _holds(truth: object) -> Verdict:
    return Verdict.PASS if truth else Verdict.FAIL


def _occupation(told: Situation) -> Condition:
    """Self-employed, or the assisting spouse of somebody who is; a spouse's part is the amount transferred for taxation."""
    spouse = told.who is Who.ASSISTING_SPOUSE
    return _stands("spouse" if spouse else "occupation", Verdict.PASS, "SDL § 2")


def _illness(told: Situation) -> Condition:
    if told.unfit and told.can_work in (Work.QUARTER, Work.HALF):
        return _stands("partly_unfit", NEEDS, "SDL § 53")
    return _stands("unfit", _holds(told.unfit and told.can_work is Work.NONE), "SDL § 7")


def _territory(told: Situation) -> Condition:
    covered = is_covered_by_danish_benefit(told.home is Home.DENMARK, told.home is Home.TREATY)
    return _stands("home", NEEDS if told.home is Home.TREATY else _holds(covered), "SDL § 3")


def _months(told: Situation) -> Condition:
    """Six months of the last twelve; a business younger than that is filled up by months as employee."""
    young = told.business_months < BUSINESS_MONTHS.ever()
    counted = told.employee_months if young else 0
    holds = is_long_enough_in_business(told.business_months, counted, told.last_month_in_business)
    name = "new_business" if young and counted else "months"
    return _stands(name, _holds(holds), "SDL § 42", months=_written(told.business_months), more=_written(told.employee_months))


def _last_month(told: Situation) -> Condition:
    return _stands("last_month", _holds(told.last_month_in_business), "SDL § 42")


def _hours(told: Situation) -> Condition:
    return _stands("hours", _holds(is_substantial_business(told.weekly_hours)), "SDL § 42", hours=_written(told.weekly_hours))


def _insured(told: Situation) -> Condition:
    """An insurance needs income in the business; without one benefit begins after two weeks."""
    if told.insurance is None:
        return _stands("agreement" if told.agreement_58a else "uninsured", Verdict.PASS, "SDL § 58 a" if told.agreement_58a else "SDL § 41")
    return _stands("insured", Verdict.PASS if told.income_year > 0 else NEEDS, "SDL § 45")


def _in_time(told: Situation) -> Condition:
    weekdays = frozenset(told.working_weekdays) or EVERY_DAY
    last = self_notify_by(
        told.first_absence_day, Cover(told.insurance, told.agreement_58a, weekdays, works_public_holidays=not told.working_weekdays)
    )
    if told.notified_on is None:
        return _stands("to_notify", Verdict.PASS, "SDL § 43", notify_deadline=last)
    late = told.notified_on > last
    return _stands("in_time", NEEDS if late else Verdict.PASS, "SDL § 43", notify_deadline=last, notified_on=told.notified_on)


def _duties(told: Situation) -> Condition:
    return _stands("duties", _holds(not told.duties_neglected), "SDL § 21")


def _written(hundredths: int) -> str:
    whole, part = divmod(hundredths, 100)
    return f"{whole},{part:02d}".rstrip("0").rstrip(",") if part else str(whole)


CHECKS: tuple[Callable[[Situation], Condition], ...] = (
    _occupation, _illness, _territory, _months, _last_month, _hours, _insured, _in_time, _duties,
)  # fmt: skip

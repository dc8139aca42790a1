"""What an amount was computed from is read out of its explanation, and names the differences that it can make."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from refusion.claims.expectation import expected
from refusion.claims.facts import Answer, Claim, State
from refusion.settlements.suggestions.tolerance import Reason, explain
from refusion.store.columns import as_json, from_json
from refusion.values.period import Period
from refusion.workflow.settlements.basis import basis_of

FOUR_WEEKS = Period(date(2025, 9, 1), date(2025, 9, 28))


def claim_of(period: Period, **answers: object) -> Claim:
    """Make a claim with the explanation as the store gives it back."""
    given = tuple(Answer(name, value, "payroll") for name, value in answers.items())
    told = expected(period, given)
    kept = type(told)(told.refund, told.supplement, told.estimated, from_json(as_json(told.explanation)), told.law_version)
    one = UUID(int=1)
    return Claim(one, 1, one, 1, 1, State.ACCEPTED, period, period.last, given, kept, period.last)


def test_a_whole_absence_tells_the_week_and_no_hours() -> None:
    basis = basis_of(claim_of(FOUR_WEEKS, weekly_hours=3700, hourly_after_am=12_000, wage_paid=None))
    assert (basis.weekly, basis.hourly, basis.absent_hours, basis.rate) == (37 * 120_00, 120_00, None, None)


def test_hours_that_were_worked_but_not_taken_off_are_named() -> None:
    mondays = dict.fromkeys(("2025-09-01", "2025-09-08", "2025-09-15", "2025-09-22"), 2000)
    claim = claim_of(FOUR_WEEKS, weekly_hours=3700, hourly_after_am=12_000, wage_paid=None, absent_hours_by_week=mondays)
    basis = basis_of(claim)
    assert (basis.absent_hours, basis.normal_hours, basis.weekly) == (80_00, 148_00, None)
    (found,) = explain(68 * 120_00, basis)
    assert found.reason is Reason.PARTIAL_HOURS


def test_a_maximum_that_changed_within_the_claim_is_named() -> None:
    basis = basis_of(claim_of(Period(date(2024, 12, 23), date(2025, 1, 19)), weekly_hours=3700, hourly_after_am=40_000, wage_paid=None))
    assert basis.rate is not None
    assert (basis.rate.day, basis.rate.after) == (date(2025, 1, 6), 4865_00)


def test_an_explanation_that_tells_nothing_explains_nothing() -> None:
    claim = claim_of(FOUR_WEEKS, weekly_hours=3700, hourly_after_am=12_000, wage_paid=None)
    silent = type(claim.expected)(1, 0, False, {}, "")
    basis = basis_of(Claim(claim.id, 1, claim.case, 1, 1, State.ACCEPTED, FOUR_WEEKS, FOUR_WEEKS.last, (), silent, FOUR_WEEKS.last))
    assert explain(500_00, basis) == ()

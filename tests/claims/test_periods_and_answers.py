"""Periods of claims adjoin; answers come from payroll and persons with their source, and what lacks is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from refusion.absences.facts import Absence, Employment, Entered, JobKind, Learned, Pay, Question
from refusion.cases.facts import Case, Kind, State
from refusion.claims.answers import Known, absent_hours, claim_answers, earnings, unanswered_weeks, wage_paid, weekly_hours
from refusion.claims.comparison import differing, says_the_same
from refusion.claims.expectation import at_most, expected
from refusion.claims.facts import Answer, Claim
from refusion.claims.facts import State as ClaimState
from refusion.claims.periods import claim_periods, first_claimable
from refusion.values.period import Period

FILE = UUID(int=9)
LEARNED = Learned(1, FILE, datetime(2024, 9, 2, 8, tzinfo=UTC))
JOB, PERSON = UUID(int=2), UUID(int=3)
FIRST = date(2024, 9, 2)
EMPLOYMENT = Employment(JOB, "1001", PERSON, date(2015, 1, 1), None, 3700, JobKind.ORDINARY, "A", LEARNED)
ABSENCE = Absence(UUID(int=1), JOB, "7", FIRST, None, "100", None, False, LEARNED)
CASE = Case(
    UUID(int=4), 1, JOB, PERSON, ABSENCE.id, Kind.ORDINARY, State.RUNNING, FIRST, None, FIRST + timedelta(days=30),
    FIRST + timedelta(days=27), FIRST + timedelta(days=35), FIRST, FIRST, notified_on=FIRST + timedelta(days=27),
)


def pay(month: date, gross: int = 3_200_000, hours: int = 16033) -> Pay:
    return Pay(JOB, month, gross, hours, gross, LEARNED)


def known(**given: object) -> Known:
    months = [date(2024, month, 1) for month in (6, 7, 8, 9, 10)]
    return replace(Known(EMPLOYMENT, ABSENCE, [pay(month) for month in months], []), **given)  # type: ignore[arg-type]  # keywords of a test


def entered(question: Question, value: str, first: date, last: date | None, at: datetime = LEARNED.recorded_at) -> Entered:
    return Entered(UUID(int=first.toordinal()), JOB, question, value, first, last, "note", "kim", at)


@given(st.dates(date(2024, 1, 1), date(2024, 12, 31)), st.integers(0, 300), st.integers(-40, 400))
def test_periods_adjoin_and_cover_exactly_what_can_be_claimed(first: date, length: int, ahead: int) -> None:
    case = replace(CASE, refund_from=first, notified_on=None)
    last = first + timedelta(days=length)
    periods = claim_periods(case, last, last + timedelta(days=ahead))
    claimed = [day for period in periods for day in period]
    assert claimed == [first + timedelta(days=n) for n in range(len(claimed))]
    if ahead >= 0:
        unclaimed = [first + timedelta(days=n) for n in range(len(claimed), length + 1)]
        assert all(day.weekday() >= 5 and day.month == last.month for day in unclaimed)


def test_the_first_claim_stands_before_its_period_and_the_next_one_when_it_begins() -> None:
    day = CASE.file_on
    assert claim_periods(CASE, None, day) == (Period(date(2024, 10, 2), date(2024, 10, 31)),)
    assert len(claim_periods(CASE, None, date(2024, 10, 31))) == 1
    assert len(claim_periods(CASE, None, date(2024, 11, 1))) == 2


def test_nothing_is_claimed_when_the_absence_ended_before_the_refund() -> None:
    assert claim_periods(CASE, FIRST + timedelta(days=29), date(2024, 11, 1)) == ()


def test_a_late_notification_moves_the_first_claimable_day() -> None:
    late = replace(CASE, notified_on=CASE.notify_by + timedelta(days=1))
    assert first_claimable(replace(CASE, notified_on=CASE.notify_by)) == CASE.refund_from
    assert first_claimable(late) == CASE.notify_by + timedelta(days=1)


def test_earnings_are_the_average_of_the_three_completed_months_before_the_first_absence_day() -> None:
    months = [pay(date(2024, 5, 1), 9_999_999), *(pay(date(2024, m, 1)) for m in (6, 7, 8)), pay(date(2024, 9, 1), 1)]
    # 3 × 32,000.00 kr / 480.99 h × 0.92, to øre
    assert earnings(known(pay=months)).value == 18362


def test_someone_hired_in_the_month_is_measured_by_the_first_pay() -> None:
    assert earnings(known(pay=[])).missing
    assert earnings(known(pay=[pay(date(2024, 9, 1), 1_000_000, 10000)])).value == 9200


def test_wage_paid_counts_the_weekdays_of_each_month_and_waits_for_payroll() -> None:
    october = Period(date(2024, 10, 2), date(2024, 10, 31))
    assert wage_paid(known(), october).value == 3_200_000 * 22 // 23 + 1
    assert wage_paid(known(), Period(date(2024, 10, 2), date(2024, 11, 1))).missing


def test_a_person_answers_what_payroll_does_not_know() -> None:
    silent = known(employment=replace(EMPLOYMENT, weekly_hours=None))
    assert weekly_hours(silent, FIRST).missing
    answer = weekly_hours(replace(silent, entered=[entered(Question.WEEKLY_HOURS, "3200", FIRST, None)]), FIRST)
    assert (answer.value, answer.source) == (3200, "entered")


def test_the_newest_answer_holds() -> None:
    two = [entered(Question.WEEKLY_HOURS, value, FIRST, None) for value in ("3200", "3000")]
    assert weekly_hours(known(entered=two), FIRST).value == 3000


def test_hours_of_a_partial_return_are_asked_by_week() -> None:
    october = Period(date(2024, 10, 2), date(2024, 10, 31))
    partly = known(absence=replace(ABSENCE, partial_from=date(2024, 10, 16)))
    weeks = unanswered_weeks(partly, october)
    assert weeks == (date(2024, 10, 14), date(2024, 10, 21), date(2024, 10, 28))
    assert absent_hours(partly, october).missing
    worked = [entered(Question.HOURS_WORKED, "1500", week, week + timedelta(days=6)) for week in weeks]
    answered = absent_hours(replace(partly, entered=worked), october)
    assert answered.value == {
        "2024-09-30": 3700, "2024-10-07": 3700, "2024-10-14": 2200, "2024-10-21": 2200, "2024-10-28": 2200,
    }


def test_no_last_absence_day_is_no_missing_answer() -> None:
    answers = claim_answers(1, Period(date(2024, 10, 2), date(2024, 10, 31)), known())
    assert [answer.field for answer in answers if answer.missing] == []


def test_an_expected_amount_is_by_law_and_an_estimate_while_answers_lack() -> None:
    october = Period(date(2024, 10, 7), date(2024, 10, 13))
    full = expected(october, claim_answers(1, october, known()))
    assert (full.refund, full.supplement, full.estimated) == (469500, 7000, False)
    lacking = expected(october, (Answer("weekly_hours", None, "payroll"),))
    assert (lacking.total, lacking.estimated) == (476500, True)
    assert at_most(october) == 476500
    assert expected(None, ()).total == 0


def test_a_filed_claim_is_compared_by_values_not_by_where_they_came_from() -> None:
    october = Period(date(2024, 10, 2), date(2024, 10, 31))
    answers = claim_answers(1, october, known())
    claim = Claim(
        UUID(int=5), 1, CASE.id, 1, 1, ClaimState.ACCEPTED, october, date(2025, 1, 2), answers,
        expected(october, answers), FIRST,
    )
    ended = known(absence=replace(ABSENCE, last_day=date(2024, 11, 20)))
    assert says_the_same(claim, october, claim_answers(1, october, ended))
    dearer = known(pay=[pay(date(2024, m, 1), 3_300_000) for m in (6, 7, 8, 9, 10)])
    assert differing(claim, claim_answers(1, october, dearer)) == ("hourly_after_am", "wage_paid")

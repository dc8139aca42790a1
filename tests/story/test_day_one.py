"""Refund from the first absence day: new employees, fleksjob, an agreement under § 56; short absences and long ones."""

from __future__ import annotations

import pytest

from refusion.absences.facts import Question
from refusion.cases.facts import Kind
from tests.story.diary import Diary
from tests.story.payroll import hired, paid, paid_through, sick


def begun(diary: Diary, ground: str) -> Diary:
    """Tell of an employee with a ground for refund from day one, before any absence."""
    since = "2025-02-24" if ground == "new_hire" else "2015-01-01"
    pay = paid("1", "2025-03") if ground == "new_hire" else paid_through("1", "2024-12", "2025-03")
    diary.on("2025-03-10").payroll_says(hired(since=since, job_kind="fleksjob" if ground == "fleksjob" else "ordinary"), pay)
    if ground == "agreement_56":
        diary.caseworker_enters(Question.AGREEMENT_56, "yes", "2025-01-01", "2026-12-31")
    return diary


GROUNDS = ("new_hire", "fleksjob", "agreement_56")


@pytest.mark.parametrize("ground", GROUNDS)
def test_three_days_are_refunded(diary: Diary, ground: str) -> None:
    begun(diary, ground).on("2025-03-13").payroll_says(sick(since="2025-03-11", until="2025-03-13"))
    diary.the_house_works()
    assert diary.case().kind is Kind(ground)
    diary.until("2025-03-14").the_case_is("ended").the_periods_are("2025-03-11..2025-03-13").the_claims_are("accepted")
    diary.the_authority_holds("Opret DP201", "Opret DP202")
    diary.until("2025-04-15").the_case_is("settled").the_books_balance()
    assert diary.claims()[0].received == diary.claims()[0].expected.total > 0


@pytest.mark.parametrize("ground", GROUNDS)
def test_a_long_absence_is_notified_at_once_and_refunded_from_its_first_day(diary: Diary, ground: str) -> None:
    begun(diary, ground).on("2025-03-12").payroll_says(sick(since="2025-03-11"))
    diary.the_house_works()
    diary.the_case_is("running").the_authority_holds("Opret DP201").the_periods_are("2025-03-11..2025-03-31")
    diary.on("2025-04-14").payroll_says(paid("1", "2025-04"), sick(since="2025-03-11", until="2025-04-13"))
    diary.the_house_works()
    diary.the_periods_are("2025-03-11..2025-03-31", "2025-04-01..2025-04-13").the_claims_are("accepted", "accepted")
    diary.until("2025-05-20").the_case_is("settled").the_books_balance()
    assert all(claim.received == claim.expected.total > 0 for claim in diary.claims())


def test_an_agreement_entered_while_the_case_waits_gives_refund_from_the_first_day(diary: Diary) -> None:
    diary.on("2025-03-12").payroll_says(hired(), paid_through("1", "2024-12", "2025-03"), sick(since="2025-03-11"))
    diary.the_house_works()
    assert diary.case().kind is Kind.ORDINARY
    diary.on("2025-03-17").caseworker_enters(Question.AGREEMENT_56, "yes", "2025-01-01", "2026-12-31")
    diary.the_house_works()
    assert diary.case().kind is Kind.AGREEMENT_56
    diary.the_case_is("running").the_periods_are("2025-03-11..2025-03-31").the_authority_holds("Opret DP201")


def test_an_agreement_entered_after_the_notification_is_told_and_moves_the_first_claim(diary: Diary) -> None:
    diary.on("2025-03-03").payroll_says(hired(), paid_through("1", "2024-12", "2025-04"), sick(since="2025-03-03"))
    diary.until("2025-03-30").the_periods_are("2025-04-02..2025-04-30")
    diary.on("2025-04-01").caseworker_enters(Question.AGREEMENT_56, "yes", "2025-01-01", "2026-12-31")
    diary.the_house_works()
    diary.the_authority_holds("Opret DP201", "Ret DP201", "Opret DP202")
    diary.the_periods_are("2025-03-03..2025-03-31", "2025-04-01..2025-04-30").the_claims_are("accepted", "drafted")


def test_an_agreement_of_another_time_gives_nothing(diary: Diary) -> None:
    diary.on("2025-03-12").payroll_says(hired(), paid_through("1", "2024-12", "2025-03"))
    diary.caseworker_enters(Question.AGREEMENT_56, "yes", "2023-01-01", "2024-12-31")
    diary.payroll_says(sick(since="2025-03-11", until="2025-03-12"))
    diary.the_house_works()
    assert diary.case_or_none() is None

"""An employment ends while the person is ill: the refund ends with the last day of employment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.story.diary import Diary
from tests.story.payroll import hired, paid_through, sick


def ending(on: str) -> object:
    return replace(hired(), employment_ends=date.fromisoformat(on))


def test_the_last_claim_ends_with_the_employment(diary: Diary) -> None:
    diary.on("2025-03-03").payroll_says(hired(), paid_through("1", "2024-12", "2025-05"), sick())
    diary.until("2025-03-30").until("2025-05-02").the_claims_are("accepted", "drafted")
    diary.on("2025-05-05").payroll_says(ending("2025-05-16"))
    diary.the_house_works()
    diary.the_case_is("ended").the_periods_are("2025-04-02..2025-04-30", "2025-05-01..2025-05-16")
    diary.until("2025-07-10").the_case_is("settled").the_books_balance()


def test_an_end_inside_the_employer_period_closes_the_case_without_a_notification(diary: Diary) -> None:
    diary.on("2025-03-03").payroll_says(hired(), paid_through("1", "2024-12", "2025-05"), sick())
    diary.the_house_works()
    diary.on("2025-03-10").payroll_says(ending("2025-03-31"))
    diary.the_house_works()
    diary.the_case_is("closed_without_claim")
    diary.until("2025-04-10").the_authority_holds()


def test_an_employment_prolonged_again_opens_the_case_again(diary: Diary) -> None:
    diary.on("2025-03-03").payroll_says(ending("2025-03-31"), paid_through("1", "2024-12", "2025-05"), sick())
    diary.until("2025-03-30").the_authority_holds()
    diary.on("2025-03-31").payroll_says(hired())
    diary.the_house_works()
    diary.the_case_is("running").the_authority_holds("Opret DP201")

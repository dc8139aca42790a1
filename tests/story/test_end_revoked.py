"""Payroll takes a reported end back after the authority was told: the money goes on coming."""

from __future__ import annotations

from refusion.wiring.house import House
from refusion.workflow.ports.institution import HOUSE
from tests.story.diary import Diary
from tests.story.payroll import hired, paid_through, sick


def test_claims_after_a_recovery_that_was_taken_back_are_paid(diary: Diary) -> None:
    diary.on("2025-03-03").payroll_says(hired(), paid_through("1", "2024-12", "2025-07"), sick())
    diary.until("2025-03-30").until("2025-04-14").payroll_says(sick(until="2025-04-13"))
    diary.the_house_works()
    diary.the_case_is("ended")
    diary.until("2025-04-16").payroll_says(sick())
    diary.the_house_works()
    diary.the_case_is("running")
    diary.until("2025-06-10").payroll_says(sick(until="2025-06-08"))
    diary.the_house_works()
    diary.until("2025-07-31").the_case_is("settled").the_books_balance()
    claims = diary.claims()
    assert [claim.state.value for claim in claims] == ["settled"] * 3
    assert all(claim.received == claim.expected.total > 0 for claim in claims)


def test_payroll_that_goes_back_to_its_first_word_is_heard(diary: Diary) -> None:
    diary.on("2025-03-03").payroll_says(hired(), paid_through("1", "2024-12", "2025-05"))
    diary.payroll_says(sick())
    diary.the_house_works()
    diary.on("2025-03-17").payroll_says(sick(until="2025-03-14"))
    diary.the_house_works()
    diary.the_case_is("closed_without_claim")
    diary.on("2025-03-18").payroll_says(sick())
    diary.the_house_works()
    diary.the_case_is("watching")


def test_a_recovery_that_was_taken_back_is_no_difference_to_the_authority(diary: Diary) -> None:
    diary.on("2025-03-03").payroll_says(hired(), paid_through("1", "2024-12", "2025-07"), sick())
    diary.until("2025-03-30").until("2025-04-14").payroll_says(sick(until="2025-04-13"))
    diary.the_house_works()
    diary.until("2025-04-16").payroll_says(sick())
    diary.the_house_works()
    outdated = [one["form"] for one in diary.accepted() if one["standing"] == "annulleret"]
    assert "DP212s" in outdated
    assert House(diary.ports).reconcile_books(HOUSE, diary.code).differences == ()

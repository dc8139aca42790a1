"""The ordinary journey of a krone: from payroll to the bank, and what ends before it costs anybody anything."""

from __future__ import annotations

from tests.story.diary import Diary
from tests.story.payroll import hired, paid_through, sick


def test_a_long_sickness_from_payroll_to_bank(diary: Diary) -> None:
    diary.on("2025-03-03").payroll_says(hired(), paid_through("1", "2024-12", "2025-05"), sick(since="2025-03-03"))
    diary.the_house_works()
    diary.the_case_is("watching")

    diary.until("2025-03-29").the_case_is("watching").the_authority_holds()
    diary.until("2025-03-30").the_case_is("running").the_authority_holds("Opret DP201").the_claims_are("drafted")

    diary.until("2025-04-01").the_authority_holds("Opret DP201")
    diary.until("2025-05-01").the_claims_are("accepted", "drafted")
    assert diary.balance("receivable") == diary.claims()[0].expected.total > 0

    diary.on("2025-05-12").payroll_says(sick(since="2025-03-03", until="2025-05-11"))
    diary.the_house_works()
    diary.the_case_is("ended").the_claims_are("accepted", "accepted")
    diary.the_periods_are("2025-04-02..2025-04-30", "2025-05-01..2025-05-11")
    diary.the_authority_holds("Opret DP201", "Opret DP202", "Opret DP212s", "Opret DP202")

    diary.until("2025-06-20").the_case_is("settled").the_claims_are("settled", "settled").the_books_balance()
    assert all(claim.received == claim.expected.total > 0 for claim in diary.claims())
    assert diary.balance("receivable") == 0
    assert diary.balance("bank") == sum(claim.received for claim in diary.claims())
    assert diary.tasks() == ()


def test_every_single_day_around_the_filing_lived_changes_nothing_of_it(diary: Diary) -> None:
    diary.on("2025-03-03").payroll_says(hired(), paid_through("1", "2024-12", "2025-05"), sick(until="2025-04-20"))
    diary.until("2025-03-28").every_day_until("2025-04-24").until("2025-05-22").the_case_is("settled").the_claims_are("settled")
    diary.the_authority_holds("Opret DP201", "Opret DP202").the_books_balance()


def test_well_again_on_day_29_after_the_notification_on_day_28(diary: Diary) -> None:
    diary.on("2025-03-03").payroll_says(hired(), paid_through("1", "2024-12", "2025-03"), sick(since="2025-03-03"))
    diary.until("2025-03-30").the_case_is("running")
    diary.on("2025-03-31").payroll_says(sick(until="2025-03-30"))
    diary.the_house_works()
    diary.the_case_is("closed_without_claim").the_claims_are()
    diary.the_authority_holds("Opret DP201", "Opret DP212s").until("2025-06-02").the_case_is("closed_without_claim")
    diary.the_authority_holds("Opret DP201", "Opret DP212s")
    assert diary.tasks() == ()


def test_an_end_inside_the_employer_period_known_before_the_filing_day_files_nothing(diary: Diary) -> None:
    diary.on("2025-03-03").payroll_says(hired(), paid_through("1", "2024-12", "2025-03"), sick(since="2025-03-03"))
    diary.the_house_works()
    diary.on("2025-03-20").payroll_says(sick(until="2025-03-19"))
    diary.the_house_works()
    diary.until("2025-04-10").the_case_is("closed_without_claim").the_authority_holds()
    assert diary.tasks() == ()


def test_an_absence_told_when_it_had_ended_in_the_employer_period_opens_no_case(diary: Diary) -> None:
    diary.on("2025-03-20").payroll_says(hired(), paid_through("1", "2024-12", "2025-03"), sick(until="2025-03-10"))
    diary.the_house_works()
    assert diary.case_or_none() is None


def test_an_end_after_the_employer_period_known_before_filing_is_told_with_the_notification(diary: Diary) -> None:
    diary.on("2025-04-07").payroll_says(hired(), paid_through("1", "2024-12", "2025-04"), sick(until="2025-04-06"))
    diary.the_house_works()
    diary.the_case_is("ended").the_authority_holds("Opret DP201", "Opret DP202")
    diary.the_periods_are("2025-04-02..2025-04-06")
    diary.until("2025-05-10").the_case_is("settled").the_books_balance()


def test_another_kind_of_absence_is_none_of_the_house_s_business(diary: Diary) -> None:
    diary.on("2025-03-03").payroll_says(hired(), paid_through("1", "2024-12", "2025-03"), sick(code="230"))
    diary.until("2025-04-02")
    assert diary.case_or_none() is None
    diary.the_authority_holds()

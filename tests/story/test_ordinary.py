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

    diary.on("2025-05-12").payroll_says(sick(since="2025-03-03", until="2025-05-11"))
    diary.the_house_works()
    diary.the_case_is("ended").the_claims_are("accepted", "accepted")
    diary.the_periods_are("2025-04-02..2025-04-30", "2025-05-01..2025-05-11")
    diary.the_authority_holds("Opret DP201", "Opret DP202", "Opret DP212s", "Opret DP202")

    diary.until("2025-06-20").the_case_is("settled").the_claims_are("settled", "settled").the_books_balance()
    assert all(claim.received == claim.expected.total > 0 for claim in diary.claims())
    assert diary.tasks() == ()

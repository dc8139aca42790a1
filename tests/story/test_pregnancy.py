"""Sickness that a pregnancy causes: a kind of its own, refunded from its first day by Udbetaling Danmark, holidays too."""

from __future__ import annotations

from refusion.absences.facts import Question
from refusion.cases.facts import Kind
from tests.story.diary import Diary
from tests.story.payroll import hired, paid_through, sick

WEEK_OF_2025 = 486_500 + 8_800


def ill(diary: Diary, since: str, until: str | None = None) -> Diary:
    diary.payroll_says(hired(), paid_through("1", "2024-10", "2025-08"), sick(since=since, until=until))
    return diary


def test_a_short_one_gives_a_refund_from_its_first_day(diary: Diary) -> None:
    ill(diary.on("2025-04-22"), "2025-04-14", "2025-04-20").the_house_works()
    assert diary.case_or_none() is None, "an ordinary absence of a week is the employer's own"
    diary.caseworker_enters(Question.PREGNANCY_CAUSE, "yes", "2025-04-14")
    diary.the_house_works()
    assert diary.case().kind is Kind.PREGNANCY
    assert diary.case().notify_by.isoformat() == "2025-05-19"
    diary.until("2025-04-23").the_authority_holds("Opret GraviditetAnmeldelse", "Opret GraviditetAnmodning")
    # Maundy Thursday and Good Friday are refunded, as in other leave.
    assert diary.claims()[0].expected.total == WEEK_OF_2025
    diary.until("2025-06-20").the_case_is("settled").the_claims_are("settled").the_books_balance()
    assert diary.value("SELECT payer FROM bank_line").startswith("Udbetaling Danmark")
    assert diary.balance("bank") == WEEK_OF_2025


def test_told_after_five_weeks_it_reaches_only_the_day_of_the_notification(diary: Diary) -> None:
    ill(diary.on("2025-06-10"), "2025-04-28", "2025-06-13")
    diary.caseworker_enters(Question.PREGNANCY_CAUSE, "yes", "2025-04-28")
    diary.the_house_works()
    diary.until("2025-06-16")
    assert diary.case().kind is Kind.PREGNANCY
    assert diary.claims()[0].period.first == diary.case().notified_on
    assert diary.value("SELECT cause FROM loss") == "late_notification"
    diary.until("2025-08-20").the_claims_are("settled").the_books_balance()


def test_a_case_of_sickness_becomes_one_of_pregnancy_before_anybody_was_told(diary: Diary) -> None:
    ill(diary.on("2025-03-10"), "2025-03-03").the_house_works()
    assert diary.case().kind is Kind.ORDINARY
    diary.caseworker_enters(Question.PREGNANCY_CAUSE, "yes", "2025-03-03")
    assert (diary.case().kind, diary.case().refund_from.isoformat()) == (Kind.PREGNANCY, "2025-03-03")
    diary.the_house_works()
    diary.the_case_is("running").the_authority_holds("Opret GraviditetAnmeldelse")


def test_fewer_than_four_hours_a_week_give_nothing(diary: Diary) -> None:
    diary.on("2025-03-24").payroll_says(
        hired(), paid_through("1", "2024-10", "2025-08"), sick(since="2025-03-03", until="2025-03-16", partial_from="2025-03-03")
    )
    diary.caseworker_enters(Question.PREGNANCY_CAUSE, "yes", "2025-03-01")
    diary.caseworker_enters(Question.HOURS_WORKED, "3300", "2025-03-03", "2025-03-09")
    diary.caseworker_enters(Question.HOURS_WORKED, "3301", "2025-03-10", "2025-03-16")
    diary.until("2025-03-26")
    assert diary.claims()[0].expected.refund == 4 * 131_49
    diary.until("2025-05-20").the_claims_are("settled").the_books_balance()

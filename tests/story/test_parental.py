"""Parental leave from payroll to the bank: what persons are asked, which days are claimed, what Udbetaling Danmark pays."""

from __future__ import annotations

from datetime import date

import pytest

from refusion.absences.facts import Question
from refusion.cases.facts import Kind
from refusion.cases.stages import Group, Stage
from refusion.watch.facts import Kind as TaskKind
from refusion.workflow.cases.stages import Wanted
from refusion.workflow.ports.institution import Actor
from tests.story.diary import Diary
from tests.story.payroll import hired, paid, paid_through, sick

ADMIN = Actor("administrator", frozenset({"institution_admin"}))
WEEK_OF_2025 = 486_500 + 8_800
"""The weekly maximum of 2025 with the supplement of 1.8 % to whole kroner."""


def switched_on(diary: Diary, stage: Stage = Stage.LIVE) -> Diary:
    diary.on("2025-02-03").house().set_stage(ADMIN, diary.code, Wanted(Group.PARENTAL, stage, date(2025, 2, 3)))
    return diary


def on_leave(since: str, until: str | None = None, absence: str = "A1") -> object:
    return sick(since=since, until=until, absence=absence, code="400")


def answered(diary: Diary, parent: str, born: str, weeks: str = "0", since: str = "2025-01-01") -> Diary:
    for question, value in ((Question.PARENT, parent), (Question.CHILD_BORN, born), (Question.WEEKS_TRANSFERRED, weeks)):
        diary.caseworker_enters(question, value, since)
    return diary


def test_a_mother_s_leave_from_payroll_to_bank(diary: Diary) -> None:
    switched_on(diary).payroll_says(hired(), paid_through("1", "2024-10", "2025-06"), on_leave("2025-02-03"))
    diary.the_house_works()
    diary.the_case_is("watching").the_authority_holds()
    assert diary.case().kind is Kind.PARENTAL
    asked = {task.question for task in diary.tasks(TaskKind.ANSWER_MISSING)}
    assert asked == {"parent", "child_born", "weeks_transferred"}

    # Six weeks before the birth the state pays wage; the right to benefit begins four weeks before it.
    answered(diary, "mother", "2025-03-17").the_house_works()
    assert diary.case().refund_from == date(2025, 2, 17)
    assert diary.tasks() == ()
    diary.until("2025-02-16").the_authority_holds()
    diary.until("2025-02-17").the_case_is("running").the_authority_holds("Opret BarselAnmeldelse")
    diary.until("2025-03-01").the_claims_are("accepted", "drafted")
    diary.the_periods_are("2025-02-17..2025-02-28", "2025-03-01..2025-03-31")
    # Two whole weeks at the maximum: 4,865 kr a week and 88 kr supplement.
    assert diary.claims()[0].expected.total == 2 * WEEK_OF_2025

    diary.until("2025-05-01").on("2025-05-26").payroll_says(on_leave("2025-02-03", "2025-05-25"))
    diary.the_house_works()
    diary.the_case_is("ended").the_periods_are(
        "2025-02-17..2025-02-28", "2025-03-01..2025-03-31", "2025-04-01..2025-04-30", "2025-05-01..2025-05-25"
    )
    diary.the_authority_holds("Opret BarselAnmeldelse", *["Opret BarselAnmodning"] * 4, "Opret BarselRaskmelding")
    # Easter is leave like any other week: fourteen weeks in all.
    whole = sum(claim.expected.total for claim in diary.claims())
    assert abs(whole - 14 * WEEK_OF_2025) <= 4 * 100
    diary.until("2025-07-20").the_case_is("settled").the_claims_are(*["settled"] * 4).the_books_balance()
    assert all(claim.received == claim.expected.total for claim in diary.claims())
    assert diary.balance("bank") == whole
    assert diary.tasks() == ()


def test_a_father_s_two_weeks_are_refunded_from_the_first_day(diary: Diary) -> None:
    switched_on(diary)
    diary.payroll_says(hired(), paid_through("1", "2024-10", "2025-06"), on_leave("2025-03-03", "2025-03-16"))
    answered(diary, "father", "2025-03-01")
    diary.until("2025-03-18").the_case_is("ended").the_periods_are("2025-03-03..2025-03-16")
    assert diary.claims()[0].expected.total == 2 * WEEK_OF_2025
    diary.until("2025-05-20").the_case_is("settled").the_books_balance()


def test_weeks_given_away_end_the_refund(diary: Diary) -> None:
    switched_on(diary)
    diary.payroll_says(hired(), paid_through("1", "2024-10", "2025-12"), on_leave("2025-03-03", "2025-09-28"))
    # Of 24 weeks after the birth 13 can be given away: 8 of the first ten and 5 of the parental weeks.
    answered(diary, "mother", "2025-03-03", "-20")
    diary.until("2025-10-01")
    assert diary.claims()[-1].period.last == date(2025, 5, 16)
    diary.until("2025-12-20").the_case_is("settled").the_books_balance()


def test_a_later_leave_for_the_same_child_goes_on_where_the_weeks_stopped(diary: Diary) -> None:
    switched_on(diary)
    diary.payroll_says(hired(), paid_through("1", "2024-10", "2026-03"), on_leave("2025-03-03", "2025-03-16"))
    answered(diary, "father", "2025-03-03")
    diary.until("2025-03-18").payroll_says(on_leave("2025-06-02", "2025-12-31", "A2"))
    diary.until("2026-01-02")
    # 24 weeks less the two that were used: 22 weeks from 2 June.
    assert diary.claims(absence="A2")[-1].period.last == date(2025, 10, 31)


def test_wage_that_stops_ends_the_claims(diary: Diary) -> None:
    switched_on(diary).payroll_says(hired(), paid_through("1", "2024-10", "2025-04"), on_leave("2025-03-03", "2025-08-31"))
    diary.payroll_says(*[paid("1", f"2025-0{month}", 0, 0) for month in (5, 6, 7, 8)])
    answered(diary, "mother", "2025-03-03")
    diary.until("2025-09-02")
    diary.the_periods_are("2025-03-03..2025-03-31", "2025-04-01..2025-04-30")
    diary.the_claims_are("settled", "settled").the_books_balance()


def test_facts_that_come_too_late_lose_the_leave_and_say_so(diary: Diary) -> None:
    switched_on(diary)
    diary.payroll_says(hired(), paid_through("1", "2024-10", "2025-08"), on_leave("2025-03-03", "2025-03-16"))
    diary.until("2025-05-09").the_case_is("ended").the_authority_holds("Opret BarselAnmeldelse")
    diary.the_claims_are("drafted")
    assert {task.legal_day for task in diary.tasks(TaskKind.ANSWER_MISSING)} == {date(2025, 5, 11)}
    diary.until("2025-05-13")
    answered(diary, "father", "2025-03-01").the_house_works()
    diary.the_claims_are("accepted")
    assert diary.claims()[0].expected.total == 0
    assert diary.rows("SELECT amount, cause FROM loss") == [(2 * WEEK_OF_2025, "late_request")]


def test_leave_that_turns_out_to_be_sickness_is_taken_back_and_notified_as_that(diary: Diary) -> None:
    switched_on(diary)
    diary.payroll_says(hired(), paid_through("1", "2024-10", "2025-08"), on_leave("2025-03-03"))
    answered(diary, "father", "2025-03-01")
    diary.until("2025-03-04").the_case_is("running")
    diary.on("2025-03-05").payroll_says(sick(since="2025-03-03"))
    diary.the_house_works()
    diary.until("2025-03-07").the_case_is("watching")
    assert diary.case().kind is Kind.ORDINARY
    diary.the_authority_holds("Opret BarselAnmeldelse", "Annuller BarselAnmeldelse")


def test_a_pilot_of_leave_beside_live_sickness(diary: Diary) -> None:
    switched_on(diary, Stage.PILOT)
    diary.payroll_says(hired(), paid_through("1", "2024-10", "2025-08"), on_leave("2025-03-03", "2025-03-16"))
    answered(diary, "father", "2025-03-01")
    diary.until("2025-05-09").the_case_is("watching").the_claims_are("drafted").the_authority_holds()
    assert diary.claims()[0].expected.total == 2 * WEEK_OF_2025


@pytest.mark.parametrize(("hours", "weeks"), [("0", 2), ("1850", 1), ("3700", 0)])
def test_partial_leave_is_refunded_by_the_hours_of_absence(diary: Diary, hours: str, weeks: int) -> None:
    switched_on(diary)
    leave = sick(since="2025-03-03", until="2025-03-16", partial_from="2025-03-03", code="400")
    diary.payroll_says(hired(), paid_through("1", "2024-10", "2025-08"), leave)
    answered(diary, "father", "2025-03-01")
    diary.until("2025-03-18")
    diary.caseworker_answers(hours, kind=Question.HOURS_WORKED).the_house_works()
    total = diary.claims()[0].expected.total
    assert abs(total - weeks * WEEK_OF_2025) <= 100
    diary.until("2025-05-20").the_case_is("settled").the_books_balance()

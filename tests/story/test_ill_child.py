"""Looking after a seriously ill child, from payroll to the bank: what is asked, who has the right, what is paid."""

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
from tests.story.payroll import hired, paid_through, sick

ADMIN = Actor("administrator", frozenset({"institution_admin"}))
CODE = "235"
WEEK_OF_2025 = 486_500 + 8_800


def switched_on(diary: Diary) -> Diary:
    wanted = Wanted(Group.ILL_CHILD, Stage.LIVE, date(2025, 2, 3), (CODE,))
    diary.on("2025-02-03").house().set_stage(ADMIN, diary.code, wanted)
    return diary


def looking_after(diary: Diary, since: str, until: str | None = None) -> Diary:
    diary.payroll_says(hired(), paid_through("1", "2024-10", "2025-08"), sick(since=since, until=until, code=CODE))
    return diary


def answered(diary: Diary, born: str = "2018-05-05", stay: str = "12", alone: str = "no") -> Diary:
    for question, value in ((Question.CHILD_BORN, born), (Question.HOSPITAL_DAYS, stay), (Question.SOLE_PROVIDER, alone)):
        diary.caseworker_enters(question, value, "2025-01-01")
    return diary


def test_from_payroll_to_bank_refunded_from_the_first_day(diary: Diary) -> None:
    looking_after(switched_on(diary), "2025-03-03").the_house_works()
    diary.the_case_is("watching").the_authority_holds()
    assert diary.case().kind is Kind.ILL_CHILD
    assert {task.question for task in diary.tasks(TaskKind.ANSWER_MISSING)} == {"child_born", "hospital_days", "sole_provider"}
    answered(diary).the_house_works()
    assert diary.tasks() == ()
    diary.until("2025-03-04").the_case_is("running").the_authority_holds("Opret SygtBarnAnmeldelse")
    diary.on("2025-03-17").payroll_says(sick(since="2025-03-03", until="2025-03-16", code=CODE))
    diary.the_house_works()
    # There is no report of return for this kind: the notification itself is put right.
    diary.the_case_is("ended").the_periods_are("2025-03-03..2025-03-16")
    diary.the_authority_holds("Opret SygtBarnAnmeldelse", "Ret SygtBarnAnmeldelse", "Opret SygtBarnAnmodning")
    assert diary.claims()[0].expected.total == 2 * WEEK_OF_2025
    diary.until("2025-05-20").the_case_is("settled").the_claims_are("settled").the_books_balance()
    assert diary.claims()[0].received == diary.balance("bank") == 2 * WEEK_OF_2025
    assert diary.tasks() == ()
    assert diary.value("SELECT payer FROM bank_line").startswith("Udbetaling Danmark")


@pytest.mark.parametrize(
    ("born", "stay", "alone", "has_right"),
    [
        ("2018-05-05", "12", "no", True),
        ("2018-05-05", "11", "no", False),
        ("2018-05-05", "1", "yes", True),
        ("2018-05-05", "0", "yes", False),
        ("2007-03-04", "12", "no", True),
        ("2007-03-03", "12", "no", False),
    ],
)
def test_who_has_the_right(diary: Diary, born: str, stay: str, alone: str, has_right: bool) -> None:
    looking_after(switched_on(diary), "2025-03-03", "2025-03-16")
    answered(diary, born, stay, alone)
    diary.until("2025-03-18")
    if has_right:
        diary.the_case_is("ended").the_claims_are("accepted")
    else:
        diary.the_case_is("closed_without_claim").the_claims_are().the_authority_holds()
        assert diary.tasks() == ()


def test_a_stay_that_turns_out_shorter_takes_the_claim_back(diary: Diary) -> None:
    looking_after(switched_on(diary), "2025-03-03", "2025-03-16")
    answered(diary).until("2025-03-18").the_claims_are("accepted")
    diary.until("2025-03-20").caseworker_enters(Question.HOSPITAL_DAYS, "5", "2025-01-01")
    diary.the_house_works()
    diary.until("2025-03-22").the_case_is("closed_without_claim").the_claims_are()
    diary.until("2025-06-20").the_books_balance()
    assert diary.balance("receivable") == 0


def test_without_codes_nothing_of_payroll_s_opens_a_case(diary: Diary) -> None:
    looking_after(diary.on("2025-02-03"), "2025-03-03", "2025-03-16")
    diary.until("2025-03-18")
    assert diary.case_or_none() is None

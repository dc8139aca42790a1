"""What only people know: it is asked with its kroner and its days, and waiting for them never costs what was certain."""

from __future__ import annotations

from datetime import date

import pytest

from refusion.absences.facts import Question
from refusion.claims.facts import LossCause
from refusion.values.said import Refused
from refusion.watch.facts import Kind
from tests.story.diary import Diary
from tests.story.payroll import hired, paid_through, sick


def test_weekly_hours_are_asked_for_with_kroner_and_both_days_and_then_it_is_filed(diary: Diary) -> None:
    diary.on("2025-03-03").payroll_says(hired(weekly_hours=None), paid_through("1", "2024-12", "2025-04"), sick())
    diary.the_house_works()
    (task,) = diary.tasks()
    assert (task.kind, task.question) == (Kind.ANSWER_MISSING, Question.WEEKLY_HOURS.value)
    assert (task.safe_day, task.legal_day) == (date(2025, 4, 5), date(2025, 4, 7))
    assert task.at_stake > 0

    diary.until("2025-03-31").the_case_is("watching").the_authority_holds()
    diary.caseworker_answers("3700")
    assert diary.tasks() == ()
    diary.the_house_works()
    diary.the_case_is("running").the_authority_holds("Opret DP201")
    assert diary.accepted()[0]["fields"]["UgentligArbejdstid"] == "37.00"


def test_nobody_answers_and_the_last_safe_day_files_a_minimum_report(diary: Diary) -> None:
    diary.on("2025-03-03").payroll_says(hired(weekly_hours=None), paid_through("1", "2024-12", "2025-04"), sick(until="2025-04-20"))
    diary.the_house_works()
    diary.until("2025-04-04").the_case_is("watching").the_authority_holds()
    diary.until("2025-04-05").the_case_is("ended").the_authority_holds("Opret DP201").the_claims_are("drafted")
    assert diary.accepted()[0]["fields"].get("UgentligArbejdstid") is None

    diary.until("2025-05-01").the_claims_are("drafted")
    assert [task.question for task in diary.tasks(Kind.ANSWER_MISSING)] == [Question.WEEKLY_HOURS.value]
    diary.caseworker_answers("3700").the_house_works()
    diary.the_claims_are("accepted").until("2025-06-10").the_case_is("settled").the_books_balance()
    assert diary.value("SELECT count(*) FROM loss") == 0


def test_an_absence_learned_on_day_40_loses_the_days_before_its_notification(diary: Diary) -> None:
    diary.on("2025-04-11").payroll_says(hired(), paid_through("1", "2024-12", "2025-04"), sick(since="2025-03-03"))
    diary.the_house_works()
    diary.the_case_is("running").the_authority_holds("Opret DP201").the_periods_are("2025-04-11..2025-04-30")
    cause, first, last, amount, known = diary.rows("SELECT cause, first_day, last_day, amount, known_on FROM loss")[0]
    assert (cause, first, last, known) == (LossCause.LATE_NOTIFICATION.value, date(2025, 4, 2), date(2025, 4, 10), date(2025, 4, 11))
    assert amount > 0
    assert [task.at_stake for task in diary.tasks(Kind.REFUND_LOST)] == [amount]

    diary.on("2025-05-05").payroll_says(sick(since="2025-03-03", until="2025-04-30"))
    diary.the_house_works()
    diary.until("2025-06-10").the_claims_are("settled").the_books_balance()
    assert diary.claims()[0].received == diary.claims()[0].expected.total > 0


def test_an_absence_that_was_over_before_anybody_told_is_lost_and_closed(diary: Diary) -> None:
    diary.on("2025-05-12").payroll_says(hired(), paid_through("1", "2024-12", "2025-05"), sick(until="2025-04-20"))
    diary.the_house_works()
    diary.the_authority_holds("Opret DP201").the_claims_are().the_case_is("settled")
    assert diary.value("SELECT sum(amount) FROM loss") > 0


def test_a_partial_return_asks_for_the_hours_of_each_week_and_files_when_they_are_there(diary: Diary) -> None:
    diary.on("2025-03-03").payroll_says(hired(), paid_through("1", "2024-12", "2025-04"), sick())
    diary.until("2025-04-07").payroll_says(sick(partial_from="2025-04-14"))
    diary.the_house_works()
    diary.until("2025-05-01").the_claims_are("drafted", "drafted")
    asked = {task.about: task.turn.value for task in diary.tasks(Kind.ANSWER_MISSING)}
    assert asked == {"2025-04-14": "leader", "2025-04-21": "leader"}

    diary.caseworker_answers("1800", about="2025-04-14").caseworker_answers("3500", about="2025-04-21")
    diary.until("2025-05-05").caseworker_answers("2000", about="2025-04-28").the_house_works()
    diary.the_claims_are("accepted", "drafted")
    hours = {answer.field: answer.value for answer in diary.claims()[0].answers}["absent_hours_by_week"]
    assert hours == {"2025-03-31": 3700, "2025-04-07": 3700, "2025-04-14": 1900, "2025-04-21": 200, "2025-04-28": 1700}
    diary.until("2025-06-04").the_books_balance()
    claim = diary.claims()[0]
    assert claim.state.value == "settled"
    assert claim.received == claim.expected.total


def test_a_week_with_less_than_four_hours_of_absence_gives_nothing(diary: Diary) -> None:
    diary.on("2025-03-03").payroll_says(hired(), paid_through("1", "2024-12", "2025-04"), sick(until="2025-04-27", partial_from="2025-04-21"))
    diary.until("2025-04-28").caseworker_answers("3400").the_house_works()
    of_three_hours = diary.claims()[0].expected.total
    diary.caseworker_answers("3400")
    diary.caseworker_enters(Question.HOURS_WORKED, "3300", "2025-04-21", "2025-04-27").the_house_works()
    of_four_hours = diary.claims()[0].expected.total
    assert of_four_hours > of_three_hours > 0


@pytest.mark.parametrize("value", ["", "37.00", "-1", "99999", "many"])
def test_an_answer_that_cannot_be_is_refused_and_the_question_stays(diary: Diary, value: str) -> None:
    diary.on("2025-03-03").payroll_says(hired(weekly_hours=None), paid_through("1", "2024-12", "2025-04"), sick())
    diary.the_house_works()
    with pytest.raises(Refused):
        diary.caseworker_answers(value)
    assert len(diary.tasks()) == 1

"""What a person types about a leave: the parent, a count, a day."""

from __future__ import annotations

import pytest

from refusion.absences.facts import Question
from refusion.doors.web.entries import form_of, read_entry
from refusion.values.said import BadInput
from refusion.workflow.cases.answer import CAN_BE

TYPED = {"document": "e-mail", "valid_from": "2025-03-03"}


@pytest.mark.parametrize(
    ("question", "form", "given", "value"),
    [
        (Question.PARENT, "parent", "mother", "mother"),
        (Question.PARENT, "parent", "father", "father"),
        (Question.CHILD_BORN, "day", "2025-03-03", "2025-03-03"),
        (Question.WEEKS_TRANSFERRED, "count", " -5 ", "-5"),
        (Question.WEEKS_TRANSFERRED, "count", "\N{MINUS SIGN}13", "-13"),
        (Question.WEEKS_TRANSFERRED, "count", "007", "7"),
        (Question.HOSPITAL_DAYS, "count", "12", "12"),
        (Question.SOLE_PROVIDER, "choice", "yes", "yes"),
        (Question.FILED_ELSEWHERE, "choice", "no", "no"),
        (Question.FLEKSJOB_SHARE, "words", "two_thirds", "two_thirds"),
        (Question.SUBSIDY_SECTOR, "words", "pensioner_low", "pensioner_low"),
        (Question.CLARIFICATION_GROUP, "words", "young_at_home", "young_at_home"),
        (Question.PAY_GRADE, "count", "36", "36"),
        (Question.EXCLUDED_PAY, "kroner", "1234,50", "123450"),
        (Question.EXCLUDED_PAY, "kroner", "0", "0"),
    ],
)
def test_what_can_be_typed_can_be_kept(question: Question, form: str, given: str, value: str) -> None:
    assert form_of(question.value) == form
    entry = read_entry(question.value, {**TYPED, "value": given})
    assert entry.value == value
    assert CAN_BE[question](entry.value)


@pytest.mark.parametrize(
    ("question", "given"),
    [(Question.PARENT, "yes"), (Question.SOLE_PROVIDER, "mother"), (Question.WEEKS_TRANSFERRED, "1,5"), (Question.HOSPITAL_DAYS, ""), (Question.CHILD_BORN, "3. marts"),
     (Question.FLEKSJOB_SHARE, "yes"), (Question.EXCLUDED_PAY, "-5"), (Question.EXCLUDED_PAY, "1.000,00")],
)
def test_what_cannot_be_right_stays_in_its_field(question: Question, given: str) -> None:
    with pytest.raises(BadInput) as bad:
        read_entry(question.value, {**TYPED, "value": given})
    assert [problem.column for problem in bad.value.problems] == ["value"]


@pytest.mark.parametrize(("question", "value"), [(Question.HOSPITAL_DAYS, "-1"), (Question.WEEKS_TRANSFERRED, "100"), (Question.PARENT, "aunt"),
                                                   (Question.PAY_GRADE, "0"), (Question.PAY_GRADE, "100"), (Question.EXCLUDED_PAY, "-1")])
def test_what_no_door_should_let_through_is_refused_inside(question: Question, value: str) -> None:
    assert not CAN_BE[question](value)

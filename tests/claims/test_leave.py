"""What follows from the facts of a leave: first and last day, the deadline, the answers that lack."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refusion.absences.facts import Absence, Employment, Entered, JobKind, Learned, Pay, Question
from refusion.cases.facts import Kind
from refusion.claims.answers import Known, claim_answers, leave_answers
from refusion.claims.leave.right import first_refundable, gives_nothing, last_refundable, request_by, used_in, wage_stopped
from refusion.values.period import Period

LEARNED = Learned(1, UUID(int=9), datetime(2025, 1, 1, tzinfo=UTC))
JOB = Employment(UUID(int=2), "1", UUID(int=3), date(2015, 1, 1), None, 3700, JobKind.ORDINARY, "", LEARNED)
FIRST = date(2025, 3, 3)
BORN = "2025-03-03"


def known(last: date | None = None, first: date = FIRST, used: int = 0, pay: dict[str, int] | None = None, **facts: str) -> Known:
    absence = Absence(UUID(int=1), JOB.id, "A1", first, last, "400", None, False, LEARNED)
    said = [Entered(UUID(int=4), JOB.id, Question(asked), value, first, None, "note", "kim", LEARNED.recorded_at) for asked, value in facts.items()]
    months = [Pay(JOB.id, date.fromisoformat(f"{month}-01"), wage, 16000, wage, LEARNED) for month, wage in (pay or {}).items()]
    return Known(JOB, absence, months, said, used)


@pytest.mark.parametrize(
    ("facts", "first"),
    [
        ({}, FIRST),
        ({"parent": "mother"}, FIRST),
        ({"parent": "mother", "child_born": "2025-04-14"}, date(2025, 3, 17)),
        ({"parent": "mother", "child_born": "2025-03-31"}, FIRST),
        ({"parent": "father", "child_born": "2025-04-14"}, FIRST),
    ],
)
def test_a_mother_s_refund_begins_four_weeks_before_the_birth(facts: dict[str, str], first: date) -> None:
    assert first_refundable(Kind.PARENTAL, known(**facts)) == first


@pytest.mark.parametrize(
    ("parent", "born", "weeks", "used", "last"),
    [
        ("mother", BORN, "0", 0, date(2025, 8, 15)),
        ("father", BORN, "0", 0, date(2025, 8, 15)),
        ("mother", BORN, "5", 0, date(2025, 9, 19)),
        ("mother", BORN, "-13", 0, date(2025, 5, 16)),
        ("mother", BORN, "-14", 0, date(2025, 5, 16)),
        ("father", BORN, "-13", 0, date(2025, 5, 16)),
        ("father", BORN, "0", 10, date(2025, 8, 1)),
        ("father", BORN, "0", 120, date(2025, 3, 2)),
        # A child born before 2 August 2022: the mother's 14 weeks and the 32 that both share.
        ("mother", "2022-08-01", "0", 0, date(2026, 1, 16)),
        ("mother", "2022-08-01", "-32", 0, date(2025, 6, 6)),
    ],
)
def test_the_weeks_of_a_parent_end_the_refund(parent: str, born: str, weeks: str, used: int, last: date) -> None:
    assert last_refundable(Kind.PARENTAL, known(used=used, parent=parent, child_born=born, weeks_transferred=weeks)) == last


def test_nobody_knows_the_last_day_while_facts_lack() -> None:
    assert last_refundable(Kind.PARENTAL, known(parent="mother", child_born=BORN)) is None
    assert last_refundable(Kind.PARENTAL, known(date(2025, 4, 1))) == date(2025, 4, 1)


@given(st.integers(1, 240), st.integers(0, 6))
def test_weeks_used_up_are_as_many_weekdays_as_there_were(used: int, begins: int) -> None:
    leave = known(first=FIRST + timedelta(days=begins), used=240 - used, parent="mother", child_born=BORN, weeks_transferred="24")
    last = last_refundable(Kind.PARENTAL, leave)
    assert last is not None
    assert sum(day.weekday() < 5 for day in Period(leave.absence.first_day, last)) == used
    assert last.weekday() < 5


@pytest.mark.parametrize(
    ("stay", "alone", "born", "nothing"),
    [("12", "no", BORN, False), ("11", "no", BORN, True), ("1", "yes", BORN, False), ("12", "no", "2007-03-03", True)],
)
def test_what_gives_no_right(stay: str, alone: str, born: str, nothing: bool) -> None:
    facts = {"hospital_days": stay, "sole_provider": alone, "child_born": born}
    assert gives_nothing(Kind.ILL_CHILD, known(**facts)) is nothing
    assert not gives_nothing(Kind.ILL_CHILD, known(child_born=BORN))


def test_a_year_of_care_is_the_most() -> None:
    assert last_refundable(Kind.ILL_CHILD, known()) == FIRST + timedelta(days=363)
    assert last_refundable(Kind.ILL_CHILD, known(used=360)) == FIRST + timedelta(days=3)
    assert gives_nothing(Kind.ILL_CHILD, known(used=364))


def test_a_leave_that_ended_before_the_right_began_gives_nothing() -> None:
    leave = known(date(2025, 3, 9), parent="mother", child_born="2025-04-14")
    assert gives_nothing(Kind.PARENTAL, leave)


def test_the_deadline_is_eight_weeks_after_leave_or_wage_ended() -> None:
    whole = Period(FIRST, date(2025, 3, 31))
    assert request_by(known(date(2025, 6, 1)), whole) == date(2025, 7, 27)
    assert request_by(known(), whole) == date(2025, 5, 26)
    paid = {"2025-03": 100, "2025-04": 100, "2025-05": 0, "2025-06": 0}
    assert wage_stopped(known(date(2025, 6, 1), pay=paid)) == date(2025, 4, 30)
    assert request_by(known(date(2025, 6, 1), pay=paid), whole) == date(2025, 6, 25)


def test_a_month_without_wage_between_paid_ones_stops_nothing() -> None:
    assert wage_stopped(known(pay={"2025-03": 100, "2025-04": 0, "2025-05": 100})) is None
    assert wage_stopped(known(pay={"2025-02": 100})) is None


def test_what_was_used_is_counted_as_the_right_counts_it() -> None:
    spells = [Period(date(2025, 2, 3), date(2025, 3, 16)), Period(date(2024, 1, 1), date(2024, 1, 31))]
    assert used_in(Kind.PARENTAL, known(child_born=BORN), spells) == 10
    assert used_in(Kind.ILL_CHILD, known(), spells) == 42 + 31
    # 18 calendar months back from March 2025 is October 2023.
    assert used_in(Kind.ILL_CHILD, known(), [Period(date(2023, 9, 1), date(2023, 10, 10))]) == 10


def test_facts_that_lack_are_missing_answers_of_notification_and_claim() -> None:
    april = Period(date(2025, 4, 1), date(2025, 4, 30))
    lacking = {answer.field for answer in leave_answers(Kind.PARENTAL, known()) if answer.missing}
    assert lacking == {"parent", "child_born", "weeks_transferred"}
    given_all = known(parent="mother", child_born=BORN, weeks_transferred="-3")
    answers = {answer.field: answer.value for answer in claim_answers(1, april, given_all, Kind.PARENTAL)}
    assert (answers["parent"], answers["child_born"], answers["weeks_transferred"]) == ("mother", BORN, -3)
    assert "parent" not in {answer.field for answer in claim_answers(1, april, given_all)}

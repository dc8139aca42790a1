"""Payroll files: the same twice is once, a wrong row changes nothing, and nobody reads another's file."""

from __future__ import annotations

import pytest

from refusion.adapters.sls.twin import as_csv
from refusion.values.said import BadInput
from tests.story.diary import Diary, at
from tests.story.payroll import hired, paid_through, sick
from tests.workflow.dump import dumped


def test_the_same_file_twice_is_once(diary: Diary) -> None:
    diary.on("2025-03-03").payroll_says(hired())
    raw = as_csv("FJORDBY", [sick()])
    first = diary.payroll_sends("payroll-absences", raw)
    before = dumped(diary)
    again = diary.payroll_sends("payroll-absences", raw)
    assert (first.counts.new, first.again) == (1, False)
    assert (again.counts.new, again.again, again.file.id) == (0, True, first.file.id)
    assert dumped(diary) == before


def test_the_same_rows_in_another_file_change_nothing_but_that_it_came(diary: Diary) -> None:
    diary.on("2025-03-03").payroll_says(hired(), sick())
    before = dumped(diary, but=("raw_file", "marker"))
    (again,) = diary.payroll_says(sick())
    assert (again.counts.new, again.counts.changed, again.counts.same) == (0, 0, 1)
    assert dumped(diary, but=("raw_file", "marker")) == before


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_file_with_one_wrong_row_changes_nothing_and_is_kept_as_refused(diary: Diary, place: int) -> None:
    diary.on("2025-03-03").payroll_says(hired("1"), hired("2"), hired("3"))
    before = dumped(diary, but=("raw_file", "file_problem"))
    lines = as_csv("FJORDBY", [sick("1"), sick("2"), sick("3")]).split(b"\r\n")
    lines[place + 1] = lines[place + 1].replace(b"2025-03-03", b"2025-03-33")
    with pytest.raises(BadInput) as refused:
        diary.payroll_sends("payroll-absences", b"\r\n".join(lines))
    (problem,) = refused.value.problems
    assert (problem.file, problem.row, problem.column, problem.value) == ("payroll-absences.csv", place + 2, "first_day", "2025-03-33")
    assert dumped(diary, but=("raw_file", "file_problem")) == before
    assert diary.value("SELECT state FROM raw_file WHERE kind = 'payroll-absences'") == "refused"


def test_an_absence_of_somebody_unknown_refuses_the_whole_file(diary: Diary) -> None:
    diary.on("2025-03-03").payroll_says(hired("1"))
    with pytest.raises(BadInput) as refused:
        diary.payroll_says([sick("1"), sick("2")])
    assert [(problem.column, problem.value) for problem in refused.value.problems] == [("employment_number", "2")]
    assert diary.value("SELECT count(*) FROM absence") == 0


def test_a_refused_file_is_taken_once_what_it_needed_is_there(diary: Diary) -> None:
    diary.on("2025-03-03")
    raw = as_csv("FJORDBY", [sick("1")])
    with pytest.raises(BadInput):
        diary.payroll_sends("payroll-absences", raw)
    diary.payroll_says(hired("1"))
    assert diary.payroll_sends("payroll-absences", raw).counts.new == 1


def test_a_payroll_file_of_another_institution_is_refused(diary: Diary) -> None:
    other = at(diary, "BAKKEN")
    diary.on("2025-03-03").payroll_says(hired())
    with pytest.raises(BadInput) as refused:
        other.payroll_sends("payroll-absences", as_csv("FJORDBY", [sick()]))
    assert {(problem.column, problem.value) for problem in refused.value.problems} == {("institution", "FJORDBY")}
    assert other.value("SELECT count(*) FROM absence") == 0
    assert diary.value("SELECT count(*) FROM absence") == 0


def test_a_second_run_of_the_same_day_changes_no_row(diary: Diary) -> None:
    pay = [paid_through(one, "2024-12", "2025-06", 20_000_00) for one in "1234"]
    diary.on("2025-03-03").payroll_says(hired("1"), hired("2", weekly_hours=None), hired("3"), hired("4"), *pay, *(sick(one) for one in "123"))
    diary.payroll_says(sick("4", since="2025-03-03", partial_from="2025-04-07"))
    for day in ("2025-03-30", "2025-04-05", "2025-05-01", "2025-05-12", "2025-05-23", "2025-06-06", "2025-06-20", "2025-07-21"):
        diary.until(day)
        if day == "2025-05-12":
            diary.payroll_says(sick("1", until="2025-05-11"), sick("3", until="2025-04-15"))
            diary.the_house_works()
        before = dumped(diary)
        diary.the_house_works()
        assert dumped(diary) == before, day

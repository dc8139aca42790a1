"""A day done twice changes no row the second time, whether the same files come or the same rows in other files."""

from __future__ import annotations

from tests.bench.second_run import delivered, large_house, reordered, rows_as_they_are, timed

EMPLOYMENTS, ABSENCES = 500, 280
KEPT_OF_A_FILE = {"raw_file", "audit_entry", "marker"}


def test_the_second_run_of_a_day_changes_no_row(house_server: None) -> None:
    files = delivered(EMPLOYMENTS, ABSENCES)
    with large_house() as house:
        timed(house, files)
        before = rows_as_they_are()
        assert before["refund_case"] != before["loss"]  # there is something to change: not every table is empty
        timed(house, files)
        assert rows_as_they_are() == before
        timed(house, [(kind, f"again-{name}", reordered(raw)) for kind, name, raw in files])
        after = rows_as_they_are()
        assert {table for table in before if after[table] != before[table]} == KEPT_OF_A_FILE  # nothing of payroll, no case, no task

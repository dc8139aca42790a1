"""A run with anything wrong in it is refused with row and reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from refusion.salary_guard.intake import Announced, need_sound, problems_of_payments
from refusion.values.said import BadInput
from tests.salary_guard.runs import BASE, TAX, contracts, lines, pay_run, payments, whole

SOUND = payments((1, 100_00), (2, 200_00))
LINES = lines((0, BASE, 0, 150_00), (0, TAX, 0, -50_00), (1, BASE, 0, 200_00))


def told(paid, announced=Announced()):  # noqa: B008 (frozen)
    return [(problem.what.key, problem.row) for problem in problems_of_payments(paid, announced, "run.csv")]


def test_a_sound_run_passes():
    need_sound(pay_run(SOUND, LINES, contracts()), Announced(2, 300_00))


@pytest.mark.parametrize(
    ("paid", "announced", "problem"),
    [
        (SOUND, Announced(total=300_01), ("guard.total_differs", None)),
        (SOUND, Announced(count=3), ("guard.count_differs", None)),
        (payments((1, 1), (2, 1), (3, 1), numbers=("a", "b", "a")), Announced(), ("guard.repeated_id", 4)),
        (payments((1, 1), (0, 1)), Announced(), ("guard.person_missing", 3)),
        (replace(SOUND, account=whole(10, 0)), Announced(), ("guard.account_unknown", 3)),
        (payments((1, 1), (2, 0)), Announced(), ("guard.nothing_to_pay", 3)),
        (payments((1, 1), (2, -5)), Announced(), ("guard.nothing_to_pay", 3)),
        (payments((1, 1), (2, 1), numbers=("", "b")), Announced(), ("guard.id_missing", 2)),
    ],
)
def test_what_is_wrong_is_told_with_its_row(paid, announced, problem):
    assert problem in told(paid, announced)


def test_lines_that_do_not_sum_and_lines_of_no_payment():
    differing = lines((0, BASE, 0, 100_00), (1, BASE, 0, 199_00))
    with pytest.raises(BadInput) as refused:
        need_sound(pay_run(SOUND, differing, contracts()), Announced())
    assert [(problem.what.key, problem.row) for problem in refused.value.problems] == [("guard.lines_differ", 3)]
    for astray in (lines((2, BASE, 0, 1)), lines((0, 100_000, 0, 1)), lines((-1, BASE, 0, 1))):
        with pytest.raises(BadInput) as refused:
            need_sound(pay_run(SOUND, astray, contracts()), Announced())
        assert refused.value.problems[0].what.key == "guard.line_astray"


def test_everything_wrong_is_told_at_once_but_no_more_than_a_hundred_of_a_kind():
    paid = payments(*[(0, 0)] * 150)
    found = told(paid, Announced(1, 1))
    assert {key for key, _ in found} == {"guard.person_missing", "guard.nothing_to_pay", "guard.count_differs", "guard.total_differs", "guard.account_unknown"}
    assert sum(key == "guard.person_missing" for key, _ in found) == 100


def test_columns_of_different_length_are_refused():
    with pytest.raises(ValueError, match="different length"):
        told(replace(SOUND, net=whole(1)))

"""Which absences open a case, and on which day the house notifies by itself."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from refusion.absences.columns import TouchedColumns
from refusion.cases.facts import Case, Kind
from refusion.cases.opening import cases_of, file_on, openings
from refusion.cases.stages import Stages

HOUSE = UUID(int=7)
LONG_AGO = date(2015, 1, 1)
FIRST = date(2024, 9, 2)
RULES = (28, 2)
AS_BEGUN = Stages()


def touched(**row: object) -> TouchedColumns:
    given = {
        "absence": UUID(int=1), "version": 1, "employment": UUID(int=2), "person": UUID(int=3),
        "first_day": FIRST, "last_day": None, "code": "100", "withdrawn": False, "employed_since": LONG_AGO,
        "job_kind": "ordinary", "agreement_56": False, "fleksjob_decision": False, "pregnancy_cause": False, "recorded_day": FIRST, "has_case": False,
    } | row
    def ordinal(day: object) -> int:
        return day.toordinal() if isinstance(day, date) else 0
    return TouchedColumns(
        absence=np.array([given["absence"]], dtype=object),
        version=np.array([given["version"]]),
        employment=np.array([given["employment"]], dtype=object),
        person=np.array([given["person"]], dtype=object),
        first_day=np.array([ordinal(given["first_day"])]),
        last_day=np.array([ordinal(given["last_day"])]),
        code=np.array([given["code"]], dtype=object),
        withdrawn=np.array([given["withdrawn"]]),
        employed_since=np.array([ordinal(given["employed_since"])]),
        job_kind=np.array([given["job_kind"]], dtype=object),
        agreement_56=np.array([given["agreement_56"]]),
        fleksjob_decision=np.array([given["fleksjob_decision"]]),
        pregnancy_cause=np.array([given["pregnancy_cause"]]),
        recorded_day=np.array([ordinal(given["recorded_day"])]),
        has_case=np.array([given["has_case"]]),
    )


def opened(day: date = FIRST, stages: Stages = AS_BEGUN, **row: object) -> Case | None:
    columns = touched(**row)
    cases = cases_of(openings(columns, day, stages), columns, HOUSE, RULES, day)
    return cases[0] if cases else None


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ({}, Kind.ORDINARY),
        ({"last_day": FIRST + timedelta(days=29)}, None),
        ({"last_day": FIRST + timedelta(days=30)}, Kind.ORDINARY),
        ({"withdrawn": True}, None),
        ({"code": "230"}, None),
        ({"has_case": True}, None),
        ({"employed_since": FIRST - timedelta(days=55)}, Kind.NEW_HIRE),
        ({"employed_since": FIRST - timedelta(days=56)}, Kind.ORDINARY),
        ({"employed_since": FIRST - timedelta(days=55), "last_day": FIRST}, Kind.NEW_HIRE),
        ({"job_kind": "fleksjob", "last_day": FIRST}, Kind.FLEKSJOB),
        ({"agreement_56": True, "last_day": FIRST}, Kind.AGREEMENT_56),
        ({"fleksjob_decision": True}, Kind.FLEKSJOB),
    ],
)
def test_a_case_opens_when_the_absence_can_give_a_refund(row: dict[str, object], kind: Kind | None) -> None:
    case = opened(**row)
    assert (case.kind if case else None) == kind


def test_the_dates_of_an_ordinary_case() -> None:
    case = opened()
    assert case is not None
    assert case.refund_from == FIRST + timedelta(days=30)
    assert case.notify_by == FIRST + timedelta(days=35)
    assert case.file_on == FIRST + timedelta(days=27)


def test_kinds_refunded_from_the_first_day_are_notified_at_once() -> None:
    case = opened(job_kind="fleksjob")
    assert case is not None
    assert (case.refund_from, case.file_on) == (FIRST, FIRST)


def test_an_absence_learned_after_the_filing_day_is_notified_the_day_it_is_learned() -> None:
    late = FIRST + timedelta(days=40)
    case = opened(day=late, recorded_day=late)
    assert case is not None
    assert (case.file_on, case.known_on) == (late, late)


@given(st.dates(date(2013, 1, 1), date(2030, 12, 31)), st.integers(23, 60), st.integers(0, 10))
def test_the_house_never_plans_later_than_the_margin_before_the_legal_day(first: date, filing_day: int, margin: int) -> None:
    legal = first + timedelta(days=35)
    assert file_on(first, legal, False, filing_day, margin) <= legal - timedelta(days=margin)

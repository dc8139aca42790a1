"""Deadlines in both layers, their safe day, and the instant at which a day is over: at both changes of the clock and at holidays."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from refusion.cases.facts import Kind
from refusion.values.period import Period
from refusion.watch.deadlines import Layer, Step, WorkingModel, follow_up_by, of_case, of_claim, over_at, safe_day, timeliness
from tests.watch.made import a_case, a_claim

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
ITSELF, ORDERS = WorkingModel.FILES_ITSELF, WorkingModel.ORDERS


@pytest.mark.parametrize(
    ("first", "last", "kind", "law", "centre"),
    [
        (date(2025, 3, 3), None, Kind.ORDINARY, date(2025, 4, 7), date(2025, 3, 31)),
        (date(2025, 3, 3), date(2025, 4, 1), Kind.AGREEMENT_56, date(2025, 6, 3), date(2025, 5, 2)),
        (date(2025, 3, 3), date(2025, 4, 2), Kind.AGREEMENT_56, date(2025, 4, 7), date(2025, 3, 31)),
        (date(2025, 3, 3), date(2025, 3, 10), Kind.NEW_HIRE, date(2025, 6, 3), date(2025, 5, 2)),
        (date(2025, 3, 3), None, Kind.FLEKSJOB, date(2025, 4, 7), date(2025, 3, 31)),
        # Five weeks end on Easter Monday, 28 days on a Sunday: a closed day moves neither.
        (date(2025, 3, 17), None, Kind.ORDINARY, date(2025, 4, 21), date(2025, 4, 14)),
        (date(2025, 11, 20), None, Kind.ORDINARY, date(2025, 12, 25), date(2025, 12, 18)),
        (date(2025, 11, 27), None, Kind.ORDINARY, date(2026, 1, 1), date(2025, 12, 25)),
    ],
)
def test_the_day_to_tell_of_an_absence_in_both_layers(first: date, last: date | None, kind: Kind, law: date, centre: date) -> None:
    found = {deadline.layer: deadline.day for deadline in of_case(a_case(first, last, kind))}
    assert found == {Layer.LAW: law, Layer.SERVICE_CENTRE: centre}


def test_a_claim_for_somebody_away_altogether_has_the_law_s_deadline_alone() -> None:
    (law,) = of_claim(a_claim(Period(date(2025, 4, 2), date(2025, 4, 30))))
    assert (law.layer, law.step, law.day) == (Layer.LAW, Step.REQUEST, date(2025, 7, 2))


@pytest.mark.parametrize("hours", [None, {"2025-04-07": 1800}])
def test_a_partial_claim_has_the_12th_of_the_month_after_too(hours: object) -> None:
    claim = a_claim(Period(date(2025, 4, 2), date(2025, 4, 30)), hours or "missing")
    law, centre = of_claim(claim)
    assert (centre.layer, centre.step, centre.day) == (Layer.SERVICE_CENTRE, Step.FOLLOW_UP, date(2025, 5, 12))
    assert safe_day((law, centre), ITSELF, 2) == date(2025, 6, 30)
    assert safe_day((law, centre), ORDERS, 2) == date(2025, 5, 12)


def test_the_twelfth_follows_a_december_into_the_new_year() -> None:
    assert [follow_up_by(day) for day in (date(2025, 12, 1), date(2025, 12, 31), date(2026, 1, 1))] == [
        date(2026, 1, 12), date(2026, 1, 12), date(2026, 2, 12)
    ]  # fmt: skip


@given(some.dates(date(2022, 1, 1), date(2029, 1, 1)), some.integers(0, 20), some.sampled_from(list(WorkingModel)))
def test_the_safe_day_keeps_every_layer_that_binds(first: date, margin: int, model: WorkingModel) -> None:
    deadlines = of_case(a_case(first))
    safe = safe_day(deadlines, model, margin)
    assert all(safe <= one.day - timedelta(days=margin) for one in deadlines if one.layer is Layer.LAW)
    assert model is ITSELF or all(safe <= one.day for one in deadlines)
    assert safe == safe_day(reversed(deadlines), model, margin)


@pytest.mark.parametrize(
    ("last_day", "over"),
    [
        (date(2025, 3, 29), datetime(2025, 3, 29, 23, tzinfo=UTC)),
        (date(2025, 3, 30), datetime(2025, 3, 30, 22, tzinfo=UTC)),
        (date(2025, 10, 25), datetime(2025, 10, 25, 22, tzinfo=UTC)),
        (date(2025, 10, 26), datetime(2025, 10, 26, 23, tzinfo=UTC)),
        (date(2025, 12, 31), datetime(2025, 12, 31, 23, tzinfo=UTC)),
        (date(2025, 4, 20), datetime(2025, 4, 20, 22, tzinfo=UTC)),
    ],
)
def test_a_day_is_over_at_the_local_midnight_after_it(last_day: date, over: datetime) -> None:
    assert over_at(last_day, COPENHAGEN).astimezone(UTC) == over
    second = timedelta(seconds=1)
    assert timeliness(over - second, last_day, COPENHAGEN).kept
    assert timeliness(over - second, last_day, COPENHAGEN).spare == second
    assert not timeliness(over, last_day, COPENHAGEN).kept
    assert timeliness(over, last_day, COPENHAGEN).spare == timedelta()


@pytest.mark.parametrize(("day", "hours"), [(date(2025, 3, 30), 23), (date(2025, 10, 26), 25), (date(2025, 6, 1), 24)])
def test_time_left_is_counted_in_real_hours(day: date, hours: int) -> None:
    morning = datetime(day.year, day.month, day.day, tzinfo=COPENHAGEN)
    assert timeliness(morning, day, COPENHAGEN).spare == timedelta(hours=hours)


def test_the_second_one_in_october_s_doubled_hour_is_in_time_too() -> None:
    doubled = datetime(2025, 10, 26, 2, 30, tzinfo=COPENHAGEN)
    earlier, later = (timeliness(doubled.replace(fold=fold), date(2025, 10, 26), COPENHAGEN) for fold in (0, 1))
    assert earlier.kept
    assert later.kept
    assert earlier.spare - later.spare == timedelta(hours=1)

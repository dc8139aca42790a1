"""What is late climbs a rung a day; what waits for somebody on holiday goes to the next one at once."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as some

from refusion.values.period import Period
from refusion.watch.climbing import Away, People, climbed, rung
from refusion.watch.facts import Turn
from tests.watch.made import a_task

SAFE = date(2025, 7, 10)
OF = {Turn.CASEWORKER: "anna", Turn.DEPUTY: "bo", Turn.LEADER: "clara"}
EVERYBODY = People(OF)


def after(days: int) -> date:
    return SAFE + timedelta(days=days)


def away(person: str, first: int, last: int) -> Away:
    return Away(person, Period(after(first), after(last)))


def stands(day: int, people: People = EVERYBODY, turn: Turn = Turn.CASEWORKER) -> tuple[str, str, int] | None:
    found = rung(a_task(SAFE, turn), after(day), people)
    return None if found is None else (found.turn.value, found.person, found.days_late)


def test_a_task_stays_where_it_is_up_to_its_safe_day() -> None:
    assert [stands(day) for day in (-30, -1, 0)] == [None, None, None]


def test_it_climbs_a_rung_each_day_past_it_and_stays_with_the_leader() -> None:
    assert [stands(day) for day in (1, 2, 3, 40)] == [
        ("deputy", "bo", 1), ("leader", "clara", 2), ("leader", "clara", 3), ("leader", "clara", 40)
    ]  # fmt: skip


def test_without_a_named_deputy_it_climbs_to_the_leader() -> None:
    assert [stands(day, People()) for day in (0, 1, 2)] == [None, ("leader", "", 1), ("leader", "", 2)]


def test_a_leader_s_task_stays_with_the_leader_and_says_how_late_it_is() -> None:
    assert [stands(day, turn=Turn.LEADER) for day in (0, 3)] == [None, ("leader", "clara", 3)]


def test_a_holiday_over_the_safe_day_hands_it_on_at_once() -> None:
    people = People(OF, (away("anna", -5, 3),))
    assert [stands(day, people) for day in (-6, -5, 0)] == [None, ("deputy", "bo", 0), ("deputy", "bo", 0)]


def test_a_holiday_that_ends_before_the_safe_day_hands_nothing_on() -> None:
    people = People(OF, (away("anna", -5, -1),))
    assert [stands(day, people) for day in (-5, -1)] == [None, None]


def test_two_holidays_in_a_row_are_one() -> None:
    people = People(OF, (away("anna", -5, -2), away("anna", -1, 2)))
    assert stands(-5, people) == ("deputy", "bo", 0)


def test_with_caseworker_and_deputy_away_it_is_the_leader_s() -> None:
    people = People(OF, (away("anna", -5, 5), away("bo", -5, 5)))
    assert [stands(day, people) for day in (-4, 1)] == [("leader", "clara", 0), ("leader", "clara", 1)]


def test_with_leader_and_deputy_away_the_caseworker_who_is_here_sees_it() -> None:
    people = People(OF, (away("clara", 0, 9), away("bo", 0, 9)))
    assert stands(2, people) == ("caseworker", "anna", 2)


def test_with_nobody_here_it_lies_with_the_leader() -> None:
    people = People(OF, tuple(away(person, -9, 9) for person in OF.values()))
    assert [stands(day, people) for day in (-1, 1, 2)] == [("leader", "clara", 0), ("leader", "clara", 1), ("leader", "clara", 2)]


def test_a_task_without_a_date_and_the_accountant_s_never_climb() -> None:
    assert rung(a_task(None), after(9), EVERYBODY) is None
    assert stands(9, turn=Turn.ACCOUNTANT) is None


def test_most_kroner_come_first() -> None:
    found = climbed([a_task(SAFE, number=1, ore=5), a_task(SAFE, number=2, ore=9), a_task(after(9), number=3)], after(1), EVERYBODY)
    assert [task.at_stake for task, _ in found] == [9, 5]


AWAYS = some.lists(
    some.builds(
        lambda person, first, length: away(person, first, first + length),
        some.sampled_from(sorted(OF.values())), some.integers(-10, 10), some.integers(0, 10),
    ),
    max_size=6,
)  # fmt: skip


@given(AWAYS, some.integers(-5, 15))
def test_what_is_late_is_seen_by_somebody_who_is_here_as_long_as_anybody_is(gone: list[Away], day: int) -> None:
    people = People(OF, tuple(gone))
    found = rung(a_task(SAFE), after(day), people)
    here = {person for person in OF.values() if not any(one.person == person and after(day) in one.days for one in gone)}
    if day > 0:
        assert found is not None
        assert found.days_late == day
        assert found.person in here if here else found.turn is Turn.LEADER

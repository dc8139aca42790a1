"""A year of an institution with every kind of fault: nothing lost, nothing twice, no øre off; the same seed, the same trace."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest

from refusion.adapters.sls.twin import as_csv
from refusion.rehearsal.faults import KINDS
from refusion.rehearsal.host import Delivery
from refusion.rehearsal.institution.year import ABSENCES, EMPLOYMENTS, Year, institution
from refusion.rehearsal.institution.year import KINDS as KINDS_OF_FILES
from refusion.rehearsal.oracle.deadlines import FIVE_WEEKS
from refusion.rehearsal.outside.near import arrived
from refusion.rehearsal.simulation.deaths import Fate, HouseDied
from refusion.rehearsal.simulation.plan import OUTAGE, year_plan
from refusion.rehearsal.simulation.post import Post
from refusion.rehearsal.simulation.run import Simulation, simulate, trace_of
from refusion.rehearsal.simulation.year import Order, lived
from refusion.values.said import Refused
from refusion.workflow.ports.authority import RawAnswer, Silence

SEED, EMPLOYEES = 20_261_122, 30
PLAN = year_plan(SEED, 1, 100)


def test_the_same_seed_draws_the_same_year_and_another_number_another() -> None:
    assert year_plan(SEED, 1, 100) == PLAN
    others = [year_plan(SEED, number, 60) for number in range(2, 12)]
    assert len({plan.profile.seed for plan in others}) == len(others)
    assert len({plan.profile.employees for plan in others}) > 3
    assert len({plan.profile.first for plan in others}) > 3


@pytest.mark.parametrize("number", range(1, 9))
def test_payroll_tells_of_everybody_on_the_first_day_or_later(number: int) -> None:
    profile = year_plan(SEED, number, 30, days=45).profile
    assert all(profile.first <= one.told_on for one in institution(profile).workers.values())


def test_the_outage_lasts_a_fortnight_and_ends_on_a_deadline_of_which_payroll_told_in_it() -> None:
    assert PLAN.deadline is not None
    down = next(fault for fault in PLAN.plan.faults if fault.kind == "down")
    assert down.until.startswith(PLAN.deadline.isoformat())
    spells = [one for one in institution(PLAN.profile).spells if one.first_day + FIVE_WEEKS == PLAN.deadline]
    assert any(PLAN.deadline - OUTAGE <= one.tellings[0].on < PLAN.deadline for one in spells)


def test_every_file_comes_and_some_come_again_but_no_other() -> None:
    truth = institution(PLAN.profile)
    post, year = Post(PLAN.profile, Year(truth)), Year(truth)
    days = [PLAN.profile.first + timedelta(n) for n in range(365)]
    came: Counter[bytes] = Counter()
    for day in days:
        letters = Post(PLAN.profile, year).payroll(day)
        assert letters == post.payroll(day)
        fresh = [one for one in letters if one.name.endswith(tuple(f"{day}-{part}.csv" for part in (1, 2)))]
        assert EMPLOYMENTS not in {one.kind for one in fresh} or fresh[0].kind == EMPLOYMENTS
        lines = {line for one in fresh if one.kind == ABSENCES for line in one.raw.splitlines()[1:]}
        assert len(lines) == len(set(year.rows(day, ABSENCES)))
        came.update(one.raw for one in letters)
    assert any(times > 1 for times in came.values())


def test_what_an_old_file_took_back_is_said_anew_the_next_morning() -> None:
    post, year = Post(PLAN.profile, Year(institution(PLAN.profile))), Year(institution(PLAN.profile))
    days = [PLAN.profile.first + timedelta(n) for n in range(365)]
    righted = 0
    for yesterday, day in pairwise(days):
        right = [one for one in post.payroll(day) if one.name.endswith("-right.csv")]
        if not right:
            continue
        newest = [rows for kind in KINDS_OF_FILES if (rows := list(year.newest(yesterday, kind)))]
        known = {line for rows in newest for line in as_csv("X", rows).splitlines()}
        righted += len(right)
        assert all(line.partition(b";")[2] in {one.partition(b";")[2] for one in known} for one in right for line in one.raw.splitlines()[1:])
        assert post.payroll(day)[: len(right)] == tuple(right)
    assert righted


def test_late_statements_come_later_and_copies_are_the_same_bytes() -> None:
    post = Post(PLAN.profile, Year(institution(PLAN.profile)))
    paid = [{"cvr": PLAN.profile.company_number, "amount_ore": 900000, "reference": "KSD-1", "text": "refusion", "payer": "Eksempel Kommune"}]
    first = PLAN.profile.first
    came: dict[str, list[tuple[date, bytes]]] = {}
    for n in range(80):
        for letter in post.bank(first + timedelta(n), lambda _day: paid):
            came.setdefault(letter.name, []).append((first + timedelta(n), letter.raw))
    booked = {name: date.fromisoformat(name[8:18]) for name in came}
    assert {first + timedelta(n) for n in range(60)} <= set(booked.values())
    assert any(copies[0][0] > booked[name] for name, copies in came.items())
    assert any(len(copies) > 1 for copies in came.values())
    assert all(len({raw for _, raw in copies}) == 1 for copies in came.values())


def test_what_a_client_sees_of_an_answer_in_each_manner() -> None:
    seen = {manner: arrived(Delivery(200, b"<svar/>", "application/xml", manner)) for _, manner in KINDS.values()}
    assert {manner for manner, answer in seen.items() if isinstance(answer, Silence)} == {"hang up", "late", "truncate"}
    assert seen["twice"] == RawAnswer(200, b"<svar/>")
    assert seen["500"] == RawAnswer(500, b"<html>503</html>")
    assert seen["garble"] == RawAnswer(200, b"<html>503</html>")


def test_a_relentless_day_dies_at_every_place_once_and_then_goes_on() -> None:
    told: list[str] = []
    fate = Fate(1, told.append)
    fate.begin_day(relentless=True)
    lives = 0
    while True:
        fate.live_again()
        lives += 1
        try:
            for place in "abcde":
                fate.passes(place)
        except HouseDied:
            continue
        break
    assert told == list("abcde")
    assert lives == 6


def test_a_place_is_died_at_early_and_then_ever_more_rarely() -> None:
    fate = Fate(1, lambda _place: None)
    deaths = []
    for visit in range(1, 2000):
        try:
            fate.passes("a commit")
        except HouseDied:
            deaths.append(visit)
    assert deaths[0] <= 6
    assert 4 <= len(deaths) <= 9
    assert all(later > 2 * earlier for earlier, later in pairwise(deaths))


def test_a_real_database_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/else")
    with pytest.raises(Refused, match=r"simulate\.real_database"):
        simulate(Simulation(1, 1, 30))


def test_a_year_with_every_fault_loses_nothing_and_asks_nothing_twice(house_server: None) -> None:
    year = lived(Order(SEED, 1, EMPLOYEES))
    assert year.complaints == ()
    assert (year.lost_in_time_ore, year.double_filings) == (0, 0)
    assert year.claims_filed > 10
    assert year.received_ore > 0
    assert year.deaths > 100
    assert year.places_died_at > 30


def test_the_same_seed_gives_the_same_trace(house_server: None) -> None:
    one, again = (lived(Order(SEED, 2, EMPLOYEES, days=45)) for _ in range(2))
    other = lived(Order(SEED, 3, EMPLOYEES, days=45))
    assert trace_of([one]) == trace_of([again])
    assert one.trace.count(b"\n") > 300
    assert one.trace_sha256 != other.trace_sha256
    assert one.complaints == ()

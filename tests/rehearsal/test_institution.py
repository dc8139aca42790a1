"""The demo institutions: realistic in their shape, the same in every run, and consistent in what payroll tells."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256

import pytest

from refusion.rehearsal.institution.days import pay_day
from refusion.rehearsal.institution.facts import Institution, Profile
from refusion.rehearsal.institution.stories import STORIES
from refusion.rehearsal.institution.year import KINDS, Year, institution
from tests.rehearsal.profiles import LARGE, SMALL

BOTH = pytest.mark.parametrize("profile", [LARGE, SMALL], ids=lambda profile: profile.code)


def every_row(profile: Profile) -> str:
    year = Year(institution(profile))
    days = [profile.first + timedelta(n) for n in range((profile.last - profile.first).days + 1)]
    return "\n".join(repr((day, kind, row)) for day in days for kind in KINDS for row in year.rows(day, kind))


@pytest.mark.slow
@BOTH
def test_the_same_seed_tells_the_same_in_another_process(profile: Profile) -> None:
    ask = (
        "from hashlib import sha256\n"
        "from tests.rehearsal.profiles import LARGE, SMALL\n"
        "from tests.rehearsal.test_institution import every_row\n"
        f"print(sha256(every_row({'LARGE' if profile is LARGE else 'SMALL'}).encode()).hexdigest())"
    )
    said = subprocess.run(
        [sys.executable, "-c", ask], capture_output=True, text=True, check=True, env={"PYTHONPATH": "src:.", "PYTHONHASHSEED": "5"}
    ).stdout.strip()
    assert said == sha256(every_row(profile).encode()).hexdigest()
    assert every_row(replace(profile, seed=profile.seed + 1)) != every_row(profile)


def test_the_large_institution_looks_like_one() -> None:
    truth = institution(LARGE)
    workers = truth.workers.values()
    longs = [spell for spell in truth.spells if (spell.last_day - spell.first_day).days >= 30]
    assert len(truth.workers) == 1000
    assert len({worker.national_number for worker in workers}) == 1000
    assert all(61 <= int(worker.national_number[:2]) <= 88 for worker in workers)
    assert 0.03 <= sum(not worker.hours_known for worker in workers) / 1000 <= 0.05
    assert 0.07 <= len({spell.worker for spell in longs}) / 1000 <= 0.09
    assert 5 <= sum((spell.last_day - spell.first_day).days > 150 for spell in longs) <= 25
    assert {worker.weekly_hours for worker in workers} >= {3700, 3200, 3000, 1850}
    assert 0.08 <= sum(worker.hourly_wage < 13792 for worker in workers) / 1000 <= 0.16
    assert any(worker.fleksjob for worker in workers)
    assert any(worker.agreement_56 for worker in workers)
    assert any(worker.ends for worker in workers)
    assert sum(worker.employed_since > LARGE.first for worker in workers) > 50
    assert new_hires_ill(truth) > 15


def new_hires_ill(truth: Institution) -> int:
    return sum(truth.workers[spell.worker].employed_since > spell.first_day - timedelta(56) for spell in truth.spells)


@BOTH
def test_every_story_is_told(profile: Profile) -> None:
    assert {spell.story for spell in institution(profile).spells} == {*STORIES, "short"}


@BOTH
def test_spells_never_touch_and_lie_inside_the_employment(profile: Profile) -> None:
    truth = institution(profile)
    ends: dict[str, date] = {}
    for spell in sorted(truth.spells, key=lambda spell: (spell.worker, spell.first_day)):
        worker = truth.workers[spell.worker]
        told_ends = [telling.last_day for telling in spell.tellings if telling.last_day]
        assert worker.employed_since <= spell.first_day <= spell.last_day
        assert worker.ends is None or spell.last_day <= worker.ends
        assert spell.worker not in ends or ends[spell.worker] < spell.first_day - timedelta(8)
        ends[spell.worker] = max([spell.last_day, *told_ends])


@BOTH
def test_payroll_tells_in_order_and_ends_with_the_truth(profile: Profile) -> None:
    for spell in institution(profile).spells:
        days = [telling.on for telling in spell.tellings]
        assert days == sorted(set(days))
        assert days[0] >= spell.first_day
        assert spell.tellings[-1].withdrawn is not spell.happened
        assert not spell.happened or spell.tellings[-1].last_day == spell.last_day
        assert spell.partial_from == spell.tellings[-1].partial_from


@BOTH
def test_hours_worked_are_told_for_whole_weeks(profile: Profile) -> None:
    truth = institution(profile)
    partial = [spell for spell in truth.spells if spell.partial_from]
    assert partial
    for spell in partial:
        assert spell.partial_from is not None
        assert spell.partial_from.weekday() == 0
        assert spell.last_day.weekday() == 6
        assert len(spell.worked) * 7 == (spell.last_day - spell.partial_from).days + 1
        assert all(0 <= hours < truth.workers[spell.worker].weekly_hours for hours in spell.worked.values())


@BOTH
def test_three_months_of_pay_are_in_the_house_before_a_spell_of_somebody_employed_that_long(profile: Profile) -> None:
    truth = institution(profile)
    told = {(month.worker, month.month): month.told_on for month in reversed(truth.pay)}
    for spell in truth.spells:
        month = spell.first_day.replace(day=1)
        for n in range(3):
            month = (month - timedelta(1)).replace(day=1)
            needed = n == 0 or month >= truth.workers[spell.worker].employed_since
            assert not needed or told[spell.worker, month] <= spell.first_day


@pytest.mark.parametrize(
    ("month", "day"),
    [("2024-07-01", "2024-07-29"), ("2024-08-01", "2024-08-28"), ("2024-11-01", "2024-11-27"), ("2025-02-01", "2025-02-26")],
)
def test_pay_is_delivered_on_the_last_weekday_but_two(month: str, day: str) -> None:
    assert pay_day(date.fromisoformat(month)) == date.fromisoformat(day)


def test_everybody_is_told_before_pay_and_absences_speak_of_them() -> None:
    year, known = Year(institution(LARGE)), set()
    for n in range((LARGE.last - LARGE.first).days + 1):
        day = LARGE.first + timedelta(n)
        for kind in KINDS:
            numbers = {row.employment_number for row in year.rows(day, kind)}
            known |= numbers if kind == KINDS[0] else set()
            assert numbers <= known

"""The people, the bank's side and the doors of a rehearsal, each for itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from refusion.adapters.bank import read_file
from refusion.rehearsal.institution.year import institution
from refusion.rehearsal.outside.answers import SLOWEST, People
from refusion.rehearsal.outside.authority import Manners, TwinAuthority
from refusion.rehearsal.outside.payments import SAMPLE, sample_statement, statement_of
from refusion.rehearsal.profiles import BAKKEN, FJORDBY, small_plan
from refusion.rehearsal.show import show
from refusion.rehearsal.users import NAMES, log_ins
from refusion.store.reads.questions import OpenQuestion
from refusion.values.said import Refused
from tests.rehearsal.profiles import SMALL

PEOPLE = People(institution(SMALL))


def question(number: int, **facts: str | None) -> OpenQuestion:
    partial = next(spell for spell in institution(SMALL).spells if spell.partial_from)
    asked = OpenQuestion(
        task=UUID(int=number), kind="answer_missing", question="weekly_hours", about=None, opened_on=date(2024, 8, 1),
        employment=None, employment_number=partial.worker, absence_number=partial.number, claim=None,
    )  # fmt: skip
    return replace(asked, **facts)  # type: ignore[arg-type]


def test_people_turn_to_a_task_within_twelve_days_and_not_on_its_first() -> None:
    waited = []
    for number in range(300):
        days = [n for n in range(20) if PEOPLE.is_ready(question(number), date(2024, 8, 1) + timedelta(n))]
        assert days == list(range(days[0], 20))
        waited.append(days[0])
    assert min(waited) == 1
    assert max(waited) == SLOWEST


def test_people_answer_from_the_truth_and_invent_nothing() -> None:
    partial = next(spell for spell in institution(SMALL).spells if spell.partial_from)
    worker = institution(SMALL).workers[partial.worker]
    hours = PEOPLE.answer(question(1))
    assert hours is not None
    assert (hours.value, hours.valid_from, hours.valid_until) == (str(worker.weekly_hours), partial.first_day, None)
    week = max(partial.worked, key=lambda monday: partial.worked[monday])
    worked = PEOPLE.answer(question(1, question="hours_worked", about=week.isoformat()))
    assert worked is not None
    assert (worked.value, worked.valid_from) == (str(partial.worked[week]), week)
    assert worked.valid_until == week + timedelta(6)
    assert PEOPLE.answer(question(1, question="expected_birth")) is None
    assert PEOPLE.answer(question(1, employment_number="99999")) is None


def paid(reference: int, amount: int, cvr: str = BAKKEN.company_number) -> dict[str, object]:
    return {"cvr": cvr, "amount_ore": amount, "reference": f"KSD-{reference:012d}", "text": "refusion", "payer": "Eksempel Kommune"}


def test_a_days_payments_become_one_statement_with_a_lump_and_now_and_then_a_wrong_one() -> None:
    day, short = date(2024, 7, 18), 0
    for start in range(0, 400, 8):
        due = [paid(start + n, 900000 + n) for n in range(8)]
        made = statement_of(BAKKEN, day, [*due, paid(1, 5, FJORDBY.company_number)])
        assert made == statement_of(BAKKEN, day, [*due, paid(1, 5, FJORDBY.company_number)])
        assert made is not None
        entries = read_file(made[1], made[0]).booked
        missing = sum(900000 + n for n in range(8)) - sum(entry.amount for entry in entries)
        assert missing % 50000 == 0
        assert len(entries) == 6
        assert [len(entry.details) for entry in entries].count(3) == 1
        short += missing // 50000
    assert 1 <= short <= 25
    assert statement_of(BAKKEN, day, []) is None


def test_the_sample_statement_comes_once_to_the_owner_of_its_account() -> None:
    days = [FJORDBY.first + timedelta(n) for n in range(365)]
    found = [sample_statement(FJORDBY, day) for day in days]
    assert [name for name, _ in filter(None, found)] == [SAMPLE]
    assert not any(sample_statement(BAKKEN, day) for day in days)


def test_the_twin_is_joined_started_again_and_forgotten(tmp_path: Path) -> None:
    twin = TwinAuthority(tmp_path, date(2024, 7, 1), Manners("7"))
    assert not twin.is_up()
    assert twin.ensure() == 1
    other = TwinAuthority(tmp_path, date(2024, 7, 1), Manners("7"))
    assert other.ensure() == 0
    assert other.accepted() == []
    other.hang_up()
    address = twin.address()
    assert twin._process is not None
    twin._process.kill()
    assert not twin.is_up()
    assert twin.ensure() == 2
    assert twin.address() == address
    twin.forget()
    assert list(tmp_path.iterdir()) == []


def test_there_is_a_user_for_every_role() -> None:
    users = log_ins(small_plan())
    assert {role for user in users for role in user.roles} == set(NAMES)


def test_a_demo_is_refused_where_a_real_database_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/else")
    with pytest.raises(Refused, match=r"demo\.real_database"), show(small_plan()):
        pass

"""A rehearsed institution with its kinds of leave switched on: what the books expect is what the oracle counts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from refusion.rehearsal.institution.facts import Profile
from refusion.rehearsal.institution.year import institution
from refusion.rehearsal.oracle.leave import entitled_leaves
from refusion.rehearsal.profiles import Plan
from refusion.rehearsal.stage import staged
from refusion.rehearsal.summary import outcome
from refusion.workflow.ports.institution import HOUSE
from tests.rehearsal.profiles import SMALL

ON = (("parental", "live", ()), ("ill-child", "live", ("235",)))
PARENTS = replace(SMALL, employees=16, long_spells=0, leaves=8, last=date(2025, 1, 15), stages=ON)
EXPECTED = """
    SELECT e.number, c.kind, sum(v.refund + v.supplement)::bigint FROM refund_case c
    JOIN employment e ON e.institution_id = c.institution_id AND e.id = c.employment_id
    JOIN claim l ON l.institution_id = c.institution_id AND l.case_id = c.id AND l.authority_id IS NOT NULL
    JOIN claim_version v ON v.institution_id = l.institution_id AND v.claim_id = l.id AND v.version = l.version
    WHERE c.kind IN ('parental', 'ill_child') GROUP BY e.number, c.kind
"""


def test_the_default_year_has_no_leave_and_is_as_it_was() -> None:
    with_leaves = institution(replace(SMALL, leaves=5))
    assert institution(SMALL).leaves == ()
    assert institution(SMALL).spells == with_leaves.spells
    assert institution(SMALL).pay == with_leaves.pay
    assert 3 <= len(with_leaves.leaves) <= 5


@pytest.mark.parametrize("seed", range(5))
def test_no_leave_touches_a_sickness_of_the_same_person(seed: int) -> None:
    truth = institution(replace(SMALL, leaves=30, seed=seed))
    ill = defaultdict(list)
    for spell in truth.spells:
        ill[spell.worker].append(spell)
    assert truth.leaves
    assert all(leave.last_day < one.first_day or one.last_day < leave.first_day for leave in truth.leaves for one in ill[leave.worker])
    assert all(leave.code in {"400", "235"} and leave.known for leave in truth.leaves)


def test_what_the_books_expect_of_leave_is_what_the_oracle_counts(house_database: str, tmp_path: Path) -> None:
    plan = Plan((PARENTS,), (), PARENTS.seed)
    with staged(plan, tmp_path) as world:
        world.live(plan.last)
        with world.house.reading(HOUSE, PARENTS.code, "test"), connection.cursor() as cursor:
            cursor.execute(EXPECTED)
            booked = {number: amount for number, _, amount in cursor.fetchall()}
        judged = outcome(world.house, plan, world.authority, plan.last)
    over = [one for one in entitled_leaves(institution(PARENTS)) if over_and_answered(one.spell.tellings[-1].on, PARENTS)]
    assert len(over) >= 4
    due = {one.spell.worker: sum(one.amount(month) for month in months_of(one.days)) for one in over}
    assert {number: booked.get(number) for number in due} == due
    assert (judged.ledger_balanced, judged.double_filings, judged.amounts_not_as_due) == (True, 0, 0)


def over_and_answered(told_on: date, profile: Profile) -> bool:
    """Tell whether payroll told the end so early that the month's pay is in and everybody had time to answer."""
    return told_on <= date(profile.last.year - 1, 12, 1)


def months_of(days: tuple[date, ...]) -> list[list[date]]:
    """Sort days by month: a claim is for a month, and its weeks are rounded in it."""
    months: dict[date, list[date]] = defaultdict(list)
    for day in days:
        months[day.replace(day=1)].append(day)
    return list(months.values())

"""The made-up pay runs: the same seed gives the same run, lines explain the net pay, every error is labelled."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from refusion.rehearsal.pay_runs.errors import with_errors
from refusion.rehearsal.pay_runs.facts import PAY_CODES, Code, Kind
from refusion.rehearsal.pay_runs.months import founded, months
from refusion.rehearsal.pay_runs.sheet import columns_of
from refusion.rehearsal.pay_runs.wrong_rate import Spread, affected, pay_wrongly

FIRST = date(2024, 1, 1)
EACH = 20


def faulty(seed: int, size: int = 4_000, count: int = 6):
    world, before = founded(seed, size, FIRST), None
    for month, sheet in months(world, FIRST, count):
        if month.month == count:
            return with_errors(world, sheet, before, month, (seed, EACH))
        before = sheet
    raise AssertionError("no month")


@pytest.fixture(scope="module")
def labelled():
    return faulty(3)


def test_the_same_seed_gives_the_same_run(labelled):
    again, other = faulty(3), faulty(4)
    assert (again.run.payments.net == labelled.run.payments.net).all()
    assert (again.kind == labelled.kind).all()
    assert len(other.kind) != len(labelled.kind) or (other.run.payments.net != labelled.run.payments.net).any()


def test_lines_sum_to_the_net_pay(labelled):
    sums = np.zeros(len(labelled.kind), np.int64)
    np.add.at(sums, labelled.run.lines.payment, labelled.run.lines.amount)
    assert (sums == labelled.run.payments.net).all()
    assert (labelled.run.payments.net > 0).all()


def test_every_kind_is_there_in_equal_parts(labelled):
    for kind in Kind:
        if kind not in (Kind.NONE, Kind.DRIFT):
            assert EACH - 3 <= (labelled.kind == kind).sum() <= EACH
    assert (labelled.kind == Kind.DRIFT).any()


def test_errors_are_no_smaller_than_a_twentieth_and_below_the_limit(labelled):
    sized = (labelled.kind != Kind.NONE) & (labelled.kind != Kind.DRIFT)
    net, moved = labelled.run.payments.net[sized], labelled.moved[sized]
    was = np.where(np.isin(labelled.kind[sized], [Kind.DUPLICATE, Kind.ENDED, Kind.NEW_ACCOUNT]), 0, net - moved)
    assert (np.abs(moved) * 100 >= was * 5).all()
    assert (net <= 7_000_000).all()


def test_a_new_account_was_entered_within_the_week_before(labelled):
    rows = labelled.kind == Kind.NEW_ACCOUNT
    days = labelled.run.value_date - labelled.run.payments.account_since[rows]
    assert ((days >= 1) & (days < 7)).all()


def test_who_is_paid_after_the_end_has_ended(labelled):
    rows = np.flatnonzero(labelled.kind == Kind.ENDED)
    contracts = labelled.run.contracts
    ends = contracts.ends[np.searchsorted(contracts.employment, labelled.run.payments.employment[rows])]
    assert ((ends > 0) & (ends < labelled.run.month)).all()


@pytest.mark.parametrize("how", list(Spread))
def test_a_wrong_rate_adds_about_two_hundred_kroner_to_each(how):
    world = founded(5, 30_000, FIRST)
    _, sheet = next(months(world, FIRST, 1))
    clean = columns_of(world, sheet, FIRST).lines
    chosen = affected(world, sheet, how)
    assert len(chosen) == 2_338
    rows = pay_wrongly(world, sheet, chosen, how)
    wrong = columns_of(world, sheet, FIRST).lines
    paid = {code: (clean.amount[clean.code == code].sum(), wrong.amount[wrong.code == code].sum()) for code in (Code.WEEKEND, Code.WEEKEND_ANEW)}
    more = sum(int(now - was) for was, now in paid.values())
    assert len(rows) == 2_338
    assert 15_000 < more // len(rows) < 35_000
    assert (paid[Code.WEEKEND_ANEW][1] > 0) is np.bool_(how is Spread.NEW_CODE)
    assert (PAY_CODES.roles_of(np.array([99, 320])) == 0).all()

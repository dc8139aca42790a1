"""Each check by hand: what it finds, what it says, and what it leaves alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from refusion.rehearsal.pay_runs.facts import PAY_CODES
from refusion.salary_guard.basis import prepare
from refusion.salary_guard.checks.findings import Check, Ground, explain, scale_of
from refusion.salary_guard.guard import guarded
from refusion.salary_guard.remembering import remember
from tests.salary_guard.runs import (
    BASE,
    EVENING,
    MONTH,
    SUPPLEMENT,
    TAX,
    UNPAID,
    VALUE_DATE,
    absences,
    contracts,
    lines,
    pay_run,
    payments,
    whole,
)

SINCE = date(2020, 1, 1).toordinal()
PAY, TAXED = 30_000_00, -10_000_00
USUAL = ((0, BASE, 0, PAY), (0, TAX, 0, TAXED))
CONTRACT = (1, 1, 5, SINCE, 0, PAY, 187_00, 0)
MONTHS_BEFORE = [date(2024, month, 1).toordinal() for month in range(3, 9)]


def paid(*rows, contract=CONTRACT, away=None, month=MONTH, account=10, account_since=1):
    said = lines(*rows)
    net = int(said.amount.sum())
    one = replace(payments((1, net)), account=whole(account), account_since=whole(account_since))
    return pay_run(one, said, contracts(contract), away, month)


def remembered(*rows, contract=CONTRACT):
    memory = None
    for month in MONTHS_BEFORE:
        memory = remember(prepare(paid(*rows, contract=contract, month=month), PAY_CODES, memory))
    return memory


def found(run, memory=None):
    findings = guarded(prepare(run, PAY_CODES, memory)).findings
    return {(Check(int(check)), Ground(int(ground))) for check, ground in zip(findings.check, findings.ground, strict=True)}


def test_usual_pay_is_left_alone():
    assert found(paid(*USUAL), remembered(*USUAL)) == set()


@pytest.mark.parametrize(
    ("base", "is_found"), [(PAY + 1_400_00, False), (PAY + 2_000_00, True), (PAY - 2_000_00, True), (3_000_00, True)]
)  # fmt: skip
def test_base_pay_is_held_against_the_contract(base, is_found):
    run = paid((0, BASE, 0, base), (0, TAX, 0, -min(base // 3, 10_000_00)))
    assert ((Check.CONTRACT, Ground.BASE_PAY) in found(run)) is is_found


def test_a_part_of_the_month_is_a_part_of_the_pay():
    halfway = (*CONTRACT[:3], date(2024, 9, 16).toordinal(), *CONTRACT[4:])
    assert found(paid((0, BASE, 0, PAY * 11 // 21), (0, TAX, 0, -1_000_00), contract=halfway)) == set()
    assert (Check.CONTRACT, Ground.BASE_PAY) in found(paid(*USUAL, contract=halfway))


def test_a_supplement_that_nobody_agreed_on():
    assert (Check.CONTRACT, Ground.SUPPLEMENT) in found(paid(*USUAL, (0, SUPPLEMENT, 0, 4_000_00)))
    agreed = (*CONTRACT[:7], 4_000_00)
    assert found(paid(*USUAL, (0, SUPPLEMENT, 0, 4_000_00), contract=agreed)) == set()


def test_absence_without_pay_is_taken_once():
    week = absences((1, date(2024, 9, 2).toordinal(), date(2024, 9, 6).toordinal(), 0))
    right = (*USUAL, (0, UNPAID, 0, -PAY * 5 // 21))
    assert found(paid(*right, away=week)) == set()
    assert found(paid(*USUAL, away=week)) == {(Check.ABSENCE, Ground.NOT_TAKEN)}
    assert found(paid(*right)) == {(Check.ABSENCE, Ground.TAKEN_WITHOUT)}


def test_absence_told_late_is_taken_the_month_after():
    august = absences((1, date(2024, 8, 19).toordinal(), date(2024, 8, 23).toordinal(), 0))
    late = (*USUAL, (0, UNPAID, 0, -PAY * 5 // 22))
    assert (Check.ABSENCE, Ground.TAKEN_WITHOUT) not in found(paid(*late, away=august), remembered(*USUAL))
    assert (Check.ABSENCE, Ground.NOT_TAKEN) in found(paid(*USUAL, away=august), remembered(*USUAL))


def test_paid_twice():
    twice = pay_run(
        replace(payments((1, 2_000_000), (1, 2_000_000)), employment=whole(1, 1)),
        lines((0, BASE, 0, PAY), (0, TAX, 0, TAXED), (1, BASE, 0, PAY), (1, TAX, 0, TAXED)), contracts(CONTRACT),
    )  # fmt: skip
    guard = guarded(prepare(twice, PAY_CODES, None))
    assert guard.pointed_out.tolist() == [False, True]
    doubled = paid(*USUAL, (0, SUPPLEMENT, 0, 3_000_00), (0, SUPPLEMENT, 0, 3_000_00), contract=(*CONTRACT[:7], 6_000_00))
    assert found(doubled) == {(Check.DUPLICATE, Ground.SAME_LINE)}


def test_a_one_off_paid_again_but_not_what_comes_every_month():
    bonus = (*USUAL, (0, 400, 0, 8_000_00))
    every = remembered(*bonus)
    once = remember(prepare(paid(*bonus, month=MONTHS_BEFORE[-1]), PAY_CODES, remembered(*USUAL)))
    assert (Check.DUPLICATE, Ground.SAME_ONE_OFF) in found(paid(*bonus), once)
    assert (Check.DUPLICATE, Ground.SAME_ONE_OFF) not in found(paid(*bonus), every)


def test_pay_outside_the_employment():
    ended = (*CONTRACT[:4], date(2024, 8, 31).toordinal(), *CONTRACT[5:])
    assert (Check.ENDED, Ground.ENDED_BEFORE) in found(paid(*USUAL, contract=ended))
    assert found(paid((0, 430, 0, 5_000_00), contract=ended)) == set(), "a settlement may come later"
    later = (*CONTRACT[:3], date(2024, 10, 1).toordinal(), *CONTRACT[4:])
    assert (Check.ENDED, Ground.NOT_BEGUN) in found(paid(*USUAL, contract=later))
    assert (Check.ENDED, Ground.NO_CONTRACT) in found(paid(*USUAL, contract=(9, *CONTRACT[1:])))


@pytest.mark.parametrize(("days", "is_found"), [(0, True), (7, True), (8, False)])
def test_a_new_account_shortly_before_pay(days, is_found):
    moved = paid(*USUAL, account=11, account_since=VALUE_DATE - days)
    assert ((Check.NEW_ACCOUNT, Ground.ENTERED_SHORTLY) in found(moved, remembered(*USUAL))) is is_found
    assert found(paid(*USUAL, account=10, account_since=VALUE_DATE - days), remembered(*USUAL)) == set()


def test_a_new_account_shared_with_a_stranger():
    memory = remembered(*USUAL)
    shared = pay_run(
        replace(payments((1, 2_000_000), (2, 1_500_000)), account=whole(77, 77)),
        lines(*USUAL, (1, BASE, 0, 1_500_000)), contracts(CONTRACT, (2, 2, 5, SINCE, 0, 1_500_000, 1, 0)),
    )  # fmt: skip
    guard = guarded(prepare(shared, PAY_CODES, memory))
    assert guard.pointed_out.tolist() == [True, False]
    assert explain(guard.findings, int(np.flatnonzero(guard.findings.ground == Ground.SHARED_ACCOUNT)[0])).facts["people"] == 2


def test_hours_tenfold_rates_and_tax_against_the_own_past():
    usual = (*USUAL, (0, EVENING, 20_00, 1_000_00))
    memory = remembered(*usual)
    many = found(paid(*USUAL, (0, EVENING, 200_00, 10_000_00)), memory)
    assert {(Check.HISTORY, Ground.HOURS), (Check.SCALE, Ground.FACTOR_OFF)} <= many
    assert (Check.HISTORY, Ground.RATE) in found(paid(*USUAL, (0, EVENING, 20_00, 4_000_00)), memory)
    assert (Check.HISTORY, Ground.TAX) in found(paid((0, BASE, 0, PAY)), remembered(*USUAL))
    assert (Check.HISTORY, Ground.DEDUCTION) in found(paid(*USUAL), remembered(*USUAL, (0, 700, 0, -2_000_00)))


@pytest.mark.parametrize(
    ("expected", "amount", "factor"), [(100, 1_000, 10), (100, 10_000, 100), (1_000, 100, -10), (10_000, 100, -100), (100, 500, 0), (0, 10, 0), (10, 0, 0)]
)  # fmt: skip
def test_factors_of_ten(expected, amount, factor):
    assert scale_of(whole(expected), whole(amount)).tolist() == [factor]


def test_every_ground_has_its_sentence():
    labelled = guarded(prepare(paid((0, BASE, 0, 5_000_00)), PAY_CODES, None)).findings
    for ground in Ground:
        one = replace(labelled, ground=np.full(len(labelled.ground), int(ground)))
        assert explain(one, 0).key.startswith("guard.")

"""The guard on labelled runs: what it finds, what it stops in vain, and that what was not checked is never ok."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from refusion.rehearsal.pay_runs.facts import PAY_CODES, Code, Kind
from refusion.rehearsal.pay_runs.months import founded, months
from refusion.rehearsal.pay_runs.sheet import columns_of
from refusion.rehearsal.pay_runs.wrong_rate import Spread, affected, pay_wrongly
from refusion.salary_guard import guard
from refusion.salary_guard.basis import prepare
from refusion.salary_guard.checks.drift import explain_alarm
from refusion.salary_guard.checks.findings import Check
from refusion.salary_guard.decision import InstitutionLimits, decide, no_limits
from refusion.salary_guard.guard import guarded
from refusion.salary_guard.holds import Hold, base_after_deductions, split, stays_whole
from refusion.salary_guard.remembering import remember
from tests.salary_guard.runs import basis_of, contracts, faulty, lines

SEED = 11
FIRST = date(2024, 1, 1)


@pytest.fixture(scope="module")
def looked_at():
    labelled, _ = faulty(SEED)
    return labelled, guarded(basis_of(SEED))


def test_errors_are_found_and_few_are_pointed_out_in_vain(looked_at):
    labelled, result = looked_at
    found = {kind: (result.pointed_out & (labelled.kind == kind)).sum() / (labelled.kind == kind).sum() for kind in Kind if kind}
    assert min(found.values()) >= 0.8, found
    assert np.mean(list(found.values())) >= 0.95, found
    clean = labelled.kind == Kind.NONE
    assert (result.pointed_out & clean).sum() <= clean.sum() * 0.005
    assert result.is_checked


def test_the_same_run_in_another_order_is_judged_alike(looked_at):
    labelled, result = looked_at
    run, turn = labelled.run, np.random.default_rng(1).permutation(len(labelled.kind))
    place = np.empty(len(turn), np.int64)
    place[turn] = np.arange(len(turn))
    paid = replace(run.payments, **{name: getattr(run.payments, name)[turn] for name in ("number", "person", "employment", "account", "account_since", "net")})
    mixed = np.random.default_rng(2).permutation(len(run.lines.code))
    said = replace(run.lines, payment=place[run.lines.payment][mixed], code=run.lines.code[mixed], quantity=run.lines.quantity[mixed], amount=run.lines.amount[mixed])
    other = guarded(prepare(replace(run, payments=paid, lines=said), PAY_CODES, faulty(SEED)[1]))
    assert len(other.findings.payment) == len(result.findings.payment)
    once = np.bincount(run.payments.employment)[run.payments.employment] == 1
    assert (other.pointed_out[place][once] == result.pointed_out[once]).all()


def test_nothing_held_leaves_anybody_below_base_pay(looked_at):
    labelled, result = looked_at
    basis = basis_of(SEED)
    decision = decide(labelled.run.payments, no_limits(), InstitutionLimits())
    off, on = split(basis, decision, result.findings), split(basis, decision, result.findings, holds_parts=True)
    assert set(np.unique(off.hold)) <= {Hold.NOTHING, Hold.LIMIT}
    assert (off.held == np.where(decision.stopped_payments, labelled.run.payments.net, 0)).all()
    assert (on.hold == Hold.PART).sum() > 100
    for divided in (off, on):
        assert (divided.goes + divided.held == labelled.run.payments.net).all()
        assert stays_whole(basis, divided).all()


def test_base_pay_after_deductions_follows_the_contract_not_the_wrong_line(looked_at):
    labelled, _ = looked_at
    basis = basis_of(SEED)
    right = np.flatnonzero((labelled.kind == Kind.TIMES_TEN) & (basis.contract[basis.place] >= 0))
    assert (base_after_deductions(basis)[basis.place[right]] <= labelled.run.payments.net[right] + 1).mean() > 0.9


def test_without_history_contracts_or_lines_it_is_not_checked_never_ok(looked_at):
    labelled, _ = looked_at
    bare = replace(labelled.run, contracts=contracts(), lines=lines())
    for run, memory, expected in (
        (labelled.run, None, {Check.NEW_ACCOUNT, Check.HISTORY, Check.SCALE, Check.DRIFT}),
        (bare, faulty(SEED)[1], set(Check) - {Check.DUPLICATE, Check.NEW_ACCOUNT}),
    ):
        result = guarded(prepare(run, PAY_CODES, memory))
        assert {outcome.check for outcome in result.outcomes if not outcome.is_made} == expected
        assert all(outcome.because is not None for outcome in result.outcomes if not outcome.is_made)
        assert not result.is_checked
        assert memory is not None or result.without_history.all()


def test_a_check_that_fails_says_so_and_the_others_go_on(monkeypatch, looked_at):
    def broken(*_):
        raise ZeroDivisionError

    parts = tuple((check, (broken,) if check is Check.HISTORY else made) for check, made in guard.PLAIN)
    monkeypatch.setattr(guard, "PLAIN", parts)
    result = guarded(basis_of(SEED))
    failed = [outcome for outcome in result.outcomes if not outcome.is_made]
    assert [(outcome.check, outcome.because.key) for outcome in failed] == [(Check.HISTORY, "guard.check_failed")]
    assert isinstance(failed[0].failure, ZeroDivisionError)
    assert (result.findings.check == Check.CONTRACT).any()
    assert not (result.findings.check == Check.HISTORY).any()


@pytest.mark.slow
@pytest.mark.parametrize("how", list(Spread))
def test_a_wrong_rate_for_many_is_found_in_its_first_run(how):
    world, memory, alarms = founded(21, 30_000, FIRST), None, []
    for number, (month, sheet) in enumerate(months(world, FIRST, 5)):
        if number == 4:
            pay_wrongly(world, sheet, affected(world, sheet, how, 400), how)
        basis = prepare(columns_of(world, sheet, month), PAY_CODES, memory)
        result = guarded(basis)
        alarms.append(len(result.alarms.code))
        memory = remember(basis)
    assert alarms[:4] == [0, 0, 0, 0]
    assert alarms[4] > 0
    assert (result.findings.check == Check.DRIFT).sum() >= 380
    assert explain_alarm(result.alarms, 0).facts["ratio_before"] in range(495, 506)


def without_hours(run):
    """The same run from a payroll that tells no hours."""
    return replace(run, lines=replace(run.lines, quantity=np.where(run.lines.code == Code.WEEKEND, 0, run.lines.quantity)))


@pytest.mark.slow
@pytest.mark.parametrize("how", [Spread.UNITS, Spread.HERE_AND_THERE])
def test_it_is_found_also_where_payroll_tells_no_hours(how):
    world, memory, alarms = founded(23, 30_000, FIRST), None, []
    for number, (month, sheet) in enumerate(months(world, FIRST, 5)):
        if number == 4:
            pay_wrongly(world, sheet, affected(world, sheet, how, 400), how)
        basis = prepare(without_hours(columns_of(world, sheet, month)), PAY_CODES, memory)
        result = guarded(basis)
        alarms.append(set(result.alarms.code.tolist()))
        memory = remember(basis)
    assert alarms[:4] == [set()] * 4
    assert alarms[4] == {int(Code.WEEKEND)}


@pytest.mark.slow
def test_a_year_of_clean_runs_raises_no_alarm():
    world, memory, alarms, shares = founded(31, 20_000, FIRST), None, 0, []
    for month, sheet in months(world, FIRST, 13):
        basis = prepare(columns_of(world, sheet, month), PAY_CODES, memory)
        result = guarded(basis)
        alarms += len(result.alarms.code)
        shares += [] if memory is None else [result.pointed_out.mean()]
        memory = remember(basis)
    assert alarms == 0
    assert np.mean(shares) <= 0.005

"""The guard on salary payments: one limit holds, and only what is above it is stopped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from refusion.law.engine.refusals import MissingFact, NotAnswered
from refusion.law.engine.tape import explaining
from refusion.salary_guard.limits import DEFAULT_LIMIT, Component244, ComponentState, Limits, applied_limit, judge

AMOUNTS = some.integers(0, 10**8)
LIMITS = some.builds(
    Limits,
    some.none() | AMOUNTS,
    some.none() | some.builds(Component244, AMOUNTS, some.sampled_from(ComponentState)),
    some.none() | AMOUNTS,
    AMOUNTS,
)


@given(LIMITS, some.integers(-(10**6), 10**8))
def test_a_payment_is_stopped_exactly_above_its_limit(limits, pay):
    verdict = judge(pay, limits)
    assert verdict.stopped is (pay > verdict.limit)
    assert not judge(verdict.limit, limits).stopped
    assert judge(verdict.limit + 1, limits).stopped


@given(LIMITS)
def test_the_limit_is_one_that_was_set(limits):
    amounts = {limits.employee_this_run, limits.component_244 and limits.component_244.amount, limits.institution_this_run, limits.institution}
    assert applied_limit(limits) in amounts


def test_the_default_and_what_is_refused():
    assert applied_limit(Limits()) == DEFAULT_LIMIT == 7_000_000
    with pytest.raises(MissingFact):
        judge(None, Limits())
    with pytest.raises(NotAnswered):
        applied_limit(Limits(employee_this_run=-1))
    with explaining() as tape:
        judge(1, Limits())
    assert tape.explanation.as_json()["result"] == {"stopped": False, "limit": 7_000_000}

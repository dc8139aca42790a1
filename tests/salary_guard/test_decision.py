"""Limits over a whole run: the person's total, the order of the limits, and the same answer as for one person."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from refusion.salary_guard.decision import Applied, InstitutionLimits, PersonLimits, Standing, decide, explain, no_limits
from refusion.salary_guard.limits import Component244, ComponentState, Limits, judge
from tests.salary_guard.runs import payments, whole

STATES = {None: Standing.NONE, ComponentState.ACTIVE: Standing.ACTIVE, ComponentState.ENDED: Standing.ENDED, ComponentState.DELETED: Standing.DELETED}
AMOUNTS = some.integers(0, 12_000_000)
PEOPLE = some.lists(
    some.tuples(some.lists(some.integers(1, 8_000_000), min_size=1, max_size=3), some.none() | AMOUNTS, some.sampled_from(list(STATES)), AMOUNTS),
    min_size=1, max_size=8,
)  # fmt: skip


@given(PEOPLE, some.none() | AMOUNTS, some.none() | AMOUNTS, some.randoms(use_true_random=False))
def test_columns_and_one_person_agree(people, this_run, own, order):
    rows = [(person, net) for person, (nets, *_) in enumerate(people, 1) for net in nets]
    order.shuffle(rows)
    limits = PersonLimits(
        whole(*range(1, len(people) + 1)),
        whole(*(-1 if limit is None else limit for _, limit, _, _ in people)),
        whole(*(amount for *_, amount in people)),
        whole(*(int(STATES[state]) for _, _, state, _ in people)),
    )
    decision = decide(payments(*rows), limits, InstitutionLimits(this_run, own))
    for row, (nets, limit, state, amount) in enumerate(people):
        component = None if state is None else Component244(amount, state)
        alone = judge(sum(nets), Limits(limit, component, this_run, *([own] if own is not None else [])))
        assert (bool(decision.stopped[row]), int(decision.limit[row])) == (alone.stopped, alone.limit)
        assert bool(decision.warned[row]) is (limit is None and state is ComponentState.ENDED)
    held = {person for (person, _), stopped in zip(rows, decision.stopped_payments, strict=True) if stopped}
    assert held == {int(person) for person in decision.person[decision.stopped]}


def test_all_employments_count_together():
    decision = decide(payments((1, 4_000_000), (2, 4_000_000), (1, 3_000_001)), no_limits(), InstitutionLimits())
    assert decision.stopped_payments.tolist() == [True, False, True]
    assert explain(decision, 0)[0].facts == {"total_ore": 7_000_001, "limit_ore": 7_000_000}
    assert [sentence.key for sentence in explain(decision, 1)] == ["guard.goes", "guard.limit_default"]


@pytest.mark.parametrize(
    ("this_run", "component", "institution", "applied"),
    [
        (5_000_000, 9_000_000, InstitutionLimits(8_000_000, 6_000_000), Applied.EMPLOYEE_THIS_RUN),
        (-1, 4_000_000, InstitutionLimits(8_000_000, 6_000_000), Applied.COMPONENT_244),
        (-1, -1, InstitutionLimits(8_000_000, 6_000_000), Applied.INSTITUTION_THIS_RUN),
        (-1, -1, InstitutionLimits(None, 6_000_000), Applied.INSTITUTION),
        (-1, -1, InstitutionLimits(), Applied.DEFAULT),
    ],
)
def test_the_first_limit_that_is_set_applies_also_when_it_is_lower(this_run, component, institution, applied):
    standing = Standing.ACTIVE if component >= 0 else Standing.NONE
    limits = PersonLimits(whole(1), whole(this_run), whole(component), whole(int(standing)))
    assert decide(payments((1, 100)), limits, institution).applied.tolist() == [applied]


def test_an_ended_component_holds_with_a_warning():
    limits = PersonLimits(whole(1), whole(-1), whole(9_000_000), whole(int(Standing.ENDED)))
    decision = decide(payments((1, 8_500_000)), limits, InstitutionLimits())
    assert not decision.stopped.any()
    assert explain(decision, 0)[-1].key == "guard.ended_component_holds"


def test_unsound_limits_are_refused():
    with pytest.raises(ValueError, match="below zero"):
        decide(payments((1, 1)), no_limits(), InstitutionLimits(own=-1))
    with pytest.raises(ValueError, match="below zero"):
        decide(payments((1, 1)), PersonLimits(whole(1), whole(-2), whole(-1), whole(0)), InstitutionLimits())
    with pytest.raises(ValueError, match="once"):
        decide(payments((1, 1)), PersonLimits(whole(1, 1), whole(1, 1), whole(-1, -1), whole(0, 0)), InstitutionLimits())


def test_an_empty_run_stops_nobody():
    assert not len(decide(payments(), no_limits(), InstitutionLimits()).person)
    assert np.asarray(decide(payments(), no_limits(), InstitutionLimits()).stopped_payments).tolist() == []

"""Four eyes: nobody approves their own proposal, nor another content, nor twice, nor too late."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from refusion.salary_guard.resolving.approval import (
    Actor,
    CaseState,
    PortalCase,
    Proposal,
    Subject,
    content_hash,
    need_approval,
    need_grounds,
    needs_four_eyes,
    why_not,
)  # fmt: skip
from refusion.values.said import BadInput, Refused

NOW = datetime(2024, 9, 25, 9, tzinfo=UTC)
ONE, OTHER = Actor(UUID(int=1), UUID(int=11)), Actor(UUID(int=2), UUID(int=12))
CONTENT = {"person": "7", "limit_ore": 9_000_000}
PROPOSAL = Proposal(Subject.INSTITUTION_LIMIT, content_hash(CONTENT), ONE, NOW - timedelta(hours=1), NOW + timedelta(days=1))


@pytest.mark.parametrize(
    ("proposal", "approver", "content", "key"),
    [
        (PROPOSAL, OTHER, CONTENT, None),
        (PROPOSAL, ONE, CONTENT, "guard.own_proposal"),
        (PROPOSAL, Actor(UUID(int=3), ONE.person), CONTENT, "guard.own_proposal"),
        (PROPOSAL, Actor(ONE.account, UUID(int=13)), CONTENT, "guard.own_proposal"),
        (PROPOSAL, OTHER, {**CONTENT, "limit_ore": 9_000_001}, "guard.content_changed"),
        (replace(PROPOSAL, is_decided=True), OTHER, CONTENT, "guard.decided_already"),
        (replace(PROPOSAL, expires_at=NOW), OTHER, CONTENT, "guard.proposal_expired"),
        (replace(PROPOSAL, proposed_at=NOW + timedelta(seconds=1)), OTHER, CONTENT, "guard.proposal_expired"),
    ],
)
def test_who_may_approve(proposal, approver, content, key):
    because = why_not(proposal, approver, content_hash(content), NOW)
    assert (because and because.key) == key
    if key is None:
        need_approval(proposal, approver, content_hash(content), NOW)
    else:
        with pytest.raises(Refused):
            need_approval(proposal, approver, content_hash(content), NOW)


@given(some.dictionaries(some.text(max_size=8), some.none() | some.integers() | some.text(max_size=8), max_size=5))
def test_the_hash_is_of_the_content_not_of_its_order(content):
    assert content_hash(dict(reversed(content.items()))) == content_hash(content)
    assert content_hash({**content, "one more": 1}) != content_hash(content)


def test_only_a_raise_needs_a_second_person():
    assert needs_four_eyes(7_000_000, 7_000_001)
    assert not needs_four_eyes(7_000_000, 7_000_000)


GRANTED = PortalCase("S-1", "Many researchers on fixed-term grants", CaseState.GRANTED)


@pytest.mark.parametrize(
    ("subject", "reason", "case", "keys"),
    [
        (Subject.EMPLOYEE_LIMIT_THIS_RUN, "back pay", None, []),
        (Subject.EMPLOYEE_LIMIT_THIS_RUN, " ", None, ["guard.reason_missing"]),
        (Subject.INSTITUTION_LIMIT, "back pay", GRANTED, []),
        (Subject.INSTITUTION_LIMIT, "back pay", None, ["guard.case_missing"]),
        (Subject.INSTITUTION_LIMIT, "", replace(GRANTED, number=""), ["guard.reason_missing", "guard.case_missing"]),
        (Subject.INSTITUTION_LIMIT, "back pay", replace(GRANTED, state=CaseState.OPENED), ["guard.case_not_granted"]),
    ],
)
def test_what_a_raise_rests_on(subject, reason, case, keys):
    if not keys:
        need_grounds(subject, reason, case)
        return
    with pytest.raises(BadInput) as refused:
        need_grounds(subject, reason, case)
    assert [problem.what.key for problem in refused.value.problems] == keys

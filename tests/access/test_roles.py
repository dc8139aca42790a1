"""Every verb has a duty, nothing is open by default, and nobody holds duties that exclude each other."""

from __future__ import annotations

import ast
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refusion.access import DUTIES, DUTY_OF, EXCLUSIVE, Duty, Role, conflicts, may, require, require_separate
from refusion.values.said import Refused

SOURCE = Path(__file__).resolve().parents[2] / "src" / "refusion"
# Not verbs: they tell what stands in memory, no institution's facts.
_OPEN = {"now", "today", "demo_log_ins", "demo_day", "wait"}


def _asked(module: str, name: str, asks: str) -> dict[str, set[str]]:
    """Give, for each public method of a class, the duties that its body asks for."""
    file = SOURCE / "wiring" / module
    if not file.exists():
        pytest.skip(f"wiring/{module} does not stand yet")
    tree = ast.parse(file.read_text(encoding="utf-8"))
    found = next(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == name)
    methods = [node for node in found.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]
    return {method.name: _duties(method, asks) for method in methods if method.name not in _OPEN}


def _duties(method: ast.FunctionDef, asks: str) -> set[str]:
    calls = [node for node in ast.walk(method) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    arguments = [call.args[-1] for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == asks]
    return {duty for argument in arguments for duty in _named(argument)}


def _named(argument: ast.expr) -> set[str]:
    """Read a duty that is written as a text or as a member of ``Duty``."""
    match argument:
        case ast.Constant(value=str(duty)):
            return {duty}
        case ast.Attribute(value=ast.Name(id="Duty"), attr=name):
            return {Duty[name].value}
    return set()


@pytest.mark.parametrize(("module", "name", "asks"), [("house.py", "House", "_require"), ("reading.py", "Reads", "_may"), ("verbs/watching.py", "WatchingVerbs", "_require"), ("verbs/seen.py", "WatchingReads", "_may")])
def test_every_verb_and_read_asks_for_its_duty(module: str, name: str, asks: str) -> None:
    asked = _asked(module, name, asks)
    assert asked
    assert {verb: {DUTY_OF[verb].value} if verb in DUTY_OF else {"is missing in DUTY_OF"} for verb in asked} == asked


def test_every_duty_is_held_by_somebody_and_asked_by_something() -> None:
    assert set().union(*DUTIES.values()) == set(Duty)
    assert set(DUTY_OF.values()) == set(Duty)


def test_every_role_has_its_duties_written() -> None:
    assert set(DUTIES) == set(Role)


@pytest.mark.parametrize("role", Role)
def test_no_role_carries_duties_that_exclude_each_other(role: Role) -> None:
    assert conflicts([role]) == ()
    require_separate([role])


@given(st.sets(st.text(max_size=20).filter(lambda text: text not in list(Role))), st.sampled_from(Duty))
def test_unknown_roles_carry_nothing(roles: set[str], duty: Duty) -> None:
    assert not may(roles, duty)


@given(st.sets(st.sampled_from(Role)), st.text(max_size=20).filter(lambda text: text not in list(Duty)))
def test_unknown_duties_are_open_to_nobody(roles: set[Role], duty: str) -> None:
    assert not may(roles, duty)
    with pytest.raises(Refused, match=r"access\.not_yours"):
        require(roles, duty)


@given(st.sets(st.sampled_from(Role)))
def test_roles_together_are_refused_exactly_when_they_hold_a_pair(roles: set[Role]) -> None:
    held = {duty for duty in Duty if may(roles, duty)}
    expected = {frozenset(pair) for pair in combinations(sorted(held), 2)} & EXCLUSIVE
    assert {frozenset(pair) for pair in conflicts(roles)} == expected
    if expected:
        with pytest.raises(Refused, match=r"access\.exclusive"):
            require_separate(roles)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Role.CASEWORKER, Role.ACCOUNTANT),
        (Role.PAYROLL_OFFICER, Role.ACCOUNTANT),
        (Role.LEADER, Role.ACCOUNTANT),
        (Role.OPERATOR, Role.CASEWORKER),
        (Role.OPERATOR, Role.INTEGRATOR),
    ],
)
def test_these_two_are_never_one_person(one: Role, other: Role) -> None:
    assert conflicts([one, other])


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.INTEGRATOR, Role.INSTITUTION_ADMIN, Role.DATA_PROTECTION_OFFICER])
def test_who_needs_no_person_sees_none(role: Role) -> None:
    persons = (Duty.SEE_WORK, Duty.SEE_CASES, Duty.SEE_CASE, Duty.SEE_EXPLANATION, Duty.SEE_PAYMENTS, Duty.SEE_REPORTS)
    assert not any(may([role], duty) for duty in persons)


CHANGING = {duty for duty in Duty if duty is not Duty.READ and not duty.startswith("see_") and duty is not Duty.STEP_DEMO}


@pytest.mark.parametrize("role", [Role.CONTROLLER, Role.AUDITOR])
def test_who_watches_changes_nothing(role: Role) -> None:
    assert not any(may([role], duty) for duty in CHANGING)


def test_an_approver_changes_nothing_but_what_another_proposed() -> None:
    assert [duty for duty in CHANGING if may([Role.APPROVER], duty) and not duty.startswith("approve_")] == []

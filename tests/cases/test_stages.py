"""Which word on a kind holds on a day, and what cannot be said."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refusion.cases.facts import Kind
from refusion.cases.stages import BY_DEFAULT, GROUP_OF, Group, Stage, Stages, Switch, proposed
from refusion.values.said import Refused

DAY, AT = date(2025, 3, 3), datetime(2025, 3, 3, 8, tzinfo=UTC)


def switch(kind: Group, stage: Stage, days: int = 0, codes: tuple[str, ...] = ()) -> Switch:
    return Switch(kind, DAY + timedelta(days=days), stage, codes, "kim", AT)


def test_every_kind_of_case_belongs_to_one_that_can_be_switched() -> None:
    assert set(GROUP_OF) == set(Kind)


def test_sickness_is_live_and_everything_else_off_until_somebody_says_otherwise() -> None:
    standing = {one.kind: one.stage for one in Stages().all_on(DAY)}
    assert standing == dict(BY_DEFAULT)
    assert {kind for kind, stage in standing.items() if stage is Stage.LIVE} == {Group.LONG_SICKNESS, Group.OTHER_SICKNESS}


@given(st.lists(st.tuples(st.sampled_from(list(Stage)), st.integers(-5, 5)), max_size=8), st.integers(-7, 7))
def test_the_newest_day_holds_and_on_the_same_day_the_last_word(said: list[tuple[Stage, int]], ahead: int) -> None:
    stages = Stages(tuple(switch(Group.PARENTAL, stage, days) for stage, days in said))
    expected, newest = Stage.OFF, -99
    for stage, days in said:
        if newest <= days <= ahead:
            expected, newest = stage, days
    assert stages.on(Group.PARENTAL, DAY + timedelta(days=ahead)).stage is expected
    assert stages.on(Group.LONG_SICKNESS, DAY).stage is Stage.LIVE


def test_codes_of_the_institution_join_those_of_the_guide() -> None:
    stages = Stages((switch(Group.PARENTAL, Stage.LIVE, 0, ("401",)), switch(Group.PARENTAL, Stage.PILOT, 2)))
    assert stages.on(Group.PARENTAL, DAY + timedelta(days=2)).codes == ("400", "405", "420", "440", "401")
    assert stages.kind_by_code("401", DAY) is Kind.PARENTAL
    assert stages.kind_by_code("401", DAY - timedelta(days=1)) is None
    assert stages.kind_by_code("100", DAY) is Kind.ORDINARY


@pytest.mark.parametrize(
    ("wanted", "because"),
    [
        (switch(Group.PARENTAL, Stage.LIVE, -1), "cases.stage_reaches_back"),
        (switch(Group.WAGE_SUBSIDY, Stage.PILOT, 0, ("300",)), "cases.stage_takes_no_codes"),
        (switch(Group.STATE_FLEKSJOB, Stage.OFF, 0, ("300",)), "cases.stage_takes_no_codes"),
        (switch(Group.ILL_CHILD, Stage.LIVE), "cases.stage_without_codes"),
        (switch(Group.ILL_CHILD, Stage.LIVE, 0, ("100",)), "cases.stage_code_taken"),
        (switch(Group.PARENTAL, Stage.OFF, 0, ("110",)), "cases.stage_code_taken"),
    ],
)
def test_what_cannot_be_said(wanted: Switch, because: str) -> None:
    with pytest.raises(Refused) as refused:
        proposed(Stages(), wanted, DAY)
    assert refused.value.because.key == because


def test_what_can_be_said() -> None:
    assert proposed(Stages(), switch(Group.FLEKSJOB, Stage.OFF), DAY).stage is Stage.OFF
    assert proposed(Stages(), switch(Group.ILL_CHILD, Stage.LIVE, 3, ("235",)), DAY).codes == ("235",)
    assert proposed(Stages(), switch(Group.OTHER_SICKNESS, Stage.PILOT), DAY).stage is Stage.PILOT
    assert proposed(Stages(), switch(Group.WAGE_SUBSIDY, Stage.LIVE), DAY).stage is Stage.LIVE


@pytest.mark.parametrize(
    ("words", "since"),
    [
        ((), None),
        (((Stage.LIVE, 0),), 0),
        (((Stage.PILOT, -9), (Stage.LIVE, 0)), -9),
        (((Stage.PILOT, -9), (Stage.OFF, -5), (Stage.LIVE, -1)), -1),
        (((Stage.PILOT, -9), (Stage.OFF, 0)), None),
        (((Stage.LIVE, 1),), None),
    ],
)
def test_since_when_a_kind_has_been_on_without_a_break(words: tuple[tuple[Stage, int], ...], since: int | None) -> None:
    stages = Stages(tuple(switch(Group.STATE_FLEKSJOB, stage, days) for stage, days in words))
    assert stages.since(Kind.STATE_FLEKSJOB, DAY) == (None if since is None else DAY + timedelta(days=since))

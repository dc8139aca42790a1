"""Rules and figures through time, in every country: one answer for each day, and another one only where a figure has its border."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from refusion.law.engine.catalogue import rests_on
from refusion.law.engine.numbers import BASIS_POINTS, COUNT, DAY, DAYS, HOURS, MONTHS, ORE, WEEKS, YES_OR_NO
from refusion.law.engine.policies import following
from refusion.law.engine.refusals import NotKnown
from refusion.wiring.rulebook import figures, rules

FIRST, LAST = date(2008, 1, 1).toordinal(), date(2030, 12, 31).toordinal()
EVERY_DAY = np.arange(FIRST, LAST + 1)
# Words of the calendar: a rule that uses one changes with months, holidays or years as well as with its figures.
CALENDAR = {"months_on", "month_end", "weekday", "new_year", "year_of", "refundable_through", "EASTER"}
# These count the weekdays of a period, so that they are the same again a week later.
OF_THE_WEEK = {"leave_days", "paid_days"}
AROUND = 400
VALUES = {
    DAYS: some.integers(0, 400),
    MONTHS: some.integers(0, 24),
    ORE: some.integers(0, 10**7),
    HOURS: some.integers(1, 5000),
    WEEKS: some.integers(0, 6000),
    BASIS_POINTS: some.integers(0, 10_000),
    COUNT: some.integers(0, 100),
    YES_OR_NO: some.booleans(),
}
BY_DAY = {name: rule for name, rule in rules().items() if DAY in rule.inputs.values()}


def below(rule):
    """Give the rule and all rules that it calls."""
    return {rule, *(inner for called in rests_on(rule).rules for inner in below(called))}


def is_of_the_calendar(rule):
    return any(CALENDAR & set(inner.body.__code__.co_names) or inner.name in OF_THE_WEEK for inner in below(rule))


def borders(rule):
    """Give the days on which a figure behind the rule becomes another, and the first day on which all are known."""
    behind = {figure for inner in below(rule) for figure in rests_on(inner).figures}
    days = {value.since.toordinal() for figure in behind for value in figure.values}
    return days, max((figure.values[0].since.toordinal() for figure in behind), default=FIRST)


@pytest.mark.parametrize("name", figures())
def test_a_figure_has_one_value_a_day_and_changes_on_its_borders_alone(name):
    figure = figures()[name]
    since = [value.since.toordinal() for value in figure.values]
    days = EVERY_DAY[since[0] <= EVERY_DAY]
    counted = np.searchsorted(since, days, side="right")
    expected = np.array([value.amount for value in figure.values])[counted - 1]
    assert np.array_equal(np.broadcast_to(figure.at(days), days.shape), expected)
    sampled = sorted({*since, *(day - 1 for day in since[1:]), *range(max(since[0], FIRST), LAST, 97)})
    assert [figure.at(day) for day in sampled] == [figure.values[np.searchsorted(since, day, side="right") - 1].amount for day in sampled]
    assert since == sorted(set(since))
    with pytest.raises(NotKnown):
        figure.at(since[0] - 1)


@pytest.mark.parametrize("name", BY_DAY)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(chance=some.data())
def test_a_rule_answers_every_day_and_changes_on_the_borders_of_its_figures_alone(name, chance):
    rule = BY_DAY[name]
    others = {part: chance.draw(VALUES[unit]) for part, unit in rule.inputs.items() if unit is not DAY}
    offsets = {part: chance.draw(some.integers(0, AROUND)) for part, unit in rule.inputs.items() if unit is DAY}
    changing, known = borders(rule)
    days = EVERY_DAY[max(known - FIRST, 0) + (AROUND + 31 if is_of_the_calendar(rule) else 0) :]
    inputs = {part: days + offsets[part] if part in offsets else others[part] for part in rule.inputs}
    choices = {policy.name: chance.draw(some.sampled_from(policy.options)) for policy in rests_on(rule).policies}
    with following(**choices):
        answers = np.broadcast_to(rule(*inputs.values()), days.shape).astype(np.int64)
    assert answers.size == days.size
    if rule.name in OF_THE_WEEK:
        assert np.array_equal(answers[7:], answers[:-7])
    elif not is_of_the_calendar(rule):
        stays, moves = np.diff(answers) == 0, np.diff(answers - days) == 0
        seams = days[1:][~(stays | moves) if rule.gives is DAY else ~stays]
        assert {int(seam) for seam in seams} <= {border - offset for border in changing for offset in offsets.values()}


def test_the_versions_of_a_figure_adjoin():
    for figure in figures().values():
        for before, after in pairwise(figure.values):
            eve = figure.value_on(after.since.toordinal() - 1)
            assert (eve, figure.value_on(after.since.toordinal())) == (before, after)

"""Danish regimes adjoin on every date; amounts keep their limits and never fall when pay rises; a cut at a week changes nothing."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from refusion.law.denmark.fleksjob.municipal import FLEKSJOB_HOUR_CEILING, fleksjob_hourly_refund, fleksjob_year_limit
from refusion.law.denmark.fleksjob.state import fleksjob_quarter_cap
from refusion.law.denmark.library import MODULES
from refusion.law.denmark.parental.amount import leave_amount
from refusion.law.denmark.parental.weeks import mother_benefit_weeks, shared_benefit_weeks
from refusion.law.denmark.rates import WEEKLY_MAXIMUM, weekly_maximum
from refusion.law.denmark.self_employed.follow_up import payday, self_paid_through
from refusion.law.denmark.service_centre.deadlines import service_follow_up_last_day, service_year_end_last_day
from refusion.law.denmark.sickness.amount import claim_amount
from refusion.law.denmark.sickness.dates import employer_period, notify_by, refund_from, window
from refusion.law.denmark.sickness.duration import looked_back_to, stops_after
from refusion.law.denmark.sickness.requirements import Work, hours_requirement_on
from refusion.law.engine.catalogue import rules_of
from refusion.law.engine.numbers import BASIS_POINTS, COUNT, DAY, DAYS, HOURS, MONTHS, ORE, WEEKS, YES_OR_NO
from refusion.law.engine.policies import following
from refusion.law.engine.refusals import NotAnswered, NotKnown
from refusion.values.period import ONE_DAY, Period

FIRST, LAST = date(2008, 1, 1), date(2030, 12, 31)
EVERY_DAY = [FIRST + timedelta(days=step) for step in range((LAST - FIRST).days + 1)]
RULES = rules_of(MODULES)
AMOUNTS = {name: rule for name, rule in RULES.items() if rule.gives is ORE and ORE in rule.inputs.values()}
# What is taken off, or what a share is divided by: more of it is never more refund.
TAKEN_OFF = {"other_refunds_ore", "excluded_ore", "wage_of_all_ore"}
# What a rule's result never exceeds, by the names of its inputs.
LIMITS = {
    "week_refund": ("benefit_ore", "wage_ore"),
    "leave_week_refund": ("benefit_ore", "wage_ore"),
    "clarification_refund": ("wage_paid_ore",),
    "limited_wage_subsidy": ("year_subsidy_ore", "limit_ore"),
    "fleksjob_base": ("wage_cost_ore", "cap_ore"),
    "fleksjob_refund": ("base_ore",),
    "fleksjob_hourly_refund": ("hourly_wage_ore",),
    "fleksjob_pension_refund": ("pension_ore",),
    "wage_subsidy_limit": ("year_wage_cost_ore",),
    "self_counted_income": ("income_year_ore",),
}
VALUES = {
    DAY: some.dates(date(2019, 1, 7), date(2026, 12, 27)).map(date.toordinal),
    DAYS: some.integers(0, 5),
    MONTHS: some.integers(0, 6),
    ORE: some.integers(0, 10**8),
    HOURS: some.integers(1, 5000),
    WEEKS: some.integers(0, 5000),
    BASIS_POINTS: some.integers(0, 10_000),
    COUNT: some.integers(1, 4),
    YES_OR_NO: some.booleans(),
}
DAYS_OF_RATES = some.dates(date(2013, 1, 7), date(2026, 11, 1))


def test_every_first_absence_day_has_one_employer_period():
    for first in EVERY_DAY:
        own = employer_period(first)
        assert own is not None
        assert own.last + ONE_DAY == refund_from(first)
    lengths = [employer_period(first).days for first in EVERY_DAY]
    changes = {after: (before, now) for after, (before, now) in zip(EVERY_DAY[1:], pairwise(lengths), strict=True) if before != now}
    assert changes == {date(2008, 6, 2): (15, 21), date(2012, 1, 2): (21, 30)}


def test_every_first_absence_day_has_one_notification_deadline_from_the_day_it_is_known():
    known = date(2012, 7, 2)
    for first in EVERY_DAY:
        if first >= known:
            assert notify_by(first) == first + timedelta(weeks=5)
        else:
            with pytest.raises(NotKnown):
                notify_by(first)


@pytest.mark.parametrize(("weeks", "months", "before", "since"), [(13, (4000,) * 6, True, True), (12, (0,) * 6, False, False)])
def test_the_requirement_is_asked_in_one_form_on_every_day(weeks, months, before, since):
    """Weeks through 4 January 2015, months from then; 26 weeks from 2 July 2012."""
    work = Work(hours_by_month=months, weeks_employed=weeks, hours_in_weeks=24_000)
    for first in EVERY_DAY:
        expected = since if first >= date(2015, 1, 5) else before and first < date(2012, 7, 2)
        assert hours_requirement_on(first, work) is expected


def test_births_belong_to_one_regime():
    for born in EVERY_DAY:
        shared, own = shared_benefit_weeks(born.toordinal()), mother_benefit_weeks(born.toordinal())
        assert (shared, own) in {(32, 14), (0, 24)}
        assert (shared == 0) is (born >= date(2022, 8, 2))


def test_months_looked_back_over_adjoin():
    firsts = [date(year, month, 1) for year in range(2008, 2031) for month in range(1, 13)]
    reached = [date.fromordinal(looked_back_to(False, first.toordinal())) for first in firsts]
    steps = {first: (now.year - before.year) * 12 + now.month - before.month for first, (before, now) in zip(firsts[1:], pairwise(reached), strict=True)}
    assert {first: step for first, step in steps.items() if step != 1} == {date(2014, 7, 1): 10}


def test_every_month_is_paid_where_the_one_before_ended():
    months = [date(year, month, 1) for year in range(2008, 2031) for month in range(1, 13)]
    through = [self_paid_through(month.toordinal()) for month in months]
    assert {now - before for before, now in pairwise(through)} == {28, 35}
    assert all(date.fromordinal(end) < payday(month) for month, end in zip(months, through, strict=True))


def test_every_day_has_one_follow_up_and_one_year_end():
    for day in EVERY_DAY:
        assert date.fromordinal(service_follow_up_last_day(day.toordinal())).day == 12
        assert date.fromordinal(service_year_end_last_day(day.toordinal(), False)) == date(day.year, 12, 30)
        assert date.fromordinal(service_year_end_last_day(day.toordinal(), True)) == date(day.year + 1, 1, 12)


@pytest.mark.parametrize("name", AMOUNTS)
@settings(max_examples=60, deadline=None)
@given(chance=some.data())
def test_more_pay_is_never_less_in_any_rule(name, chance):
    rule = AMOUNTS[name]
    row = {part: chance.draw(VALUES[unit], label=part) for part, unit in rule.inputs.items()}
    before = rule(*row.values())
    for part, unit in rule.inputs.items():
        if unit is not ORE:
            continue
        after = rule(*{**row, part: row[part] + chance.draw(some.integers(0, 10**6))}.values())
        assert (before - after if part in TAKEN_OFF else after - before) >= 0


@pytest.mark.parametrize("name", LIMITS)
@settings(max_examples=60, deadline=None)
@given(chance=some.data())
def test_no_rule_gives_more_than_its_limit(name, chance):
    (rule,) = (rule for rule in RULES.values() if rule.name == name)
    row = {part: chance.draw(VALUES[unit], label=part) for part, unit in rule.inputs.items()}
    assert rule(*row.values()) <= min(row[part] for part in LIMITS[name])


@given(VALUES[DAY], VALUES[ORE], some.booleans())
def test_the_municipality_never_refunds_more_than_its_share_of_the_ceiling(day, wage, two_thirds):
    most = FLEKSJOB_HOUR_CEILING.at(day) * (2 if two_thirds else 1)
    assert fleksjob_hourly_refund(wage, two_thirds, day) * (3 if two_thirds else 2) <= most + 1 + two_thirds


@pytest.mark.parametrize("amount", [claim_amount, leave_amount])
@given(DAYS_OF_RATES, some.integers(1, 8), some.integers(100, 5000), some.integers(0, 40_000), some.data())
def test_a_cut_at_a_week_changes_nothing_when_hours_differ_by_week(amount, first, whole_weeks, hours, pay, chance):
    monday = first - timedelta(days=first.weekday())
    boundary, last = monday + timedelta(weeks=whole_weeks), monday + timedelta(weeks=whole_weeks, days=16)
    absent = {monday + timedelta(weeks=week): chance.draw(some.integers(0, 5000)) for week in range(whole_weeks + 3)}
    one = amount(Period(first, last), hours, pay, None, absent)
    two = [amount(part, hours, pay, None, absent) for part in (Period(first, boundary - ONE_DAY), Period(boundary, last))]
    assert one.weeks == two[0].weeks + two[1].weeks
    assert (one.refund, one.supplement) == (sum(part.refund for part in two), sum(part.supplement for part in two))


@given(DAYS_OF_RATES, some.integers(0, 200), some.integers(0, 150), some.integers(1, 60), some.integers(0, 59), some.integers(1, 200), some.booleans())
def test_a_claim_cut_in_two_has_the_same_window(first, notified, start, length, cut, later, waived):
    claimed = Period(first + timedelta(days=start), first + timedelta(days=start + length))
    middle = claimed.first + timedelta(days=min(cut, length - 1))
    facts = {"first_absence_day": first, "waived": waived, "notified_on": first + timedelta(days=notified)}
    asked = claimed.last + timedelta(days=later)
    one = window(**facts, claimed=claimed, requested_on=asked)
    two = [window(**facts, claimed=part, requested_on=asked) for part in (Period(claimed.first, middle), Period(middle + ONE_DAY, claimed.last))]
    for name in ("refundable", "lost"):
        whole = list(getattr(one, name) or ())
        assert [day for part in two for day in getattr(part, name) or ()] == whole


@given(some.dates(date(2014, 7, 1), date(2025, 1, 1)), some.integers(1, 400), some.integers(1, 399))
def test_the_limit_is_the_same_however_the_paid_time_is_cut(first, length, cut):
    whole = Period(first, first + timedelta(days=length))
    middle = whole.first + timedelta(days=min(cut, length) - 1)
    assert stops_after((whole,)) == stops_after((Period(whole.first, middle), Period(middle + ONE_DAY, whole.last)))


def test_the_maximum_of_every_week_is_one_and_begins_on_a_monday():
    mondays = np.arange(WEEKLY_MAXIMUM.values[0].since.toordinal(), LAST.toordinal() + 1, 7)
    found = np.asarray(weekly_maximum(mondays))
    for step in range(7):
        assert np.array_equal(weekly_maximum(mondays + step), found)
    assert np.all(np.diff(found) >= 0)


@pytest.mark.parametrize("amount", [claim_amount, leave_amount])
@pytest.mark.parametrize(
    ("period", "facts", "refusal"),
    [
        (Period(date(2008, 1, 6), date(2008, 1, 6)), (3700, 1, None, None), NotKnown),
        (Period(date(2022, 3, 7), date(2022, 3, 8)), (-1, 1, None, None), NotAnswered),
        (Period(date(2022, 3, 7), date(2022, 3, 8)), (3700, -1, None, None), NotAnswered),
        (Period(date(2022, 3, 7), date(2022, 3, 8)), (3700, 1, -1, None), NotAnswered),
        (Period(date(2022, 3, 7), date(2022, 3, 8)), (3700, 1, None, {date(2022, 3, 7): -1}), NotAnswered),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(amount, period, facts, refusal):
    with pytest.raises(refusal) as refused:
        amount(period, *facts)
    assert refused.value.because.facts


@pytest.mark.parametrize("year", range(2015, 2025))
def test_the_year_of_four_quarters_is_a_choice(year):
    day = date(year, 6, 1).toordinal()
    published = fleksjob_year_limit(day)
    with following(fleksjob_year_ceiling_source="four_quarters"):
        of_quarters = fleksjob_year_limit(day)
    assert of_quarters - published == {2018: 300_00, 2024: -1_00}.get(year, 0)
    assert year < 2018 or of_quarters == 4 * fleksjob_quarter_cap(day)

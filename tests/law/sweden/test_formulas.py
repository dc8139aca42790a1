"""The Swedish formulas by their identities: pots that are paid to the krona, scales that do not matter, days that add up, choices by name."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from refusion.law.engine.policies import following
from refusion.law.engine.refusals import NotAnswered, NotKnown
from refusion.law.engine.tape import explaining
from refusion.law.sweden.change import comparison_number, differences, paid_part, ratios, reductions, shares, weighted_days
from refusion.law.sweden.investigations import payable_within_cap, unused_of_cap
from refusion.law.sweden.net_days import LONGEST_CASE, Case, Degree, net_days
from refusion.law.sweden.population import apportioned, population_shares, shares_among
from refusion.law.sweden.quality import Sample, has_deteriorated, has_improved, improvements, parts_of_amount, products, sum_of_products
from refusion.law.sweden.worked import RULES
from refusion.values.period import Period

ADDITION = Fraction(1, 100)
POT = 230_800_000
QUARTERS = some.integers(0, 40_000)


def named(rows):
    """Give each row a county."""
    return dict(zip("ABCDEFG", rows, strict=False))


def quarters(rows):
    """Give counties of (days before, days after), counted in quarters of days; none is without days before."""
    return {county: (Fraction(before + 1, 4), Fraction(after, 4)) for county, (before, after) in named(rows).items()}


COUNTIES = some.lists(some.tuples(QUARTERS, QUARTERS), min_size=1, max_size=7).map(quarters)


def by_change(counties, addition=ADDITION):
    """Give ratio, difference, weight and share of each county of (days before, days after)."""
    base, counted = ({county: days[place] for county, days in counties.items()} for place in (0, 1))
    ratio = ratios(base, counted)
    difference = differences(ratio, comparison_number(ratio, addition))
    weight = weighted_days(base, difference)
    return ratio, difference, weight, shares(weight)


@settings(deadline=None)
@given(COUNTIES)
def test_the_weights_are_what_the_text_says_they_are(counties):
    ratio, difference, weight, share = by_change(counties)
    most = max(ratio.values()) + ADDITION
    assert min(difference.values()) == ADDITION
    assert sum(weight.values()) == most * sum(base for base, _ in counties.values()) - sum(days for _, days in counties.values())
    assert sum(share.values()) == 1
    assert min(share.values()) > 0
    assert sum(apportioned(POT, share).values()) == POT


@settings(deadline=None)
@given(COUNTIES, some.integers(1, 10_000).map(lambda hundredths: Fraction(hundredths, 100)))
def test_another_measure_of_days_gives_the_same_shares(counties, scale):
    scaled = {county: (base * scale, days * scale) for county, (base, days) in counties.items()}
    assert by_change(scaled)[3] == by_change(counties)[3]


@settings(deadline=None)
@given(COUNTIES, some.integers(0, 150).map(lambda parts: Fraction(parts, 50)))
def test_equal_ratios_share_by_the_days_before(counties, ratio):
    alike = {county: (base, base * ratio) for county, (base, _) in counties.items()}
    whole = sum(base for base, _ in counties.values())
    assert by_change(alike)[3] == {county: base / whole for county, (base, _) in counties.items()}


@settings(deadline=None)
@given(COUNTIES, QUARTERS)
def test_more_days_never_give_a_county_more(counties, more):
    first = min(counties)
    worse = {**counties, first: (counties[first][0], counties[first][1] + more)}
    assert by_change(worse)[3][first] <= by_change(counties)[3][first] or len(counties) == 1 or is_worst(worse, first)


def is_worst(counties, county) -> bool:
    """Tell whether a county sets the comparison number: then more days move money between the others."""
    ratio = by_change(counties)[0]
    return ratio[county] == max(ratio.values())


@settings(deadline=None)
@given(some.integers(0, 10**9), COUNTIES)
def test_whole_kronor_stand_within_one_of_the_exact_part(kronor, counties):
    exact = by_change(counties)[3]
    given_out = apportioned(kronor, exact)
    assert sum(given_out.values()) == kronor
    assert all(abs(given_out[county] - kronor * part) < 1 for county, part in exact.items())


@settings(deadline=None)
@given(some.lists(some.integers(1, 10**6), min_size=1, max_size=7).map(named), some.sets(some.sampled_from("ABCDEFG")))
def test_shares_of_the_people(people, qualified):
    population = {county: Fraction(count) for county, count in people.items()}
    assert sum(population_shares(population).values()) == 1
    among = shares_among(population, qualified & set(people))
    assert sum(among.values()) == (1 if qualified & set(people) else 0)
    assert all(among[county] >= part for county, part in population_shares(population).items() if county in qualified)


SHARES = some.integers(0, 1000).map(lambda tenths: Fraction(tenths, 10))


@settings(deadline=None)
@given(some.lists(some.tuples(SHARES, SHARES, some.integers(1, 10**6)), min_size=1, max_size=5).map(named))
def test_condition_4_in_seven_steps_is_its_short_formula(counties):
    before, after, people = ({county: Fraction(row[place]) for county, row in counties.items()} for place in range(3))
    points = improvements(before, after)
    whole = sum(points.values())
    parts = {county: point / whole if whole else Fraction(0) for county, point in points.items()}
    product = products(parts, population_shares(people))
    found = parts_of_amount(product, sum_of_products(product))
    weighted = {county: max(after[county] - before[county], Fraction(0)) * people[county] for county in counties}
    short = sum(weighted.values())
    assert found == {county: part / short if short else 0 for county, part in weighted.items()}


@settings(deadline=None)
@given(some.integers(0, 10**12), some.integers(0, 10**12))
def test_what_is_paid_and_what_is_left_never_pass_the_cap(worth, cap):
    assert payable_within_cap(worth, cap) + unused_of_cap(worth, cap) == cap
    assert payable_within_cap(worth, cap) <= worth


DAYS = some.dates(date(2012, 1, 1), date(2029, 6, 30))


@settings(max_examples=15, deadline=None)
@given(DAYS, some.integers(0, 200), some.integers(1, 300), some.integers(1, 4))
def test_a_case_split_at_the_end_of_a_week_has_the_same_net_days(first, weeks, more, quarters):
    cut = first + timedelta(days=6 - first.weekday(), weeks=weeks)
    last = cut + timedelta(days=more)
    whole = Case(first, (Degree(Period(first, last), quarters),))
    split = Case(first, (Degree(Period(first, cut), quarters), Degree(Period(cut + timedelta(days=1), last), quarters)))
    years = range(first.year, last.year + 1)
    assert [net_days([whole], year) for year in years] == [net_days([split], year) for year in years]
    longest = min((last - first).days + 1, LONGEST_CASE.at(first.toordinal()))
    assert sum(net_days([whole], year) for year in years) == Fraction(longest * quarters, 4)


@settings(max_examples=15, deadline=None)
@given(DAYS, some.integers(1, 1200), some.integers(1, 4))
def test_a_long_case_counts_until_then_or_not_at_all_and_the_explanation_says_which(first, length, quarters):
    case = Case(first, (Degree(Period(first, first + timedelta(days=length - 1)), quarters),))
    within, left_out = [], []
    for option, found in (("days_within", within), ("left_out", left_out)):
        with following(long_cases=option), explaining() as tape:
            found += [net_days([case], year) for year in range(first.year, first.year + 5)]
        assert {dict(step.policies)["long_cases"] for step in tape.steps} == {option}
    assert sum(left_out) == (0 if length > 914 else sum(within))


@pytest.mark.parametrize(
    ("degrees", "key"),
    [
        ([(date(2013, 1, 1), 0)], "law.degree_not_in_quarters"),
        ([(date(2013, 1, 1), 5)], "law.degree_not_in_quarters"),
        ([(date(2012, 12, 31), 4)], "law.pay_before_case"),
        ([(date(2013, 1, 1), 2), (date(2013, 1, 1), 2)], "law.degrees_share_a_day"),
    ],
)
def test_a_case_that_cannot_be_is_refused(degrees, key):
    with pytest.raises(NotAnswered) as refused:
        net_days([Case(date(2013, 1, 1), tuple(Degree(Period(day, day), quarters) for day, quarters in degrees))], 2013)
    assert refused.value.because.key == key


def test_a_case_before_the_first_limit_is_refused():
    day = date(2011, 12, 31)
    with pytest.raises(NotKnown):
        net_days([Case(day, (Degree(Period(day, day), 4),))], 2011)


def test_no_days_in_the_base_year_are_left_out_or_refused():
    base, days = {"A": Fraction(0), "B": Fraction(1)}, {"A": Fraction(1), "B": Fraction(1)}
    with explaining() as tape:
        assert ratios(base, days) == {"B": 1}
    assert dict(tape.explanation.policies) == {"no_base_days": "left_out"}
    with following(no_base_days="refused"), pytest.raises(NotAnswered) as refused:
        ratios(base, days)
    assert refused.value.because.facts == {"counties": "A"}
    with pytest.raises(NotAnswered):
        ratios({"A": Fraction(0)}, {"A": Fraction(1)})


def test_fewer_days_and_a_country_that_keeps_within_a_step():
    before, after = {"A": Fraction(10), "B": Fraction(10)}, {"A": Fraction(7), "B": Fraction(12)}
    assert reductions(before, after) == {"A": 3, "B": 0}
    steps = [(Fraction(95, 100), Fraction(100)), (Fraction(100, 100), Fraction(50))]
    assert paid_part(before, after, steps) == 1
    assert paid_part(before, {"A": Fraction(19, 2), "B": Fraction(10)}, steps) == Fraction(1, 2)
    assert paid_part(before, {"A": Fraction(11), "B": Fraction(10)}, steps) == 0


@settings(deadline=None)
@given(some.integers(1, 1000), some.data())
def test_a_review_is_better_worse_or_neither(reviewed, chance):
    before, after = (Sample(Fraction(chance.draw(some.integers(0, reviewed))), Fraction(reviewed)) for _ in range(2))
    deviations = Fraction(196, 100)
    assert not (has_improved(before, after, deviations) and has_deteriorated(before, after, deviations))
    assert has_improved(before, after, deviations) == has_deteriorated(after, before, deviations)


@pytest.mark.parametrize("percent", ["0", "12.5", "33", "101", "125"])
def test_a_degree_that_is_no_quarter_is_refused(percent):
    case = {"first_day": "2013-01-01", "paid": [["2013-01-01", "2013-01-02", percent]]}
    worked = RULES["SE-2013-NET-DAYS"]
    with pytest.raises((ValueError, NotAnswered)):
        worked.answers["net_days"].give(worked.read({"year": "2013", "cases": [case]}))

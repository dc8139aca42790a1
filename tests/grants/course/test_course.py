"""The course of an agreement as rules: banking days, matters, hindrances, gathered facts, runs and corrections, ceilings, what-ifs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from time import perf_counter

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from refusion.grants.course.banking_days import is_banking_day, last_banking_day, next_banking_day
from refusion.grants.course.ceilings import ceilings
from refusion.grants.course.gathering import checked_statistics, facts_of, gathered, recorded_columns
from refusion.grants.course.matters import decided_pots, matters
from refusion.grants.course.records import Order, PaperKind
from refusion.grants.course.running import hindrances, payable_pots, payout_days, pays_on, planned, preview
from refusion.grants.course.what_if import change, what_if
from refusion.grants.reading import agreement, parsed, text_of
from refusion.values.said import BadInput
from tests.grants.course.made import SE_2013, paid, paper, ready, statistics

M = 1_000_000_00
EVERY = tuple(pot.name for pot in payable_pots(SE_2013))
KEYS = [one.key for one in matters(SE_2013)]
EVES = {(12, 24), (12, 31)}


@pytest.mark.parametrize("year", range(2005, 2036))
def test_banking_days_are_those_of_the_swedish_calendar(year: int) -> None:
    closed = holidays.Sweden(years=year, include_sundays=False)
    for place in range(366):
        day = date(year, 1, 1) + timedelta(days=place)
        if day.year != year:
            break
        midsummer = day.weekday() == 4 and day.month == 6 and 19 <= day.day <= 25
        open_day = day.weekday() < 5 and day not in closed and (day.month, day.day) not in EVES and not midsummer
        assert is_banking_day(day) is open_day, day


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        (date(2014, 2, 15), date(2014, 2, 14), date(2014, 2, 17)),
        (date(2014, 4, 30), date(2014, 4, 30), date(2014, 4, 30)),
        (date(2014, 5, 1), date(2014, 4, 30), date(2014, 5, 2)),
        (date(2014, 4, 21), date(2014, 4, 17), date(2014, 4, 22)),
        (date(2014, 6, 20), date(2014, 6, 19), date(2014, 6, 23)),
    ],
)
def test_a_closed_day_is_met_the_banking_day_before(day: date, before: date, after: date) -> None:
    assert (last_banking_day(day), next_banking_day(day)) == (before, after)


def test_the_payouts_of_2013_are_two() -> None:
    assert {day: len(pots) for day, pots in payout_days(SE_2013).items()} == {date(2014, 2, 15): 10, date(2014, 4, 30): 1}
    assert pays_on(SE_2013, ["variable", "condition_4"]) == date(2014, 2, 14)
    assert pays_on(SE_2013, ["condition_4"]) == date(2014, 4, 30)
    assert pays_on(SE_2013, ["follow_up"]) is None
    assert "pilot" not in EVERY


def test_what_is_decided_on() -> None:
    assert len(KEYS) == 5 * 21 + 2
    assert decided_pots(SE_2013)[-3:] == ("condition_5", "condition_5_plan", "condition_5_premium")
    assert decided_pots(agreement("se-2007")) == ("action_plan",)


def test_the_agreement_names_approvals_requirements_and_its_budget_line() -> None:
    assert SE_2013.budget is not None
    assert SE_2013.budget.line == "UO 10, anslag 1:6, anslagspost 2"
    assert [one.id for one in SE_2013.approvals_of("condition_1")] == ["government", "skl_board", "riksdag_funds"]
    assert [one.id for one in SE_2013.approvals_of("investigations")] == ["investigations_government", "investigations_skl_board"]
    assert {one.pot for one in SE_2013.requirements if one.consulted == "SKL"} == {
        "condition_1", "condition_2", "condition_3", "condition_4", "condition_5_plan",
    }  # fmt: skip
    assert {one.pot: one.reviewed_with for one in SE_2013.requirements if one.reviewed_with} == {"condition_2": "Socialstyrelsen"}
    assert SE_2013.in_force_to == date(2013, 12, 31)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('pots = ["investigations"]\nsection = "bilaga 2"', 'pots = ["nowhere"]\nsection = "bilaga 2"'),
        ('[[requirement]]\npot = "condition_1"', '[[requirement]]\npot = "condition_9"'),
        ('[[requirement]]\npot = "condition_1"\nset_by', '[[requirement]]\npot = "condition_1"\nsett_by'),
        ('item = "2"', "item = 2"),
        ('id = "skl_board"\n', ""),
        ("published_decimals = 1", 'published_decimals = "1"'),
    ],
)
def test_terms_that_cannot_be_are_refused(old: str, new: str) -> None:
    text = text_of("se-2013")
    assert old in text
    with pytest.raises(BadInput):
        parsed(text.replace(old, new, 1), "mine.toml")


@pytest.mark.parametrize("pot", EVERY)
def test_every_pot_is_payable_when_nothing_hinders_it(pot: str) -> None:
    assert hindrances(ready(), pot) == ()


@pytest.mark.parametrize("approval", [one.id for one in SE_2013.approvals])
def test_every_missing_approval_hinders(approval: str) -> None:
    standing = ready()
    without = replace(standing, papers=tuple(one for one in standing.papers if one.key != approval))
    hindered = [pot for pot in EVERY if hindrances(without, pot)]
    assert hindered == [pot for pot in EVERY if approval in {one.id for one in SE_2013.approvals_of(pot)}]
    assert hindered
    for pot in hindered:
        with pytest.raises(BadInput):
            planned(without, [pot], 1, {})


@pytest.mark.parametrize("key", KEYS[::10])
def test_every_missing_decision_hinders(key: tuple[str, str]) -> None:
    standing = ready()
    without = replace(standing, steps=tuple(step for step in standing.steps if (step.pot, step.who) != key))
    assert any(one.key == "agreements.undecided" for pot in EVERY for one in hindrances(without, pot))


def test_an_agreement_without_a_budget_line_pays_nothing() -> None:
    standing = replace(ready(), agreement=replace(SE_2013, budget=None))
    assert [one.key for one in hindrances(standing, "condition_1")] == ["agreements.no_budget_line"]


def test_a_missing_county_stops() -> None:
    with pytest.raises(BadInput) as refused:
        facts_of(ready(rows=statistics()[1:]))
    assert refused.value.problems[0].what.facts == {"counties": "01 Stockholms län"}


def test_the_later_statistics_count_and_what_lacks_is_named() -> None:
    rows = [{name: cell for name, cell in row.items() if not name.startswith("share")} for row in statistics()]
    standing = ready(rows=rows)
    assert preview(standing).lacking["condition_4"].facts == {"names": "share_ok_2012, share_ok_2013"}
    later = paper(PaperKind.STATISTICS, "statistics", 2, rows=[{"county": row["county"], "share_ok_2012": "50", "share_ok_2013": "60.5"} for row in rows])
    both = replace(standing, papers=(*standing.papers, later))
    assert preview(both).run.pots["condition_4"].paid == 100 * M
    assert {row["share_ok_2013"] for row in gathered(both)[:-1]} == {"60.5"}


@pytest.mark.parametrize(
    ("cells", "key"),
    [
        ({"share_ok_2013": "63.85"}, "grants.more_decimals_than_published"),
        ({"share_ok_2013": "101"}, "grants.outside_0_100"),
        ({"net_days_2013": "-1"}, "grants.below_zero"),
        ({"net_days_2013": "many"}, "grants.not_of_its_kind"),
        ({"population": "0"}, "grants.no_people"),
        ({"county": "02"}, "grants.county_unknown"),
        ({"plan_in_time": "yes"}, "agreements.column_recorded"),
        ({"team_investigations": "4"}, "agreements.column_recorded"),
        ({"sickness": "4"}, "agreements.column_unknown"),
    ],
)
def test_statistics_that_cannot_be_are_refused_with_their_place(cells: dict[str, str], key: str) -> None:
    with pytest.raises(BadInput) as refused:
        checked_statistics(SE_2013, [{"county": "14", **cells}], "file.csv")
    assert refused.value.problems[0].what.key == key
    assert refused.value.problems[0].file == "file.csv"
    assert set(cells) - {"county"} <= {*recorded_columns(SE_2013), "share_ok_2013", "net_days_2013", "population", "sickness"}


@pytest.mark.parametrize(
    ("delivered", "counts"),
    [(date(2013, 4, 12), True), (date(2013, 4, 13), False), (None, False), (date(2013, 3, 1), True)],
)
def test_what_is_delivered_late_is_neither_paid_nor_passed_on(delivered: date | None, counts: bool) -> None:
    standing = ready(orders=[Order("F1", "14", "team_investigations", date(2013, 3, 1), date(2013, 4, 12), delivered)])
    pots = preview(standing).run.pots
    assert pots["investigations"].by_county["14"] == (37_000_00 if counts else 0)
    assert pots["investigations"].overflow == 250 * M - 37_000_00
    assert pots["variable"].available == 230_800_000_00 + 250 * M - 37_000_00


decisions = some.dictionaries(some.sampled_from(KEYS), some.booleans(), max_size=40)


@settings(max_examples=30, deadline=None)
@given(decisions, decisions)
def test_a_correction_pays_the_difference_and_nothing_is_paid_twice(first: dict[tuple[str, str], bool], second: dict[tuple[str, str], bool]) -> None:
    before = paid(ready(first), *EVERY)
    now = ready(second)
    corrected = replace(now, runs=before.runs, lines=before.lines)
    after = paid(corrected, *EVERY)
    due = planned(now, EVERY, 1, {})
    assert {key: amount for key, amount in after.paid().items() if amount} == {(line.pot, line.payee): line.amount for line in due.lines}
    assert after.runs[-1].corrects == 1
    for one in ceilings(after):
        assert one.holds, one
    total = ceilings(after)[0]
    assert total.paid + total.left == 1000 * M


def test_a_run_is_reckoned_alike_each_time_and_differs_when_a_fact_does() -> None:
    one, same = planned(ready(), EVERY, 1, {}), planned(ready(), EVERY, 1, {})
    other = planned(ready(rows=statistics(c14={"net_days_2013": "1"})), EVERY, 1, {})
    assert (one.content_hash, one.lines) == (same.content_hash, same.lines)
    assert other.content_hash != one.content_hash
    assert {line.budget for line in one.lines} == {"UO 10, anslag 1:6, anslagspost 2"}


def test_a_year_of_21_counties_to_every_figure_takes_less_than_a_second() -> None:
    standing = ready()
    began = perf_counter()
    plan = planned(standing, EVERY, 1, {})
    assert perf_counter() - began < 1
    assert len(plan.content["pots"]) == len(EVERY) + 1


@pytest.mark.parametrize(
    ("written", "losing"),
    [("14:condition_2=no", {"14"}), ("14:condition_2_fulfilled=no", {"14"}), ("09:net_days_2013=-5%", set()), ("00:condition_5=no", set())],
)
def test_a_what_if_says_who_loses(written: str, losing: set[str]) -> None:
    outcome = what_if(SE_2013, facts_of(ready()), [change(SE_2013, written)])
    lost = {county for county, more in outcome.differences.items() if more < 0}
    if "net_days" in written:
        # The pot is always paid in whole: what Gotland gains, others lose.
        assert outcome.differences["09"] > 0
        assert lost
        assert sum(outcome.differences.values()) == 0
        assert outcome.by_pot["variable"] == 0
    else:
        assert lost == losing
    if written.startswith("00"):
        assert outcome.by_pot["condition_5_skl"] == -45 * M


def test_if_rates_rise_everywhere_alike_the_shares_stay_within_the_addition() -> None:
    outcome = what_if(SE_2013, facts_of(ready()), [change(SE_2013, "all:net_days_2013=+5%")])
    assert outcome.before.paid == outcome.after.paid
    assert outcome.lacking == {}


@pytest.mark.parametrize(
    "written",
    ["", "14", "14:condition_2", "14:nothing=1", "99:condition_2=no", "14:population_day=2012-11-01", "14:condition_2=+1", "14:net_days_2013=5%"],
)
def test_a_change_that_cannot_be_read_is_refused(written: str) -> None:
    with pytest.raises(BadInput):
        change(SE_2013, written)


@pytest.mark.parametrize("written", ["14:share_ok_2013=+90", "14:net_days_2013=-99999999", "14:condition_2=maybe", "14:net_days_2013=+1.2.3"])
def test_a_change_that_cannot_be_made_is_refused(written: str) -> None:
    with pytest.raises(BadInput) as refused:
        what_if(SE_2013, facts_of(ready()), [change(SE_2013, written)])
    assert refused.value.problems[0].what.key == "agreements.change_impossible"


def test_an_improvement_within_the_margin_is_noted_and_paid_all_the_same() -> None:
    samples = {"approved_2012": "200", "reviewed_2012": "400", "approved_2013": "204", "reviewed_2013": "400"}
    rows = [{**row, **samples} for row in statistics()]
    held = SE_2013.pot("condition_4").columns
    assert {held[role] for role in ("approved_before", "reviewed_after")} == {"approved_2012", "reviewed_2013"}
    found = preview(ready(rows=rows))
    assert "grants.improvement_within_chance" in {one.key for one in found.run.warnings}
    assert found.run.pots["condition_4"].paid == 100 * M

"""The agreement of 2013 as a whole: its flows, its ceilings, its warnings, its refusals."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from refusion.grants.facts import read
from refusion.grants.payout import compute, corrections
from refusion.grants.policies import choosing
from refusion.grants.population import population_of, populations, with_population
from refusion.law.engine.refusals import NotAnswered
from refusion.law.engine.tape import explaining
from refusion.values.said import BadInput
from tests.grants.conftest import CODES, county

M = 1_000_000_00


def change(rows, code, **cells):
    return [{**row, **cells} if row["county"] == code else row for row in rows]


def of_all(rows, **cells):
    return [row if row["county"] == "00" else {**row, **cells} for row in rows]


def problems(agreement, rows):
    with pytest.raises(BadInput) as refused:
        read(agreement, rows, "facts.csv", first_row=2)
    return {problem.what.key: problem for problem in refused.value.problems}


def test_everything_that_is_paid_or_not_is_the_milliard(se_2013, rows):
    run = compute(se_2013, read(se_2013, rows))
    assert run.paid + run.unpaid == 1000 * M
    assert run.pots["investigations"].paid + run.pots["investigations"].overflow == 250 * M
    assert run.pots["variable"].paid == run.pots["variable"].available
    assert sum(run.by_county.values()) <= 930_800_000_00
    assert run.pots["condition_5_premium"].unpaid == 25 * M
    assert run.by_payee["SKL"] == 45 * M


@pytest.mark.parametrize(("used", "available"), [("50000000", 4808), ("0", 5308), ("49999999", 4808)])
def test_what_is_not_used_goes_into_the_variable_part(se_2013, rows, used, available):
    rows = of_all(change(rows, "00", pilot_used=used), team_investigations=0, doctor_statements=0)
    run = compute(se_2013, read(se_2013, rows))
    extra = 1_00 if used == "49999999" else 0
    assert run.pots["variable"].available == available * M // 10 + extra
    assert sum(run.pots["variable"].by_county.values()) == run.pots["variable"].available


@pytest.mark.parametrize("pot", ["condition_1", "condition_2", "condition_3"])
def test_all_fail_a_condition_and_nothing_of_it_flows(se_2013, rows, pot):
    run = compute(se_2013, read(se_2013, of_all(rows, **{f"{pot}_fulfilled": "no"})))
    assert run.pots[pot].unpaid == se_2013.pot(pot).amount
    assert run.pots[pot].overflow == run.pots[pot].paid == 0


def test_a_failure_moves_nobody_elses_krona(se_2013, rows):
    before = compute(se_2013, read(se_2013, rows)).pots["condition_2"].by_county
    after = compute(se_2013, read(se_2013, change(rows, "12", condition_2_fulfilled="no"))).pots["condition_2"].by_county
    assert {code: amount for code, amount in before.items() if code != "12"} == {code: amount for code, amount in after.items() if code != "12"}
    assert after["12"] == 0


def test_money_above_the_cap_of_investigations_is_scaled_or_refused(se_2013, rows):
    facts = read(se_2013, of_all(rows, team_investigations=1000))
    run = compute(se_2013, facts)
    assert run.pots["investigations"].paid == 250 * M
    assert run.pots["variable"].available == 230_800_000_00
    with pytest.raises(NotAnswered), choosing({"above_cap": "refused"}):
        compute(se_2013, facts)


def test_the_premium_without_the_plan(se_2013, rows):
    rows = change(rows, "03", plan_in_time="no", realised_in_2013="yes")
    facts = read(se_2013, rows)
    assert compute(se_2013, facts).pots["condition_5_premium"].paid == 0
    with choosing({"premium_needs_plan": "realised_alone"}):
        assert compute(se_2013, facts).pots["condition_5_premium"].by_county["03"] == 25 * M


def test_fixed_amounts_wait_for_a_decision(se_2013, rows):
    facts = read(se_2013, change(rows, "00", condition_5_national_released="no"))
    assert "SKL" not in {payee for payee, amount in compute(se_2013, facts).by_payee.items() if amount}
    with choosing({"fixed_release": "unconditional"}):
        assert compute(se_2013, facts).by_payee["Socialstyrelsen"] == 1_200_000_00


def test_orders_or_payments_decide_what_flows_on(se_2013, rows):
    facts = read(se_2013, of_all(rows, team_investigations_ordered=11, doctor_statements_ordered=5))
    late = 21 * 37_000_00
    assert compute(se_2013, facts).pots["investigations"].unpaid == late
    with choosing({"overflow_counted_on": "payments"}):
        assert compute(se_2013, facts).pots["investigations"].unpaid == 0


def test_new_grants_together_or_by_kind(se_2013, rows):
    kinds = {"new_sickness_grants_2012": 3, "new_sickness_grants_2013": 1, "new_activity_grants_2012": 2, "new_activity_grants_2013": 4}
    facts = read(se_2013, change(of_all(rows, **dict.fromkeys(kinds, 0)), "01", **kinds))
    assert compute(se_2013, facts).pots["variable"].figures["days_added"]["01"] == 0
    with choosing({"new_grants": "by_kind"}):
        assert compute(se_2013, facts).pots["variable"].figures["days_added"]["01"] == 500


def test_no_days_in_the_base_year_warns_or_refuses(se_2013, rows):
    facts = read(se_2013, change(rows, "09", net_days_2012=0))
    run = compute(se_2013, facts)
    assert run.pots["variable"].by_county["09"] == 0
    assert "grants.no_base_days" in {warning.key for warning in run.warnings}
    with pytest.raises(NotAnswered), choosing({"no_base_days": "refused"}):
        compute(se_2013, facts)


def test_an_improvement_that_chance_explains_is_paid_with_a_warning(se_2013, rows):
    rows = of_all(rows, approved_2012=200, reviewed_2012=400, approved_2013=210, reviewed_2013=400)
    run = compute(se_2013, read(se_2013, rows))
    assert run.pots["condition_4"].paid == 100 * M
    assert "grants.improvement_within_chance" in {warning.key for warning in run.warnings}


def test_populations_of_another_day_warn_and_their_sums_are_the_published_ones(se_2013, rows):
    assert [sum(people for _, people in held.people) for held in populations()] == [9_555_893, 9_644_864]
    bare = [{name: cell for name, cell in row.items() if not name.startswith("population")} for row in rows]
    run = compute(se_2013, read(se_2013, with_population(bare, population_of("2013-12-31"))))
    assert run.warnings[0].key == "grants.population_of_another_day"
    with pytest.raises(BadInput):
        with_population(rows, population_of("2013-12-31"))
    with pytest.raises(BadInput):
        population_of("2012-11-01")


def test_a_correction_is_a_difference_and_adds_up(se_2013, rows):
    before, after = (compute(se_2013, read(se_2013, some)) for some in (rows, change(rows, "01", net_days_2013=2000)))
    more = corrections(before, after)
    assert sum(more.values()) == 0
    assert more["01"] < 0


def test_every_step_is_on_the_tape_with_exact_fractions(se_2013, rows):
    with explaining() as tape:
        run = compute(se_2013, read(se_2013, rows))
    names = {below.rule for step in tape.steps for _, below in step.walk()}
    assert {"ratios", "comparison_number", "differences", "weighted_days", "shares", "apportioned", "grant_pot"} <= names
    assert {"improvements", "sum_of_improvements", "parts_of_improvement", "products", "sum_of_products", "parts_of_amount"} <= names
    text = json.dumps([step.as_json() for step in tape.steps])
    assert str(run.pots["variable"].figures["comparison_number"]) in text


def test_more_days_never_pay_a_county_more(se_2013, rows):
    amounts = []
    for days in range(1000, 3000, 250):
        run = compute(se_2013, read(se_2013, change(rows, "10", net_days_2013=days)))
        amounts.append(run.pots["variable"].by_county["10"])
    assert amounts == sorted(amounts, reverse=True)


def test_days_counted_in_another_measure_give_the_same_shares(se_2013, rows):
    scaled = [row if row["county"] == "00" else {**row, **{name: str(4 * Fraction(str(row[name]))) for name in ("net_days_2012", "net_days_2013")}} for row in rows]
    first, second = (compute(se_2013, read(se_2013, some)).pots["variable"] for some in (rows, scaled))
    assert first.by_county == second.by_county


@pytest.mark.parametrize(
    ("cells", "key"),
    [
        ({"share_ok_2013": "100.01"}, "grants.outside_0_100"),
        ({"share_ok_2013": "-0.1"}, "grants.outside_0_100"),
        ({"net_days_2013": "-1"}, "grants.below_zero"),
        ({"net_days_2013": "1e5"}, "grants.not_of_its_kind"),
        ({"net_days_2013": "NaN"}, "grants.not_of_its_kind"),
        ({"new_grants_2013": "1.5"}, "grants.not_whole"),
        ({"population": "0"}, "grants.no_people"),
        ({"plan_in_time": "perhaps"}, "grants.not_of_its_kind"),
        ({"population_day": "2012-11-31"}, "grants.not_of_its_kind"),
    ],
)
def test_a_cell_that_cannot_be_is_refused_with_its_place(se_2013, rows, cells, key):
    found = problems(se_2013, change(rows, "03", **cells))
    assert list(found) == [key]
    assert (found[key].row, found[key].column, found[key].value) == (3, next(iter(cells)), next(iter(cells.values())))


@pytest.mark.parametrize("bound", ["0", "100", "0.0", "100.0"])
def test_the_bounds_of_a_share_are_shares(se_2013, rows, bound):
    read(se_2013, change(rows, "03", share_ok_2013=bound))


def test_counties_that_are_unknown_doubled_or_missing_are_refused_at_once(se_2013, rows):
    found = problems(se_2013, [row for row in rows if row["county"] != "25"] + [county("02", 1), county("01", 1)])
    assert set(found) == {"grants.county_unknown", "grants.county_twice", "grants.counties_missing"}
    assert found["grants.counties_missing"].what.facts["counties"] == "25 Norrbottens län"
    assert found["grants.county_unknown"].value == "02"


@pytest.mark.parametrize("code", CODES)
def test_each_of_the_21_must_be_there(se_2013, rows, code):
    assert set(problems(se_2013, [row for row in rows if row["county"] != code])) == {"grants.counties_missing"}


def test_a_code_that_lost_its_zero_is_the_same_county(se_2013, rows):
    bare = [{**row, "county": int(str(row["county"]))} for row in rows]
    assert compute(se_2013, read(se_2013, bare)).by_county == compute(se_2013, read(se_2013, rows)).by_county


def test_a_population_that_is_not_the_country_is_refused(se_2013, rows):
    whole = sum(int(str(row["population"])) for row in rows if row["county"] != "00")
    read(se_2013, change(rows, "00", population=whole))
    assert set(problems(se_2013, change(rows, "00", population=whole + 1))) == {"grants.population_other_sum"}


def test_more_used_than_the_pilot_holds_is_refused(se_2013, rows):
    with pytest.raises(NotAnswered):
        compute(se_2013, read(se_2013, change(rows, "00", pilot_used="50000001")))


def test_the_made_up_file_of_the_documents_is_computed(se_2013):
    import csv

    file = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "grant-made-up.csv"
    with file.open(encoding="utf-8") as lines:
        run = compute(se_2013, read(se_2013, list(csv.DictReader(lines))))
    assert run.paid + run.unpaid == 1000 * M


def test_the_explanation_names_the_choice_that_the_facts_made(se_2013, rows):
    plain = [row if row["county"] == "00" else {name: cell for name, cell in row.items() if not name.startswith("share_ok")} for row in rows]
    counted = of_all(plain, approved_2012="200", reviewed_2012="400", approved_2013="240", reviewed_2013="400")
    followed = {}
    for place, given in enumerate((rows, counted)):
        with explaining() as tape:
            compute(se_2013, read(se_2013, given))
        followed[place] = dict(pair for step in tape.steps for _, below in step.walk() for pair in below.policies)
    assert (followed[0]["share_precision"], followed[1]["share_precision"]) == ("published", "counted")
    assert followed[0]["overflow_counted_on"] == "payments"
    ordered = of_all(rows, team_investigations_ordered="10", doctor_statements_ordered="5")
    with explaining() as tape:
        compute(se_2013, read(se_2013, ordered))
    assert dict(pair for step in tape.steps for _, below in step.walk() for pair in below.policies)["overflow_counted_on"] == "orders"

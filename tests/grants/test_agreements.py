"""Agreements as files of figures: those that ship, and everything that makes one impossible."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from refusion.grants.facts import columns, read
from refusion.grants.payout import compute
from refusion.grants.reading import agreement, all_counties, parsed, shipped
from refusion.grants.rules.catalogue import RULE_TYPES
from refusion.values.said import BadInput

TEN = Path(__file__).with_name("ten-rules.toml").read_text(encoding="utf-8")
M = 1_000_000_00


def test_the_pots_of_2013_are_those_of_the_agreement(se_2013):
    amounts = {pot.name: pot.amount for pot in se_2013.pots}
    assert amounts["total"] == 1000 * M
    assert amounts["variable"] == 230_800_000_00
    assert amounts["conditional"] == 464_200_000_00
    assert amounts["conditional"] + amounts["investigations"] == 714_200_000_00
    assert amounts["condition_5"] == 114_200_000_00
    assert {pot.pay_by for pot in se_2013.pots} == {None, date(2014, 2, 15), date(2014, 4, 30)}
    assert all(pot.source and pot.verified for pot in se_2013.pots)
    assert se_2013.population_day == date(2012, 11, 1)
    assert len(se_2013.counties) == len(all_counties()) == 21


def test_every_rule_type_is_used_by_some_agreement(ten_rules):
    assert {pot.rule for pot in ten_rules.shared()} == set(RULE_TYPES)
    assert len(RULE_TYPES) == 10


def test_another_agreement_of_the_family_ships_as_figures_alone():
    held = agreement("se-2007")
    assert set(shipped()) == {"se-2007", "se-2013"}
    assert not any(pot.verified for pot in held.pots)
    assert set(columns(held).of_counties) == {"population", "population_day", "action_plan_agreed", "sickness_days_before", "sickness_days"}
    rows = [
        {"county": code, "population": 1, "action_plan_agreed": code != "25", "sickness_days_before": 10, "sickness_days": 7 if code in {"01", "25"} else 11}
        for code in held.codes
    ]
    run = compute(held, read(held, rows))
    assert run.pots["reduction"].by_county["01"] == run.pots["reduction"].by_county["25"] == 375 * M
    # 250 million over 21 leaves 10 kronor, one each to the lowest codes; county 25 gets none of them and nothing at all.
    assert run.pots["action_plan"].by_county["01"] == 11_904_762_00
    assert run.pots["action_plan"].unpaid == 11_904_761_00
    assert run.warnings[0].facts == {"pots": "action_plan, reduction"}


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("amount = 5_500", "amount = 5_499", "grants.pots_do_not_add_up"),
        ("amount = 100\n", "amount = 101\n", "grants.pots_do_not_add_up"),
        ("amount = 100\n", "amount = -100\n", "grants.below_zero"),
        ("amount = 100\n", "amount = 100.0\n", "grants.field_not_of_its_kind"),
        ("amount = 100\n", "", "grants.field_lacking"),
        ('rule = "shared_pot"', 'rule = "by_lot"', "grants.rule_unknown"),
        ('rule = "shared_pot"\n', "", "grants.pot_rule_or_parts"),
        ("comparison_addition = 0.5, ", "", "grants.field_lacking"),
        ("threshold = 80", 'threshold = "80"', "grants.parameter_will_not_do"),
        ("threshold = 80", "threshold = -1", "grants.parameter_will_not_do"),
        ("threshold = 80", "threshold = 80, other = 1", "grants.field_unknown"),
        ("[0.95, 50]", "[0.94, 50]", "grants.parameter_will_not_do"),
        ("[0.95, 50]", "[0.95, 101]", "grants.parameter_will_not_do"),
        ("{ visits = 7 }", "{ visits = 7.5 }", "grants.parameter_will_not_do"),
        ('paid_by = "decision"', 'paid_by = "lot"', "grants.parameter_will_not_do"),
        ('unused_to = "relative"', 'unused_to = "nowhere"', "grants.overflow_nowhere"),
        ('unused_to = "relative"', 'unused_to = "visits"', "grants.overflow_nowhere"),
        ('name = "steady"', 'name = "threshold"', "grants.pot_twice"),
        ('part_of = "total"', 'part_of = "elsewhere"', "grants.pot_unknown"),
        ('name = "total"', 'name = "total"\npart_of = "total"', "grants.not_one_root"),
        ('"03"', '"02"', "grants.agreement_county_unknown"),
        ("year = 2031", 'year = "2031"', "grants.field_not_of_its_kind"),
        ("year = 2031", "yaer = 2031", "grants.field_unknown"),
        ("share = ", "shares = ", "grants.field_unknown"),
        ("0.5", "nan", "grants.agreement_unreadable"),
        ("year = 2031", "year = ", "grants.agreement_unreadable"),
    ],
)
def test_an_agreement_that_cannot_be_is_refused_with_the_reason(old, new, key):
    assert old in TEN
    with pytest.raises(BadInput) as refused:
        parsed(TEN.replace(old, new), "mine.toml")
    assert key in {problem.what.key for problem in refused.value.problems}
    assert {problem.file for problem in refused.value.problems} == {"mine.toml"}


def test_an_agreement_without_pots_is_refused():
    with pytest.raises(BadInput):
        parsed(TEN.partition("[[pot]]")[0], "mine.toml")


@pytest.mark.parametrize("name", ["se-1999", "counties", "nowhere.toml", "../se-2013"])
def test_an_agreement_that_nobody_knows_is_refused(name):
    with pytest.raises(BadInput) as refused:
        agreement(name)
    assert refused.value.problems[0].what.key == "grants.agreement_unknown"


def test_a_file_that_is_no_text_is_refused(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput):
        agreement(str(file))

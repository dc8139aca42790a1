"""Every rule of the family once, in an agreement that exists as figures alone; amounts reckoned by hand."""

from __future__ import annotations

import pytest

from refusion.grants.facts import read
from refusion.grants.payout import Run, compute
from refusion.grants.policies import choosing
from refusion.law.engine.refusals import MissingFact, NotAnswered
from refusion.law.engine.tape import explaining

HEADS = ["county", "population", "fulfilled", "approved_share", "approved_before", "reviewed_before", "approved_after", "reviewed_after", "share_before", "share_after", "qualifies", "visits", "base_days", "days", "grants_before", "grants_after"]
ROWS = [
    "01 500 yes 80 60 100 59 100 60 59 yes 10 1000 900 3 1",
    "03 300 no 79.9 60 100 30 100 60 30 no 10 1000 1000 1 3",
    "04 200 yes 100 50 100 60 100 50 60 yes 30 1000 950 1 1",
]
BY_HAND = {
    "fulfilled": (500, 0, 200),
    "threshold": (500, 0, 200),
    "steady": (250, 0, 100),  # 60 of 100 to 30 of 100 is no chance, 60 to 59 is
    "improved": (0, 0, 500),
    "shared": (357, 0, 143),  # 500 x 5/7 = 357.14
    "office": (0, 0, 0),
    "visits": (70, 70, 210),  # 50 visits at 7; 50 left go on
    "relative": (202, 163, 185),  # 550 by 0.62, 0.50, 0.57: days 900, 1020, 950 against 1.52
    "absolute": (333, 0, 167),
    "dependent": (92, 74, 84),  # the country is at exactly 0.95 of its days, so half
}


@pytest.fixture
def facts(ten_rules):
    rows = [dict(zip(HEADS, row.split(), strict=True)) for row in ROWS]
    return read(ten_rules, [*rows, {"county": "00", "office_released": "yes"}])


def kronor(run: Run, pot: str) -> tuple[int, ...]:
    return tuple(amount // 100 for amount in run.pots[pot].by_county.values())


def test_each_rule_gives_what_a_hand_gives(ten_rules, facts):
    run = compute(ten_rules, facts)
    assert {pot: kronor(run, pot) for pot in run.pots} == BY_HAND
    assert run.by_payee == {"Kansliet": 10_000}
    assert run.paid + run.unpaid == 550_000
    assert run.pots["visits"].overflow == 5_000
    assert run.pots["dependent"].unpaid == 25_000


def test_each_pot_is_explained_with_its_own_place(ten_rules, facts):
    with explaining() as tape:
        compute(ten_rules, facts)
    assert {step.called for step in tape.steps} == {pot.called for pot in ten_rules.shared()}
    assert all(step.as_json()["citation"].startswith("Påhittad – ") for step in tape.steps)
    assert any("38/25" in step.as_tree() for step in tape.steps)


def test_all_that_is_missing_is_named_at_once(ten_rules):
    rows = [{"county": code, "population": "5"} for code in ("01", "03", "04")]
    rows[0]["fulfilled"] = "yes"
    with pytest.raises(MissingFact) as missing:
        compute(ten_rules, read(ten_rules, rows))
    assert {"fulfilled (03, 04)", "approved_share", "visits", "base_days", "office_released", "qualifies"} <= set(missing.value.names)


@pytest.mark.parametrize(
    ("choice", "pot", "amounts"),
    [
        ({"sharing": "equally"}, "shared", (250, 0, 250)),
        ({"sharing": "national_share"}, "shared", (250, 0, 100)),
        ({"population_cap": "capped"}, "shared", (250, 0, 100)),
        ({"population_cap": "capped"}, "improved", (0, 0, 100)),
        ({"improvement": "significant"}, "improved", (0, 0, 0)),
        ({"share_precision": "counted"}, "improved", (0, 0, 500)),
    ],
)
def test_another_option_of_a_choice(ten_rules, facts, choice, pot, amounts):
    with choosing(choice), explaining() as tape:
        assert kronor(compute(ten_rules, facts), pot) == amounts
    followed = dict(pair for step in tape.steps for _, below in step.walk() for pair in below.policies)
    assert choice.items() <= followed.items()


def test_a_choice_that_is_none_is_refused():
    for choices, key in (({"sharing": "x"}, "grants.policy_option_unknown"), ({"x": "y"}, "grants.policy_unknown")):
        with pytest.raises(NotAnswered) as refused, choosing(choices):
            pass
        assert refused.value.because.key == key

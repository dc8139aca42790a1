"""What a change does to worked cases: only answers that rest on it become others, and each says by which rule."""

from __future__ import annotations

import json

import pytest

from refusion.law.engine.change.effect import Applied, Effect, effects
from refusion.law.engine.change.proposal import instead, proposals
from refusion.law.engine.check import Malformed
from refusion.wiring.rulebook import figures, rulebook

MARCH = {"kind": "sickness", "period": ["2021-03-01", "2021-03-31"], "weekly_hours": 37, "hourly_wage_after_am": 500}


def case(name: str = "a", rule: str = "DK-REFUND", inputs: object = None, expected: object = None, **more: object) -> str:
    asked = {"refund": 0, "supplement": 0} if expected is None else expected
    return json.dumps({"id": name, "rule": rule, "inputs": MARCH if inputs is None else inputs, "expected": asked, "source": "s", **more})


def found(change: str, *lines: str) -> list[Effect | Malformed]:
    return list(effects(lines, rulebook(), instead(proposals(change.encode(), figures(), "f"))))


def of(name: str, day: str, value: object) -> str:
    return f'[{name}]\nsince = [{{ day = {day}, value = {value}, source = "s", verified = true }}]\n'


# The pension supplement was paid from 2020 on only late in 2021: what it was before, as a change of what it is now.
NONE_IN_2021 = of("supplement_rate", "2021-01-04", 0)


@pytest.mark.parametrize(
    ("kind", "first", "last", "weeks"),
    # Each week's refund is the maximum of the year; the supplement is rounded to whole kroner by week.
    [
        ("sickness", "2021-03-01", "2021-03-28", 4 * 27_00),  # 4,460.00 x 0.6 % = 26.76
        ("sickness", "2020-03-02", "2020-03-29", 0),  # 2020 has its own value
        ("sickness", "2020-12-28", "2021-01-10", 27_00),  # the week that began in 2020 keeps 2020's
        ("parental", "2021-03-01", "2021-03-28", 0),  # leave has its own figure
    ],
)
def test_the_supplement_of_2021_taken_away_again(kind: str, first: str, last: str, weeks: int) -> None:
    refund, supplement = found(NONE_IN_2021, case(inputs={**MARCH, "kind": kind, "period": [first, last]}))
    assert isinstance(refund, Effect)
    assert isinstance(supplement, Effect)
    assert (refund.changed, refund.difference) == (False, 0)
    assert supplement.difference == -weeks
    assert supplement.changed == bool(weeks)
    if kind == "sickness" and weeks:
        assert Applied("sats for tillæg til refusion", "SDL § 54 b") in supplement.rules


def test_an_answer_that_is_no_amount_shows_before_and_after() -> None:
    line = case("d", "DK-SICK-DATES", {"first_absence_day": "2022-01-03"}, {"refund_from": "2022-01-01", "notify_by": "2022-01-01"})
    first, second = found(of("employer_period", "2022-01-01", 45), line)
    assert isinstance(first, Effect)
    assert (first.before, first.after, first.difference, first.changed) == ("2022-02-02", "2022-02-17", None, True)
    assert [rule.citation for rule in first.rules] == ["SDL § 30, stk. 1"]
    assert isinstance(second, Effect)
    assert not second.changed


def test_an_answer_that_the_law_refuses_is_compared_by_its_reason() -> None:
    early = case("e", inputs={**MARCH, "period": ["2005-03-01", "2005-03-31"]})
    refund, _ = found(NONE_IN_2021, early)
    assert isinstance(refund, Effect)
    assert not refund.changed
    assert refund.before == refund.after != ""


def test_a_country_s_own_figure_reaches_its_own_cases() -> None:
    line = case("n", "NO-G", {"dato": "2024-06-01"}, {"g": 0, "seks_g": 0})
    g, six = found(of("base_amount", "2024-05-01", 130_000_00), line)
    assert isinstance(g, Effect)
    assert isinstance(six, Effect)
    assert (g.before, g.after, g.difference) == ("124028.00", "130000.00", 5972_00)
    assert six.difference == 6 * 5972_00


@pytest.mark.parametrize(
    "line",
    ["{", "[]", case(more=1), case(rule="DK-NO-SUCH"), case(inputs={}), case(inputs={**MARCH, "x": 1}), case(expected={"x": 1})],
)
def test_a_line_that_is_no_case_is_named_and_the_rest_is_answered(line: str) -> None:
    first, *rest = found(NONE_IN_2021, line, "", case())
    assert isinstance(first, Malformed)
    assert first.row == 1
    assert len(rest) == 2

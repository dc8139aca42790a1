"""What Norwegian rules refuse: missing facts all at once, days before the first value, amounts below zero, shares outside 0 to 100."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from refusion.law.engine.catalogue import rules_of
from refusion.law.engine.numbers import DAY
from refusion.law.engine.refusals import MissingFact, NotAnswered, NotKnown
from refusion.law.engine.worked import REQUIRED, Unreadable, not_negative
from refusion.law.norway import library
from refusion.law.norway.parental import claims as leaves
from refusion.law.norway.parental.cap import Employer, capped_shares
from refusion.law.norway.parental.month import Leave, month_expectation
from refusion.law.norway.readers import percent, whole, whole_percent
from refusion.law.norway.sickness import claims as absences
from refusion.law.norway.sickness.employer_period import counted_absence
from refusion.law.norway.sickness.split import Work, day_split
from refusion.law.norway.worked import RULES as WORKED
from refusion.values.period import Period

RULES = rules_of(library.MODULES)
LONG_AGO = date(2006, 12, 31).toordinal()  # before every figure of the country
CALENDAR_ALONE = {"paid_days", "months_back_from_day", "refund_in_employment", "chronic_refund_from"}


NEEDED = {name: {fact for fact, kind in rule.inputs.items() if kind.default is REQUIRED} for name, rule in WORKED.items()}


@pytest.mark.parametrize("name", [name for name, needed in NEEDED.items() if needed])
def test_a_case_without_facts_names_all_that_are_missing(name):
    with pytest.raises(MissingFact) as missing:
        WORKED[name].read({})
    assert set(missing.value.names) == NEEDED[name]


@pytest.mark.parametrize("name", [name for name, needed in NEEDED.items() if not needed])
def test_a_case_whose_facts_stand_for_one_another_names_them(name):
    with pytest.raises(MissingFact) as missing:
        next(iter(WORKED[name].answers.values())).give(WORKED[name].read({}))
    assert len(missing.value.names) == 2


@pytest.mark.parametrize("name", RULES)
def test_a_rule_without_facts_names_all_that_are_missing(name):
    with pytest.raises(MissingFact) as missing:
        RULES[name](*[None] * len(RULES[name].inputs))
    assert missing.value.names == tuple(RULES[name].inputs)


@pytest.mark.parametrize("name", [name for name, rule in RULES.items() if DAY in rule.inputs.values()])
def test_a_day_before_the_first_value_is_refused(name):
    rule = RULES[name]
    given = [LONG_AGO if unit is DAY else 1 for unit in rule.inputs.values()]
    if rule.name in CALENDAR_ALONE:
        assert rule(*given) is not None
        return
    with pytest.raises(NotKnown):
        rule(*given)


AMOUNTS = [(name, fact) for name, rule in WORKED.items() for fact, kind in rule.inputs.items() if kind.read in {not_negative, whole}]
SHARES = [(name, fact) for name, rule in WORKED.items() for fact, kind in rule.inputs.items() if kind.read in {percent, whole_percent}]


@pytest.mark.parametrize(("name", "fact"), AMOUNTS)
def test_an_amount_or_count_below_zero_is_refused(name, fact):
    with pytest.raises(Unreadable, match="below zero"):
        WORKED[name].inputs[fact].read("-1")


@pytest.mark.parametrize(("name", "fact"), SHARES)
def test_a_share_below_zero_or_no_number_is_refused(name, fact):
    for wrong in ("-0.01", "much", True, "NaN"):
        with pytest.raises(Unreadable):
            WORKED[name].inputs[fact].read(wrong)


def test_a_share_above_a_hundred_is_refused():
    assert whole_percent("100") == 100_00
    for wrong in ("100.01", "1000"):
        with pytest.raises(Unreadable, match="above 100"):
            whole_percent(wrong)


def test_accounts_of_one_case_refuse_what_cannot_be():
    july = Period(date(2026, 7, 1), date(2026, 7, 31))
    with pytest.raises(NotAnswered):
        month_expectation(Leave(date(2026, 6, 1), 90_00, annual_basis=1), july)
    with pytest.raises(NotAnswered):
        capped_shares([Employer(-1, 0)], 100, 100_00)
    with pytest.raises(NotAnswered):
        day_split([Work(-1, 1, 1)], 1)
    with pytest.raises(NotAnswered) as refused:
        counted_absence([("syk", 1), ("borte", 1)])
    assert refused.value.because.facts["kind"] == "borte"


LEAVE = {"start": "2026-06-01", "first_day": "2026-07-01", "last_day": "2026-07-31", "coverage_percent": "100", "annual_basis": "900000"}
ABSENCE = {"first_absence_day": "2026-06-01", "first_day": "2026-06-01", "last_day": "2026-06-30", "monthly_income": "50000"}


@pytest.mark.parametrize(
    ("calculate", "row", "wrong", "problem", "places"),
    [
        (
            leaves.calculate,
            LEAVE,
            {"last_day": None, "coverage_percent": None, "annual_basis": None},
            "law.row_lacks",
            {"last_day", "coverage_percent", "annual_basis"},
        ),
        (absences.calculate, ABSENCE, {"last_day": None, "monthly_income": None}, "law.row_lacks", {"last_day", "monthly_income"}),
        (leaves.calculate, LEAVE, {"received": "2009-04-30"}, "law.row_before_base_amount", {"received"}),
        (absences.calculate, ABSENCE, {"received": "2009-04-30"}, "law.row_before_base_amount", {"received"}),
        (absences.calculate, ABSENCE, {"grade_percent": "-1"}, "law.row_no_amount", {"grade_percent"}),
        (absences.calculate, ABSENCE, {"grade_percent": "100.01"}, "law.row_share", {"grade_percent"}),
        (leaves.calculate, LEAVE, {"annual_basis": "-0.01"}, "law.row_no_amount", {"annual_basis"}),
    ],
)
def test_a_bad_row_is_put_aside_with_all_that_it_lacks_and_the_rest_is_calculated(calculate, row, wrong, problem, places):
    rows = [row, {**row, **wrong}, row]
    names = dict.fromkeys(name for each in rows for name in each)
    batch = pa.RecordBatch.from_pydict({name: pa.array([each.get(name) for each in rows], pa.string()) for name in names})
    (table,) = calculate([batch])
    assert table.column("problem").to_pylist() == [None, problem, None]
    assert set(table.column("problem_column")[1].as_py().split(", ")) == places
    first, bad, last = table.column("refund").to_pylist()
    assert bad is None
    assert first == last > 0

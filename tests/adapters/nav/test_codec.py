"""NAV's settlement lines: read what was written, refuse what is no line, and NAV's own example."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from refusion.adapters.nav.codec import amount_field, decode, encode, name_field, settlement_sum
from refusion.adapters.nav.messages import CODES, SettlementLine
from refusion.law.engine.check import Passed, check
from refusion.values.money import ore
from refusion.values.said import BadInput, Refused
from refusion.wiring.rulebook import rulebook

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = ROOT / "src" / "refusion" / "adapters" / "nav" / "samples" / "settlement.csv"
SHARED = ROOT.parent / "shared"
NAVS = SHARED / "samples" / "nav" / "refusjon_bestilling_gyldig.json"
DAYS = some.none() | some.dates(date(1950, 1, 1), date(2100, 1, 1))
NAMES = some.text(some.characters(min_codepoint=32, max_codepoint=255, exclude_characters='";', exclude_categories=["Cc"]), max_size=25)


def digits(count: int) -> some.SearchStrategy[str]:
    return some.text("0123456789", min_size=count, max_size=count)


LINES = some.builds(
    SettlementLine, digits(4), digits(9), digits(9), some.sampled_from(sorted(CODES)), digits(11), DAYS, digits(11),
    NAMES.map(lambda name: name.rstrip(" ")), DAYS, some.integers(-(10**10) + 1, 10**10 - 1), DAYS,
)  # fmt: skip


@given(some.lists(LINES, max_size=5))
def test_what_is_written_is_read(lines):
    raw = encode(lines)
    assert decode(raw, "k27.csv") == tuple(lines)
    assert raw.count(b"\r\n") == len(lines)
    assert all(len(row.split(b";")) == 12 for row in raw.split(b"\r\n")[:-1])


def test_the_sample_is_read():
    lines = decode(SAMPLE.read_bytes(), SAMPLE.name)
    assert [(line.code, line.amount) for line in lines] == [("2", 7_247_300), ("4", 1_250_050), ("A", -990_500), ("F", 0)]
    assert encode(lines) == SAMPLE.read_bytes()


@pytest.mark.parametrize(
    ("kroner", "field"),
    [("0", "0000000000 "), ("-0.004", "0000000000 "), ("-0.005", "0000000001-"), ("0.005", "0000000001 "), ("99999999.994", "9999999999 ")],
)
def test_an_amount_is_ten_digits_and_a_sign(kroner, field):
    assert amount_field(Decimal(kroner)) == field


def test_an_amount_too_long_is_refused():
    with pytest.raises(Refused):
        amount_field(Decimal("99999999.995"))


def test_runs_of_separators_are_one_space_at_the_ends_too():
    assert name_field(';;a"\r\n;b\n') == " a b ".ljust(25)


def test_a_name_that_is_not_latin_is_refused():
    line = decode(SAMPLE.read_bytes(), SAMPLE.name)[0]
    with pytest.raises(Refused):
        encode([SettlementLine(**{name: getattr(line, name) for name in line.__slots__} | {"name": "Ж"})])


@pytest.mark.parametrize(
    ("place", "written", "column"),
    [
        (0, "802", "unit"),
        (4, "1234567890", "person"),
        (5, "20260231", "first_day"),
        (7, "too short", "name"),
        (9, "0000000100+", "amount"),
        (11, "", "max_date"),
    ],
)
def test_a_wrong_field_is_named_with_its_line_and_never_tells_a_person(place, written, column):
    good = SAMPLE.read_bytes().decode("iso-8859-1").split("\r\n")[0].split(";")
    bad = [*good[:place], written, *good[place + 1 :]]
    with pytest.raises(BadInput) as refusal:
        decode(f"{';'.join(good)}\r\n{';'.join(bad)}\r\n".encode("iso-8859-1"), "k27.csv")
    (problem,) = refusal.value.problems
    assert (problem.row, problem.column) == (2, column)
    assert (problem.value is None) is (column in {"person", "name"})


def test_a_broken_file_is_refused():
    whole = SAMPLE.read_bytes()
    for raw, key in ((whole[:-1], "nav.cut_short"), (whole.replace(b";", b",", 1), "nav.fields_differ")):
        with pytest.raises(BadInput) as refusal:
            decode(raw, "k27.csv")
        assert refusal.value.problems[0].what.key == key
    assert decode(b"", "k27.csv") == ()


@pytest.mark.skipif(not NAVS.is_file(), reason="NAV's own example is not beside the repository")
def test_navs_own_example_adds_up():
    report = json.loads(NAVS.read_text(encoding="utf-8"), parse_float=str)
    amounts = [ore(line["belop"]) for line in report["datarec"]]
    assert settlement_sum(amounts, report["header"]["linjer"]) == ore(report["header"]["sumBelop"])
    with pytest.raises(Refused):
        settlement_sum(amounts[1:], report["header"]["linjer"])


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared worked cases are not beside the repository")
@pytest.mark.parametrize("name", ["norway.jsonl", "norway-s1.jsonl"])
def test_the_shared_norwegian_cases(name):
    lines = (SHARED / "cases" / name).read_text(encoding="utf-8").splitlines()
    outcomes = list(check(lines, rulebook()))
    assert [outcome for outcome in outcomes if not isinstance(outcome, Passed)] == []
    assert len(outcomes) == len(lines)

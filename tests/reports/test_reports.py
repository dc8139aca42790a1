"""Reports say what their rows say: totals, order, words; written as CSV and xlsx they read back as they were."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import load_workbook

from refusion.cases.facts import Kind
from refusion.claims.facts import State
from refusion.reports import BUILDERS, Report, build
from refusion.reports.rows import ClaimLine
from refusion.reports.text import as_csv, harmless
from refusion.reports.workbook import as_xlsx
from refusion.values.money import ore
from refusion.values.period import Period
from refusion.values.said import Refused, Said
from refusion.wiring.texts import render, sentence_of

DAY = date(2025, 3, 31)
JULY = Period(date(2024, 7, 1), date(2024, 7, 31))


def line(number: int, state: str, expected: int, decided: int | None = None, received: int = 0, **other: object) -> ClaimLine:
    facts: dict[str, object] = {
        "case_number": number,
        "claim_number": number * 10,
        "person": f"Person {number}",
        "unit": "Bibliotek",
        "kind": "ordinary",
        "period": JULY,
        "requested_on": None if state in ("drafted", "rejected") else date(2024, 8, 1),
        "request_by": date(2024, 10, 1),
    }
    return ClaimLine(expected=expected, decided=decided, received=received, state=state, **(facts | other))  # type: ignore[arg-type]


LINES = (
    line(1, "settled", 1_000_000, 1_000_000, 1_000_000),
    line(2, "differing", 800_050, 700_000, 700_000),
    line(3, "differing", 500_000, 550_025, 550_025),
    line(4, "accepted", 300_000, requested_on=date(2025, 3, 1)),
    line(5, "drafted", 250_000, request_by=date(2025, 4, 10), period=Period(date(2025, 1, 10), date(2025, 1, 31))),
    line(6, "drafted", 900_000, request_by=date(2025, 4, 20), period=Period(date(2025, 3, 10), date(2025, 3, 31))),
    line(7, "drafted", 400_000, request_by=date(2025, 4, 8), period=Period(date(2025, 1, 8), date(2025, 1, 31))),
)
clean = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
lines = st.builds(
    line,
    st.integers(1, 10**6),
    st.sampled_from(State),
    st.integers(0, 10**9),
    st.none() | st.integers(-(10**6), 10**9),
    st.integers(-(10**9), 10**9),
    person=clean,
    unit=clean,
    kind=st.sampled_from(Kind),
    requested_on=st.none() | st.dates(date(2024, 1, 1), DAY),
    request_by=st.none() | st.dates(date(2024, 1, 1), date(2026, 1, 1)),
)


def danish(said: Said) -> str:
    return render(said, "da")


def column(report: Report, key: str) -> list[object]:
    place = [column.key for column in report.columns].index(key)
    return [row[place] for row in report.rows]


@pytest.mark.parametrize(
    ("name", "cases", "key", "total"),
    [
        ("requested", [1, 2, 3, 4], "expected", 2_600_050),
        ("received", [1, 2, 3], "received", 2_250_025),
        ("differences", [2, 3], "difference", 100_050 - 50_025),
        ("ageing", [2, 3, 4], "outstanding", 100_050 - 50_025 + 300_000),
        ("at-risk", [7, 5], "expected", 650_000),
        ("deadlines", [7, 5, 6], "expected", 1_550_000),
    ],
)
def test_each_report_shows_its_claims_and_adds_them_up(name: str, cases: list[int], key: str, total: int) -> None:
    report = build(name, LINES, DAY)
    assert column(report, "case_number") == cases
    assert report.total(key) == total


def test_every_report_has_a_row_in_the_table_above() -> None:
    assert set(BUILDERS) == {"requested", "received", "differences", "ageing", "at-risk", "deadlines"}


def test_a_period_keeps_the_claims_that_touch_it() -> None:
    assert column(build("requested", LINES, DAY, Period(date(2024, 7, 31), date(2024, 8, 2))), "case_number") == [1, 2, 3, 4]
    assert not build("requested", LINES, DAY, Period(date(2024, 8, 1), date(2024, 8, 2))).rows


def test_a_difference_says_its_reason() -> None:
    assert [reason.key for reason in column(build("differences", LINES, DAY), "reason") if isinstance(reason, Said)] == [
        "settlements.difference_decided_less",
        "settlements.difference_decided_more",
    ]


def test_what_lacks_and_what_is_too_much_are_never_netted_in_the_sentence() -> None:
    facts = build("differences", LINES, DAY).sentence.facts
    assert (facts["count"], facts["lacking_ore"], facts["surplus_ore"]) == (2, 100_050, 50_025)


def test_age_and_days_left_are_counted_from_the_day() -> None:
    ageing = build("ageing", LINES, DAY)
    assert column(ageing, "days_waited") == [242, 242, 30]
    assert [age.key for age in column(ageing, "age") if isinstance(age, Said)] == ["reports.age_older", "reports.age_older", "reports.age_30"]
    assert column(build("deadlines", LINES, DAY), "days_left") == [8, 10, 20]


def test_an_unknown_report_is_refused_with_those_there_are() -> None:
    with pytest.raises(Refused) as refused:
        build("profit", LINES, DAY)
    assert refused.value.because.facts["known"] == ", ".join(BUILDERS)


@given(st.lists(lines, max_size=12), st.sampled_from(sorted(BUILDERS)))
def test_totals_are_the_sums_of_the_rows_whatever_the_order(some: list[ClaimLine], name: str) -> None:
    report = build(name, some, DAY)
    for place, total in enumerate(report.totals):
        if total is not None:
            assert total == sum(cell for row in report.rows if isinstance(cell := row[place], int))
    backwards = build(name, some[::-1], DAY)
    assert (backwards.totals, backwards.sentence) == (report.totals, report.sentence)


@given(st.lists(lines, max_size=8), st.sampled_from(["da", "en"]))
def test_csv_reads_back_with_the_readers_own_numbers(some: list[ClaimLine], language: str) -> None:
    report = build("differences", some, DAY)
    written = as_csv(report, lambda said: render(said, language), language).decode("utf-8")
    assert written[0] == "\ufeff"
    comma = language == "da"
    heading, *rows, totals = csv.reader(io.StringIO(written[1:], newline=""), delimiter=";" if comma else ",")
    assert heading == [render(column.heading, language) for column in report.columns]
    place = [column.key for column in report.columns].index("difference")
    read = [ore(row[place].replace(",", ".") if comma else row[place]) for row in [*rows, totals]]
    assert read == [*column(report, "difference"), report.total("difference")]
    assert [row[2].removeprefix("'") for row in rows] == [str(person).removeprefix("'") for person in column(report, "person")]


@given(st.lists(lines, max_size=4))
def test_no_text_cell_of_a_csv_begins_a_formula(some: list[ClaimLine]) -> None:
    hostile = [line(1, "settled", 5, 5, 5, person=f"{start}{row.person}", unit=start) for row, start in zip(some, "=+-@", strict=False)]
    written = as_csv(build("received", hostile, DAY), danish, "da").decode("utf-8-sig")
    for row in list(csv.reader(io.StringIO(written, newline=""), delimiter=";"))[1:-1]:
        assert row[2].startswith("'")
        assert row[3].startswith("'")


@pytest.mark.parametrize("text", ["=1+1", "+45 12", "-cmd", "@sum", "\tx", "\rx", " =1", "=1"])
def test_a_formula_is_made_harmless(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Aase", "3-4", "(−)", "a=b"])
def test_an_ordinary_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


@given(st.lists(lines, max_size=8))
def test_xlsx_reads_back_with_real_numbers_and_days(some: list[ClaimLine]) -> None:
    report = build("received", some, DAY)
    sheet = load_workbook(io.BytesIO(as_xlsx(report, danish))).get_sheet_by_index(0)
    heading, *rows, totals = sheet.to_python()
    assert heading == [danish(column.heading) for column in report.columns]
    keys = [column.key for column in report.columns]
    received, first = keys.index("received"), keys.index("first_day")
    assert [ore(repr(row[received])) if row[received] else 0 for row in rows] == column(report, "received")
    assert [row[first] for row in rows] == column(report, "first_day")
    assert totals[0] == "I alt"


def test_a_formula_in_a_name_stays_text_in_a_workbook() -> None:
    report = build("received", [line(1, "settled", 5, 5, 5, person='=HYPERLINK("x")')], DAY)
    sheet = load_workbook(io.BytesIO(as_xlsx(report, danish))).get_sheet_by_index(0)
    assert sheet.to_python()[1][2] == '=HYPERLINK("x")'


def test_the_same_report_is_the_same_bytes() -> None:
    report = build("requested", LINES, DAY)
    assert as_xlsx(report, danish) == as_xlsx(report, danish)


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", sorted(BUILDERS))
def test_every_word_of_a_report_has_its_sentence(name: str, language: str) -> None:
    report = build(name, [*LINES, *(line(9, state, 5, 4, 4, kind=kind) for state in State for kind in Kind)], DAY - timedelta(1))
    words = [report.title, report.sentence, *(column.heading for column in report.columns)]
    words += [cell for row in report.rows for cell in row if isinstance(cell, Said)]
    assert [word.key for word in words if sentence_of(word.key, language) == word.key] == []
    assert not [word.key for word in words if "{" in render(word, language)]

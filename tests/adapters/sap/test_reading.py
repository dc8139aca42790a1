"""SAP's feed: every sample in every format is read to the same facts, and every mistake is named with its place."""

from __future__ import annotations

import io
import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as some

from refusion.absences.norwegian import AbsenceTold, AllocationTold, Benefit, EmploymentTold, FeedRow, PayTold
from refusion.adapters.sap.messages import ALL, FEED
from refusion.adapters.sap.reading import SapReader
from refusion.adapters.sap.schema import schema_of
from refusion.adapters.sls.codec import read_grid
from refusion.adapters.sls.formats.recognition import Limits
from refusion.values.said import BadInput, Problem

ROOM = Path(__file__).resolve().parents[3] / "src" / "refusion" / "adapters" / "sap"
SAMPLES = ROOM / "samples"
READER = SapReader(lambda name, raw, decimal: read_grid(name, raw, Limits(), decimal))
FILES = {f"sap-{name}": SAMPLES / f"{name}.csv" for name in ("employments", "pay", "absences", "allocations")}


def read(kind: str, raw: bytes, name: str = "feed.csv", mapping: Path | None = None) -> tuple[FeedRow, ...]:
    return READER.read(kind, name, raw, "UIO", mapping)


def refused(kind: str, raw: bytes, mapping: Path | None = None) -> tuple[Problem, ...]:
    with pytest.raises(BadInput) as refusal:
        read(kind, raw, mapping=mapping)
    return refusal.value.problems


def changed(kind: str, column: str, text: str, row: int = 1) -> bytes:
    """Give a sample with another text in one cell."""
    lines = [line.split(";") for line in FILES[kind].read_text(encoding="utf-8").rstrip().split("\n")]
    lines[row][lines[0].index(column)] = text
    return "".join(";".join(line) + "\n" for line in lines).encode()


def test_the_samples_are_read() -> None:
    employments = read("sap-employments", FILES["sap-employments"].read_bytes())
    assert employments[1] == EmploymentTold(
        number="20002",
        national_number="15858510055",
        name="Ola Prøve",
        employed_since=date(2025, 1, 1),
        ends=date(2026, 6, 30),
        temporary=True,
        workplace="933001547",
        unit="Kjemi",
        position=80_00,
        registered_on=date(2025, 1, 3),
    )
    pay = read("sap-pay", FILES["sap-pay"].read_bytes())
    assert pay[0] == PayTold("20001", date(2026, 1, 1), 5_833_333, 5_833_333, 0, date(2026, 1, 12))
    assert pay[1] == PayTold("20002", date(2026, 1, 1), 4_000_000, 3_900_000, 45_000, date(2026, 1, 12))
    absences = read("sap-absences", FILES["sap-absences"].read_bytes())
    assert absences[0] == AbsenceTold(
        number="20001",
        absence_number="1",
        benefit=Benefit.PARENTAL_BIRTH,
        first_day=date(2026, 2, 2),
        last_day=date(2026, 11, 27),
        degree=100_00,
        coverage=100,
        due_on=date(2026, 2, 20),
        withdrawn=False,
        registered_on=date(2026, 1, 8),
    )
    assert [(one.degree, one.last_day, one.withdrawn) for one in absences[1:] if isinstance(one, AbsenceTold)] == [
        (50_00, None, False),
        (100_00, date(2026, 1, 20), True),
    ]
    allocations = read("sap-allocations", FILES["sap-allocations"].read_bytes())
    assert [(one.project, one.share) for one in allocations if isinstance(one, AllocationTold)] == [
        ("", 100_00),
        ("", 60_00),
        ("190234", 40_00),
        ("", 100_00),
    ]


def test_an_employers_own_headings_words_and_numbers() -> None:
    own = read("sap-absences", (SAMPLES / "own-headings.absences.csv").read_bytes(), mapping=SAMPLES / "own-headings.toml")
    assert own == read("sap-absences", FILES["sap-absences"].read_bytes())[:2]


@pytest.mark.parametrize("kind", sorted(FEED))
def test_a_workbook_and_parquet_are_read_as_the_csv(kind: str) -> None:
    facts = read(kind, FILES[kind].read_bytes())
    headings, *rows = [line.split(";") for line in FILES[kind].read_text(encoding="utf-8").splitlines()]
    assert read(kind, as_workbook(headings, rows), "feed.xlsx") == facts
    assert read(kind, as_parquet(headings, rows), "feed.parquet") == facts


def as_workbook(headings: list[str], rows: list[list[str]]) -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"default_date_format": "yyyy-mm-dd", "in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, headings)
        for line, row in enumerate(rows, 1):
            for place, text in enumerate(row):
                write(sheet, (line, place), headings[place], text)
    return written.getvalue()


def write(sheet: Any, place: tuple[int, int], heading: str, text: str) -> None:
    if not text:
        sheet.write_blank(*place, None)
    elif heading.endswith(("_day", "_on", "_since", "_ends")):
        sheet.write_datetime(*place, datetime.fromisoformat(text))
    elif heading.endswith(("_pay", "_kind", "_percent")):
        sheet.write_number(*place, float(text))
    else:
        sheet.write_string(*place, text)


def as_parquet(headings: list[str], rows: list[list[str]]) -> bytes:
    columns = {heading: [row[place] for row in rows] for place, heading in enumerate(headings)}
    arrays = {
        heading: pa.array([Decimal(text) if text else None for text in texts], type=pa.decimal128(12, 2))
        if heading.endswith(("_pay", "_percent"))
        else pa.array(texts)
        for heading, texts in columns.items()
    }
    written = io.BytesIO()
    pq.write_table(pa.table(arrays), written)
    return written.getvalue()


WRONG = [
    ("sap-employments", "national_number", "01829010183", "sap.not_a_national_number"),
    ("sap-employments", "workplace", "93300154", "sap.not_a_organisation"),
    ("sap-employments", "position_percent", "0", "sap.not_a_percent"),
    ("sap-employments", "position_percent", "100.01", "sap.not_a_percent"),
    ("sap-employments", "position_percent", "33.333", "sap.not_a_percent"),
    ("sap-employments", "employment_ends", "2018-07-31", "sap.ends_before_employed"),
    ("sap-employments", "name", "", "sap.empty_cell"),
    ("sap-employments", "name", "x" * 201, "sap.too_long"),
    ("sap-employments", "name", "Ka\u0085ri", "sap.unprintable"),
    ("sap-employments", "institution", "", "sap.empty_cell"),
    ("sap-employments", "institution", "NTNU", "sap.institution_row"),
    ("sap-employments", "contract", "fast", "sap.not_a_choice"),
    ("sap-employments", "contract", "temporary", "sap.temporary_without_end"),
    ("sap-employments", "registered_on", "", "sap.empty_cell"),
    ("sap-pay", "month", "2026-13", "sap.not_a_month"),
    ("sap-pay", "agreed_pay", "58333,33", "sap.not_kroner"),
    ("sap-pay", "agreed_pay", "1234567890", "sap.not_kroner"),
    ("sap-pay", "agreed_pay", "-1", "sap.below_nought"),
    ("sap-absences", "first_day", "2026-02-30", "sap.not_a_day"),
    ("sap-absences", "first_day", "0026-02-02", "sap.not_a_day"),
    ("sap-absences", "last_day", "2026-02-01", "sap.ends_before_start"),
    ("sap-absences", "benefit", "holiday", "sap.not_a_choice"),
    ("sap-absences", "coverage", "90", "sap.not_a_choice"),
    ("sap-allocations", "share_percent", "99.99", "sap.shares_differ"),
]


@pytest.mark.parametrize(("kind", "column", "text", "key"), WRONG)
def test_a_wrong_cell_is_named_with_its_place_and_never_tells_a_person(kind: str, column: str, text: str, key: str) -> None:
    problems = refused(kind, changed(kind, column, text))
    assert [problem.what.key for problem in problems] == [key]
    (problem,) = problems
    assert (problem.file, problem.remedy.key) == ("feed.csv", f"{key}_remedy")
    assert problem.row == 2
    assert problem.value in {None, text[:60] + "…" * (len(text) > 60), "Ka�ri", "…"}
    assert column != "national_number" or problem.value is None


def test_coverage_belongs_to_parental_benefit_alone() -> None:
    (problem,) = refused("sap-absences", changed("sap-absences", "coverage", "80", row=2))
    assert (problem.what.key, problem.row, problem.column) == ("sap.coverage_without_parental", 3, "coverage")


def test_headings_are_all_there_and_no_others() -> None:
    raw = FILES["sap-pay"].read_bytes()
    for written, keys in (
        (raw.replace(b"agreed_pay", b"pay", 1), ["sap.column_unknown", "sap.column_missing"]),
        (raw.replace(b"agreed_pay", b"paid_pay", 1), ["sap.column_doubled", "sap.column_missing"]),
    ):
        assert [problem.what.key for problem in refused("sap-pay", written)] == keys


def test_a_row_told_twice_is_one_and_a_contradiction_is_none() -> None:
    raw = FILES["sap-absences"].read_bytes()
    last = raw.splitlines(keepends=True)[-1]
    assert read("sap-absences", raw + last) == read("sap-absences", raw)
    (problem,) = refused("sap-absences", raw + last.replace(b"withdrawn", b"active"))
    assert (problem.what.key, problem.row, problem.what.facts["earlier"]) == ("sap.contradicts", 5, 4)


def test_a_file_of_another_institution_is_told_once() -> None:
    raw = FILES["sap-absences"].read_bytes().replace(b"UIO;", b"NTNU;")
    assert [problem.what.key for problem in refused("sap-absences", raw)] == ["sap.institution_other"]


def test_at_most_a_hundred_problems_are_told() -> None:
    head, row = FILES["sap-pay"].read_text(encoding="utf-8").splitlines()[:2]
    raw = "\n".join([head, *[row.replace("58333.33", "x", 1)] * 120]).encode()
    problems = refused("sap-pay", raw)
    assert (len(problems), problems[-1].what.key, problems[-1].what.facts["count"]) == (101, "sap.more_problems", 20)


def test_a_kind_that_is_none() -> None:
    assert [problem.what.key for problem in refused("sap-load", b"")] == ["sap.kind_unknown"]


BROKEN_MAPPINGS = {
    "sap.mapping_broken": "x = ",
    "sap.mapping_setting": "x = 1",
    "sap.mapping_separator": 'decimal = ","\nthousands = ","',
    "sap.mapping_format": 'date_format = "DD.MM"',
    "sap.mapping_table": "columns = 1",
    "sap.mapping_column": '[columns]\nx = "y"',
    "sap.mapping_heading_twice": '[columns]\nfirst_day = "y"\nlast_day = "y"',
    "sap.mapping_codes": '[codes.first_day]\n"x" = "y"',
    "sap.mapping_word": '[codes.status]\n"x" = "y"',
    "sap.mapping_list": 'ignore = "x"',
}


@pytest.mark.parametrize("key", sorted(BROKEN_MAPPINGS))
def test_a_wrong_setting_is_refused_by_name(key: str, tmp_path: Path) -> None:
    mapping = tmp_path / "own.toml"
    mapping.write_text(BROKEN_MAPPINGS[key], encoding="utf-8")
    (problem,) = refused("sap-pay", FILES["sap-pay"].read_bytes(), mapping)
    assert (problem.what.key, problem.file) == (key, "own.toml")


@pytest.mark.parametrize("kind", sorted(ALL))
def test_the_schemas_are_those_of_the_columns(kind: str) -> None:
    assert json.loads((ROOM / "schemas" / f"{kind}.json").read_text(encoding="utf-8")) == schema_of(ALL[kind])


@given(some.sampled_from(sorted(FEED)), some.data())
def test_whatever_stands_in_a_cell_is_read_or_refused(kind: str, data: some.DataObject) -> None:
    column = data.draw(some.sampled_from(FEED[kind].headings))
    text = data.draw(some.text(some.characters(exclude_characters='\n\r;"', exclude_categories=["Cs"]), max_size=40))
    try:
        read(kind, changed(kind, column, text))
    except BadInput as refusal:
        assert refusal.problems


def test_every_column_is_described_for_those_who_deliver() -> None:
    page = (ROOM.parents[3] / "docs" / "reference" / "files" / "sap.md").read_text(encoding="utf-8")
    parts = {part.split("`")[1]: part for part in page.split("\n## ")[1:]}
    for kind in ALL.values():
        assert [line.split("`")[1] for line in parts[kind.name].splitlines() if line.startswith("| `")] == list(kind.headings)

"""What payroll writes is what the house reads, in every format; the same row twice is one."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from refusion.absences.columns import AbsenceColumns, EmploymentColumns, PayColumns, row_count
from refusion.adapters.sls.messages import ABSENCES, EMPLOYMENTS, PAY, AbsenceRow, EmploymentRow, Kind, PayRow, Row
from refusion.adapters.sls.twin import Dialect, as_csv, as_parquet, as_xlsx
from refusion.values.said import BadInput
from tests.adapters.sls.conftest import SAMPLES, absences, employments, pay, read

WRITERS = {"csv": as_csv, "xlsx": as_xlsx, "parquet": as_parquet}


def ordinal(day: date | None) -> int:
    return 0 if day is None else day.toordinal()


def told(row: Row) -> tuple[Any, ...]:
    """Give a row as the house's columns have it, in their order."""
    match row:
        case EmploymentRow():
            hours = -1 if row.weekly_hours is None else row.weekly_hours
            ends = ordinal(row.employment_ends)
            who = (row.employment_number, row.national_number, row.name)
            return (*who, ordinal(row.employed_since), ends, hours, row.job_kind, row.unit)
        case PayRow():
            return (row.employment_number, ordinal(row.month), row.gross_pay, row.hours, row.wage_paid)
        case AbsenceRow():
            days = (ordinal(row.first_day), ordinal(row.last_day), row.code, ordinal(row.partial_from))
            return (row.employment_number, row.absence_number, *days, row.status == "withdrawn")


def rows_of(columns: Any) -> list[tuple[Any, ...]]:
    return list(zip(*(getattr(columns, field.name).tolist() for field in fields(columns)), strict=True))


def unlike(rows: list[Row], kind: Kind) -> list[Row]:
    """Keep the first row of each key."""
    keyed = {tuple(getattr(row, name) for name in kind.key): row for row in reversed(rows)}
    return [row for row in rows if keyed[tuple(getattr(row, name) for name in kind.key)] is row]


@pytest.mark.slow
@pytest.mark.parametrize("written", WRITERS)
@pytest.mark.parametrize(
    ("kind", "rows", "made"), [(EMPLOYMENTS, employments, EmploymentColumns), (PAY, pay, PayColumns), (ABSENCES, absences, AbsenceColumns)]
)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_what_payroll_writes_is_what_the_house_reads(written: str, kind: Kind, rows: Any, made: type, data: st.DataObject) -> None:
    told_rows = unlike(data.draw(st.lists(rows, max_size=8)), kind)
    columns = read(kind.name, WRITERS[written]("SDU", told_rows, kind), f"file.{written}")
    assert isinstance(columns, made)
    assert row_count(columns) == len(told_rows)
    assert rows_of(columns) == [told(row) for row in told_rows]


@pytest.mark.parametrize("kind", ["employments", "pay", "absences"])
def test_the_samples_say_the_same_in_every_format(kind: str, samples: Path) -> None:
    found = [rows_of(read(f"payroll-{kind}", (samples / f"{kind}.{ending}").read_bytes(), f"x.{ending}")) for ending in WRITERS]
    assert found[0] == found[1] == found[2]
    assert len(found[0]) == 3


def test_days_hours_and_money_are_whole_numbers() -> None:
    columns = read("payroll-pay", as_csv("SDU", [PayRow("1", date(2024, 7, 1), 30_000_05, 160_33, -1)]))
    assert [getattr(columns, name).dtype for name in ("month", "gross", "hours", "wage_paid")] == [np.int64] * 4
    assert rows_of(columns) == [("1", date(2024, 7, 1).toordinal(), 3_000_005, 16_033, -1)]


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(st.integers(-(10**11) + 1, 10**11 - 1))
def test_money_in_a_workbook_is_exact_to_the_ore(amount: int) -> None:
    columns = read("payroll-pay", as_xlsx("SDU", [PayRow("1", date(2024, 7, 1), amount, 0, amount)]), "pay.xlsx")
    assert (int(columns.gross[0]), int(columns.wage_paid[0])) == (amount, amount)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ","])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_csv_is_read_however_it_is_written(encoding: str, delimiter: str, line_end: str) -> None:
    row = EmploymentRow("1", "6101701234", "Åse Ærø, født Ø; «Østby»".replace("«", "").replace("»", ""), date(2020, 1, 1))
    raw = as_csv("SDU", [row], dialect=Dialect(delimiter=delimiter, encoding=encoding, line_end=line_end))
    assert rows_of(read("payroll-employments", raw)) == [told(row)]


def test_the_same_row_twice_is_one() -> None:
    row = PayRow("1", date(2024, 7, 1), 100, 200, 300)
    assert rows_of(read("payroll-pay", as_csv("SDU", [row, replace(row, employment_number="2"), row]))) == [
        told(row),
        told(replace(row, employment_number="2")),
    ]


def test_the_order_of_rows_and_columns_does_not_matter() -> None:
    text = "wage_paid,hours,gross_pay,month,employment_number,institution\n3,2,1,2024-07,9,SDU\n6,5,4,2024-08,9,SDU\n"
    assert rows_of(read("payroll-pay", text)) == [
        ("9", date(2024, 7, 1).toordinal(), 100, 200, 300),
        ("9", date(2024, 8, 1).toordinal(), 400, 500, 600),
    ]


@pytest.mark.parametrize("kind", [EMPLOYMENTS, PAY, ABSENCES])
@pytest.mark.parametrize("written", WRITERS)
def test_a_file_with_a_heading_alone_says_that_nothing_changed(kind: Kind, written: str) -> None:
    assert row_count(read(kind.name, WRITERS[written]("SDU", [], kind), f"file.{written}")) == 0


def test_a_national_number_loses_its_hyphen() -> None:
    raw = as_csv("SDU", [EmploymentRow("1", "610170-1234", "Åse", date(2020, 1, 1))])
    assert read("payroll-employments", raw).national_number.tolist() == ["6101701234"]


def test_the_same_rows_are_the_same_bytes() -> None:
    rows = [PayRow("1", date(2024, 7, 1), 100, 200, 300)]
    assert all(write("SDU", rows) == write("SDU", rows) for write in WRITERS.values())


def test_a_payrolls_own_words_are_read_by_its_mapping() -> None:
    mapping = SAMPLES / "own-headings.toml"
    raw = (SAMPLES / "own-headings.absences.csv").read_bytes()
    columns = read("payroll-absences", raw, "fravaer.csv", mapping)
    assert columns.code.tolist() == ["100"] * 3
    assert columns.withdrawn.tolist() == [False, False, True]
    assert columns.first_day.tolist() == read("payroll-absences", (SAMPLES / "absences.csv").read_bytes()).first_day.tolist()
    money = read("payroll-pay", (SAMPLES / "own-headings.pay.csv").read_bytes(), "loen.csv", mapping)
    assert rows_of(money) == [("10001", date(2024, 7, 1).toordinal(), 3_512_345, 16_033, 3_512_345)]


@given(st.binary(max_size=400), st.sampled_from(["f.csv", "f.xlsx", "f.parquet", "f"]), st.sampled_from([EMPLOYMENTS, PAY, ABSENCES]))
@settings(max_examples=300, deadline=None)
def test_whatever_the_bytes_are_the_answer_is_columns_or_bad_input(raw: bytes, name: str, kind: Kind) -> None:
    for tried in (raw, b"PAR1" + raw, b"PK\x03\x04" + raw, ";".join(kind.headings).encode() + b"\n" + raw):
        try:
            read(kind.name, tried, name)
        except BadInput as bad:
            assert bad.problems


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "made"), [("payroll-pay", PayRow), ("payroll-absences", AbsenceRow)])
def test_cut_and_flipped_files_are_read_or_refused(kind: str, made: type[PayRow | AbsenceRow]) -> None:
    day = date(2024, 7, 1)
    rows: list[Row] = [PayRow(str(n), day, n, n, n) if made is PayRow else AbsenceRow(str(n), "A", day) for n in range(30)]
    for ending, write in WRITERS.items():
        whole = write("SDU", rows)
        for place in range(0, len(whole), max(1, len(whole) // 60)):
            flipped = whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :]
            for tried in (whole[:place], flipped):
                try:
                    read(kind, tried, f"file.{ending}")
                except BadInput as bad:
                    assert bad.problems[0].file == f"file.{ending}"

"""The traps of workbooks and Parquet: error cells, far-out cells, several sheets, numbers that only look right."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from refusion.adapters.sls.formats.recognition import Limits
from refusion.adapters.sls.formats.workbook import read_workbook
from refusion.adapters.sls.mapping import Layout
from refusion.adapters.sls.messages import ABSENCES, PAY
from refusion.adapters.sls.reading import SlsReader
from refusion.values.said import BadInput
from tests.adapters.sls.conftest import SAMPLES, read

MONTH = ["SDU", "1", "2024-07", 100, 160, 100]


def workbook(write: Callable[[Any], None], *, sheets: int = 1) -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        for _ in range(sheets):
            write(book)
    return written.getvalue()


def pay_sheet(row: list[Any], top: int = 0) -> bytes:
    def write(book: Any) -> None:
        sheet = book.add_worksheet()
        sheet.write_row(top, 0, PAY.headings)
        for place, value in enumerate(row):
            if isinstance(value, datetime):
                sheet.write_datetime(top + 1, place, value, book.add_format({"num_format": "yyyy-mm-dd"}))
            else:
                sheet.write(top + 1, place, value)

    return workbook(write)


def refused(raw: bytes, kind: str = "payroll-pay", name: str = "f.xlsx") -> BadInput:
    with pytest.raises(BadInput) as bad:
        read(kind, raw, name)
    return bad.value


def rewritten(raw: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """Give a workbook with its parts changed."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return written.getvalue()


def stored(number: str) -> bytes:
    """Give a pay sheet whose amount stands in the file in exactly these digits, as some programs store it."""
    sheet = pay_sheet([*MONTH[:3], 424242, 160.33, 0])
    return rewritten(sheet, lambda _, content: content.replace(b"<v>424242</v>", f"<v>{number}</v>".encode()))


@pytest.mark.parametrize("number", ["1234.56", "1234.5599999999999", "1.23456E3", "1234.560"])
def test_an_amount_that_means_ore_is_taken_whatever_its_last_digits(number: str) -> None:
    assert read("payroll-pay", stored(number), "f.xlsx").gross.tolist() == [123_456]


@pytest.mark.parametrize("number", ["0.30000000000000004", "1234.567", "1E20", "1234.5600000000002"])
def test_an_amount_with_a_real_remainder_is_never_rounded(number: str) -> None:
    assert refused(stored(number)).problems[0].column == "gross_pay"


def test_a_month_typed_as_a_date_is_its_month_and_another_day_is_none() -> None:
    assert read("payroll-pay", pay_sheet([*MONTH[:2], datetime(2024, 7, 1), 1, 1, 1]), "f.xlsx").month.tolist() == [date(2024, 7, 1).toordinal()]
    assert refused(pay_sheet([*MONTH[:2], datetime(2024, 7, 2), 1, 1, 1])).problems[0].value == "2024-07-02"


def test_numbers_typed_as_numbers_are_the_numbers_they_name() -> None:
    columns = read("payroll-pay", pay_sheet(["SDU", 10001, "2024-07", 1, 1, 1]), "f.xlsx")
    assert columns.number.tolist() == ["10001"]


def test_row_numbers_are_those_of_the_sheet() -> None:
    assert refused(pay_sheet([*MONTH[:3], "x", 1, 1], top=4)).problems[0].row == 6


def test_an_error_cell_is_not_an_empty_one() -> None:
    def write(book: Any) -> None:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ABSENCES.headings)
        sheet.write_row(1, 0, ["SDU", "1", "A", "2024-08-01"])
        sheet.write_formula(1, 4, "=NA()", None, "#N/A")
        sheet.write_row(1, 5, ["100", "", "active"])

    problem = refused(workbook(write), "payroll-absences").problems[0]
    assert (problem.what.key, problem.what.facts["cell"]) == ("payroll.error_cell", "E2")


def test_several_filled_sheets_are_refused_with_their_names() -> None:
    raw = workbook(lambda book: book.add_worksheet().write(0, 0, "x"), sheets=2)
    assert refused(raw).problems[0].what.facts["sheets"] == "Sheet1, Sheet2"


def test_a_hidden_sheet_is_left_alone() -> None:
    def write(book: Any) -> None:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, PAY.headings)
        sheet.write_row(1, 0, MONTH)
        hidden = book.add_worksheet()
        hidden.write(0, 0, "notes")
        hidden.hide()

    assert read("payroll-pay", workbook(write), "f.xlsx").number.tolist() == ["1"]


@pytest.mark.parametrize(("cell", "key"), [("XFD9", "too_wide"), ("AA2", "too_wide"), ("B1048576", "too_many_rows"), ("B300000", "too_many_rows")])
@pytest.mark.parametrize("quote", ['"', "'"])
def test_a_cell_far_out_is_refused_before_it_fills_the_memory(cell: str, key: str, quote: str) -> None:
    def change(name: str, content: bytes) -> bytes:
        return re.sub(rb'r="B2"', f"r={quote}{cell}{quote}".encode(), content) if "worksheets" in name else content

    assert refused(rewritten(pay_sheet(MONTH), change)).problems[0].what.key == f"payroll.{key}"


def test_a_workbook_that_unpacks_to_more_than_the_limit_is_refused_unread() -> None:
    raw = rewritten(pay_sheet(MONTH), lambda name, content: content + b" " * (3 << 20) if "theme" in name else content)
    with pytest.raises(BadInput, match="too_large"):
        SlsReader(Limits(unpacked=2 << 20)).read("payroll-pay", "f.xlsx", raw, "SDU")


def test_a_definition_in_a_sheet_is_refused() -> None:
    def change(name: str, content: bytes) -> bytes:
        return content.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY y "z">]><worksheet', 1) if "worksheets" in name else content

    assert refused(rewritten(pay_sheet(MONTH), change)).problems[0].what.key == "payroll.workbook_broken"


def test_typed_numbers_take_the_decimal_sign_of_the_payroll() -> None:
    table = read_workbook("f.xlsx", pay_sheet([*MONTH[:3], 1234.5, 160.33, 7]), Limits(), ",")
    assert [column[0].as_py() for column in table.columns[3:]] == ["1234,5", "160,33", "7"]
    assert Layout().decimal == "."


def parquet(columns: dict[str, Any]) -> bytes:
    written = io.BytesIO()
    pq.write_table(pa.table(columns), written)
    return written.getvalue()


PLAIN: dict[str, Any] = {"institution": ["SDU"], "employment_number": [10001], "month": ["2024-07"]}


@pytest.mark.parametrize(
    ("amount", "ore"),
    [
        (pa.array([Decimal("1234.5000")], pa.decimal128(12, 4)), 123_450),
        (pa.array([1234.56], pa.float64()), 123_456),
        (pa.array([1234], pa.int32()), 123_400),
        (pa.array(["1234.56"]).dictionary_encode(), 123_456),
        (pa.array(["1234.56"], pa.large_string()), 123_456),
    ],
)
def test_parquet_types_that_mean_an_amount_are_taken(amount: pa.Array, ore: int) -> None:
    raw = parquet(PLAIN | {"gross_pay": amount, "hours": [Decimal("160.33")], "wage_paid": [0]})
    columns = read("payroll-pay", raw, "f.parquet")
    assert (columns.number.tolist(), columns.gross.tolist(), columns.hours.tolist()) == (["10001"], [ore], [16_033])


@pytest.mark.parametrize(
    ("amount", "key"),
    [
        (pa.array([Decimal("1234.5678")], pa.decimal128(12, 4)), "kroner_too_fine"),
        (pa.array([1234.567], pa.float32()), "kroner_too_fine"),
        (pa.array([None], pa.float64()), "empty_cell"),
        (pa.array([float("nan")]), "not_kroner"),
        (pa.array([[1]]), "parquet_type"),
        (pa.array([b"1"]), "parquet_type"),
        (pa.array(["1" * 2000]), "cell_too_long"),
    ],
)
def test_parquet_types_that_mean_none_are_refused(amount: pa.Array, key: str) -> None:
    problem = refused(parquet(PLAIN | {"gross_pay": amount, "hours": [1], "wage_paid": [0]}), name="f.parquet").problems[0]
    assert (problem.what.key, problem.column) == (f"payroll.{key}", "gross_pay")


def test_parquet_days_may_be_dates_or_midnights() -> None:
    day = date(2024, 8, 1)
    first = {"date": pa.array([day]), "midnight": pa.array([datetime(2024, 8, 1)], pa.timestamp("us")), "text": pa.array(["2024-08-01"])}
    for days in first.values():
        raw = parquet({
            "institution": ["SDU"], "employment_number": ["1"], "absence_number": ["A"], "first_day": days,
            "last_day": pa.array([None], pa.date32()), "code": [100], "partial_from": [""], "status": ["active"],
        })  # fmt: skip
        columns = read("payroll-absences", raw, "f.parquet")
        assert (columns.first_day.tolist(), columns.last_day.tolist()) == ([day.toordinal()], [0])


def test_the_samples_stand() -> None:
    assert {path.suffix for path in SAMPLES.iterdir() if path.is_file()} == {".csv", ".xlsx", ".parquet", ".toml"}

"""A file with mistakes is refused once, with every one of them: file, row, column, value and what helps."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

import pytest

from refusion.adapters.sls.formats.recognition import Limits
from refusion.adapters.sls.messages import ABSENCES, EMPLOYMENTS, PAY, AbsenceRow, Kind
from refusion.adapters.sls.reading import SlsReader
from refusion.adapters.sls.twin import as_csv
from refusion.values.said import BadInput, Problem
from refusion.wiring.texts import render, sentence_of
from tests.adapters.sls.conftest import SAMPLES, read

ABSENCE = "institution;employment_number;absence_number;first_day;last_day;code;partial_from;status\n"
MONTH = "institution;employment_number;month;gross_pay;hours;wage_paid\n"
PERSON = ";".join(EMPLOYMENTS.headings) + "\n"
ADAPTER = Path(__file__).resolve().parents[3] / "src" / "refusion" / "adapters" / "sls"


def problems(kind: str, raw: bytes | str, name: str = "file.csv") -> tuple[Problem, ...]:
    with pytest.raises(BadInput) as bad:
        read(kind, raw, name)
    return tuple(bad.value.problems)


def places(found: tuple[Problem, ...]) -> list[tuple[str, int | None, str | None, str | None]]:
    return [(problem.what.key.removeprefix("payroll."), problem.row, problem.column, problem.value) for problem in found]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (ABSENCES, ABSENCE + "SDU;1;A;2024-08-10;2024-08-09;100;;active", [("ends_before_start", 2, "last_day", "2024-08-09")]),
        (ABSENCES, ABSENCE + "SDU;1;A;2024-08-10;;100;2024-08-09;active", [("partial_before_start", 2, "partial_from", "2024-08-09")]),
        (ABSENCES, ABSENCE + "SDU;1;A;2024-08-10;2024-08-11;100;2024-08-12;active", [("partial_after_end", 2, "last_day", "2024-08-11")]),
        (ABSENCES, ABSENCE + "SDU;1;A;2024-02-30;;100;;active", [("not_a_day", 2, "first_day", "2024-02-30")]),
        (ABSENCES, ABSENCE + "SDU;1;A;01-08-2024;;100;;active", [("not_a_day", 2, "first_day", "01-08-2024")]),
        (ABSENCES, ABSENCE + "SDU;1;A;0024-08-01;;100;;active", [("not_a_day", 2, "first_day", "0024-08-01")]),
        (ABSENCES, ABSENCE + "SDU;1;A;2024-08-01;;SYG;;active", [("not_a_code", 2, "code", "SYG")]),
        (ABSENCES, ABSENCE + "SDU;1;A;2024-08-01;;100;;Active", [("not_a_choice", 2, "status", "Active")]),
        (ABSENCES, ABSENCE + "SDU;;A;2024-08-01;;100;;active", [("empty_cell", 2, "employment_number", "")]),
        (ABSENCES, ABSENCE + "SDU;1;A;2024-08-01;;100;;active\nAAU;2;A;2024-08-01;;100;;active", [("institution_row", 3, "institution", "AAU")]),
        (ABSENCES, ABSENCE + "AAU;1;A;;;;;\nAAU;2;A;2024-08-01;;100;;active", [("institution_other", 2, "institution", "AAU")]),
        (
            ABSENCES,
            ABSENCE + "SDU;1;A;2024-08-01;;100;;active\nSDU;1;A;2024-08-01;;110;;active",
            [("row_repeated", 3, "employment_number", "1")],
        ),
        (ABSENCES, ABSENCE + "SDU;1;A;2024-08-01;;100;;active;\n", [("field_count", 2, None, None)]),
        (ABSENCES, ABSENCE + '\nSDU;1;"A;2024-08-01;;100;;active\n', [("unclosed_quote", 3, None, None)]),
        (ABSENCES, ABSENCE.replace("code", "codes") + "SDU;1;A;2024-08-01;;100;;active", [
            ("column_unknown_near", 1, "codes", None), ("column_missing", 1, "code", None)]),
        (ABSENCES, ABSENCE.replace("partial_from", "status") + "SDU;1;A;2024-08-01;;100;active;active", [
            ("column_doubled", 1, "status", None), ("column_missing", 1, "partial_from", None)]),
        (ABSENCES, ABSENCE.replace("\n", ";\n") + "SDU;1;A;2024-08-01;;100;;active;x", [("column_unnamed", 1, None, None)]),
        (PAY, MONTH + "SDU;1;2024-13;1;1;1", [("not_a_month", 2, "month", "2024-13")]),
        (PAY, MONTH + "SDU;1;2024-07;1,50;1;1", [("not_kroner", 2, "gross_pay", "1,50")]),
        (PAY, MONTH + "SDU;1;2024-07;1.505;1;1", [("kroner_too_fine", 2, "gross_pay", "1.505")]),
        (PAY, MONTH + "SDU;1;2024-07;1e3;1;1", [("not_kroner", 2, "gross_pay", "1e3")]),
        (PAY, MONTH + "SDU;1;2024-07;1;-1;1", [("hours_out_of_range", 2, "hours", "-1")]),
        (PAY, MONTH + "SDU;1;2024-07;1;745;1", [("hours_out_of_range", 2, "hours", "745")]),
        (PAY, MONTH + "SDU;1;2024-07;1;1.005;1", [("hours_too_fine", 2, "hours", "1.005")]),
        (PAY, MONTH + "SDU;1;2024-07;1;1;1234567890", [("not_kroner", 2, "wage_paid", "…")]),
        (EMPLOYMENTS, PERSON + "SDU;1;101701234;Å;2024-01-01;;37;ordinary;", [("not_a_national_number", 2, "national_number", None)]),
        (EMPLOYMENTS, PERSON + "SDU;1;3102701234;Å;2024-01-01;;37;ordinary;", [("not_a_national_number", 2, "national_number", None)]),
        (EMPLOYMENTS, PERSON + "SDU;1;6101701234;Å;2024-01-01;;0;ordinary;", [("weekly_hours_out_of_range", 2, "weekly_hours", "0")]),
        (EMPLOYMENTS, PERSON + "SDU;1;6101701234;Å;2024-01-02;2024-01-01;;ordinary;", [
            ("ends_before_employed", 2, "employment_ends", "2024-01-01")]),
        (EMPLOYMENTS, PERSON + f"SDU;1;6101701234;{'Å' * 201};2024-01-02;;;ordinary;", [("too_long", 2, "name", "Å" * 60 + "…")]),
        (EMPLOYMENTS, PERSON + "SDU;1;6101701234;A\x1bB;2024-01-02;;;ordinary;", [("unprintable", 2, "name", "A\ufffdB")]),
    ],
)  # fmt: skip
def test_each_mistake_is_told_with_its_place(kind: Kind, text: str, expected: list[tuple[str, int, str, str]]) -> None:
    assert places(problems(kind.name, text)) == expected


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        (b"", "empty_file"),
        (b" \r\n", "empty_file"),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "xml"),
        (b"\xef\xbb\xbf<html>", "xml"),
        (b"PK\x03\x04nothing", "workbook_broken"),
        (b"PAR1nothing", "parquet_broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_workbook"),
        (b"%PDF-1.7", "pdf"),
        (b"\x1f\x8b\x08", "packed"),
        ("institution".encode("utf-16"), "utf_16"),
        (ABSENCE.encode() + b"SDU;1;A\x00;2024-08-01;;100;;active", "nul_byte"),
        (PERSON.encode() + "SDU;1;6101701234;Åse".encode("mac-roman"), "encoding"),
        (PERSON.encode() + "Åse;".encode() + "Øst".encode("cp1252"), "encoding"),
    ],
)
def test_what_is_no_table_is_named_for_what_it_is(raw: bytes, key: str) -> None:
    found = problems("payroll-absences", raw, "file")
    assert [problem.what.key for problem in found] == [f"payroll.{key}"]
    assert found[0].file == "file"


def test_a_file_is_what_it_holds_and_not_what_it_is_called() -> None:
    raw = (SAMPLES / "pay.xlsx").read_bytes()
    assert problems("payroll-pay", raw, "pay.csv")[0].what.facts == {"claimed": "csv", "found": "xlsx"}
    assert read("payroll-pay", raw, "pay").number.tolist()


@pytest.mark.parametrize("place", ["name", "institution", "heading", "unit"])
@pytest.mark.parametrize("written", ["6101701234", "610170-1234", "61 01 70 12 34", "x6101701234y"])
def test_a_national_number_is_never_repeated(place: str, written: str) -> None:
    cells = {"institution": "SDU", "number": "1", "name": "\x01", "unit": "\x01", "heading": "unit"} | {place: f"\x02{written}"}
    heading = PERSON.replace("unit", cells["heading"])
    text = f"{heading}{cells['institution']};1;{written}9;{cells['name']};2024-01-01;;;ordinary;{cells['unit']}\n"
    for problem in problems("payroll-employments", text):
        said = " ".join(render(words, language) for words in (problem.what, problem.remedy) for language in ("da", "en"))
        digits = "".join(filter(str.isdigit, f"{said}|{problem.value}|{problem.column}"))
        assert "6101701234" not in digits


def test_every_mistake_up_to_a_hundred_is_told_and_the_rest_counted() -> None:
    rows = [AbsenceRow(str(number), "A", date(2024, 8, 2), date(2024, 8, 1)) for number in range(250)]
    found = problems("payroll-absences", as_csv("SDU", rows))
    assert [problem.row for problem in found[:-1]] == list(range(2, 101))
    assert (found[-1].what.key, found[-1].what.facts["count"]) == ("payroll.more_problems", 151)


def test_a_hundred_mistakes_are_told_one_by_one() -> None:
    rows = [AbsenceRow(str(number), "A", date(2024, 8, 2), date(2024, 8, 1)) for number in range(100)]
    assert [problem.row for problem in problems("payroll-absences", as_csv("SDU", rows))] == list(range(2, 102))


def test_blank_lines_do_not_shift_the_row_numbers() -> None:
    text = ABSENCE + "\n;;;;;;;\nSDU;1;A;2024-08-01;;100;;active\n\r\n  \nSDU;2;A;x;;100;;active\n\n"
    assert [problem.row for problem in problems("payroll-absences", text)] == [7]


@pytest.mark.parametrize("sample", sorted(path.name for path in (SAMPLES / "broken").iterdir()))
def test_every_broken_sample_is_refused_with_its_name(sample: str) -> None:
    kind = "employments" if "employments" in sample else "pay" if ".pay." in sample else "absences"
    assert {problem.file for problem in problems(f"payroll-{kind}", (SAMPLES / "broken" / sample).read_bytes(), sample)} == {sample}


@pytest.mark.parametrize(("limits", "key"), [(Limits(csv=10), "too_large"), (Limits(rows=1), "too_many_rows")])
def test_a_file_beyond_the_limits_is_refused(limits: Limits, key: str) -> None:
    with pytest.raises(BadInput, match=key):
        SlsReader(limits).read("payroll-pay", "pay.csv", (SAMPLES / "pay.csv").read_bytes(), "SDU")


def test_an_unknown_kind_is_refused_with_those_there_are() -> None:
    assert problems("payroll-holidays", b"x")[0].remedy.facts["known"] == "payroll-employments, payroll-pay, payroll-absences"


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_refusal_has_its_sentence_and_its_remedy(language: str) -> None:
    keys = {key for file in ADAPTER.rglob("*.py") for key in _refused(ast.parse(file.read_text(encoding="utf-8")))}
    assert len(keys) > 40
    missing = [key for key in keys for whole in (f"payroll.{key}", f"payroll.{key}_remedy") if sentence_of(whole, language) == whole]
    assert missing == []


def _refused(tree: ast.Module) -> set[str]:
    """Give the keys that a module refuses with: those of ``refusal`` and ``said``, and those in its tables."""
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    keys = {text.removeprefix("payroll.") for text in texts if text.startswith("payroll.")}
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "refusal"]
    given = {str(call.args[0].value) for call in calls if isinstance(call.args[0], ast.Constant)}
    # What ends in an underscore is the beginning of a key that is put together; the tables above meet those.
    return {key for key in keys | given if not key.endswith("_")} - {""}

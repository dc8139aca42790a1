"""A mapping file with a mistake is refused with the setting and what it may be."""

from __future__ import annotations

from pathlib import Path

import pytest

from refusion.adapters.sls.mapping import read_mapping
from refusion.values.said import BadInput
from tests.adapters.sls.conftest import SAMPLES, read

HEADING = "institution;employment_number;month;gross_pay;hours;wage_paid\n"


def mapping(folder: Path, text: str) -> Path:
    file = folder / "own.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_example_is_read() -> None:
    layout = read_mapping(SAMPLES / "own-headings.toml")
    assert (layout.decimal, layout.thousands, layout.day_format, layout.heading("code")) == (",", ".", "DD-MM-YYYY", "Årsag")
    assert layout.fixed == {"job_kind": "ordinary"}


@pytest.mark.parametrize(
    ("text", "key", "column"),
    [
        ("a = ", "mapping_broken", None),
        ("columns = 3", "mapping_table", "columns"),
        ("colums = {}", "mapping_setting", "colums"),
        ('[columns]\nhour = "Timer"', "mapping_column", "hour"),
        ("[columns]\nhours = 3", "mapping_table", "columns"),
        ('[columns]\nhours = "T"\ngross_pay = "T"', "mapping_heading_twice", "T"),
        ('date_format = "DD-MM"', "mapping_format", "date_format"),
        ('date_format = "DD-MM-YYYY-DD"', "mapping_format", "date_format"),
        ('date_format = "dd-mm-yyyy"', "mapping_format", "date_format"),
        ("date_format = 3", "mapping_format", "date_format"),
        ('month_format = "MM-DD-YYYY"', "mapping_format", "month_format"),
        ('decimal = ";"', "mapping_separator", "decimal"),
        ('decimal = ","\nthousands = ","', "mapping_separator", "thousands"),
        ("codes = 1", "mapping_table", "codes"),
        ('[codes.hours]\n"a" = "b"', "mapping_codes", "hours"),
        ('[codes.status]\n"A" = "aktiv"', "mapping_word", "status"),
        ('[fixed]\nhour = "1"', "mapping_column", "hour"),
        ('ignore = "x"', "mapping_list", "ignore"),
    ],
)
def test_each_mistake_is_told_with_its_setting(tmp_path: Path, text: str, key: str, column: str | None) -> None:
    with pytest.raises(BadInput) as bad:
        read("payroll-pay", HEADING, mapping=mapping(tmp_path, text))
    problem = bad.value.problems[0]
    assert (problem.what.key, problem.file, problem.column) == (f"payroll.{key}", "own.toml", column)


def test_a_mapping_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="mapping_unreadable"):
        read("payroll-pay", HEADING, mapping=tmp_path / "none.toml")


def test_a_column_that_is_fixed_stands_in_every_row(tmp_path: Path) -> None:
    own = mapping(tmp_path, '[fixed]\nhours = "160.33"\ninstitution = "SDU"')
    columns = read("payroll-pay", "employment_number;month;gross_pay;wage_paid\n1;2024-07;1;1\n2;2024-07;1;1\n", mapping=own)
    assert columns.hours.tolist() == [16_033, 16_033]


def test_a_fixed_column_in_the_file_too_is_unknown(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="column_unknown"):
        read("payroll-pay", HEADING + "SDU;1;2024-07;1;2;3\n", mapping=mapping(tmp_path, '[fixed]\nhours = "160.33"'))


def test_an_ignored_column_may_hold_anything(tmp_path: Path) -> None:
    text = HEADING.replace("\n", ";note\n") + "SDU;1;2024-07;1;2;3;\x01\n"
    assert read("payroll-pay", text, mapping=mapping(tmp_path, 'ignore = ["note"]')).gross.tolist() == [100]


def test_iso_days_are_read_beside_the_payrolls_own(tmp_path: Path) -> None:
    own = mapping(tmp_path, 'date_format = "DD.MM.YYYY"')
    heading = "institution;employment_number;absence_number;first_day;last_day;code;partial_from;status\n"
    columns = read("payroll-absences", heading + "SDU;1;A;01.08.2024;2024-08-02;100;;active\n", mapping=own)
    assert columns.last_day.tolist() == [columns.first_day[0] + 1]

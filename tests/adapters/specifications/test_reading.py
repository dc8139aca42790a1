"""Payment specifications: any payer's columns, all or nothing, every mistake with its place, no person's number repeated."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from refusion.values.period import Period
from refusion.values.said import BadInput
from refusion.wiring.parts import payment_reader

PLACE = Path(__file__).resolve().parents[3] / "src/refusion/adapters/specifications"
SAMPLES = PLACE / "samples"


def read(text: str, mapping: Path | None = None) -> list[object]:
    return list(payment_reader().read("spec.csv", text.encode(), mapping))


def test_the_sample_is_read_to_the_ore() -> None:
    rows = payment_reader().read("payments.csv", (SAMPLES / "payments.csv").read_bytes())
    assert [(row.payment, row.amount, row.told) for row in rows] == [
        ("UDB-2025-0512", 4865_00, ("KSD-0000000001",)),
        ("UDB-2025-0512", 9730_00, ("sygedagpengerefusion",)),
        ("UDB-2025-0512", -120_50, ("KSD-0000000007", "modregning")),
    ]
    assert (rows[1].number, rows[1].period) == ("6101011234", Period(date(2025, 4, 1), date(2025, 4, 13)))
    assert rows[1].pays_on == date(2025, 5, 12)


def test_another_payers_headings_days_and_numbers_are_mapped() -> None:
    rows = payment_reader().read("own.csv", (SAMPLES / "own-headings.csv").read_bytes(), SAMPLES / "own-headings.toml")
    assert [(row.payer, row.amount, row.pays_on) for row in rows] == [("Eksempel Kommune", amount, date(2025, 5, 12)) for amount in (486500, 973000)]


@pytest.mark.parametrize(
    ("row", "column", "key"),
    [
        (";1.00;;;;;;;", "payment", "empty_cell"),
        ("U;;;;;;;;", "amount", "empty_cell"),
        ("U;1,00;;;;;;;", "amount", "not_kroner"),
        ("U;1.005;;;;;;;", "amount", "not_kroner"),
        ("U;0.00;;;;;;;", "amount", "no_amount"),
        ("U;1.00;;2025-02-29;;;;;", "pays_on", "not_a_day"),
        ("U;1.00;;;;123;;;", "national_number", "not_a_national_number"),
        ("U;1.00;;;;;2025-01-01;;", "last_day", "period"),
        ("U;1.00;;;;;2025-01-02;2025-01-01;", "last_day", "period"),
        (f"{'U' * 81};1.00;;;;;;;", "payment", "too_long"),
    ],
)
def test_a_wrong_cell_refuses_the_file_with_its_place(row: str, column: str, key: str) -> None:
    head = "payment;amount;payer;pays_on;reference;national_number;first_day;last_day;text"
    with pytest.raises(BadInput) as refused:
        read(f"{head}\nU;1.00;;;;;;;\n{row}\n")
    (problem,) = refused.value.problems
    assert (problem.file, problem.row, problem.column, problem.what.key) == ("spec.csv", 3, column, f"payments.{key}")
    assert problem.remedy.key == f"payments.{key}_remedy"


@pytest.mark.parametrize(
    ("head", "key"), [("payment;sum", "column_unknown"), ("payment;amount;amount", "column_doubled"), ("payment;payer", "column_missing")]
)
def test_a_wrong_heading_refuses_the_file(head: str, key: str) -> None:
    with pytest.raises(BadInput) as refused:
        read(f"{head}\n{';'.join('1' for _ in head.split(';'))}\n")
    assert f"payments.{key}" in {problem.what.key for problem in refused.value.problems}


def test_a_persons_number_in_a_wrong_cell_is_not_repeated() -> None:
    with pytest.raises(BadInput) as refused:
        read("payment;amount\nU;610101-1234\n")
    assert refused.value.problems[0].value == "…"


@pytest.mark.parametrize("text", ["=", "other = 1", "headings = 1", 'decimal = ";"', 'date_format = "DD-MM"', "ignore = 1"])
def test_a_wrong_mapping_is_refused(tmp_path: Path, text: str) -> None:
    mapping = tmp_path / "map.toml"
    mapping.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput):
        read("payment;amount\nU;1.00\n", mapping)


def test_the_schema_names_the_columns_that_are_read() -> None:
    from refusion.adapters.specifications.messages import COLUMNS, NEEDED

    schema = json.loads((PLACE / "schemas/payments.json").read_text(encoding="utf-8"))
    assert set(schema["properties"]) == {column.name for column in COLUMNS}
    assert schema["required"] == list(NEEDED)

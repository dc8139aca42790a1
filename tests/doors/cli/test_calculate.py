"""Tables calculated from the command line: every form in and out, bad rows put aside, nothing half-written."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

CLAIMS = """id,first_day,last_day,weekly_hours,hourly_wage_after_am,hourly_wage,wage_paid,absent_hours_per_week
a,2022-02-02,2022-02-28,37,500,,,
b,2022-03-07,2022-03-13,37,500.00,,,17
c,2022-03-07,2022-03-13,37,,100,,
d,2022-03-07,2022-03-13,37,500,,3000,
bad-day,2022-02-30,2022-03-13,37,500,,,
order,2022-03-13,2022-03-07,37,500,,,
negative,2022-03-07,2022-03-13,37,-1,,,
word,2022-03-07,2022-03-13,many,500,,,
three decimals,2022-03-07,2022-03-13,37,1.005,,,
no pay,2022-03-07,2022-03-13,37,,,,
early,2007-03-07,2007-03-13,37,500,,,
long,2022-03-07,2024-03-13,37,500,,,
far,2099-03-07,2099-03-13,37,500,,,
hours,2022-03-07,2022-03-13,168.01,500,,,
rich,2022-03-07,2022-03-13,37,100000000.01,,,
"""
AMOUNTS = {"a": ("16967.00", "152.00"), "b": ("2051.56", "18.00"), "c": ("3404.00", "31.00"), "d": ("3000.00", "27.00")}



@pytest.mark.parametrize("ending", ["csv", "parquet", "jsonl"])
def test_claims_are_calculated_and_bad_rows_put_aside(refusion, tmp_path, ending):
    source, target = tmp_path / "in.csv", tmp_path / f"out.{ending}"
    source.write_text(CLAIMS, encoding="utf-8")
    code, out, err = refusion("calculate", "dk-sickness", source, target)
    assert (code, out) == (1, "4 rows calculated, 11 refused.\n")
    assert "out.rejects" in err
    kept, refused = rows_of(target), rows_of(target.with_suffix(f".rejects.{ending}"))
    assert {row["id"]: (str(row["refund"]), str(row["supplement"])) for row in kept} == AMOUNTS
    assert [row["id"] for row in refused] == [line.split(",")[0] for line in CLAIMS.splitlines()[5:]]
    assert all(row["problem_reason"] and row["problem_column"] and row["problem_row"] for row in refused)


@pytest.mark.parametrize("ending", ["parquet", "jsonl"])
def test_other_forms_in_and_explanations_out(refusion, tmp_path, ending):
    rows = [{"id": "a", "first_day": "2022-02-02", "last_day": "2022-02-28", "weekly_hours": 37, "hourly_wage_after_am": 500.5}]
    source, target = tmp_path / f"in.{ending}", tmp_path / "out.jsonl"
    if ending == "parquet":
        parquet.write_table(pa.Table.from_pylist(rows), source)
    else:
        source.write_text(json.dumps(rows[0]) + "\n\n", encoding="utf-8")
    assert refusion("calculate", "dk-sickness", source, target, "--explain", "--json", "-")[0] == 0
    (row,) = rows_of(target)
    assert row["refund"] == "16967.00"
    told = json.loads(row["explanation"])
    assert told["result"]["refund"] == 1_696_700
    assert told["law_version"]


def test_a_column_that_no_rule_reads_is_named(refusion, tmp_path):
    source = tmp_path / "in.csv"
    source.write_text(CLAIMS.splitlines()[0].replace("wage_paid", "wage_payd") + "\n" + CLAIMS.splitlines()[1] + "\n", encoding="utf-8")
    code, _, err = refusion("calculate", "dk-sickness", source, tmp_path / "out.csv")
    assert code == 0
    assert "wage_payd" in err


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("in.csv", "first_day,last_day\n2022-01-01,2022-01-02\n", "weekly_hours"),
        ("in.csv", "first_day,last_day,weekly_hours,weekly_hours\n2022-01-01,2022-01-02,37,37\n", "weekly_hours: Two columns"),
        ("in.csv", "first_day,last_day,weekly_hours\n2022-01-01,2022-01-02,\"37\n", "row 2: A quotation mark"),
        ("in.csv", "", "cannot be read"),
        ("in.jsonl", "", "first_day"),
        ("in.parquet", "not parquet", "cannot be read"),
        ("in.jsonl", "{}\n{\n", "row 2"),
        ("in.jsonl", "[]\n", "row 1"),
        ("in.txt", "", ".csv, .parquet or .jsonl"),
    ],
)
def test_a_file_that_is_no_table_of_claims_leaves_nothing(refusion, tmp_path, name, content, words):
    source = tmp_path / name
    source.write_text(content, encoding="utf-8")
    code, _, err = refusion("calculate", "dk-sickness", source, tmp_path / "out.csv")
    assert code == 2
    assert words in err
    assert name in err
    assert sorted(file.name for file in tmp_path.iterdir()) == [name]


def test_wrong_words_are_refused(refusion, tmp_path):
    source = tmp_path / "in.csv"
    source.write_text(CLAIMS, encoding="utf-8")
    assert refusion("calculate", "no-such", source, tmp_path / "out.csv")[0] == 2
    assert refusion("calculate", "dk-sickness", source, source)[0] == 2
    assert refusion("calculate", "dk-sickness", source, tmp_path / "out.doc")[0] == 2
    assert refusion("calculate", "dk-sickness", tmp_path / "none.csv", tmp_path / "out.csv")[0] != 0


def rows_of(file: Path) -> list[dict[str, object]]:
    if file.suffix == ".parquet":
        return list(parquet.read_table(file).to_pylist())
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text)) if file.suffix == ".csv" else [json.loads(line) for line in text]


def test_refused_rows_stand_with_number_column_value_and_reason(refusion, tmp_path):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    lines = [
        "id;first_day;last_day;weekly_hours;hourly_wage",
        'a;2022-03-07;2022-03-13;37;"500"',
        "",
        '"two\nlines";2022-03-07;2022-03-13;37;500',
        "ragged;2022-03-07",
        "bad;2022-02-30;2022-03-13;37;500",
        "none;2022-03-07;;;",
        "comma;2022-03-07;2022-03-13;37;500,50",
    ]
    source.write_text("\n".join(lines) + "\n\n", encoding="utf-8")
    assert refusion("calculate", "dk-sickness", source, target)[:2] == (1, "2 rows calculated, 4 refused.\n")
    assert [row["id"] for row in rows_of(target)] == ["a", "two\nlines"]
    told = [tuple(row[f"problem_{name}"] for name in ("row", "column", "value", "reason")) for row in rows_of(tmp_path / "out.rejects.csv")]
    assert told == [
        ("5", "", "ragged;2022-03-07", "The row has 2 fields; the heading has 5."),
        ("6", "first_day", "2022-02-30", "first_day is no day; write it as 2025-01-06."),
        ("7", "last_day, weekly_hours, hourly_wage_after_am", "", "Missing: last_day, weekly_hours, hourly_wage_after_am."),
        ("8", "hourly_wage", "500,50", "hourly_wage is no number of at most two decimals, zero or above; write it as 1234.50."),
    ]


def test_a_mended_file_of_refused_rows_is_calculated_as_it_is(refusion, tmp_path):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("id,first_day,last_day,weekly_hours,hourly_wage\na,2022-02-30,2022-03-13,37,500\n", encoding="utf-8")
    assert refusion("calculate", "dk-sickness", source, target)[0] == 1
    refused = tmp_path / "out.rejects.csv"
    refused.write_text(refused.read_text(encoding="utf-8").replace("2022-02-30", "2022-03-07"), encoding="utf-8")
    code, _, err = refusion("calculate", "dk-sickness", refused, tmp_path / "mended.csv")
    assert (code, err) == (0, "")
    assert [name for name in rows_of(tmp_path / "mended.csv")[0] if name.startswith("problem")] == []


def test_lines_that_are_no_objects_are_put_aside_with_their_number(refusion, tmp_path):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    good = {"id": "a", "first_day": "2022-03-07", "last_day": "2022-03-13", "weekly_hours": 37, "hourly_wage": 500}
    source.write_text(f"{json.dumps(good)}\n\n{{\n[1]\n{json.dumps({**good, 'late': 1})}\n", encoding="utf-8")
    assert refusion("calculate", "dk-sickness", source, target)[:2] == (1, "2 rows calculated, 2 refused.\n")
    assert [row["late"] for row in rows_of(target)] == [None, "1"]
    assert [(row["problem_row"], row["problem_value"]) for row in rows_of(tmp_path / "out.rejects.jsonl")] == [(3, "{"), (4, "[1]")]


@pytest.mark.parametrize("ending", ["csv", "parquet", "jsonl"])
def test_a_table_without_rows_gives_a_table_without_rows(refusion, tmp_path, ending):
    source, target = tmp_path / "in.csv", tmp_path / f"out.{ending}"
    source.write_text("first_day,last_day,weekly_hours\n", encoding="utf-8")
    target.write_text("from an earlier time", encoding="utf-8")
    assert refusion("calculate", "dk-sickness", source, target)[:2] == (0, "0 rows calculated, 0 refused.\n")
    assert rows_of(target) == []


ONE_ROW = {
    "no-parental": ("start,first_day,last_day,coverage_percent,annual_basis,average_weekly_income",
                    "2025-03-03,2025-03-03,2025-03-31,100,600000,11538.46", "coverage_percent", "101"),
    "no-sickness": ("first_absence_day,first_day,last_day,monthly_income", "2025-03-03,2025-03-19,2025-03-31,50000", "monthly_income", "-1"),
    "dk-sickness": ("first_day,last_day,weekly_hours,hourly_wage", "2022-03-07,2022-03-13,37,500", "first_day", "1999-01-01"),
    "dk-parental": ("first_day,last_day,weekly_hours,hourly_wage", "2023-03-06,2023-03-12,37,500", "weekly_hours", "-37"),
    "dk-self-employed": ("day,first_absence_day,income_year,insurance,working_share_percent",
                         "2022-03-05,2022-03-01,900000,day3_min,0", "working_share_percent", "100.01"),
}  # fmt: skip
AMOUNT = {"dk-self-employed": "weekly"}


@pytest.mark.parametrize("scheme", ONE_ROW)
@pytest.mark.parametrize("into", ["csv", "parquet", "jsonl"])
@pytest.mark.parametrize("out", ["csv", "parquet", "jsonl"])
def test_every_scheme_in_every_form_with_an_explanation_and_a_bad_row(refusion, tmp_path, scheme, into, out):
    heading, row, column, bad = ONE_ROW[scheme]
    good = dict(zip(heading.split(","), row.split(","), strict=True))
    source, target = written([good, {**good, column: bad}], tmp_path / f"in.{into}"), tmp_path / f"out.{out}"
    assert refusion("calculate", scheme, source, target, "--explain")[:2] == (1, "1 rows calculated, 1 refused.\n")
    (kept,), (refused,) = rows_of(target), rows_of(tmp_path / f"out.rejects.{out}")
    assert float(str(kept[AMOUNT.get(scheme, "refund")])) > 0
    assert json.loads(str(kept["explanation"]))
    assert (str(refused["problem_row"]), refused["problem_column"], refused["problem_value"]) == ("2" if into == "jsonl" else "3", column, bad)
    assert str(refused["problem_reason"]).startswith(column)


def test_the_agreement_is_taken_as_a_whole(refusion, tmp_path):
    rows = rows_of(Path("docs/how-to/grant-made-up.csv"))
    source = written(rows, tmp_path / "in.parquet")
    assert refusion("calculate", "se-2013", source, tmp_path / "out.jsonl", "--explain")[:2] == (0, "22 rows calculated, 0 refused.\n")
    assert all(json.loads(str(row["explanation"])) for row in rows_of(tmp_path / "out.jsonl"))
    for changed, words in ((rows[1:], "01 Stockholm"), ([{**rows[0], "county": "02"}, *rows[1:]], "02"), ([*rows, rows[0]], "row 24")):
        code, _, err = refusion("calculate", "se-2013", written(changed, tmp_path / "in.csv"), tmp_path / "new.csv")
        assert code == 2
        assert words in err
        assert not (tmp_path / "new.csv").exists()


def test_a_share_outside_and_a_negative_number_are_refused_by_their_own_row(refusion, tmp_path):
    rows = rows_of(Path("docs/how-to/grant-made-up.csv"))
    rows[2]["share_ok_2013"], rows[3]["new_grants_2013"] = "100.1", "-1"
    source = tmp_path / "in.jsonl"
    source.write_text("\n" + "".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    for verb in (("calculate", "se-2013", source, tmp_path / "out.csv"), ("grants", "compute", "se-2013", source)):
        code, _, err = refusion(*verb)
        assert code == 2
        assert [line.split(":")[0].removeprefix(f"{source}, ") for line in err.splitlines()] == [
            "row 4, column share_ok_2013", "row 5, column new_grants_2013",
        ]  # fmt: skip


def test_a_calculation_that_stops_leaves_no_result_and_the_one_before(refusion, tmp_path, monkeypatch):
    from refusion.law.denmark.sickness import claims

    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(CLAIMS, encoding="utf-8")
    target.write_text("the one before", encoding="utf-8")

    def stopped(batches, *, explain):
        yield next(claims.calculated(batches, claims.SICKNESS, explain=explain))
        raise KeyboardInterrupt

    monkeypatch.setattr(claims, "calculate", stopped)
    assert refusion("calculate", "dk-sickness", source, target)[0] == 130
    assert target.read_text(encoding="utf-8") == "the one before"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["in.csv", "out.csv"]


def test_a_column_that_the_form_cannot_hold_is_named_with_a_remedy(refusion, tmp_path):
    row = {"id": "a", "first_day": "2022-03-07", "last_day": "2022-03-13", "weekly_hours": 37, "hourly_wage": 500, "tags": ["x"]}
    source = tmp_path / "in.parquet"
    parquet.write_table(pa.Table.from_pylist([row]), source)
    code, _, err = refusion("calculate", "dk-sickness", source, tmp_path / "out.csv")
    assert code == 2
    assert ".parquet or .jsonl" in err
    assert refusion("calculate", "dk-sickness", source, tmp_path / "out.parquet")[0] == 0


def written(rows: list[dict[str, object]], file: Path) -> Path:
    if file.suffix == ".parquet":
        parquet.write_table(pa.Table.from_pylist(rows), file)
    elif file.suffix == ".jsonl":
        file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    else:
        with file.open("w", encoding="utf-8", newline="") as text:
            writer = csv.DictWriter(text, rows[0])
            writer.writeheader()
            writer.writerows(rows)
    return file

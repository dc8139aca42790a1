"""The command line of the law: worked cases, rules shown, days compared, tables calculated."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from refusion.doors.cli import main

Command = Callable[..., tuple[int, str, str]]
GOOD = {
    "id": "one", "rule": "DK-SICK-DATES", "inputs": {"first_absence_day": "2022-01-03"},
    "expected": {"notify_by": "2022-02-07"}, "source": "elov40",
}  # fmt: skip
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


@pytest.fixture
def refusion(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run the command in this process: exit code, standard output, standard error."""
    monkeypatch.setenv("REFUSION_LANGUAGE", "en")

    def run(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["refusion", *map(str, words)])
        with pytest.raises(SystemExit) as end:
            main.run()
        said = capsys.readouterr()
        return int(end.value.code or 0), said.out, said.err

    return run


def cases(folder: Path, *lines: object) -> Path:
    file = folder / "cases.jsonl"
    file.write_text("".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines), encoding="utf-8")
    return file


def test_cases_that_pass(refusion, tmp_path):
    assert refusion("law", "check", cases(tmp_path, GOOD, "")) == (0, "1 passed, 0 failed\n", "")


def test_a_case_that_fails_says_what_was_expected_and_why(refusion, tmp_path):
    wrong = {**GOOD, "id": "two", "expected": {"notify_by": "2022-02-08"}}
    code, out, _ = refusion("law", "check", cases(tmp_path, GOOD, wrong, {**GOOD, "rule": "DK-NO-SUCH"}))
    assert code == 1
    assert "two: notify_by: expected 2022-02-08, got 2022-02-07." in out
    assert "notification_last_day = 2022-02-07  (SDL § 40, stk. 2" in out
    assert "one: No rule is called DK-NO-SUCH." in out
    assert out.endswith("1 passed, 2 failed\n")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "Expecting"),
        ("[]", "not an object"),
        ({"id": "x"}, "without rule"),
        ({**GOOD, "note": 1}, "unknown field: note"),
        ({**GOOD, "inputs": {"first_absence_dya": "2022-01-03"}}, "unknown input: first_absence_dya"),
        ({**GOOD, "inputs": {}}, "facts are missing: first_absence_day"),
        ({**GOOD, "inputs": {"first_absence_day": "2022-13-03"}}, "first_absence_day"),
        ({**GOOD, "inputs": {"first_absence_day": "2022-01-03", "covid": "yes"}}, "not true or false"),
        ({**GOOD, "inputs": {"first_absence_day": "2022-01-03", "job_kind": "x"}}, "not one of"),
        ({**GOOD, "expected": {}}, "something is expected"),
        ({**GOOD, "expected": {"notify": "2022-02-07"}}, "unknown expected value: notify"),
        ({**GOOD, "expected": {"notify_by": "x"}}, "expected notify_by"),
        (
            '{"id": 1, "rule": "DK-SICK-DURATION", "inputs": {"paid_weeks_in_last_9_months": NaN}, "expected": {"limit_reached": true}, "source": "s"}',
            "NaN",
        ),
        (
            {**GOOD, "rule": "DK-SICK-DURATION", "inputs": {"paid_weeks_in_last_9_months": -1}, "expected": {"limit_reached": True}},
            "below zero",
        ),
    ],
)
def test_a_line_that_is_no_case_names_file_and_row(refusion, tmp_path, line, reason):
    file = cases(tmp_path, GOOD, line)
    code, out, err = refusion("law", "check", file)
    assert (code, out) == (2, "1 passed, 0 failed\n")
    assert str(file) in err
    assert "row 2" in err
    assert reason in err


def test_the_result_of_a_check_as_json(refusion, tmp_path):
    wrong = {**GOOD, "expected": {"notify_by": "2022-02-08"}}
    code, _, _ = refusion("law", "check", cases(tmp_path, GOOD, wrong), "--json", tmp_path / "out.json")
    told = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert (code, told["passed"], [case["id"] for case in told["failed"]]) == (1, 1, ["one"])
    assert told["failed"][0]["explanations"]


@pytest.mark.parametrize(
    "name", ["week_benefit", "denmark.rates.weekly_maximum", "notification_last_day", "sygedagpenge for ugen", "supplement_rate"]
)
def test_a_rule_is_shown_with_place_and_history(refusion, name):
    code, out, _ = refusion("law", "show", name)
    assert code == 0
    assert "SDL §" in out
    assert "20" in out


def test_showing_a_rule_as_json_and_a_name_that_nobody_has(refusion):
    code, out, _ = refusion("law", "show", "employer_period_last_day", "--json", "-")
    (rule,) = json.loads(out)
    assert (code, rule["citation"]) == (0, "SDL § 30, stk. 1")
    assert [value["value"] for value in rule["figures"][0]["since"]] == [15, 21, 30]
    assert refusion("law", "show", "nothing")[0] == 1


def test_what_changes_between_two_days(refusion):
    code, out, _ = refusion("law", "diff", "2025-01-05", "2025-01-06")
    assert code == 0
    assert "weekly_maximum: 4695.00 → 4865.00" in out
    assert "supplement_rate: 150 → 180" in out
    assert "3 figures differ" in out
    changes = json.loads(refusion("law", "diff", "2026-12-31", "2027-01-04", "--json", "-")[1])
    assert [change["name"] for change in changes] == ["supplement_rate", "leave_supplement_rate"]
    assert refusion("law", "diff", "2025-02-30", "2025-01-06")[0] == 2


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
    assert all(row["reason"] and row["problem_column"] for row in refused)


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
        ("in.csv", "first_day,last_day,weekly_hours\n2022-01-01,2022-01-02\n", "cannot be read"),
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

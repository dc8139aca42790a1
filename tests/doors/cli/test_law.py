"""The command line of the law: worked cases, rules shown, days compared."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

GOOD = {
    "id": "one", "rule": "DK-SICK-DATES", "inputs": {"first_absence_day": "2022-01-03"},
    "expected": {"notify_by": "2022-02-07"}, "source": "elov40",
}  # fmt: skip


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
    assert "notification_last_day = 2022-02-07  (SDL § 40, stk. 1" in out
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
    assert "weekly_maximum (ore): 4695.00 → 4865.00" in out
    assert "supplement_rate (" in out
    assert "): 150 → 180" in out
    assert "; 2025-01-06: " in out
    assert "3 figures differ" in out
    changes = json.loads(refusion("law", "diff", "2026-12-31", "2027-01-04", "--json", "-")[1])
    assert [change["name"] for change in changes] == ["supplement_rate", "leave_supplement_rate"]
    assert refusion("law", "diff", "2025-02-30", "2025-01-06")[0] == 2


@pytest.mark.parametrize(("name", "near"), [("weekly_maximu", "weekly_maximum"), ("Arbejdsgiverperiode", "arbejdsgiverperiode")])
def test_a_name_that_nobody_has_is_answered_with_those_near_it(refusion, name, near):
    code, out, err = refusion("law", "show", f"{name}")
    assert (code, out) == (1, "")
    assert near in err


def test_a_file_without_cases_is_no_success(refusion, tmp_path):
    code, _, err = refusion("law", "check", cases(tmp_path, ""))
    assert code == 2
    assert "holds no worked case" in err

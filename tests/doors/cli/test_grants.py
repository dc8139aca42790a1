"""The command line of grants: an agreement shown and computed, by its name or from a file; a table calculated."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pyarrow.csv
import pytest
from pyarrow import parquet

from refusion.doors.cli import main

Command = Callable[..., tuple[int, str, str]]
TOP = Path(__file__).resolve().parents[3]
MADE_UP = TOP / "docs" / "how-to" / "grant-made-up.csv"
TEN_RULES = TOP / "tests" / "grants" / "ten-rules.toml"
SHARED = TOP.parent / "shared" / "cases" / "sweden.jsonl"


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


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def changed(folder: Path, *, without: str = "", **cells: str) -> Path:
    """Write the made-up file anew: without a county, or with other cells in that of county 01."""
    file = folder / "changed.csv"
    table = [{**row, **(cells if row["county"] == "01" else {})} for row in rows(MADE_UP) if row["county"] != without]
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(table[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)
    return file


@pytest.mark.skipif(not SHARED.is_file(), reason="the shared worked cases are not beside the repository")
def test_the_shared_swedish_cases(refusion):
    count = len(SHARED.read_text(encoding="utf-8").splitlines())
    assert refusion("law", "check", SHARED) == (0, f"{count} passed, 0 failed\n", "")


def test_a_computed_agreement_for_people_and_programs(refusion, tmp_path):
    code, out, err = refusion("grants", "compute", "se-2013", MADE_UP, "--json", tmp_path / "run.json", "--out", tmp_path / "pots.csv")
    told = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    assert (code, told["agreement"]) == (0, "se-2013")
    assert "01 Stockholms läns landsting" in out
    assert "stays with the state" in out
    assert "No orders are given" in err
    assert "the agreement counts that of 1 November 2012" in err
    assert len(told["counties"]) == 21
    assert told["pots"]["variable"]["figures"]["comparison_number"].count("/") == 1
    assert told["policies"]["sharing"] == "by_population"
    paid = [round(float(amount) * 100) for amount in (*told["counties"].values(), *told["payees"].values(), told["unpaid"])]
    assert sum(paid) == 1_000_000_000_00
    table = rows(tmp_path / "pots.csv")
    assert {row["county"]: row["total"] for row in table} == told["counties"]


def test_the_explanation_names_the_place_in_the_agreement(refusion):
    code, out, _ = refusion("grants", "compute", "se-2013", MADE_UP, "--explain")
    assert code == 0
    assert "comparison_number = " in out
    assert "S2012/6876/SF bilaga 1 Rörlig del, p. 2: jämförelsetal" in out
    assert "? no_base_days = left_out" in out or "no_base_days" not in out


def test_another_choice_and_a_correction(refusion, tmp_path):
    less = changed(tmp_path, net_days_2013="10000000")
    code, out, _ = refusion("grants", "compute", "se-2013", less, "--paid", MADE_UP, "--follow", "sharing=equally", "--json", "-")
    told = json.loads(out)
    assert (code, told["policies"]["sharing"]) == (0, "equally")
    assert not told["corrections"]["01"].startswith("-")
    assert sum(round(float(amount) * 100) for amount in told["corrections"].values()) == 0


def test_an_agreement_from_a_file_of_ones_own(refusion, tmp_path):
    facts = tmp_path / "facts.jsonl"
    line = {
        "population": 1, "fulfilled": True, "approved_share": 90, "approved_before": 1, "reviewed_before": 2, "approved_after": 2,
        "reviewed_after": 2, "share_before": 50, "share_after": 100, "qualifies": True, "visits": 1, "base_days": 10, "days": 9,
        "grants_before": 1, "grants_after": 1,
    }  # fmt: skip
    lines = [*({"county": code, **line} for code in ("01", "03", "04")), {"county": "00", "office_released": False}]
    facts.write_text("".join(json.dumps(one) + "\n" for one in lines), encoding="utf-8")
    code, out, err = refusion("grants", "compute", TEN_RULES, facts)
    assert code == 0, err
    assert "The pot visits: kr 400.00, paid kr 21.00, passed on kr 379.00, not paid kr 0.00." in out


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"county": "02"}, "row 2, column county: No county of the agreement has this code. Value: 02"),
        ({"share_ok_2013": "100.5"}, "row 2, column share_ok_2013: A share lies between 0 and 100."),
        ({"net_days_2013": "-1"}, "row 2, column net_days_2013: The value is below zero."),
    ],
)
@pytest.mark.parametrize("verb", [("grants", "compute", "se-2013"), ("calculate", "se-2013")])
def test_bad_facts_are_refused_with_their_place(refusion, tmp_path, verb, cells, said):
    file, target = changed(tmp_path, **cells), tmp_path / "out.csv"
    code, _, err = refusion(*verb, file, *([target] if verb[0] == "calculate" else ["--out", target]))
    assert code == 2
    assert said.partition(" Value")[0] in err
    assert str(file) in err
    assert not target.exists()


@pytest.mark.parametrize("verb", [("grants", "compute", "se-2013"), ("calculate", "se-2013")])
def test_a_missing_county_is_refused(refusion, tmp_path, verb):
    file = changed(tmp_path, without="09")
    code, _, err = refusion(*verb, file, *([tmp_path / "out.csv"] if verb[0] == "calculate" else []))
    assert code == 2
    assert "Counties are missing: 09 Gotlands län." in err
    assert "all 21 counties" in err


@pytest.mark.parametrize(
    "words",
    [
        ("grants", "compute", "se-1999", MADE_UP),
        ("grants", "compute", "se-2013", MADE_UP, "--population", "2013-12-31"),
        ("grants", "compute", "se-2013", MADE_UP, "--out", MADE_UP),
        ("grants", "show", "se-1999"),
    ],
)
def test_what_cannot_be_done_is_one_clear_line(refusion, words):
    before = MADE_UP.read_bytes()
    code, out, err = refusion(*words)
    assert (code, out) == (2, "")
    assert "Traceback" not in err
    assert MADE_UP.read_bytes() == before


def test_an_unknown_choice_is_refused(refusion):
    code, _, err = refusion("grants", "compute", "se-2013", MADE_UP, "--follow", "sharing=by_lot")
    assert code == 1
    assert "by_population, equally, national_share" in err


def test_facts_that_are_missing_are_all_named(refusion, tmp_path):
    file = tmp_path / "bare.csv"
    file.write_text("county,population\n" + "".join(f"{row['county']},5\n" for row in rows(MADE_UP) if row["county"] != "00"), encoding="utf-8")
    code, _, err = refusion("grants", "compute", "se-2013", file)
    assert code == 1
    for name in ("net_days_2012", "new_grants_2013", "share_ok_2012", "plan_in_time", "pilot_used", "condition_5_national_released"):
        assert name in err


def test_an_empty_table_is_refused(refusion, tmp_path):
    file = tmp_path / "empty.csv"
    file.write_text("county,population\n", encoding="utf-8")
    for words in (("grants", "compute", "se-2013", file), ("calculate", "se-2013", file, tmp_path / "out.csv")):
        code, _, err = refusion(*words)
        assert code == 2
        assert "Counties are missing" in err


def test_an_agreement_is_shown(refusion):
    code, out, _ = refusion("grants", "show", "se-2013")
    assert code == 0
    for part in ("230,800,000", "comparison_addition = 1/100", "share_ok_2013 (percent)", "2013-08-30", "C1-5", "? sharing = by_population"):
        assert part in out
    code, out, _ = refusion("grants", "show", "se-2007", "--json", "-")
    told = json.loads(out)
    assert {pot["verified"] for pot in told["pots"]} == {False}
    assert len(told["counties"]) == 21


@pytest.mark.parametrize("ending", ["csv", "parquet", "jsonl"])
def test_a_table_is_calculated_in_every_form(refusion, tmp_path, ending):
    source, target = tmp_path / f"in.{ending}", tmp_path / "out.csv"
    if ending == "parquet":
        parquet.write_table(pyarrow.csv.read_csv(MADE_UP, convert_options=pyarrow.csv.ConvertOptions(column_types={"county": "string"})), source)
    elif ending == "jsonl":
        source.write_text("".join(json.dumps(row) + "\n" for row in rows(MADE_UP)), encoding="utf-8")
    else:
        source.write_bytes(MADE_UP.read_bytes())
    code, out, err = refusion("calculate", "se-2013", source, target, "--explain")
    assert code == 0, err
    assert "22 rows calculated, 0 refused." in out
    table = {row["county"]: row for row in rows(target)}
    assert sum(round(float(row["variable"]) * 100) for code, row in table.items() if code != "00") == round(float(table["00"]["variable"]) * 100)
    own = json.loads(table["09"]["explanation"])
    assert own["variable"]["paid"] == table["09"]["variable"]
    assert "ratio" in own["variable"]
    refusion("grants", "compute", "se-2013", MADE_UP, "--json", tmp_path / "run.json")
    assert json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))["counties"]["09"] == table["09"]["total"]


@pytest.mark.parametrize("name", ["more_grants", "sweden.investigations.unused_of_cap", "överskjutande belopp", "longest_case_days"])
def test_a_swedish_rule_or_figure_is_shown(refusion, name):
    code, out, _ = refusion("law", "show", name)
    assert code == 0
    assert "S2012/6876/SF bilaga" in out

"""law preview from the command line: on the books of 2021, when the supplement came late, and on a file of cases without a database."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from python_calamine import load_workbook

from refusion.doors.cli import main
from refusion.law.denmark.rates import SUPPLEMENT_RATE
from refusion.law.engine.parameters import Dated, trying
from refusion.store.reads import claim_lines
from refusion.store.reads.books import books
from refusion.wiring import house as houses
from refusion.wiring.database.clones import cloned
from tests.story import diary as diaries
from tests.story.diary import Diary, opened_diary
from tests.story.payroll import hired, paid_through, sick

Command = Callable[..., tuple[int, str, str]]
LATE = (2020, 2021)
# The law as it was paid before the supplement was switched on, late, for two years behind.
AS_IT_WAS = Dated(
    "supplement_rate",
    {"says": "x", "law": SUPPLEMENT_RATE.law, "unit": "basis_points"},
    [value for value in SUPPLEMENT_RATE.values if value.since.year not in LATE],
)
TAKEN_AWAY = """
[supplement_rate]
since = [
    { day = 2020-01-06, value = 0, source = "as it was paid", verified = true },
    { day = 2021-01-04, value = 0, source = "as it was paid", verified = true },
]
"""
LONGER = '[employer_period]\nsince = [{ day = 2021-03-01, value = 45, source = "a bill", verified = false }]\n'
LATER = '[employer_period]\nsince = [{ day = 2030-03-01, value = 45, source = "a bill", verified = true }]\n'


@pytest.fixture(scope="module")
def journey(house_server: None) -> Iterator[Diary]:
    """Live a long sickness of the spring of 2021 by the law without the supplement; the authority pays it all the same."""
    with pytest.MonkeyPatch.context() as earlier:
        earlier.setattr(diaries, "FIRST_DAY", date(2021, 1, 1))
        with cloned(), opened_diary() as diary:
            with trying({SUPPLEMENT_RATE: AS_IT_WAS}):
                diary.on("2021-03-03").payroll_says(hired(), paid_through("1", "2020-12", "2021-05"), sick(since="2021-03-03"))
                diary.until("2021-05-01").on("2021-05-12").payroll_says(sick(since="2021-03-03", until="2021-05-11"))
                diary.the_house_works()
                diary.until("2021-05-25").the_claims_are("differing", "accepted")
            yield diary


@pytest.fixture
def words(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run the command in this process: exit code, standard output, standard error."""
    monkeypatch.setenv("REFUSION_LANGUAGE", "en")
    monkeypatch.setenv("COLUMNS", "160")

    def run(*given: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["refusion", "law", "preview", *map(str, given)])
        with pytest.raises(SystemExit) as ended:
            main.run()
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return int(ended.value.code or 0), said.out, said.err

    return run


@pytest.fixture
def refusion(words: Command, journey: Diary, monkeypatch: pytest.MonkeyPatch) -> Iterator[Command]:
    """Let the command work on the journey's books, and demand that they stand afterwards as they stood before."""
    monkeypatch.setattr("refusion.wiring.start.started", nullcontext)
    monkeypatch.setattr(houses, "_installed", [journey.house()])
    # Claims are read in pages; a page of one shows that none is lost between two.
    monkeypatch.setattr(claim_lines, "CHUNK", 1)
    before = whole(journey)
    yield words
    assert whole(journey) == before


def whole(diary: Diary) -> dict[str, object]:
    tables: dict[str, object] = {"tasks": sorted(map(repr, diary.rows("SELECT * FROM task")))}
    with diary.reading():
        return {**tables, **books()}


def file(folder: Path, text: str) -> Path:
    target = folder / "change.toml"
    target.write_text(text, encoding="utf-8")
    return target


def test_what_came_late_is_listed_against_the_books(refusion: Command, journey: Diary) -> None:
    code, out, err = refusion("--institution", "FJORDBY", "--json", "-")
    assert (code, err) == (0, "")
    told: dict[str, Any] = json.loads(out)
    # The twin of the authority, which shares no code with the law, paid the same supplement for the claim it decided.
    decided = journey.claims()[0]
    assert decided.decided is not None
    assert told["decided"] == {"claims": 1, "cases": 1, "difference": decided.decided - decided.expected.total}
    assert [row["difference"] for row in told["adjustments"]] == [38_00, 96_00]
    assert told["open"] == {"claims": 1, "cases": 1, "difference": 38_00}
    assert told["strayed"] == {"claims": 2, "difference": 134_00}
    assert told["adjustments"][1] == {
        "case_number": journey.case().number, "claim_number": decided.number, "state": "claims.state_differing",
        "decided_already": "reports.yes", "first_day": "2021-04-02", "last_day": "2021-04-30", "old_amount": decided.expected.total,
        "new_amount": decided.decided, "difference": 96_00, "rule": "sats for tillæg til refusion", "citation": "SDL § 54 b",
    }  # fmt: skip
    assert (told["changes"], told["moved_cases"], told["refused"], told["retroactive"]) == ([], [], [], False)


def test_a_change_that_reaches_back_is_told_in_sentences_and_listed(refusion: Command, tmp_path: Path) -> None:
    code, out, _ = refusion(file(tmp_path, TAKEN_AWAY), "--institution", "FJORDBY")
    assert code == 0
    assert "supplement_rate (SDL §§ 54 a-54 b, basis_points) from 4 January 2021 to 2 January 2022: 60 → 0 [as it was paid]\n" in out
    assert "The change reaches back to 6 January 2020: decided claims are counted too.\n" in out
    assert "Open claims that change: 1 of 2, in cases: 1. Amounts: kr -38.00 in all" in out
    assert "Decided claims that change: 1 of 2, in cases: 1. Amounts: kr -96.00 in all" in out
    assert "not what the law gives already now: 2, kr 134.00 in all" in out
    assert "SDL § 54 b" in out


def test_the_list_is_written_for_a_spreadsheet(refusion: Command, tmp_path: Path) -> None:
    for name in ("list.csv", "list.xlsx"):
        code, out, _ = refusion(file(tmp_path, TAKEN_AWAY), "--institution", "FJORDBY", "--csv", tmp_path / name)
        assert code == 0
        assert f"{name} is written (2 rows)." in out
        assert "│" not in out
    rows = list(csv.DictReader((tmp_path / "list.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [row["Difference"] for row in rows] == ["-38.00", "-96.00", "-134.00"]
    assert rows[0]["Rule"] == "sats for tillæg til refusion"
    sheet = load_workbook(tmp_path / "list.xlsx").get_sheet_by_index(0).to_python()
    assert sheet[0][6:9] == ["Old amount", "New amount", "Difference"]
    assert [row[8] for row in sheet[1:]] == [-38, -96, -134]


def test_cases_whose_days_move_are_named(refusion: Command, tmp_path: Path, journey: Diary) -> None:
    _, out, _ = refusion(file(tmp_path, LONGER), "--institution", "FJORDBY")
    assert "30 → 45 [a bill] (not verified)" in out
    assert f"Case {journey.case().number}: refund from 2 April 2021 → 17 April 2021" in out
    _, out, _ = refusion(file(tmp_path, LONGER), "--institution", "FJORDBY", "--json", "-")
    assert json.loads(out)["moved_cases"][0]["refund_from"] == ["2021-04-02", "2021-04-17"]


def test_a_change_that_touches_nothing_says_so(refusion: Command, tmp_path: Path) -> None:
    code, out, _ = refusion(file(tmp_path, LATER), "--institution", "FJORDBY")
    assert code == 0
    assert "No claim gets another amount; claims calculated anew: 2.\n" in out
    assert "reaches back" not in out
    _, out, _ = refusion(file(tmp_path, LATER), "--institution", "BAKKEN")
    assert out.endswith("There are no claims in the books.\n")


def test_an_institution_that_nobody_knows_is_refused(refusion: Command, tmp_path: Path) -> None:
    code, _, err = refusion(file(tmp_path, LATER), "--institution", "NOBODY")
    assert code == 1
    assert "NOBODY" in err


CASE = {
    "id": "march", "rule": "DK-REFUND", "source": "sam-nyt", "expected": {"refund": 0, "supplement": 0},
    "inputs": {"kind": "sickness", "period": ["2021-03-01", "2021-03-07"], "weekly_hours": 37, "hourly_wage_after_am": 500},
}  # fmt: skip


@pytest.fixture
def no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def never() -> None:
        raise AssertionError("a database was started")

    monkeypatch.setattr("refusion.wiring.start.started", never)


@pytest.mark.usefixtures("no_database")
class TestCases:
    """The same against a file of worked cases, which starts no database."""

    def cases(self, folder: Path, *lines: object) -> Path:
        target = folder / "cases.jsonl"
        target.write_text("".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines), encoding="utf-8")
        return target

    def test_answers_that_change_are_listed(self, words: Command, tmp_path: Path) -> None:
        code, out, err = words(file(tmp_path, TAKEN_AWAY), "--cases", self.cases(tmp_path, CASE))
        assert (code, err) == (0, "")
        assert "Answers that change: 1 of 2, in cases: 1. Amounts: kr -27.00 in all.\n" in out
        assert "27.00" in out
        code, out, _ = words(file(tmp_path, TAKEN_AWAY), "--cases", self.cases(tmp_path, CASE), "--json", "-")
        assert json.loads(out)["totals"] == {"difference": -27_00}

    def test_a_list_is_written(self, words: Command, tmp_path: Path) -> None:
        code, out, _ = words(file(tmp_path, TAKEN_AWAY), "--cases", self.cases(tmp_path, CASE), "--csv", tmp_path / "list.csv")
        assert code == 0
        assert "Answers that change: 1 of 2" in out
        lines = (tmp_path / "list.csv").read_text(encoding="utf-8-sig").splitlines()
        assert lines[1] == "march,DK-REFUND,supplement,27.00,0.00,-27.00,sats for tillæg til refusion,SDL § 54 b"

    def test_a_line_that_is_no_case_is_named_and_the_rest_is_answered(self, words: Command, tmp_path: Path) -> None:
        code, out, err = words(file(tmp_path, TAKEN_AWAY), "--cases", self.cases(tmp_path, "{", CASE))
        assert code == 2
        assert "Answers that change: 1 of 2" in out
        assert "cases.jsonl, row 1:" in err

    def test_what_rests_on_nothing_changed_says_so(self, words: Command, tmp_path: Path) -> None:
        _, out, _ = words(file(tmp_path, LATER), "--cases", self.cases(tmp_path, CASE))
        assert "No answer changes; answers calculated anew: 2.\n" in out

    def test_what_cannot_be_meant_is_refused(self, words: Command, tmp_path: Path) -> None:
        cases = self.cases(tmp_path, CASE)
        assert words("--cases", cases)[0] == 1
        assert words(file(tmp_path, TAKEN_AWAY), "--cases", cases, "--institution", "X")[0] == 1
        code, _, err = words(file(tmp_path, TAKEN_AWAY), "--cases", cases, "--csv", tmp_path / "list.docx")
        assert (code, "list.docx" in err) == (1, True)
        code, _, err = words(tmp_path / "none.toml", "--cases", cases)
        assert (code, "none.toml" in err) == (1, True)
        (tmp_path / "picture.jsonl").write_bytes(b"\xff\xd8")
        assert words(file(tmp_path, TAKEN_AWAY), "--cases", tmp_path / "picture.jsonl")[0] == 2

    def test_a_change_that_is_wrong_names_all_that_is_wrong(self, words: Command, tmp_path: Path) -> None:
        code, out, err = words(file(tmp_path, TAKEN_AWAY.replace("supplement_rate", "suplement_rate") + LONGER.replace("45", "-1")))
        assert (code, out) == (2, "")
        assert "No figure is called suplement_rate. Is it one of these: supplement_rate" in err
        assert "Value 1 of employer_period cannot be -1." in err

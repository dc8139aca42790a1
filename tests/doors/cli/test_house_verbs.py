"""import, run, explain and report from the command line, on a house with a journey from payroll to bank behind it."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from python_calamine import load_workbook

from refusion.doors.cli import main
from refusion.wiring import house as houses
from refusion.wiring.database.clones import cloned
from tests.story.diary import Diary, opened_diary
from tests.story.payroll import hired, paid_through, sick

SAMPLES = Path(__file__).resolve().parents[3] / "src" / "refusion" / "adapters" / "sls" / "samples"
Command = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def journey(house_server: None) -> Iterator[Diary]:
    """Live one long sickness up to its money; afterwards the verbs only read, or bring what belongs to others."""
    with cloned(), opened_diary() as diary:
        diary.on("2025-03-03").payroll_says(hired(), paid_through("1", "2024-12", "2025-05"), sick(since="2025-03-03"))
        diary.until("2025-05-01").on("2025-05-12").payroll_says(sick(since="2025-03-03", until="2025-05-11"))
        diary.the_house_works()
        diary.until("2025-06-20")
        yield diary


@pytest.fixture
def refusion(journey: Diary, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Give the command line, working in this process on the journey's database."""
    monkeypatch.setattr("refusion.wiring.start.started", nullcontext)
    monkeypatch.setattr(houses, "_installed", [journey.house()])
    monkeypatch.setenv("REFUSION_LANGUAGE", "en")

    def run(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["refusion", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main.run()
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return int(ended.value.code or 0), said.out, said.err

    return run


def claim_numbers(diary: Diary) -> list[int]:
    return [claim.number for claim in diary.claims() if claim.number is not None]


def test_a_file_is_taken_in_once(refusion: Command, journey: Diary, tmp_path: Path) -> None:
    file = tmp_path / "employments.csv"
    file.write_bytes((SAMPLES / "employments.csv").read_bytes().replace(b"SDU", journey.code.encode()))
    code, out, _ = refusion("import", "payroll-employments", file, "--institution", journey.code, "--json", "-")
    assert (code, {key: json.loads(out)[key] for key in ("new", "changed", "same", "again")}) == (
        0,
        {"new": 3, "changed": 0, "same": 0, "again": False},
    )
    code, out, _ = refusion("import", "payroll-employments", file, "--institution", journey.code)
    assert (code, out) == (0, "employments.csv was taken in before; nothing is changed.\n")


def test_a_file_with_mistakes_changes_nothing(refusion: Command, journey: Diary, tmp_path: Path) -> None:
    file = tmp_path / "absences.csv"
    text = (SAMPLES / "broken" / "many-mistakes.csv").read_text(encoding="utf-8").replace("SDU", journey.code)
    file.write_text(text, encoding="utf-8")
    before = journey.value("SELECT count(*) FROM absence_version")
    code, out, err = refusion("import", "payroll-absences", file, "--institution", journey.code)
    assert (code, out, len(err.splitlines())) == (2, "", 7)
    assert "absences.csv, row 2, column first_day: That is no date. («2024-02-30»)" in err
    assert journey.value("SELECT count(*) FROM absence_version") == before
    assert journey.value("SELECT state FROM raw_file WHERE name = 'absences.csv'") == "refused"


def test_a_broken_bank_file_is_one_clear_line(refusion: Command, journey: Diary, tmp_path: Path) -> None:
    file = tmp_path / "bank.xml"
    file.write_text('<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><x>&y;</x>', encoding="utf-8")
    code, out, err = refusion("import", "bank", file, "--institution", journey.code)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert err.startswith("bank.xml")


def test_a_report_shows_and_writes_the_same(refusion: Command, journey: Diary, tmp_path: Path) -> None:
    code, out, _ = refusion("report", "received", "--institution", journey.code, "--json", "-")
    told: dict[str, Any] = json.loads(out)
    received = sum(claim.received for claim in journey.claims())
    assert (code, told["totals"]["received"], len(told["rows"])) == (0, received, 2)

    file = tmp_path / "received.csv"
    assert refusion("report", "received", "--institution", journey.code, "--out", file)[0] == 0
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    assert [int(row["Received"].replace(".", "")) for row in rows] == [*(row["received"] for row in told["rows"]), received]

    file = tmp_path / "received.xlsx"
    assert refusion("report", "received", "--institution", journey.code, "--out", file)[0] == 0
    sheet = load_workbook(io.BytesIO(file.read_bytes())).get_sheet_by_index(0).to_python()
    assert [f"{row[sheet[0].index('Received')]:.2f}".replace(".", "") for row in sheet[1:]] == [
        str(row["received"]) for row in told["rows"]
    ] + [str(received)]

    code, out, _ = refusion("report", "requested", "--institution", journey.code, "--from", "2025-05-01", "--to", "2025-05-31")
    assert code == 0
    assert "in 1 claims" in out


def test_a_claim_is_explained_as_sentence_tree_and_json(refusion: Command, journey: Diary, monkeypatch: pytest.MonkeyPatch) -> None:
    claim = journey.claims()[0]
    code, out, _ = refusion("explain", claim.number, "--institution", journey.code)
    assert code == 0
    assert out.startswith(f"Claim {claim.number} (version {claim.version}) from")
    assert "§" in out

    code, tree, _ = refusion("explain", claim.number, "--institution", journey.code, "--tree")
    assert code == 0
    assert len(tree.splitlines()) > len(out.splitlines())
    assert "  # Normal weekly hours = 37 since 20" in tree
    assert "  ? The hourly maximum times the normal hours = the rounded hourly amount" in tree
    monkeypatch.setenv("REFUSION_LANGUAGE", "sv")
    code, tree, _ = refusion("explain", claim.number, "--institution", journey.code, "--tree")
    assert (code, "  # Normal veckoarbetstid = 37 gäller från 20" in tree, tree.startswith(f"Krav {claim.number}")) == (0, True, True)
    monkeypatch.setenv("REFUSION_LANGUAGE", "en")

    code, out, _ = refusion("explain", claim.number, "--institution", journey.code, "--json", "-")
    told = json.loads(out)
    assert (code, told["expected_ore"], told["law_version"]) == (0, claim.expected.total, claim.expected.law_version)
    kept = journey.value(f"SELECT explanation::text FROM claim_version WHERE claim_id = '{claim.id}' AND version = {claim.version}")
    assert told["explanation"] == json.loads(str(kept))


def test_a_day_done_again_changes_nothing(refusion: Command, journey: Diary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("refusion.wiring.parts._sender", lambda: journey.line)
    before = [journey.value(f"SELECT count(*) FROM {table}") for table in ("claim_version", "filing", "ledger_transaction")]
    code, out, _ = refusion("run", "--on", "2025-06-20", "--institution", journey.code, "--json", "-")
    assert (code, json.loads(out)["day"]) == (0, "2025-06-20")
    assert [journey.value(f"SELECT count(*) FROM {table}") for table in ("claim_version", "filing", "ledger_transaction")] == before


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["explain", "999999"], "There is no claim 999999."),
        (["report", "profit"], "There is no report “profit”. Choose one of: requested,"),
        (["report", "requested", "--out", "r.docx"], "Use .csv"),
        (["report", "requested", "--from", "2025-02-02", "--to", "2025-02-01"], "before it begins"),
        (["import", "payroll-holidays", __file__], "Choose one of: payroll-employments, payroll-pay, payroll-absences, bank, payments, decisions,"),
        (["import", "bank", __file__, "--mapping", __file__], "A mapping file is for payroll files only"),
        (["import", "payroll-pay", "/nowhere.csv"], "/nowhere.csv"),
        (["run", "--on", "2025-06-20", "--institution", "NOWHERE"], "There is no institution NOWHERE. Choose one with --institution:"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(refusion: Command, journey: Diary, words: list[str], expected: str) -> None:
    code, out, err = refusion(*words, *([] if "--institution" in words else ["--institution", journey.code]))
    assert (code != 0, out, len(err.splitlines())) == (True, "", 1)
    assert expected in err


def test_several_institutions_have_to_be_told_apart(refusion: Command, journey: Diary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("refusion.store.institutions.codes", lambda: ("A", "B"))
    code, _, err = refusion("report", "requested")
    assert (code, err) == (1, "There are several institutions. Choose one with --institution: A, B.\n")
    monkeypatch.setattr("refusion.store.institutions.codes", lambda: ())
    assert "There is no institution yet." in refusion("report", "requested")[2]

"""refusion books from the command line: accounts, exports, proofs, and postings taken back."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from refusion.doors.cli import main
from refusion.wiring import house as houses
from refusion.wiring.database.clones import cloned
from refusion.workflow.ports.institution import Actor
from tests.story.diary import Diary, opened_diary
from tests.story.test_money import decided

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def journey(house_server: None) -> Iterator[Diary]:
    """Live one claim up to its money."""
    with cloned(), opened_diary() as diary:
        yield decided(diary).until("2025-06-10").the_claims_are("settled")


@pytest.fixture
def refusion(journey: Diary, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Give the command line, working in this process on the journey's database."""
    monkeypatch.setattr("refusion.wiring.start.started", nullcontext)
    monkeypatch.setattr(houses, "_installed", [journey.house()])
    monkeypatch.setenv("REFUSION_LANGUAGE", "en")

    def run(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["refusion", "books", *map(str, words), "--institution", journey.code])
        with pytest.raises(SystemExit) as ended:
            main.run()
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return int(ended.value.code or 0), said.out, said.err

    return run


def test_accounts_are_shown_with_their_source_set_and_taken_back(refusion: Command) -> None:
    code, out, _ = refusion("accounts", "show")
    assert (code, "61.33" in out, "(unverified)" in out) == (0, True, True)
    code, out, _ = refusion("accounts", "set", "income", "18.92", "--kind", "parental")
    assert (code, out) == (0, "Compensation for absence (refund) is now posted on 18.92.\n")
    code, out, _ = refusion("accounts", "show", "--json", "-")
    assert json.loads(out)["parental"]["income"] == {"number": "18.92", "source": "institution", "verified": True}
    assert refusion("accounts", "set", "income", "default", "--kind", "parental")[0] == 0
    assert set(json.loads(refusion("accounts", "show", "--json", "-")[1])) == {"every_kind"}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("accounts", "set", "incomes", "1"), "The purpose incomes is not known"),
        (("accounts", "set", "income", "61.33"), "Account 61.33 cannot be used"),
        (("accounts", "set", "income", "61 33"), "is no account number"),
        (("export", "x.csv"), "Say which days"),
        (("export", "x.csv", "--from", "2025-02-02", "--to", "2025-02-01"), "before they begin"),
        (("export", "x.csv", "--from", "2025-02-02", "--to", "2025-02-03", "--format", "xml"), "The format xml is not known"),
        (("export", "x.csv", "--from", "2030-02-02", "--to", "2030-02-03"), "nothing is new"),
        (("export", "x.csv", "--batch", "99"), ""),
        (("certificate", "2030-01-01"), "The books were not reconciled on 1 January 2030"),
        (("void", "999999", "--reason", "x"), "There is no entry 999999"),
        (("approve", "999999"), "There is no entry 999999"),
        (("accept", "00000000-0000-0000-0000-000000000001", "--reason", "x"), ""),
    ],
)
def test_what_cannot_be_done_is_one_clear_line_and_writes_nothing(refusion: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], says: str) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = refusion(*words)
    assert (code, out, len(err.splitlines())) == (1, "", 1)
    assert says in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", ["navision", "csv", "ledger"])
def test_the_same_days_give_the_same_file_again_and_a_batch_by_its_number(refusion: Command, tmp_path: Path, form: str) -> None:
    days = ("--from", "2025-01-01", "--to", "2025-12-31", "--format", form)
    code, out, _ = refusion("export", tmp_path / "one", *days)
    assert (code, f"{form} no. 1, 2 entries" in out) == (0, True)
    code, out, _ = refusion("export", tmp_path / "two", *days, "--json", "-")
    told = json.loads(out)
    assert (told["batch"], told["transactions"], told["format"]) == (1, 2, form)
    assert refusion("export", tmp_path / "three", "--batch", "1", "--format", form)[0] == 0
    assert len({(tmp_path / name).read_bytes() for name in ("one", "two", "three")}) == 1
    assert sorted(file.name for file in tmp_path.iterdir()) == ["one", "three", "two"]
    assert form in refusion("batches")[1]


def test_a_file_that_cannot_be_written_leaves_the_old_one_and_the_batch_is_given_again(refusion: Command, tmp_path: Path) -> None:
    days = ("--from", "2025-01-01", "--to", "2025-12-31", "--format", "csv", "--target", "again")
    code, _, err = refusion("export", tmp_path / "missing" / "one.csv", *days)
    assert (code, len(err.splitlines())) == (1, 1)
    code, out, _ = refusion("export", tmp_path / "one.csv", *days)
    assert (code, "again no. 1" in out) == (0, True)


def test_the_books_are_proved_and_the_certificate_is_shown(refusion: Command, journey: Diary) -> None:
    code, out, _ = refusion("reconcile", "--json", "-")
    (made,) = json.loads(out)
    assert (code, made["certified"], made["differences"], made["holds"]) == (0, True, [], True)
    code, out, _ = refusion("certificate", "2025-06-10")
    assert (code, made["digest"] in out) == (0, True)


def test_an_entry_is_taken_back_by_another_person(refusion: Command, journey: Diary) -> None:
    entry = journey.value("SELECT max(position) FROM ledger_transaction WHERE reason = 'adjusted'")
    code, out, _ = refusion("void", entry, "--reason", "wrong case")
    assert (code, f"entry {entry}" in out) == (0, True)
    code, _, err = refusion("approve", entry)
    assert (code, "Whoever proposes cannot approve" in err) == (1, True)
    assert "waits for approval: wrong case" in refusion("voids")[1]
    assert refusion("withdraw", entry)[0] == 0
    assert refusion("void", entry, "--reason", "wrong case")[0] == 0
    journey.house().approve_void(Actor("another", frozenset({"approver"})), journey.code, entry)
    code, out, _ = refusion("voids", "--json", "-")
    assert (code, [one["outcome"] for one in json.loads(out)]) == (0, ["approved", "withdrawn"])
    code, out, _ = refusion("reconcile")
    assert (code, "the books do not agree" in out, "still stands on the receivable" in out) == (1, True, True)


def test_nights_are_switched(refusion: Command, journey: Diary) -> None:
    assert refusion("nightly", "off")[1] == "The books are reconciled on the last day of each month.\n"
    assert refusion("nightly", "on")[1] == "The books are reconciled every night.\n"
    assert refusion("nightly", "perhaps")[0] == 2


def checked(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Let the given-out program check the given-out trail, without anything of ours to be found."""
    program = [sys.executable, "-I", "-S", "verify_trail.py", "trail.jsonl", *more]
    return subprocess.run(program, cwd=folder, capture_output=True, text=True, check=False)


def test_the_trail_is_given_out_and_checked_without_us(refusion: Command, tmp_path: Path) -> None:
    case = tmp_path / "case"
    code, out, err = refusion("suitcase", case, "--json", "-")
    assert code == 0, err
    told = json.loads(out)
    held = checked(case, told["last_hash"])
    assert (held.returncode, held.stderr) == (0, "")
    assert held.stdout.startswith(f"{told['lines']} lines hold")
    assert told["lines"] > 10
    assert checked(case, "00" * 32).returncode == 1
    code, _, err = refusion("suitcase", case)
    assert (code, "already" in err) == (1, True)


@pytest.mark.parametrize("harm", ["changed", "removed", "moved", "first", "added"])
def test_whatever_is_done_to_the_trail_is_seen(refusion: Command, tmp_path: Path, harm: str) -> None:
    case = tmp_path / "case"
    assert refusion("suitcase", case)[0] == 0
    lines = (case / "trail.jsonl").read_text(encoding="utf-8").splitlines()
    middle = len(lines) // 2
    harmed = {
        "changed": [*lines[:middle], lines[middle].replace('"actor": "', '"actor": "x'), *lines[middle + 1 :]],
        "removed": [*lines[:middle], *lines[middle + 1 :]],
        "moved": [*lines[:middle], lines[middle + 1], lines[middle], *lines[middle + 2 :]],
        "first": lines[1:],
        "added": [*lines[:middle], lines[middle], *lines[middle:]],
    }[harm]
    (case / "trail.jsonl").write_text("\n".join(harmed) + "\n", encoding="utf-8")
    found = checked(case)
    assert found.returncode == 1
    assert "BROKEN" in found.stdout

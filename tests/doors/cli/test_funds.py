"""funds and import decisions from the command line: enter, list, give out, note, take back, decide; what is said of mistakes."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from refusion.adapters.udbetaling_danmark.codec import write_decisions
from refusion.adapters.udbetaling_danmark.messages import Afgoerelse
from refusion.cases.stages import Group, Stage
from refusion.doors.cli import main
from refusion.wiring import house as houses
from refusion.workflow.cases.stages import Wanted
from tests.story.diary import Diary, opened_diary
from tests.story.payroll import day, hired, paid_through
from tests.story.test_funds import ADMIN

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def diary(house_database: str) -> Iterator[Diary]:
    with opened_diary() as opened:
        yield opened


@pytest.fixture
def refusion(diary: Diary, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Give the command line in a folder of its own, on a house with both funds of fleksjob live and three months paid."""
    for group in (Group.FLEKSJOB, Group.STATE_FLEKSJOB):
        diary.on("2025-01-06").house().set_stage(ADMIN, diary.code, Wanted(group, Stage.LIVE, day("2025-01-06")))
    diary.payroll_says(hired(since="2010-05-01", job_kind="fleksjob"), paid_through("1", "2025-01", "2025-03"))
    diary.until("2025-04-07")
    monkeypatch.setattr("refusion.wiring.start.started", nullcontext)
    monkeypatch.setattr(houses, "_installed", [diary.house()])
    monkeypatch.setenv("REFUSION_LANGUAGE", "en")

    def run(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["refusion", *map(str, words), "--institution", diary.code])
        with pytest.raises(SystemExit) as ended:
            main.run()
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return int(ended.value.code or 0), said.out, said.err

    return run


def decision(claim: str, kroner: str = "60000.00", fund: str = "Fleksjobordningen") -> bytes:
    cells = {
        "ordning": fund, "afgoerelse": "A1", "anmodning": claim, "udfald": "Bevilget", "refusion": kroner, "tillaeg": "0,00",
        "udbetales": kroner, "afgjort": "2025-04-07", "dispositionsdag": "", "betalingsreference": "FLEKS 1",
    }  # fmt: skip
    return write_decisions([Afgoerelse(2, cells)])


def test_from_the_list_to_the_decision(refusion: Command, tmp_path: Path) -> None:
    code, out, err = refusion("funds", "list", "--fund", "state-fleksjob", "--period", "2025Q1", "--json", "-")
    assert (code, err) == (0, "")
    (claim,) = json.loads(out)
    assert (claim["state"], claim["expected_ore"], claim["request_by"]) == ("drafted", 60_000_00, "2025-09-01")
    code, out, err = refusion("funds", "give-out", "state-fleksjob", "2025Q1", "--out", tmp_path / "given.csv")
    assert (code, err) == (0, "")
    assert out.startswith("File ")
    (kept,) = json.loads(refusion("funds", "files", "--json", "-")[1])
    number, written = kept["number"], (tmp_path / "given.csv").read_bytes()
    assert (kept["name"], kept["total_ore"]) == ("state-fleksjob-2025Q1.csv", 60_000_00)
    assert refusion("funds", "file", number, "--out", tmp_path / "again.csv")[0] == 0
    assert (tmp_path / "again.csv").read_bytes() == written
    assert refusion("funds", "received", number, "K-77")[:2] == (0, f"File {number} was received on 7 April 2025 under K-77.\n")
    assert refusion("funds", "received", number, "K-78")[0] == 1
    (tmp_path / "decisions.csv").write_bytes(decision(f"{claim['number']}-1"))
    assert refusion("import", "decisions", tmp_path / "decisions.csv")[1].startswith("decisions.csv: 1 decisions laid on their claims")
    assert json.loads(refusion("funds", "list", "--fund", "state-fleksjob", "--json", "-")[1])[0]["decided_ore"] == 60_000_00
    assert json.loads(refusion("import", "decisions", tmp_path / "decisions.csv", "--json", "-")[1])["again"] is True


def test_a_decision_is_entered_and_what_it_gives_is_given_out(refusion: Command, tmp_path: Path) -> None:
    entered = refusion("funds", "fact", 1, "fleksjob-share", "two-thirds", "--since", "2010-05-01", "--document", "bevilling 7")
    assert entered == (0, "fleksjob-share of employment 1 is two-thirds.\n", "")
    code, out, _ = refusion("funds", "give-out", "fleksjob-wage", "2025-01", "--out", tmp_path / "out.csv", "--json", "-")
    assert code == 0
    assert json.loads(out)["count"] == 1
    number = json.loads(out)["number"]
    assert refusion("funds", "take-back", number)[0] == 0
    assert "taken back" in refusion("funds", "files")[1]
    assert refusion("funds", "take-back", number)[2] == f"File {number} was taken back and never left the house.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("list", "--period", "2025Q1"), "Name the fund with --fund"),
        (("list", "--fund", "lottery"), "There is no fund lottery"),
        (("give-out", "state-fleksjob", "2025-01"), "write it as 2025Q1"),
        (("give-out", "fleksjob-wage", "2025-13"), "write it as 2025-03"),
        (("give-out", "fleksjob-wage", "2025-02"), "Nothing of fleksjob-wage is ready"),
        (("fact", 1, "shoe-size", "44", "--since", "2025-01-01", "--document", "x"), "There is no fact shoe-size"),
        (("fact", 1, "pay-grade", "0", "--since", "2025-01-01", "--document", "x"), "The answer cannot be right: 0."),
        (("fact", 77, "pay-grade", "36", "--since", "2025-01-01", "--document", "x"), "Payroll knows no employment 77."),
        (("received", 99, "K-1"), "There is no report file 99."),
        (("lay-aside", "A9", "--reason", "not ours"), "There is no answer A9"),
    ],
)
def test_a_mistake_is_said_in_one_line(refusion: Command, words: tuple[object, ...], said: str) -> None:
    code, out, err = refusion("funds", *words)
    assert (code, out) == (1, "")
    assert said in err


def test_a_decision_file_that_cannot_be_read_says_where(refusion: Command, tmp_path: Path) -> None:
    (tmp_path / "wrong.csv").write_bytes(decision("1-1", kroner="12,5", fund="Lotteri"))
    code, out, err = refusion("import", "decisions", tmp_path / "wrong.csv")
    assert (code, out) == (2, "")
    assert "wrong.csv" in err
    assert "ordning" in err
    assert "refusion" in err
    (tmp_path / "strange.csv").write_bytes(decision("99-1"))
    assert "1 about no claim" in refusion("import", "decisions", tmp_path / "strange.csv")[1]
    assert "99-1" in refusion("funds", "unplaced")[1]
    assert refusion("funds", "lay-aside", "A1", "--reason", "another employer's")[0] == 0

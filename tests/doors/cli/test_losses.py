"""losses, sweep and report from the command line, on a house that learned of an absence on its fortieth day."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from refusion.doors.cli import main
from refusion.reports import NAMES
from refusion.wiring import house as houses
from refusion.wiring.database.clones import cloned
from tests.story.diary import Diary, opened_diary
from tests.story.payroll import hired, paid_through, sick

Command = Callable[..., tuple[int, str, str]]
PLEA = ("--ground", "system_outage", "--reason", "NemRefusion svarede ikke")


@pytest.fixture(scope="module")
def late(house_server: None) -> Iterator[Diary]:
    with cloned(), opened_diary() as diary:
        diary.on("2025-04-11").payroll_says(hired(), paid_through("1", "2024-12", "2025-04"), sick(since="2025-03-03", until="2025-04-30"))
        diary.the_house_works()
        yield diary


@pytest.fixture
def refusion(late: Diary, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Give the command line, working in this process on the diary's database."""
    monkeypatch.setattr("refusion.wiring.start.started", nullcontext)
    monkeypatch.setattr(houses, "_installed", [late.house()])
    monkeypatch.setenv("REFUSION_LANGUAGE", "en")

    def run(*words: object, institution: str = late.code) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["refusion", *map(str, words), "--institution", institution])
        with pytest.raises(SystemExit) as ended:
            main.run()
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return int(ended.value.code or 0), said.out, said.err

    return run


def number(refusion: Command) -> int:
    code, out, _ = refusion("losses", "list", "--json", "-")
    assert code == 0
    (row,) = json.loads(out)["rows"]
    return int(row["loss_number"])


def test_a_loss_is_listed_owned_applied_for_and_answered(refusion: Command, tmp_path: Path) -> None:
    loss = number(refusion)
    assert refusion("losses", "own", loss, "Kim Ager") == (0, f"Loss {loss} is now followed by Kim Ager.\n", "")
    code, out, err = refusion("losses", "answer", loss, "--granted", "--document", "brev 1")
    assert (code, out) != (0, "")
    assert "No application for dispensation waits" in err
    for ending in ("txt", "html", "pdf"):
        file = tmp_path / f"letter.{ending}"
        words = ("letter", loss) if ending != "txt" else ("apply", loss, *PLEA)
        code, out, _ = refusion("losses", *words, "--out", file)
        assert (code, file.exists()) == (0, True), out
    text = (tmp_path / "letter.txt").read_text(encoding="utf-8")
    assert "SDL § 59, stk. 6" in text
    assert "NemRefusion svarede ikke" in text
    code, out, _ = refusion("losses", "letter", loss, "--json", "-")
    assert json.loads(out)["loss"] == loss
    code, _, err = refusion("losses", "apply", loss, *PLEA)
    assert (code, "applied for already" in err) == (1, True)
    assert refusion("losses", "answer", loss, "--refused", "--document", "brev 1")[:2] == (
        0,
        f"The refusal for loss {loss} is recorded. The loss stands.\n",
    )
    (row,) = json.loads(refusion("report", "lost", "--json", "-")[1])["rows"]
    assert (row["owner"], row["dispensation"]) == ("Kim Ager", "losses.dispensation_state_refused")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("own", 999, "Kim"), "There is no loss number 999"),
        (("apply", 999, *PLEA), "There is no loss number 999"),
        (("apply", 1, "--ground", "bad_luck", "--reason", "x"), "does not know the ground"),
        (("letter", 999), "There is no loss number 999"),
        (("answer", 1), "Say either --granted or --refused"),
        (("answer", 1, "--granted", "--refused"), "Say either --granted or --refused"),
        (("letter", 1, "--out", "x.docx"), "ending that is not written"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(refusion: Command, words: tuple[object, ...], said: str) -> None:
    code, out, err = refusion("losses", *words)
    assert (code != 0, out, len(err.splitlines())) == (True, "", 1)
    assert said in err


def test_a_sweep_looks_and_says_so(refusion: Command) -> None:
    code, out, _ = refusion("sweep", "--from", "2025-01-01", "--look")
    assert code == 0
    assert "Nothing was changed" in out
    code, out, _ = refusion("sweep", "--from", "2025-01-01", "--json", "-")
    assert (code, json.loads(out)["found"]) == (0, [])


@pytest.mark.parametrize("name", NAMES)
def test_every_report_is_shown_gathered_and_written(refusion: Command, tmp_path: Path, name: str) -> None:
    assert refusion("report", name)[0] == 0
    code, out, _ = refusion("report", name, "--by", "unit", "--json", "-")
    assert code == 0
    assert {"rows", "totals", "sentence"} <= json.loads(out).keys()
    for ending in ("csv", "xlsx", "pdf"):
        assert refusion("report", name, "--out", tmp_path / f"{name}.{ending}")[0] == 0
    assert (tmp_path / f"{name}.pdf").read_bytes().startswith(b"%PDF")


def test_institutions_stand_side_by_side(refusion: Command, late: Diary) -> None:
    code, out, _ = refusion("report", "lost", "--by", "institution", "--json", "-")
    assert (code, [row["institution"] for row in json.loads(out)["rows"]]) == (0, [late.code])


def test_an_unknown_grouping_names_those_there_are(refusion: Command) -> None:
    code, _, err = refusion("report", "lost", "--by", "person")
    assert (code != 0, "Choose one of: unit, kind, cause" in err) == (True, True)

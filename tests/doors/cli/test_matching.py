"""``refusion match`` and ``import payments``: every verb, its JSON, its errors, on a house with an open line."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from refusion.adapters.bank.twin import Payment
from refusion.doors.cli import main
from refusion.wiring import house as houses
from refusion.wiring.database.clones import cloned
from tests.story.diary import Diary, opened_diary
from tests.story.payroll import hired
from tests.story.test_money import decided, paid_day

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def lived(house_server: None) -> Iterator[Diary]:
    """Live up to a payment that names its person alone and is two kroner short, and money that is no refund."""
    with cloned(), opened_diary() as diary:
        ((_, pays, day),) = paid_day(decided(diary))
        diary.the_bank_tells(Payment(day, pays - 200, None, (f"Refusion {hired().national_number}",)), Payment(day, 99_00, None, ("Kursus",)))
        diary.the_house_works()
        yield diary


@pytest.fixture
def refusion(lived: Diary, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    monkeypatch.setattr("refusion.wiring.start.started", nullcontext)
    monkeypatch.setattr(houses, "_installed", [lived.house()])
    monkeypatch.setenv("REFUSION_LANGUAGE", "en")

    def run(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["refusion", *map(str, words), "--institution", lived.code])
        with pytest.raises(SystemExit) as ended:
            main.run()
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return int(ended.value.code or 0), said.out, said.err

    return run


def test_a_line_is_looked_at_accepted_and_taken_back(refusion: Command, lived: Diary) -> None:
    code, out, _ = refusion("match", "list", "--json", "-")
    lines = json.loads(out)["lines"]
    assert (code, len(lines)) == (0, 2)
    line = lines[0]["line"]
    code, out, _ = refusion("match", "suggest", line)
    best = lines[0]["suggestions"][0]
    assert code == 0
    assert best["code"] in out
    assert best["difference_ore"] == -200
    code, out, err = refusion("match", "accept", line, "ffffffff")
    assert (code != 0, out, len(err.splitlines())) == (True, "", 1)
    code, out, _ = refusion("match", "accept", line, best["code"], "--json", "-")
    assert (code, json.loads(out)["amount_ore"]) == (0, best["shares"][0]["amount_ore"])
    code, out, _ = refusion("match", "undo", line, "--reason", "wrong person", "--json", "-")
    assert (code, json.loads(out)["amount_ore"]) == (0, best["shares"][0]["amount_ore"])
    claim = best["shares"][0]["claim"]
    assert refusion("match", "split", line, f"{claim}=100.50", "--reason", "agreed")[0] == 0
    assert refusion("match", "join", claim, line, "--reason", "the rest")[0] == 0
    assert refusion("match", "undo", line, "--reason", "once more", "--claim", claim)[0] == 0
    assert refusion("match", "hand", line, claim, "--reason", "right after all")[0] == 0
    code, out, err = refusion("match", "hand", line, claim, "--reason", "again")
    assert (code != 0, out) == (True, "")
    assert f"Line {line} is not open." in err


def test_a_write_off_wants_another_person(refusion: Command, lived: Diary) -> None:
    line = lived.value("SELECT max(position) FROM bank_line")
    assert refusion("match", "park", line, "--reason", "asked", "--until", "2026-01-01")[0] == 0
    code, out, _ = refusion("match", "list")
    assert code == 0
    assert "Laid aside until" in out
    code, out, err = refusion("match", "write-off", "--reason", "no refund")
    assert (code != 0, out, len(err.splitlines())) == (True, "", 1)
    code, out, _ = refusion("match", "write-off", "--line", line, "--reason", "no refund", "--json", "-")
    number = json.loads(out)["number"]
    assert code == 0
    code, out, err = refusion("match", "approve", number)
    assert (code != 0, out) == (True, "")
    assert "your own" in err
    code, out, _ = refusion("match", "write-offs", "--json", "-")
    assert [one["line"] for one in json.loads(out)["write_offs"]] == [line]
    assert refusion("match", "withdraw", number)[0] == 0
    assert refusion("match", "write-offs")[1] == "Nothing is proposed to be written off.\n"
    assert refusion("match", "decline", number)[0] != 0


@pytest.mark.parametrize("words", [("split", 1, "abc", "--reason", "x"), ("hand", 1, 2, "--amount", "1,2,3", "--reason", "x"), ("suggest", 999999)])
def test_what_cannot_be_read_is_one_clear_line(refusion: Command, words: tuple[object, ...]) -> None:
    code, out, err = refusion("match", *words)
    assert (code != 0, out, len(err.splitlines())) == (True, "", 1)


def test_a_payers_specification_is_taken_in_once_or_not_at_all(refusion: Command, lived: Diary, tmp_path: Path) -> None:
    samples = Path(__file__).resolve().parents[3] / "src/refusion/adapters/specifications/samples"
    code, out, _ = refusion("import", "payments", samples / "payments.csv", "--json", "-")
    assert (code, {key: json.loads(out)[key] for key in ("new", "known", "again")}) == (0, {"new": 3, "known": 0, "again": False})
    assert json.loads(refusion("import", "payments", samples / "payments.csv", "--json", "-")[1])["again"] is True
    code, out, _ = refusion("import", "payments", samples / "own-headings.csv", "--mapping", samples / "own-headings.toml", "--json", "-")
    # Its first row was told by the other file already; its second tells less than that one did.
    assert (code, json.loads(out)["new"]) == (0, 1)
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("payment;amount;first_day\nU;1.234;2025-02-30\n;0;\n", encoding="utf-8")
    code, out, err = refusion("import", "payments", wrong)
    assert (code, out, len(err.splitlines())) == (2, "", 4)
    assert "wrong.csv, row 2, column amount" in err
    assert lived.value("SELECT count(*) FROM payment_part") == 4

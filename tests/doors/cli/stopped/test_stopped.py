"""``refusion stopped``: a run from its file to the bank and back, limits, both ways out, errors, the second run."""

from __future__ import annotations

import json
import pwd
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest

from refusion.doors.cli import main
from refusion.wiring import house as houses
from refusion.wiring.database.clones import cloned
from tests.adapters.bank.payments.test_status import batch, because, group, payment, report
from tests.workflow.guard.conftest import CODE, PAYDAY, PAYER, Guarding, made, row, run_file

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def guarding(house_server: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarding]:
    """Give a house whose payments all tests of this module share."""
    with cloned():
        yield made(tmp_path_factory.mktemp("guard"))


@pytest.fixture
def refusion(guarding: Guarding, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    monkeypatch.setattr("refusion.wiring.start.started", nullcontext)
    monkeypatch.setattr(houses, "_installed", [guarding.house])
    monkeypatch.setenv("REFUSION_LANGUAGE", "en")

    def run(*words: object, by: str = "olga") -> tuple[int, str, str]:
        monkeypatch.setattr(pwd, "getpwuid", lambda _uid: SimpleNamespace(pw_name=by))
        monkeypatch.setattr(sys, "argv", ["refusion", "stopped", *map(str, words), "--institution", CODE])
        with pytest.raises(SystemExit) as ended:
            main.run()
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        assert "stopped." not in said.out.replace("stopped.now", "!"), said.out
        return int(ended.value.code or 0), said.out, said.err

    return run


def taken(refusion: Command, folder: Path, name: str, *rows: str, more: tuple[str, ...] = ()) -> dict[str, object]:
    """Take a run in and give what other programs read of it."""
    file = folder / f"{name}.csv"
    file.write_bytes(run_file(rows))
    code, out, err = refusion("run", file, "--value-date", PAYDAY.isoformat(), *more, "--json", "-")
    assert code == 0, err
    found: dict[str, object] = json.loads(out)
    return found


def test_a_run_is_taken_in_once_listed_and_shown(refusion: Command, tmp_path: Path) -> None:
    told = taken(refusion, tmp_path, "One", row("A1", 0, "85000"), row("A2", 1, "30000"))
    assert (told["goes_ore"], told["held_ore"], told["again"]) == (30_000_00, 85_000_00, False)
    (stopped,) = told["stopped"]
    assert taken(refusion, tmp_path, "One", row("A1", 0, "85000"), row("A2", 1, "30000"))["again"] is True
    code, out, err = refusion("list")
    assert code == 0, err
    assert "Person 0" in out
    code, out, _ = refusion("show", stopped["payment"])
    assert code == 0
    assert "70,000.00" in out
    assert "95.11" in out
    code, out, _ = refusion("advice", told["run"], "--out", tmp_path / "advice.csv")
    assert ("FU7017" in out, "8550" in out) == (True, True)
    assert (tmp_path / "advice.csv").read_text(encoding="utf-8").count("\n") == 3
    code, out, _ = refusion("letter", stopped["payment"])
    assert "2913" in out
    assert "Person" not in out
    assert "610190" not in out


def test_a_payment_is_released_by_two_and_paid_by_hand(refusion: Command, tmp_path: Path) -> None:
    told = taken(refusion, tmp_path, "Two", row("B1", 0, "85000"))
    number = told["stopped"][0]["payment"]
    assert refusion("release", number, "--reason", " ")[0] != 0
    assert refusion("release", number, "--reason", "Gratuity")[0] == 0
    code, _, err = refusion("approve", number)
    assert code != 0
    assert err.strip().count("\n") == 0
    assert refusion("approve", number, by="arne")[0] == 0
    code, out, _ = refusion("paid", number, "--reference", "aconto 17", "--json", "-")
    assert (code, json.loads(out)["state"]) == (0, "paid_by_hand")
    assert refusion("paid", number)[0] != 0


def test_a_payment_is_corrected(refusion: Command, tmp_path: Path) -> None:
    number = taken(refusion, tmp_path, "Three", row("C1", 0, "850000"))["stopped"][0]["payment"]
    refusion("correct", number, "--reason", "Ten times too much")
    assert refusion("decline", number, by="arne")[0] == 0
    refusion("correct", number, "--reason", "Ten times too much")
    assert refusion("withdraw", number)[0] == 0
    refusion("correct", number, "--reason", "Ten times too much, see the contract")
    refusion("approve", number, by="arne")
    refusion("reported", number)
    code, out, _ = refusion("reposted", number, "--json", "-")
    assert (code, json.loads(out)["state"]) == (0, "cleared")


def test_a_file_is_written_and_the_bank_answers(refusion: Command, guarding: Guarding, tmp_path: Path) -> None:
    told = taken(refusion, tmp_path, "Four", row("D1", 1, "30000"), row("D2", 2, "31000"), row("D3", 3, "32000"))
    (tmp_path / "payer.toml").write_text(PAYER, encoding="utf-8")
    held = guarding.paid("D3", "Four").number
    assert refusion("hold", held, "--reason", "Wrong person")[0] == 0
    code, out, _ = refusion("write", told["run"], "--out", tmp_path / "bank.xml", "--payer", tmp_path / "payer.toml", "--json", "-")
    assert (code, json.loads(out)["payments"]) == (0, 2)
    first = (tmp_path / "bank.xml").read_bytes()
    assert refusion("write", told["run"], "--out", tmp_path / "bank.xml", "--payer", tmp_path / "payer.toml")[0] != 0
    assert refusion("write", told["run"], "--out", tmp_path / "again.xml", "--payer", tmp_path / "payer.toml")[0] == 0
    assert (tmp_path / "again.xml").read_bytes() == first
    body = group("PART", "Four-001") + batch(
        payment("D1", "ACSC"), payment("D2", "RJCT", because("AC01")), payment("X9", "RJCT"), of="Four-001"
    )
    (tmp_path / "status.xml").write_bytes(report(body))
    code, out, _ = refusion("status", tmp_path / "status.xml", "--json", "-")
    counts = json.loads(out)
    assert (counts["accepted"], counts["rejected"], counts["parked"]) == (1, 1, 1)
    assert json.loads(refusion("status", tmp_path / "status.xml", "--json", "-")[1])["again"] is True
    rejected = guarding.paid("D2", "Four")
    assert (rejected.state.value, guarding.stands("D2", "Four")) == ("stopped", {"95.11": -31_000_00})
    runs = json.loads(refusion("runs", "--json", "-")[1])["runs"]
    assert next(run["state"] for run in runs if run["name"] == "Four") == "partly"


def test_a_raise_is_approved_by_another_and_used_up_by_the_run(refusion: Command, tmp_path: Path) -> None:
    taken(refusion, tmp_path, "Five", row("E1", 4, "30000"))
    code, out, _ = refusion("limit", "set", "90000", "--employment", "E4", "--this-run", "--reason", "Jubilee", "--json", "-")
    number = json.loads(out)["limit"]
    assert (code, json.loads(out)["outcome"]) == (0, None)
    assert refusion("limit", "approve", number)[0] != 0
    assert refusion("limit", "approve", number, by="arne")[0] == 0
    assert taken(refusion, tmp_path, "Six", row("F1", 4, "85000"))["stopped"] == []
    assert len(taken(refusion, tmp_path, "Seven", row("G1", 4, "85000"))["stopped"]) == 1


def test_the_lasting_raise_of_the_institution_rests_on_a_granted_case(refusion: Command) -> None:
    code, out, _ = refusion("limit", "set", "75000", "--reason", "Many doctors", "--case-text", "Raise to 75,000", "--json", "-")
    number = json.loads(out)["limit"]
    assert code == 0
    assert refusion("limit", "approve", number, by="arne")[0] != 0
    assert refusion("limit", "case", number, "--case", "SP-17", "--case-state", "granted")[0] == 0
    assert refusion("limit", "approve", number, by="arne")[0] == 0
    assert refusion("limit", "list")[0] == 0
    assert refusion("limit", "delete", number)[0] == 0
    assert refusion("limit", "delete", number)[0] != 0


@pytest.mark.parametrize(
    "words",
    [
        ("show", 999_999), ("advice", 999_999), ("letter", 999_999), ("limit", "approve", 999_999), ("hold-parts", "maybe"),
        ("account", "nothing", "63.01"), ("account", "held", "61.50"), ("limit", "set", "much", "--reason", "x"),
        ("limit", "set", "80000", "--employment", "nobody", "--reason", "x"), ("stop", 1, "--channel", "post", "--reason", "x"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_in_one_line(refusion: Command, words: tuple[object, ...]) -> None:
    code, _, err = refusion(*words)
    assert code != 0
    assert err.strip()


def test_settings_are_shown_and_changed(refusion: Command) -> None:
    assert refusion("hold-parts", "on")[0] == 0
    assert refusion("account", "bank", "63.17")[0] == 0
    found = json.loads(refusion("settings", "--json", "-")[1])
    assert (found["holds_parts"], found["account.bank"]) == ("yes", "63.17")
    assert refusion("hold-parts", "off")[0] == 0
    assert refusion("account", "bank", "63.00")[0] == 0


def test_what_a_check_points_at_is_told_while_it_can_still_be_held_back(refusion: Command, guarding: Guarding, tmp_path: Path) -> None:
    told = taken(refusion, tmp_path, "Odd", row("H1", 1, "31000"), row("H2", 1, "31000"))
    (odd,) = told["pointed_out"]
    assert odd["because"] == ["guard.same_payment"]
    code, out, _ = refusion("list")
    assert (code, "twice" in out) == (0, True)
    assert refusion("hold", odd["payment"], "--reason", "Paid twice")[0] == 0
    assert "H2" not in json.dumps(json.loads(refusion("list", "--json", "-")[1])["pointed_out"])
    assert guarding.stands("H2", "Odd") == {"95.11": -31_000_00}

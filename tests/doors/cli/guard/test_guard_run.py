"""``refusion guard``: what goes to the bank, what is stopped and why, what cannot be used, and that nothing half is left."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree

HEADINGS = (
    "institution,payment_number,employment_number,national_number,name,account_form,bank,account,net_pay,"
    "limit_this_run,component_244,component_244_state,text"
)
GOES = "FJORDBY,P1,1001,6101901234,Åse Test,dk,0040,440116243,25123.45,,,,Løn"
STOPPED = "FJORDBY,P2,1002,6201901236,Bo Test,nemkonto_cpr,,,70000.01,,,,Løn"
AT_LIMIT = "FJORDBY,P3,1003,6301901238,Ib Test,nemkonto_cpr,,,70000.00,,,,Løn"
TWO_JOBS = (
    "FJORDBY,P4,1004,6401901230,Eva Test,nemkonto_cpr,,,40000,,,,Løn",
    "FJORDBY,P5,1005,6401901230,Eva Test,nemkonto_cpr,,,40000,,,,Løn",
)
RAISED = "FJORDBY,P6,1006,6501901231,Ulla Test,iban,,DK5000400440116243,80000,90000,,,Løn"
ENDED = "FJORDBY,P7,1007,6601901233,Poul Test,iban,,DK5000400440116243,71000,,72000,ended,Løn"
PAYER = 'name = "Fjordby Gymnasium"\ncompany_number = "99990001"\niban = "DK50 0040 0440 1162 43"\nbic = "DABADKKK"\ncurrency = "DKK"\n'


@pytest.fixture
def guard(refusion, tmp_path):
    """Run the guard on rows with a payer of its own; gives what :func:`refusion` gives."""

    def run(*rows: str, more: tuple[str, ...] = (), payer: str = PAYER, institution: str = "FJORDBY"):
        (tmp_path / "run.csv").write_text("\n".join((HEADINGS, *rows)) + "\n", encoding="utf-8")
        (tmp_path / "payer.toml").write_text(payer, encoding="utf-8")
        files = ("--out", tmp_path / "out.xml", "--payer", tmp_path / "payer.toml")
        return refusion("guard", tmp_path / "run.csv", *files, "--value-date", "2025-06-30", "--institution", institution, *more)

    return run


def ids(file: Path) -> list[str | None]:
    return [found.text for found in etree.parse(file).getroot().iter("{*}EndToEndId")]


def test_a_persons_total_is_held_against_the_first_limit_that_is_set(guard, tmp_path):
    code, out, _ = guard(GOES, STOPPED, AT_LIMIT, *TWO_JOBS, RAISED, ENDED, more=("--json", str(tmp_path / "told.json")))
    told = json.loads((tmp_path / "told.json").read_text(encoding="utf-8"))
    assert code == 0
    assert ids(tmp_path / "out.xml") == ["P1", "P3", "P6", "P7"]
    assert [one["payment_number"] for one in told["stopped"]] == ["P2", "P4", "P5"]
    assert {one["total_ore"] for one in told["stopped"]} == {70_000_01, 80_000_00}
    assert (told["going_ore"], told["stopped_ore"]) == (246_123_45, 150_000_01)
    assert [one["payment_number"] for one in told["warned"]] == ["P7"]
    assert "drift" in told["not_checked"]
    assert "P4" in out


def test_the_institutions_limits_hold_in_their_order(guard, tmp_path):
    code, _, _ = guard(GOES, AT_LIMIT, more=("--limit", "20000", "--limit-this-run", "30000", "--stopped", str(tmp_path / "stopped.csv")))
    assert code == 0
    assert ids(tmp_path / "out.xml") == ["P1"]
    assert "P3,1003,70000.00,70000.00,30000.00" in (tmp_path / "stopped.csv").read_text(encoding="utf-8")


def test_a_run_of_which_nothing_goes_writes_no_file(guard, tmp_path):
    code, out, _ = guard(STOPPED)
    assert code == 0
    assert not (tmp_path / "out.xml").exists()
    assert out.startswith("0 ")


@pytest.mark.parametrize(
    ("rows", "more", "told"),
    [
        ((GOES, GOES), (), "row 3"),
        ((GOES,), ("--total", "1.00"), "1.00"),
        ((GOES,), ("--count", "2"), "2"),
        ((GOES,), ("--limit", "mange"), "mange"),
        ((GOES.replace("440116243", ""),), (), "row 2"),
        ((GOES.replace("25123.45", "-1"),), (), "row 2"),
        ((GOES.replace("6101901234", ""),), (), "national_number"),
        ((GOES.replace(",dk,", ",giro,"),), (), "account_form"),
        ((ENDED.replace("ended", ""),), (), "component_244"),
        ((GOES.replace("0040", "40"),), (), "four digits"),
        ((GOES,), ("--version", "11"), "11"),
    ],
)
def test_a_run_with_anything_wrong_is_refused_whole(guard, tmp_path, rows, more, told):
    code, out, err = guard(*rows, more=more)
    assert code != 0
    assert told in out + err
    assert "Traceback" not in err
    assert not (tmp_path / "out.xml").exists()


def test_a_run_of_another_institution_and_a_payer_without_an_account_are_refused(guard, tmp_path):
    assert guard(GOES, institution="SKOVBY")[0] != 0
    code, _, err = guard(GOES, payer=PAYER.replace("iban", "account"))
    assert code != 0
    assert "iban" in err
    assert not (tmp_path / "out.xml").exists()


def test_a_bank_file_that_stands_is_kept(guard, tmp_path):
    guard(GOES)
    before = (tmp_path / "out.xml").read_bytes()
    code, _, err = guard(GOES)
    assert code != 0
    assert "out.xml" in err
    assert (tmp_path / "out.xml").read_bytes() == before

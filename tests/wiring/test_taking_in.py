"""An institution is taken in from the command line: founded, banked, peopled; whatever is wrong is said and nothing is left."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from contextlib import nullcontext

import pytest

from refusion.doors.cli import main
from refusion.store import institutions
from refusion.wiring import house as houses
from refusion.wiring.clock import SystemClock
from refusion.wiring.house import House
from refusion.wiring.parts import ports_of
from refusion.workflow.ports.institution import HOUSE

Command = Callable[..., tuple[int, str, str]]
GOOD = "en lang sætning om regn i november"
FJORD = ("found", "FJORD", "--name", "Fjordmuseet", "--company-number", "13585628", "--unit-number", "1003404532", "--contact", "refusion@eksempel.dk")


@pytest.fixture
def refusion(house_database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    monkeypatch.setattr("refusion.wiring.start.started", nullcontext)
    monkeypatch.setattr(houses, "_installed", [House(ports_of(SystemClock()))])
    monkeypatch.setenv("REFUSION_LANGUAGE", "en")

    def run(*words: str, typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["refusion", "institution", *words])
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        with pytest.raises(SystemExit) as ended:
            main.run()
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return int(ended.value.code or 0), said.out, said.err

    return run


def test_nobody_is_there_at_first(refusion: Command) -> None:
    code, out, _ = refusion("list")
    assert (code, "no institution yet" in out) == (0, True)


def test_an_institution_with_account_and_people(refusion: Command) -> None:
    assert refusion(*FJORD)[0] == 0
    assert refusion("account", "FJORD", "DK50 0040 0440 1162 43", "--bank", "Eksempel Bank")[0] == 0
    assert refusion("enrol", "FJORD", "anne", "--role", "caseworker", typed=GOOD + "\n")[0] == 0
    assert refusion("enrol", "FJORD", "anne", "--role", "integrator")[0] == 0, "who is known is asked for no password"
    code, out, _ = refusion("list", "--json", "-")
    assert code == 0
    assert json.loads(out) == [
        {"code": "FJORD", "name": "Fjordmuseet", "country": "denmark", "people": {"anne": ["caseworker", "integrator"]}}
    ]
    found = institutions.find("FJORD").institution
    assert (found.currency, found.language, found.settings.contact) == ("DKK", "da", "refusion@eksempel.dk")
    with houses.house().ports.work("FJORD", HOUSE) as tx:
        assert tx.audit.first_broken() is None  # type: ignore[attr-defined]
    with houses.house().reading(HOUSE, "FJORD", "test") as reads:
        trail = list(reads.trail())
    assert [line["verb"] for line in trail] == ["take_in", "give_account", "enrol", "enrol"]
    assert all(line["actor"].startswith("shell:") for line in trail)
    assert GOOD not in json.dumps(trail)


def test_roles_are_taken_and_given_back(refusion: Command) -> None:
    refusion(*FJORD)
    refusion("enrol", "FJORD", "anne", "--role", "caseworker", "--role", "integrator", typed=GOOD + "\n")
    assert refusion("dismiss", "FJORD", "anne", "--role", "integrator")[0] == 0
    assert refusion("dismiss", "FJORD", "anne", "--role", "integrator")[0] == 1
    assert refusion("dismiss", "FJORD", "anne")[0] == 0
    assert json.loads(refusion("list", "--json", "-")[1])[0]["people"] == {}
    assert refusion("enrol", "FJORD", "anne", "--role", "caseworker")[0] == 0
    assert json.loads(refusion("list", "--json", "-")[1])[0]["people"] == {"anne": ["caseworker"]}


@pytest.mark.parametrize(
    ("option", "value", "names"),
    [
        ("--company-number", "13585629", "company_number"),
        ("--unit-number", "12", "unit_number"),
        ("--contact", "nobody", "contact"),
        ("--country", "iceland", "country"),
        ("--name", " ", "name"),
    ],
)
def test_what_is_wrong_of_an_institution_is_said_and_it_is_not_founded(refusion: Command, option: str, value: str, names: str) -> None:
    words = list(FJORD) + ([] if option in FJORD else [option, "?"])
    words[words.index(option) + 1] = value
    code, _, err = refusion(*words)
    assert (code, names in err, len(err.splitlines())) == (2, True, 1)
    assert institutions.codes() == ()


def test_the_numbers_of_norway_and_sweden_are_checked_as_theirs(refusion: Command) -> None:
    norway = ("found", "NORD", "--name", "Nord", "--country", "norway", "--company-number", "971035854", "--unit-number", "974767880", "--contact", "a@eksempel.no")
    assert refusion(*norway)[0] == 0
    assert refusion("found", "SYD", "--name", "Syd", "--country", "sweden", "--company-number", "2321000016", "--contact", "a@exempel.se")[0] == 0
    assert [institutions.find(code).institution.currency for code in ("NORD", "SYD")] == ["NOK", "SEK"]
    assert refusion("found", "VEST", "--name", "V", "--country", "sweden", "--company-number", "13585628", "--contact", "a@exempel.se")[0] == 2


def test_a_code_is_taken_once_and_what_is_unknown_is_said(refusion: Command) -> None:
    assert refusion(*FJORD)[0] == 0
    assert refusion(*FJORD)[0] == 1
    assert refusion("account", "FJORD", "DK5000400440116244", "--bank", "B")[0] == 2
    assert refusion("account", "NOBODY", "DK5000400440116243", "--bank", "B")[0] == 1
    assert refusion("enrol", "FJORD", "anne", "--role", "king", typed=GOOD)[0] == 2
    assert refusion("enrol", "FJORD", "anne", "--role", "caseworker", typed="anne\n")[0] == 2
    assert "anne\n" not in refusion("enrol", "FJORD", "anne", "--role", "caseworker", typed="anne1\n")[2]
    assert json.loads(refusion("list", "--json", "-")[1])[0]["people"] == {}


def test_nobody_holds_two_duties_that_exclude_each_other(refusion: Command) -> None:
    refusion(*FJORD)
    assert refusion("enrol", "FJORD", "bo", "--role", "accountant", typed=GOOD + "\n")[0] == 0
    code, _, err = refusion("enrol", "FJORD", "bo", "--role", "approver")
    assert code == 1
    assert err
    assert json.loads(refusion("list", "--json", "-")[1])[0]["people"] == {"bo": ["accountant"]}

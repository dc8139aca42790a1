"""refusion token and refusion log-in: shown once, listed without secrets, approved by another, withdrawn."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date

import pytest

from refusion.doors.cli import main
from refusion.wiring import house as houses
from refusion.wiring.clock import HERE, SetClock
from refusion.wiring.house import House
from refusion.wiring.parts import ports_of
from refusion.workflow.ports.institution import HOUSE
from tests.store.conftest import make_institution

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def house(house_database: str) -> House:
    make_institution("HERE")
    return House(ports_of(clock=SetClock(date(2025, 3, 3), HERE)))


@pytest.fixture
def refusion(house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    monkeypatch.setattr("refusion.wiring.start.started", nullcontext)
    monkeypatch.setattr(houses, "_installed", [house])
    monkeypatch.setenv("REFUSION_LANGUAGE", "en")

    def run(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["refusion", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main.run()
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return int(ended.value.code or 0), said.out, said.err

    return run


def test_a_token_lives_from_make_to_withdraw(refusion: Command, house: House) -> None:
    code, out, _ = refusion("token", "make", "payroll", "--scope", "integrator", "--until", "2025-12-31")
    written = out.splitlines()[-1]
    assert code == 0
    assert "31 December 2025" in out
    assert house.machine(written) is not None
    code, out, _ = refusion("token", "list")
    assert (code, "1 payroll: integrator" in out, written in out) == (0, True, False)
    assert refusion("token", "withdraw", 1)[0] == 0
    assert house.machine(written) is None
    code, _, err = refusion("token", "withdraw", 1)
    assert (code, err.count("\n")) == (1, 1)
    assert "Opens nothing" in refusion("token", "list")[1]


def test_what_changes_something_says_that_another_must_approve_it(refusion: Command, house: House) -> None:
    code, out, err = refusion("token", "make", "cases", "--scope", "caseworker", "--json", "-")
    made = json.loads(out)
    assert (code, made["needs_approval"], made["valid_until"]) == (0, True, "2025-06-01")
    assert "refusion token approve 1" in err
    code, _, err = refusion("token", "approve", 1, made["content_hash"])
    assert (code, "somebody other" in err) == (1, True)
    house.approve_token(HOUSE, "HERE", 1, made["content_hash"])
    assert house.machine(made["token"]) is not None
    assert [one["approved_by"] for one in json.loads(refusion("token", "list", "--json", "-")[1])] == ["house"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("make", "x", "--scope", "everything"), 1),
        (("make", "x", "--scope", "integrator", "--until", "2020-01-01"), 1),
        (("make", "two words", "--scope", "integrator"), 1),
        (("withdraw", "7"), 1),
        (("approve", "7", "00000000"), 1),
    ],
)
def test_what_cannot_be_is_said_in_one_line(refusion: Command, words: tuple[str, ...], code: int) -> None:
    found, out, err = refusion("token", *words)
    assert (found, out, err.count("\n")) == (code, "", 1)
    assert "api." not in err


def test_a_log_in_is_released_by_name(refusion: Command) -> None:
    from django.contrib.auth.models import User

    from refusion.store import institutions

    code, _, err = refusion("log-in", "release", "kim")
    assert (code, "no user kim" in err) == (1, True)
    institutions.give_roles(User.objects.create(username="kim").pk, "HERE", ["caseworker"])
    assert refusion("log-in", "release", "kim")[0] == 0

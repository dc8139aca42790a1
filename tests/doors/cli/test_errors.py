"""Every error becomes one clear line per problem and an exit code; never a traceback."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from refusion.doors.cli.errors import said_on_errors
from refusion.values.said import BadInput, Problem, Refused, said
from refusion.wiring.trouble import not_ready


def end_of(deed: Callable[[], object]) -> int | str | None:
    with pytest.raises(SystemExit) as ended, said_on_errors():
        deed()
    return ended.value.code


def throwing(error: BaseException) -> Callable[[], object]:
    def deed() -> object:
        raise error

    return deed


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REFUSION_LANGUAGE", "en")
    monkeypatch.delenv("REFUSION_DEBUG", raising=False)


def test_each_problem_of_bad_input_is_a_line_with_its_place_and_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    what, remedy = said("setup.server_in_use"), said("setup.server_in_use_remedy")
    first = Problem(what=what, remedy=remedy, file="pay.csv", row=3, column="hours", value="x7")
    assert end_of(throwing(BadInput(first, Problem(what=what, remedy=remedy)))) == 2
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith("pay.csv, row 3, column hours: The database is in use")
    assert "(«x7»)" in lines[0]
    assert lines[0].endswith("Stop it with Ctrl-C and try again.")
    assert len(lines) == 2


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (Refused(said("setup.prepared")), 1, "The database is ready."),
        (not_ready("setup.no_nobody"), 1, "no account «nobody»"),
        (FileNotFoundError(2, "No such file or directory", "feed.csv"), 1, "The file feed.csv cannot be used: No such file or directory."),
        (psycopg.OperationalError("connection refused\nIs the server running?"), 1, "did not answer as it should: connection refused."),
        (ZeroDivisionError("division by zero"), 1, "ZeroDivisionError: division by zero"),
    ],
)
def test_an_error_is_one_line(capsys: pytest.CaptureFixture[str], error: Exception, code: int, words: str) -> None:
    assert end_of(throwing(error)) == code
    complained = capsys.readouterr().err
    assert words in complained
    assert complained.count("\n") == 1
    assert "Traceback" not in complained


def test_an_interruption_is_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    assert end_of(throwing(KeyboardInterrupt())) == 130
    assert capsys.readouterr().err == ""


def test_the_traceback_is_there_for_who_asks(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REFUSION_DEBUG", "1")
    end_of(throwing(ZeroDivisionError("division by zero")))
    assert "Traceback" in capsys.readouterr().err


def test_lines_are_in_the_readers_language(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REFUSION_LANGUAGE", "da")
    end_of(lambda: Path("nowhere").read_text(encoding="utf-8"))
    assert capsys.readouterr().err == f"Filen nowhere kan ikke bruges: {os.strerror(2)}.\n"

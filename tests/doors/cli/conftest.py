"""The command line run in this process."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from refusion.doors.cli import main

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def refusion(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run the command in this process: exit code, standard output, standard error."""
    monkeypatch.setenv("REFUSION_LANGUAGE", "en")

    def run(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["refusion", *map(str, words)])
        with pytest.raises(SystemExit) as end:
            main.run()
        said = capsys.readouterr()
        return int(end.value.code or 0), said.out, said.err

    return run

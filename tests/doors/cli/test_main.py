"""The frame: every verb can be asked for help, the list loads nothing slow, an unknown verb is refused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from refusion.doors.cli.main import VERBS

SLOW = ("django", "lxml", "numpy", "psycopg", "pyarrow", "xlsxwriter")
COMMAND = Path(sys.executable).parent / "refusion"


def refusion(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([COMMAND, *words], capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False, timeout=60)


def test_the_list_names_every_verb() -> None:
    listed = refusion("--help")
    assert listed.returncode == 0, listed.stderr
    assert [verb for verb in VERBS if f"\n  {verb} " not in listed.stdout] == []


@pytest.mark.slow
@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_explains_itself(verb: str) -> None:
    explained = refusion(verb, "--help")
    assert explained.returncode == 0, explained.stderr
    assert f"refusion {verb}" in explained.stdout


def test_the_list_loads_nothing_slow() -> None:
    build = "import sys; from refusion.doors.cli.main import application; application([]); print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", build], capture_output=True, text=True, check=True).stdout.split()
    assert "refusion.doors.cli.report" in loaded
    assert [slow for slow in SLOW if slow in loaded] == []


def test_an_unknown_verb_is_refused() -> None:
    refused = refusion("refund-everything")
    assert refused.returncode == 2
    assert "refund-everything" in refused.stderr
    assert "Traceback" not in refused.stderr

"""The frame: every verb can be asked for help, the list comes at once, an unknown verb is refused."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from refusion.doors.cli.main import VERBS

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


def test_the_list_comes_at_once() -> None:
    times = []
    for _ in range(3):
        begun = time.monotonic()
        refusion("--help")
        times.append(time.monotonic() - begun)
    assert min(times) < 1.0


def test_an_unknown_verb_is_refused() -> None:
    refused = refusion("refund-everything")
    assert refused.returncode == 2
    assert "refund-everything" in refused.stderr
    assert "Traceback" not in refused.stderr

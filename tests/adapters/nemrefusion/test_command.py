"""``refusion twin`` as an operator starts it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from refusion.rehearsal.process import order

RUN = "from refusion.doors.cli.main import run; run()"


def started(*words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", RUN, "twin", *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_its_first_line_is_the_address_and_it_ends_when_told(tmp_path: Path) -> None:
    with started("nemrefusion", "--state", str(tmp_path / "twin.db"), "--day", "2024-07-01") as twin:
        address = (twin.stdout or sys.stdin).readline().strip()
        try:
            assert address.startswith("http://127.0.0.1:")
            assert order(address, "clock", day="2024-07-01") == {"now": "2024-07-01T08:00:00+02:00"}
        finally:
            twin.terminate()
        assert twin.wait(10) == 0


def test_a_party_without_a_twin_is_one_clear_line(tmp_path: Path) -> None:
    with started("skattestyrelsen", "--state", str(tmp_path / "twin.db")) as twin:
        said, complaint = twin.communicate(timeout=20)
    assert twin.returncode != 0
    assert said == ""
    assert "skattestyrelsen" in complaint
    assert len(complaint.strip().splitlines()) == 1
    assert not (tmp_path / "twin.db").exists()

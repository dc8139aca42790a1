"""``refusion twin nav`` as an operator starts it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from refusion.rehearsal.process import order

RUN = "from refusion.doors.cli.main import run; run()"


def test_its_first_line_is_the_address_and_it_ends_when_told(tmp_path: Path) -> None:
    words = ["twin", "nav", "--state", str(tmp_path / "twin.db"), "--day", "2026-01-12", "--fault", "drop=1@inntektsmelding"]
    with subprocess.Popen([sys.executable, "-c", RUN, *words], stdout=subprocess.PIPE, text=True) as twin:
        address = (twin.stdout or sys.stdin).readline().strip()
        try:
            assert address.startswith("http://127.0.0.1:")
            assert order(address, "counts")["notices"] == 0
        finally:
            twin.terminate()
        assert twin.wait(10) == 0

"""A calculation as a process of its own: what it holds in memory, and what a kill leaves."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

MEASURED = """
import resource, sys
from refusion.doors.cli import main
try:
    main.run()
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def table(file: Path, rows: int) -> Path:
    with file.open("w", encoding="utf-8") as text:
        text.write("id,first_day,last_day,weekly_hours,hourly_wage\n")
        text.writelines(f"{row},2022-02-{1 + row % 20:02},2022-03-{1 + row % 28:02},37,{150 + row % 400}\n" for row in range(rows))
    return file


def command(source: Path, target: Path) -> subprocess.Popen[str]:
    words = [sys.executable, "-c", MEASURED, "calculate", "dk-sickness", str(source), str(target)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": "src"})


def peak(source: Path, target: Path) -> int:
    out, err = command(source, target).communicate()
    assert err == ""
    return int(out.splitlines()[-1])


@pytest.mark.slow
def test_memory_does_not_grow_with_the_rows(tmp_path):
    few = peak(table(tmp_path / "few.csv", 200_000), tmp_path / "few.parquet")
    many = peak(table(tmp_path / "many.csv", 1_000_000), tmp_path / "many.parquet")
    assert many * 100 <= few * 130


@pytest.mark.slow
def test_a_kill_in_the_middle_leaves_the_result_from_before(tmp_path):
    source, target = table(tmp_path / "in.csv", 400_000), tmp_path / "out.csv"
    target.write_text("from before", encoding="utf-8")
    running = command(source, target)
    part = target.with_name("out.csv.part")
    while not (part.exists() and part.stat().st_size) and running.poll() is None:
        pass
    running.kill()
    running.communicate()
    assert running.returncode == -9
    assert target.read_text(encoding="utf-8") == "from before"
    assert not target.with_suffix(".rejects.csv").exists()

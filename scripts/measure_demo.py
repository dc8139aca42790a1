"""Run the demo from nothing in a scratch folder; say its seconds, processor seconds and the memory of all its processes together."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parent.parent
STATE = "REFUSION_STATE"
BETWEEN_SAMPLES = 0.25
PSS = re.compile(rb"^Pss:\s+(\d+) kB", re.MULTILINE)
COMMAND = [str(TOP / ".venv/bin/refusion"), "demo", "--no-serve", "--fresh", "--json", "-"]


@dataclass(frozen=True, slots=True)
class Measured:
    """One demo: wall seconds, processor seconds of all its processes, their greatest memory in MiB, its summary, what it complained of."""

    seconds: float
    processor_seconds: float
    peak_mebibytes: float
    summary: dict[str, Any]
    complaint: str


def measured(environment: dict[str, str] | None = None) -> Measured:
    """Run the demo in a state folder of its own and watch it and the processes of its server and twin until it ends."""
    with tempfile.TemporaryDirectory(prefix="refusion-measured-") as state:
        os.chmod(state, 0o755)  # noqa: PTH101, S103 - the server may have an account of its own that must reach its folder
        try:
            return _watched({**os.environ, **(environment or {}), STATE: state})
        finally:
            _remove_server(state)


def _watched(environment: dict[str, str]) -> Measured:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.perf_counter()
        demo = subprocess.Popen(COMMAND, cwd=TOP, env=environment, stdout=out, stderr=err)
        peak, spent = 0, dict[int, float]()
        while demo.poll() is None:
            ours = processes(demo.pid, environment[STATE])
            peak = max(peak, sum(map(proportional_kibibytes, ours)))
            spent.update({process: max(spent.get(process, 0.0), processor_seconds(process)) for process in ours})
            time.sleep(BETWEEN_SAMPLES)
        seconds = time.perf_counter() - start
        out.seek(0)
        err.seek(0)
        summary = json.loads(out.read() or b"{}")
        return Measured(seconds, sum(spent.values()), peak / 1024, summary, err.read().decode(errors="replace"))


def processes(demo: int, state: str) -> set[int]:
    """Give the demo, its descendants, and the servers that work in its state folder with theirs (they have parents of their own)."""
    parents = {int(entry.name): parent(entry) for entry in Path("/proc").iterdir() if entry.name.isdigit()}
    found = {demo} | {process for process in parents if state.encode() in command(process)}
    while True:
        more = {process for process, above in parents.items() if above in found} - found
        if not more:
            return found & parents.keys()
        found |= more


def parent(entry: Path) -> int:
    """Give a process's parent, 0 for one that has just ended."""
    try:
        return int((entry / "stat").read_bytes().rpartition(b")")[2].split()[1])
    except OSError:
        return 0


def command(process: int) -> bytes:
    """Give a process's command line, empty for one that has just ended."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def proportional_kibibytes(process: int) -> int:
    """Give a process's share of memory (PSS), shared pages divided among those who share them; 0 for one that has ended."""
    try:
        found = PSS.search(Path(f"/proc/{process}/smaps_rollup").read_bytes())
    except OSError:
        return 0
    return int(found[1]) if found else 0


def processor_seconds(process: int) -> float:
    """Give the seconds that a process has computed so far, in itself and in the system for it."""
    try:
        fields = Path(f"/proc/{process}/stat").read_bytes().rpartition(b")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _remove_server(state: str) -> None:
    """Take away the server's folders, outside the state folder too."""
    code = "from refusion.wiring.launcher.session import remove; remove()"
    subprocess.run([str(TOP / ".venv/bin/python"), "-c", code], cwd=TOP, env={**os.environ, STATE: state}, check=False)


def main() -> int:
    """Measure one demo and print what it took; ends with 1 where it wrote no summary."""
    found = measured()
    print(f"{found.seconds:.1f} s, processor {found.processor_seconds:.1f} s, peak {found.peak_mebibytes:.0f} MiB")
    print(json.dumps(found.summary, indent=1) if found.summary else found.complaint)
    return 0 if found.summary else 1


if __name__ == "__main__":
    sys.exit(main())

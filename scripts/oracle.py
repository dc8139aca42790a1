"""Let every independent oracle of the law try many random cases, and write the result down: the body of ``make oracle``."""

from __future__ import annotations

import argparse
import importlib
import sys
import time
from pathlib import Path
from typing import NamedTuple, Protocol

TOP = Path(__file__).resolve().parent.parent
PAGE = TOP / "docs" / "law" / "oracle.md"
TEXT = """# What the oracles found

Each main rule has a second, naive implementation in `tests/law/oracle_*.py`: exact fractions, one day at a time, sharing
no code with the product. `make oracle` lets both answer the same random cases, exact ties and every change of rates among
them. "Off" counts the cases whose amounts or dates differ by anything at all.

Last run: {day}, seed {seed}, {count} cases per oracle.

| oracle | cases | exact ties among them | off |
|---|---|---|---|
{rows}
"""


class Counts(Protocol):
    """What an oracle counted."""

    cases: int
    ties: int
    off: int


class Oracle(NamedTuple):
    """An oracle that can be run."""

    name: str
    counts: Counts


def oracles() -> list[str]:
    """Name the oracles that can be run by count and seed."""
    return [file.stem for file in sorted((TOP / "tests" / "law").glob("oracle_*.py")) if "def run(" in file.read_text(encoding="utf-8")]


def main() -> int:
    """Run them all; exit code 1 when one is off."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--count", type=int, default=1_000_000)
    wanted.add_argument("--seed", type=int, default=20_261_121)
    wanted.add_argument("--day", required=True, help="the day of this run, as it shall stand in the page")
    wanted.add_argument("--page", type=Path, default=PAGE)
    asked = wanted.parse_args()
    sys.path[:0] = [str(TOP / "src"), str(TOP)]
    found = []
    for name in oracles():
        began = time.perf_counter()
        counts = importlib.import_module(f"tests.law.{name}").run(asked.count, asked.seed)
        print(f"{name}: {counts.cases:,} cases, {counts.ties:,} ties, {counts.off:,} off, {time.perf_counter() - began:.0f} s", flush=True)
        found.append(Oracle(name, counts))
    rows = "\n".join(f"| {name.removeprefix('oracle_')} | {counts.cases:,} | {counts.ties:,} | {counts.off:,} |" for name, counts in found)
    asked.page.write_text(TEXT.format(day=asked.day, seed=asked.seed, count=f"{asked.count:,}", rows=rows), encoding="utf-8")
    return 1 if any(counts.off for _, counts in found) else 0


if __name__ == "__main__":
    raise SystemExit(main())

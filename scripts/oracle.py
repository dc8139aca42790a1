"""Let every independent oracle of the law try many random cases, and write each result down as it comes: the body of ``make oracle``."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import time
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple, Protocol

TOP = Path(__file__).resolve().parent.parent
PAGE = TOP / "docs" / "law" / "oracle.md"
CHUNK = 10_000
BETWEEN_LINES = 10.0
TEXT = """# What the oracles found

Each main rule has a second, naive implementation in `tests/law/oracle_*.py`: exact numbers, one day at a time, sharing
no code with the product. `make oracle` lets both answer the same random cases, every change of rates among them. "On a
half or a border" counts those where an amount lies exactly between two øre or kroner, or a day or count exactly on the
rule's limit; "off" those whose amounts or dates differ by anything at all. A rule's cases are drawn in parts of
{chunk}, the first from the seed, each following one from the seed after it.

| rule | cases | on a half or a border | off | seed | day |
|---|---|---|---|---|---|
{rows}
"""


class Counts(Protocol):
    """What an oracle counted."""

    cases: int
    ties: int
    off: int


class Part(NamedTuple):
    """Some of the cases of a rule."""

    rule: str
    oracle: str
    size: int
    seed: int


class Sum(NamedTuple):
    """What was counted of a rule so far."""

    cases: int = 0
    ties: int = 0
    off: int = 0


def oracles() -> dict[str, str]:
    """Give the rules that have an oracle, and the oracle's module; whole agreements, which take longest, come last."""
    names = [file.stem for file in sorted((TOP / "tests" / "law").glob("oracle_*.py"))]
    return {rule: name for name in names for rule in rules_of(name)}


def rules_of(name: str) -> dict[str, Callable[[int, int], Counts]]:
    """Give the rules of an oracle's module, as functions of a count and a seed."""
    found: dict[str, Callable[[int, int], Counts]] = getattr(importlib.import_module(f"tests.law.{name}"), "RULES", {})
    return found


def parts(rule: str, oracle: str, count: int, seed: int) -> list[Part]:
    """Cut the cases of a rule into parts, each drawn from its own seed."""
    return [Part(rule, oracle, min(CHUNK, count - done), seed + place) for place, done in enumerate(range(0, count, CHUNK))]


def tried(part: Part) -> tuple[Part, Sum]:
    """Compare the cases of a part, in a process of its own."""
    counts = rules_of(part.oracle)[part.rule](part.size, part.seed)
    return part, Sum(counts.cases, counts.ties, counts.off)


def rows_of(page: Path) -> dict[str, str]:
    """Read the rows of an earlier page by rule."""
    lines = page.read_text(encoding="utf-8").splitlines() if page.exists() else []
    return {line.split("|")[1].strip(): line for line in lines if line.startswith("| ") and not line.startswith("| rule ")}


def keep(page: Path, rules: list[str], rows: dict[str, str]) -> None:
    """Write the page: the rules that still have an oracle, in the order in which they are run."""
    held = "\n".join(rows[rule] for rule in rules if rule in rows)
    page.write_text(TEXT.format(rows=held, chunk=f"{CHUNK:,}"), encoding="utf-8")


def asked_for() -> argparse.Namespace:
    """Read what is asked for."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--count", type=int, default=1_000_000)
    wanted.add_argument("--seed", type=int, default=20_261_121)
    wanted.add_argument("--day", required=True, help="the day of this run, as it shall stand in the page")
    wanted.add_argument("--page", type=Path, default=PAGE)
    wanted.add_argument("--rule", action="append", help="only the rules whose name holds this text; the other rows stay as they are")
    wanted.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    return wanted.parse_args()


def main() -> int:
    """Run them all; exit code 1 when one is off."""
    asked = asked_for()
    sys.path[:0] = [str(TOP / "src"), str(TOP)]
    of = oracles()
    chosen = [rule for rule in of if not asked.rule or any(text in rule for text in asked.rule)]
    work = [part for rule in chosen for part in parts(rule, of[rule], asked.count, asked.seed)]
    rows, sums, began, said = rows_of(asked.page), dict.fromkeys(chosen, Sum()), time.perf_counter(), 0.0
    with get_context("spawn").Pool(asked.processes) as pool:
        for part, found in pool.imap_unordered(tried, work):
            so_far = sums[part.rule] = Sum(*map(sum, zip(sums[part.rule], found, strict=True)))
            spent = time.perf_counter() - began
            if so_far.cases == asked.count:
                rows[part.rule] = f"| {part.rule} | {so_far.cases:,} | {so_far.ties:,} | {so_far.off:,} | {asked.seed} | {asked.day} |"
                keep(asked.page, list(of), rows)
            if so_far.cases == asked.count or spent - said > BETWEEN_LINES:
                said = spent
                print(f"{spent:6.0f} s  {part.rule}: {so_far.cases:,} cases, {so_far.off:,} off", flush=True)
    return 1 if any(found.off for found in sums.values()) else 0


if __name__ == "__main__":
    raise SystemExit(main())

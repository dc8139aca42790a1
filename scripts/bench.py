"""Measure against the limits and write the table of the last run; ends with 1 where a limit is missed or a result is wrong.

Parts may be named (``scripts/bench.py demo fresh``): then the other rows of the table stay as they were measured last.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
TABLE = TOP / "docs" / "reference" / "limits.md"
HEAD = """# Limits, as last measured

Written by `make bench`; never by hand. `scripts/bench.py PART …` measures parts anew and leaves the other rows as they were.
Each file of `tests/bench` measures one part of the product and checks its result.

| what | measured | limit | held |
|---|---|---|---|
"""
Row = tuple[str, str, str, bool]


def parts() -> list[str]:
    """Name the parts that measure themselves."""
    folder = TOP / "tests" / "bench"
    return [file.stem for file in sorted(set(folder.glob("[a-z]*.py")) - set(folder.glob("test_*.py")))]


def rows(names: list[str]) -> Iterator[Row]:
    """Let each part measure itself, one after the other, and say so while it does."""
    for name in names:
        print(f"{name} …", flush=True)
        yield from import_module(f"tests.bench.{name}").measure()


def standing() -> dict[str, str]:
    """Read the rows of the table as they were measured last, by what they measure."""
    written = TABLE.read_text(encoding="utf-8").splitlines() if TABLE.exists() else []
    begins = len(HEAD.splitlines())
    return {line.split("|")[1].strip(): line for line in written[begins:] if line.startswith("|")}


def main(asked: list[str]) -> int:
    """Measure, print, write; the whole table anew unless parts are asked for."""
    sys.path.insert(0, str(TOP))
    unknown = sorted(set(asked) - set(parts()))
    if unknown:
        sys.stderr.write(f"No part is called {', '.join(unknown)}. There are {', '.join(parts())}.\n")
        return 1
    held, lines = True, standing() if asked else {}
    for what, measured, limit, well in rows(asked or parts()):
        lines[what] = f"| {what} | {measured} | {limit} | {'yes' if well else 'NO'} |"
        print(f"  {what}: {measured} (limit {limit}){'' if well else '  NOT HELD'}")
        held = held and well
    TABLE.parent.mkdir(parents=True, exist_ok=True)
    TABLE.write_text(HEAD + "\n".join(lines.values()) + "\n", encoding="utf-8")
    print(f"written to {TABLE.relative_to(TOP)}")
    return 0 if held and lines else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Measure against the limits and write the table of the last run; ends with 1 where a limit is missed or a result is wrong."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
TABLE = TOP / "docs" / "reference" / "limits.md"
HEAD = """# Limits, as last measured

Written by `make bench`; never by hand. Each file of `tests/bench` measures one part of the product and checks its result.

| what | measured | limit | held |
|---|---|---|---|
"""
Row = tuple[str, str, str, bool]


def rows() -> Iterator[Row]:
    """Let each part measure itself, one after the other, and say so while it does."""
    for file in sorted(set((TOP / "tests" / "bench").glob("[a-z]*.py")) - set((TOP / "tests" / "bench").glob("test_*.py"))):
        print(f"{file.stem} …", flush=True)
        yield from import_module(f"tests.bench.{file.stem}").measure()


def main() -> int:
    """Measure, print, write."""
    sys.path.insert(0, str(TOP))
    held, lines = True, []
    for what, measured, limit, well in rows():
        lines.append(f"| {what} | {measured} | {limit} | {'yes' if well else 'NO'} |")
        print(f"  {what}: {measured} (limit {limit}){'' if well else '  NOT HELD'}")
        held = held and well
    TABLE.parent.mkdir(parents=True, exist_ok=True)
    TABLE.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"written to {TABLE.relative_to(TOP)}")
    return 0 if held and lines else 1


if __name__ == "__main__":
    sys.exit(main())

"""A process of its own that streams claims through the mass calculation and says how much memory it held at most, in KiB."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa

from refusion.law.denmark.sickness.claims import calculate

BATCH = 1 << 16


def batches(rows: int) -> Iterator[pa.RecordBatch]:
    """Draw claims of two weeks each in 2025, batch by batch."""
    chance = np.random.default_rng(1)
    for start in range(0, rows, BATCH):
        size = min(BATCH, rows - start)
        first = 20_100 + chance.integers(0, 200, size)
        yield pa.RecordBatch.from_pydict({
            "first_day": pa.array(first.astype("datetime64[D]")).cast(pa.string()),
            "last_day": pa.array((first + 13).astype("datetime64[D]")).cast(pa.string()),
            "weekly_hours": pa.array(chance.integers(10, 37, size)).cast(pa.string()),
            "hourly_wage_after_am": pa.array(chance.integers(100, 300, size)).cast(pa.string()),
        })  # fmt: skip


def main() -> None:
    """Stream the rows that the argument counts."""
    rows = sum(batch.num_rows for batch in calculate(batches(int(sys.argv[1]))))
    peak = next(line.split()[1] for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines() if line.startswith("VmHWM"))
    sys.stdout.write(f"{rows} {peak}\n")


if __name__ == "__main__":
    main()

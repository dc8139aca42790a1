"""The whole demo in a scratch folder of its own: how long it takes, how much memory all its processes hold together."""

from __future__ import annotations

from scripts.measure_demo import Measured, measured

Row = tuple[str, str, str, bool]
LIMIT_SECONDS, LIMIT_MEBIBYTES = 60, 1024
NOTHING = ("filed_late", "lost_ore", "double_filings")
"""What the summary may not count any of."""


def measure() -> list[Row]:
    """Give the rows of the bench table: what, measured, limit, whether the result was correct and within it."""
    found = measured()
    right = is_right(found)
    seconds, memory = found.seconds, found.peak_mebibytes
    return [
        ("the demo, a year of two institutions", f"{seconds:.0f} s", f"{LIMIT_SECONDS} s", right and seconds <= LIMIT_SECONDS),
        ("peak memory of the demo, all its processes (PSS)", f"{memory:.0f} MiB", f"{LIMIT_MEBIBYTES} MiB", right and 0 < memory <= LIMIT_MEBIBYTES),
    ]


def is_right(found: Measured) -> bool:
    """Tell whether the demo filed all in time and once, lost nothing, and its books balance."""
    told = found.summary
    return bool(told.get("claims_filed")) and told["ledger_balanced"] is True and not any(told[name] for name in NOTHING)

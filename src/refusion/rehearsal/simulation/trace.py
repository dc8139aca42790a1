"""What happened in a simulated year, line by line: the same seed gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime


class Trace:
    """Lines of JSON in the order in which things happened; nothing identifying stands in them."""

    def __init__(self) -> None:
        """Begin empty."""
        self._lines: list[str] = []

    def tell(self, now: datetime, what: str, *facts: object) -> None:
        """Add a line."""
        self._lines.append(json.dumps([now.isoformat(), what, *facts], ensure_ascii=False, separators=(",", ":")))

    def lines(self) -> Iterator[str]:
        """Go through what was told."""
        return iter(self._lines)

    def raw(self) -> bytes:
        """Give the whole trace."""
        return "".join(f"{line}\n" for line in self._lines).encode()

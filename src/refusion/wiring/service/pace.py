"""How fast one caller may ask: so many times in a window of seconds, counted in this process alone."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from threading import Lock


class Pace:
    """Counts callers in windows that follow each other; a new window forgets all of them, so that memory stays bounded."""

    def __init__(self, most: int, seconds: int, tick: Callable[[], float] = time.monotonic) -> None:
        """Let ``most`` requests of one caller through in each window of ``seconds``."""
        self.most, self.seconds, self.tick = most, seconds, tick
        self._window = 0
        self._seen: Counter[str] = Counter()
        self._lock = Lock()

    def wait(self, who: str, *, weight: int = 1) -> int:
        """Count a request and give 0, or the whole seconds until the caller may ask again; weight 0 only looks."""
        now = int(self.tick())
        window = now // self.seconds
        with self._lock:
            if window != self._window:
                self._window = window
                self._seen.clear()
            if self._seen[who] + weight > self.most or (not weight and self._seen[who] >= self.most):
                return self.seconds - now % self.seconds
            self._seen[who] += weight
        return 0

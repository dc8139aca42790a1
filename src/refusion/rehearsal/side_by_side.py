"""Lets the institutions of a rehearsal live the same hour at the same time, as they do with workers of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TypeVar

from django.db import connections

Thing = TypeVar("Thing")


class SideBySide:
    """Does one thing for each of a few: for the first in this thread, for every other in a thread of its own that stays.

    Each thread has its own connection to the database, so what they do must not depend on each other.
    """

    def __init__(self, others: int) -> None:
        """Take how many there are besides the first; without others no thread is made."""
        self._others = [ThreadPoolExecutor(1) for _ in range(others)]

    def each(self, do: Callable[[Thing], None], things: Sequence[Thing]) -> None:
        """Do it for each; all have ended when this ends. Raises what the first of them raised, in the order of things."""
        running = [other.submit(do, thing) for other, thing in zip(self._others, things[1:], strict=True)]
        try:
            do(things[0])
        finally:
            wait(running)
        for one in running:
            one.result()

    def close(self) -> None:
        """End the threads with their connections."""
        for other in self._others:
            other.submit(connections.close_all).result()
            other.shutdown()

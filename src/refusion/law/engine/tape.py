"""The recorder: while it runs, every rule that is called leaves what it read, what it used and what it gave."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from refusion.law.engine.explanation import A_CALL, Explanation, Told, Written
from refusion.law.engine.figure import Figure
from refusion.law.engine.numbers import Day


class Tape:
    """What was recorded: ``steps`` are the outermost calls in order.

    ``page`` takes what the call that runs now uses, as plain tuples: to record costs little, explanations are read from them.
    """

    __slots__ = ("_begun", "_first", "page")

    def __init__(self) -> None:
        """Start empty."""
        self._first: list[Written] = []
        self._begun: list[list[Written]] = []
        self.page = self._first

    @property
    def steps(self) -> tuple[Explanation, ...]:
        """Give the explanations of the outermost calls, in order."""
        return tuple(Explanation(*part) for part in self._first if len(part) == A_CALL)

    @property
    def explanation(self) -> Explanation:
        """Give the explanation of the last outermost call; raises IndexError when no rule was called."""
        return self.steps[-1]

    def looked_up(self, figure: Figure, day: Day) -> None:
        """Note a dated figure and the day it was asked for."""
        self.page.append((figure, day))

    def followed(self, policy: str, choice: str) -> None:
        """Note the option of a policy."""
        self.page.append((None, policy, choice))

    def begin(self) -> None:
        """Start to collect what one call uses."""
        self._begun.append(self.page)
        self.page = []

    def end(self, told: Told, given: tuple[object, ...], result: object) -> None:
        """Add the call that began last, now finished, to the one that made it."""
        used, self.page = self.page, self._begun.pop()
        self.page.append((told, given, used, result))

    def give_up(self) -> None:
        """Forget the call that began last, because it was refused."""
        self.page = self._begun.pop()


RUNNING: ContextVar[Tape | None] = ContextVar("running tape", default=None)


def running() -> Tape | None:
    """Give the tape that records now, if one does."""
    return RUNNING.get()


@contextmanager
def explaining() -> Iterator[Tape]:
    """Record every rule that is called inside."""
    tape = Tape()
    token = RUNNING.set(tape)
    try:
        yield tape
    finally:
        RUNNING.reset(token)

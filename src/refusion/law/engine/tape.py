"""The recorder: while it runs, every rule that is called leaves what it read, what it used and what it gave."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from refusion.law.engine.explanation import Explanation, Told
from refusion.law.engine.figure import Figure
from refusion.law.engine.numbers import Day


@dataclass(slots=True)
class Frame:
    """What one call of a rule has used so far."""

    figures: list[tuple[Figure, Day]] = field(default_factory=list)
    policies: dict[str, str] = field(default_factory=dict)
    steps: list[Explanation] = field(default_factory=list)


class Tape:
    """What was recorded: ``steps`` are the outermost calls in order."""

    def __init__(self) -> None:
        """Start empty."""
        self._frames = [Frame()]

    @property
    def steps(self) -> tuple[Explanation, ...]:
        """Give the explanations of the outermost calls, in order."""
        return tuple(self._frames[0].steps)

    @property
    def explanation(self) -> Explanation:
        """Give the explanation of the last outermost call; raises IndexError when no rule was called."""
        return self._frames[0].steps[-1]

    def looked_up(self, figure: Figure, day: Day) -> None:
        """Note a dated figure and the day it was asked for."""
        self._frames[-1].figures.append((figure, day))

    def followed(self, policy: str, choice: str) -> None:
        """Note the option of a policy."""
        self._frames[-1].policies[policy] = choice

    def begin(self) -> None:
        """Start to collect what one call uses."""
        self._frames.append(Frame())

    def end(self, told: Told, given: tuple[object, ...], result: object) -> None:
        """Add the call that began last, now finished, to the one that made it."""
        frame = self._frames.pop()
        used = tuple(frame.figures), tuple(frame.policies.items()), tuple(frame.steps)
        self._frames[-1].steps.append(Explanation(told, given, *used, result))

    def give_up(self) -> None:
        """Forget the call that began last, because it was refused."""
        self._frames.pop()


_RUNNING: ContextVar[Tape | None] = ContextVar("running tape", default=None)


def running() -> Tape | None:
    """Give the tape that records now, if one does."""
    return _RUNNING.get()


@contextmanager
def explaining() -> Iterator[Tape]:
    """Record every rule that is called inside."""
    tape = Tape()
    token = _RUNNING.set(tape)
    try:
        yield tape
    finally:
        _RUNNING.reset(token)

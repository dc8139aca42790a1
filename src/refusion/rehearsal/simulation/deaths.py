"""Lets the house die where it commits and where it speaks: by the place and how often it was passed, never by time."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from types import FrameType

from refusion.rehearsal.chance import drawn
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Transaction, Work

FIRST_VISITS, GROWTH = 6, 3
"""A place is died at on one of its first visits, and then ever more rarely."""
HERE, WORKFLOW = __name__, "refusion.workflow"
DEEP_ENOUGH = 2


class HouseDied(BaseException):
    """The process is gone at this very place: nothing of the house may catch it."""


@dataclass(slots=True)
class Fate:
    """Where the house passes and dies. While ``relentless`` it dies at the next place it did not die at before, every time."""

    seed: int
    tell: Callable[[str], None]
    visits: Counter[str] = field(default_factory=Counter)
    deaths: Counter[str] = field(default_factory=Counter)
    _next: dict[str, int] = field(default_factory=dict)
    _passed: int = 0
    _to_pass: int | None = None
    _is_over: bool = False

    def begin_day(self, *, relentless: bool) -> None:
        """Begin a day: an ordinary one, or one on which every commit point is died at in turn."""
        self._passed, self._to_pass = 0, 0 if relentless else None

    def end(self) -> None:
        """Let nothing die any more: the year was lived, and is judged."""
        self._is_over = True

    def live_again(self) -> None:
        """Go on after a death."""
        self._passed = 0

    def passes(self, place: str) -> None:
        """Let the house pass a place, or die there with HouseDied."""
        if self._is_over:
            return
        self.visits[place] += 1
        self._passed += 1
        if self._is_fatal(place):
            self.deaths[place] += 1
            self.tell(place)
            raise HouseDied

    def _is_fatal(self, place: str) -> bool:
        if self._to_pass is not None:
            if self._passed <= self._to_pass:
                return False
            self._to_pass += 1
            return True
        visit = self.visits[place]
        fatal = self._next.setdefault(place, 1 + drawn(self.seed, FIRST_VISITS, "first death", place))
        if visit < fatal:
            return False
        self._next[place] = visit * GROWTH + drawn(self.seed, FIRST_VISITS + visit, "death", place, visit)
        return True


@dataclass(frozen=True, slots=True)
class MortalWork:
    """Opens the house's transactions; before and after each commit the house may die."""

    work: Work
    fate: Fate

    def __call__(self, institution: str, actor: Actor) -> AbstractContextManager[Transaction]:
        """Open a transaction, named by the verb and the step that asked for it."""
        return self._opened(institution, actor, _place(sys._getframe(1)))

    @contextmanager
    def _opened(self, institution: str, actor: Actor, place: str) -> Iterator[Transaction]:
        with self.work(institution, actor) as tx:
            yield tx
            self.fate.passes(f"before the commit of {place}")
        self.fate.passes(f"after the commit of {place}")


def _place(frame: FrameType | None) -> str:
    """Name the verb of the workflow and the step in it that opens a transaction."""
    names: list[str] = []
    while frame is not None and len(names) < DEEP_ENOUGH:
        module = str(frame.f_globals.get("__name__", ""))
        if module.startswith(WORKFLOW):
            names.append(frame.f_code.co_name.lstrip("_"))
        elif names:
            break
        elif not module.startswith(HERE):
            names.append(frame.f_code.co_name.lstrip("_"))
            break
        frame = frame.f_back
    return ".".join(reversed(names))

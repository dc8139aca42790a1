"""Named choices where the law's text or its sources leave room; the choice made is part of every explanation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from refusion.law.engine.tape import RUNNING

# The options chosen by the name of the policy; empty where every policy is at its default.
CHOSEN: ContextVar[Mapping[str, str]] = ContextVar("chosen policies", default={})  # noqa: B039 - never changed, replaced


@dataclass(frozen=True, slots=True)
class Policy:
    """A choice by name: its options, the default, and why there is a choice."""

    name: str
    options: tuple[str, ...]
    default: str
    why: str

    def chosen(self) -> str:
        """Give the option that is followed now, and note it on a running tape."""
        others = CHOSEN.get()
        choice = others.get(self.name, self.default) if others else self.default
        if choice not in self.options:
            raise ValueError(f"{self.name} has no option {choice!r}, only {', '.join(self.options)}")
        tape = RUNNING.get()
        if tape is not None:
            tape.page.append((None, self.name, choice))
        return choice

    def follows(self, option: str) -> bool:
        """Tell whether the given option is followed now."""
        return self.chosen() == option


@contextmanager
def following(**choices: str) -> Iterator[None]:
    """Follow other options than the defaults, by the name of the policy."""
    token = CHOSEN.set({**CHOSEN.get(), **choices})
    try:
        yield
    finally:
        CHOSEN.reset(token)

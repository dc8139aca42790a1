"""What a room has to say to a person: a key and facts; the sentence itself stands in the catalogues."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

Fact = str | int | date | None


@dataclass(frozen=True, slots=True)
class Said:
    """A text key such as ``watch.answer_missing`` and the facts that its sentence mentions.

    The part before the first dot names the catalogue. A fact whose name ends in ``_ore`` is money in øre.
    """

    key: str
    facts: Mapping[str, Fact] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Close the facts against change."""
        object.__setattr__(self, "facts", MappingProxyType(dict(self.facts)))


def said(key: str, **facts: Fact) -> Said:
    """Say something: ``said("bank.line_unmatched", amount_ore=12300)``."""
    return Said(key, facts)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in what we were given: what it is, where it stands, and what helps.

    ``row`` counts as a person sees it: the heading of a table is row 1. A national number never stands in ``value``.
    """

    what: Said
    remedy: Said
    file: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None


class BadInput(Exception):
    """Input that is refused as a whole; nothing of it was kept but the raw file itself."""

    def __init__(self, *problems: Problem) -> None:
        """Carry every problem that was found, at least one."""
        super().__init__(", ".join(problem.what.key for problem in problems))
        self.problems = problems


class Refused(Exception):
    """A request by a person that is refused with a reason and changes nothing."""

    def __init__(self, because: Said) -> None:
        """Carry the reason."""
        super().__init__(because.key)
        self.because = because

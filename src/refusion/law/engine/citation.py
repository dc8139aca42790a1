"""Where a rule stands in the law: an object that sorts and prints."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property


@dataclass(frozen=True, order=True)
class Citation:
    """One place in a statute; ``str`` writes it as the statute's own country does.

    ``unverified`` says why nobody can vouch for the place, empty where its text was read.
    """

    statute: Statute
    paragraph: str
    stk: int | None = None
    nr: int | None = None
    unverified: str = ""

    def subsection(self, number: int) -> Citation:
        """Point at a subsection of the section."""
        return replace(self, stk=number)

    def item(self, number: int) -> Citation:
        """Point at a numbered item of the section or subsection."""
        return replace(self, nr=number)

    def not_verified(self, because: str) -> Citation:
        """Say that the place itself was not read, and what is known of it instead; explanations show it."""
        return replace(self, unverified=because)

    def __str__(self) -> str:
        """Write for example ``SDL § 30, stk. 1``."""
        return self.written

    @cached_property
    def written(self) -> str:
        """Write the place once; explanations ask for it often."""
        statute = self.statute
        parts = [f"{statute.short} {statute.section_sign} {self.paragraph}"]
        parts += [f"{statute.subsection_sign} {self.stk}"] if self.stk is not None else []
        parts += [f"{statute.item_sign} {self.nr}"] if self.nr is not None else []
        return ", ".join(parts)


@dataclass(frozen=True, order=True, slots=True)
class Statute:
    """One act: its short name, its name, the edition that was read, and how its country writes places in it."""

    short: str
    title: str
    edition: str
    section_sign: str = "§"
    subsection_sign: str = "stk."
    item_sign: str = "nr."

    def section(self, paragraph: str) -> Citation:
        """Point at a section: ``SDL.section("30").subsection(1)``."""
        return Citation(self, paragraph)

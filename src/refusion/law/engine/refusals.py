"""When the law gives no answer: a fact is missing, a day lies before the first known value, an input cannot be."""

from __future__ import annotations

from collections.abc import Mapping

from refusion.values.said import Refused, said


class MissingFact(Refused):
    """Facts that a rule needs and nobody gave; all of them at once, so that they can be asked for together."""

    def __init__(self, *names: str) -> None:
        """Carry the names of all missing facts."""
        super().__init__(said("law.facts_missing", names=", ".join(names)))
        self.names = names


class NotKnown(Refused):
    """A day on which the law's figure is not known to the house."""


class NotAnswered(Refused):
    """A question that the law, as it is modelled here, refuses with a reason."""


def needed(facts: Mapping[str, object]) -> None:
    """Refuse facts that are None, naming all of them.

    Raises MissingFact.
    """
    missing = tuple(name for name, value in facts.items() if value is None)
    if missing:
        raise MissingFact(*missing)

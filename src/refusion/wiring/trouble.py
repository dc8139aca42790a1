"""What the machine or its configuration lacks, said with its remedy."""

from __future__ import annotations

from refusion.values.said import BadInput, Fact, Problem, Said


class NotReady(BadInput):
    """The installation lacks something; no work was begun."""


def not_ready(topic: str, **facts: Fact) -> NotReady:
    """Make the error for a topic: its sentence is the key itself, its remedy the key with ``_remedy``."""
    return NotReady(Problem(what=Said(topic, facts), remedy=Said(f"{topic}_remedy", facts)))

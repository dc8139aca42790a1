"""The audit trail: one line per verb, chained per institution, written in the verb's own transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol


class Audit(Protocol):
    """Where the trail is written; it can only grow."""

    def note(self, verb: str, subject: str, facts: Mapping[str, object]) -> None:
        """Note what the verb did; the transaction writes one chained line with actor, instant and facts at its end."""

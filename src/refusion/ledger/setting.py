"""Whether an institution pre-registers: a setting with days, so that switching it on never reaches back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Rule:
    """From ``since`` on, claims of ``kind`` (None: every kind) are pre-registered when ``on``, otherwise not."""

    since: date
    on: bool
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class PreRegistration:
    """The rules of an institution; on by default. A rule for the kind goes before one for every kind."""

    rules: tuple[Rule, ...] = ()
    on_by_default: bool = True

    def applies(self, kind: str, filed_on: date) -> bool:
        """Tell whether a claim of the kind that was filed on the day is pre-registered.

        The day of filing decides for good: a claim filed while it was off has no postings later either.
        """
        begun = [rule for rule in self.rules if rule.since <= filed_on and rule.kind in (kind, None)]
        own = [rule for rule in begun if rule.kind == kind]
        latest = max(own or begun, key=lambda rule: rule.since, default=None)
        return self.on_by_default if latest is None else latest.on

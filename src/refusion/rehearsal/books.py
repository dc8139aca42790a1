"""The books of a rehearsal in one canonical form, so that two runs can be compared byte by byte, and their own promises."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from refusion.rehearsal.outside.authority import Counterpart
from refusion.store.reads.books import attempts_without_outcome, books, first_broken_line, unbalanced_transactions
from refusion.wiring.house import House
from refusion.workflow.ports.institution import HOUSE

PURPOSE = "rehearsal"
WITNESSED = ("intent", "bundle", "cvr", "form", "action", "authority_id", "receipt", "signed_on", "content_hash",
             "business_hash", "standing")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Promises:
    """What must hold of an institution's books whatever happened on the way; all are 0 and the trail is whole."""

    attempts_without_outcome: int
    unbalanced_transactions: int
    broken_audit_line: int | None

    @property
    def hold(self) -> bool:
        """Tell whether all do."""
        return not self.attempts_without_outcome and not self.unbalanced_transactions and self.broken_audit_line is None


def canonical(house: House, codes: Iterable[str], authority: Counterpart) -> bytes:
    """Write the books of institutions and the twin's list of accepted reports, without instants and running numbers."""
    told: dict[str, Any] = {"accepted": [_witnessed(item) for item in authority.accepted()]}
    told["accepted"].sort(key=repr)
    for code in codes:
        with house.reading(HOUSE, code, PURPOSE):
            told[code] = books()
    return json.dumps(told, ensure_ascii=False, sort_keys=True, indent=0).encode()


def promises(house: House, code: str) -> Promises:
    """Check what an institution's books promise by themselves."""
    with house.reading(HOUSE, code, PURPOSE):
        return Promises(attempts_without_outcome(), unbalanced_transactions(), first_broken_line())


def _witnessed(item: dict[str, Any]) -> list[Any]:
    return [item[name] for name in WITNESSED]

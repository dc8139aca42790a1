"""Reads why a claim's amount is what it is: the explanation that was kept with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from refusion.claims.facts import Answer
from refusion.store.claims import answers_from_json
from refusion.store.reads.rows import one


@dataclass(frozen=True, slots=True)
class ClaimExplanation:
    """One version of a claim with its expected øre and the explanation tree as stored (``law.engine``)."""

    claim: UUID
    claim_number: int
    case_number: int
    person: UUID
    name: str
    version: int
    newest_version: int
    first_day: date
    last_day: date
    refund: int
    supplement: int
    estimated: bool
    law_version: str
    made_on: date
    filed: bool
    written_answers: str
    written_explanation: str

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Give the answers of this version, each with where it came from."""
        return answers_from_json(self.written_answers)

    @property
    def explanation(self) -> Mapping[str, Any]:
        """Give the tree as stored; days in it are ISO text."""
        found: Mapping[str, Any] = json.loads(self.written_explanation)
        return found

    @property
    def expected(self) -> int:
        """Add refund and supplement, in øre."""
        return self.refund + self.supplement


_EXPLANATION = """
    SELECT cl.id, cl.number, c.number, c.person_id, p.name, v.version, cl.version, v.first_day, v.last_day, v.refund,
           v.supplement, v.estimated, v.law_version, v.made_on, v.fixed_at IS NOT NULL, v.answers::text, v.explanation::text
    FROM claim cl
    JOIN claim_version v ON v.institution_id = cl.institution_id AND v.claim_id = cl.id
                        AND v.version = coalesce(%(version)s::int, cl.version)
    JOIN refund_case c ON c.institution_id = cl.institution_id AND c.id = cl.case_id
    JOIN person p ON p.institution_id = c.institution_id AND p.id = c.person_id
    WHERE cl.number = %(number)s
"""


def claim_explanation(number: int, version: int | None = None) -> ClaimExplanation | None:
    """Give the explanation of a claim, of its current version or an earlier one; None when there is none."""
    return one(ClaimExplanation, _EXPLANATION, {"number": number, "version": version})


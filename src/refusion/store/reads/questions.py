"""Reads what a rehearsal needs to play the people and to know when a day's filing is over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from refusion.store.reads.rows import rows


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """One open task with the business keys of what it is about."""

    task: UUID
    kind: str
    question: str | None
    about: str | None
    opened_on: date
    employment: UUID | None
    employment_number: str | None
    absence_number: str | None
    claim: UUID | None


_OPEN = """
    SELECT t.id, t.kind, t.question, t.about, t.opened_on, e.id, e.number, a.number, t.claim_id
    FROM task t
    LEFT JOIN claim cl ON cl.institution_id = t.institution_id AND cl.id = t.claim_id
    LEFT JOIN refund_case c ON c.institution_id = t.institution_id AND c.id = coalesce(t.case_id, cl.case_id)
    LEFT JOIN employment e ON e.institution_id = c.institution_id AND e.id = c.employment_id
    LEFT JOIN absence a ON a.institution_id = c.institution_id AND a.id = c.absence_id
    WHERE t.done_on IS NULL AND t.kind = ANY(%(kinds)s) AND (t.kind <> 'difference' OR cl.state = 'differing')
    ORDER BY t.opened_on, t.id
"""


def open_questions(kinds: Sequence[str]) -> tuple[OpenQuestion, ...]:
    """Give the open tasks of some kinds, the oldest first; a difference only while its claim differs."""
    return rows(OpenQuestion, _OPEN, {"kinds": list(kinds)})


_WITHOUT = """
    SELECT e.number, e.id FROM employment e
    WHERE e.number = ANY(%(numbers)s)
      AND NOT EXISTS (SELECT 1 FROM entered_answer a
                      WHERE a.institution_id = e.institution_id AND a.employment_id = e.id AND a.question = %(question)s)
    ORDER BY e.number
"""


def employments_without(question: str, numbers: Sequence[str]) -> Mapping[str, UUID]:
    """Give, of some employments by number, those for which nobody has answered a question yet."""
    found = rows(lambda *pair: pair, _WITHOUT, {"question": question, "numbers": list(numbers)})
    return dict(found)

"""Answers that an institution gives once for all: proposed by one person, approved by another, named in what is filed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from types import MappingProxyType
from uuid import UUID

from refusion.claims.facts import Answer

HOURS = re.compile(r"\d{1,5}")
MOST_HOURS = 16800


@dataclass(frozen=True, slots=True)
class AnswerRule:
    """One rule: the answer to a field of notifications (canonical text), why it is true, and the absences it holds for.

    ``content_hash`` binds the approval to these words; a rule holds for absences that begin on its days.
    """

    id: UUID
    number: int
    field: str
    value: str
    because: str
    valid_from: date
    valid_until: date | None
    content_hash: str
    proposed_by: str
    proposed_at: datetime
    approved_by: str | None = None
    approved_at: datetime | None = None
    withdrawn_by: str | None = None
    withdrawn_at: datetime | None = None

    @property
    def name(self) -> str:
        """Name the rule as a filing does."""
        return f"R{self.number}"

    def holds_on(self, day: date) -> bool:
        """Tell whether the rule is approved, stands, and covers the day."""
        stands = self.approved_at is not None and self.withdrawn_at is None
        return stands and self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


def hash_of(field: str, value: str, because: str, valid_from: date, valid_until: date | None) -> str:
    """Give the identity of what a rule says, in 64 hexadecimal digits."""
    until = valid_until.isoformat() if valid_until else ""
    return sha256(f"{field}\x1f{value}\x1f{because}\x1f{valid_from.isoformat()}\x1f{until}".encode()).hexdigest()


def _hours(text: str) -> int | None:
    return int(text) if HOURS.fullmatch(text) and 0 < int(text) <= MOST_HOURS else None


def _yes_or_no(text: str) -> bool | None:
    return {"yes": True, "no": False}.get(text)


def _words(text: str) -> str | None:
    return text.strip() or None


FIELDS: Mapping[str, Callable[[str], int | bool | str | None]] = MappingProxyType({
    "weekly_hours": _hours,
    "wage_paid": _yes_or_no,
    "agreement_56": _yes_or_no,
    "pregnancy": _yes_or_no,
    "contact": _words,
})
"""The answers of a notification that a rule may give, with how its text is read; None where the text cannot be one."""
GRANTED = ("wage_paid", "agreement_56", "pregnancy", "contact")
"""What a notification says of its own accord where nobody said otherwise: it is on wage, under no agreement, no pregnancy."""
# What payroll or a person said is never answered over; what the house took for granted is.
_TAKEN_FOR_GRANTED = frozenset({"rule", "case"})


def by_rule(answers: Sequence[Answer], rules: Iterable[AnswerRule], day: date) -> tuple[Answer, ...]:
    """Answer what lacks, or what was taken for granted, by the newest approved rule for the day; the rest stays as it is."""
    holding = {rule.field: rule for rule in sorted(rules, key=lambda rule: rule.number) if rule.holds_on(day)}
    return tuple(_ruled(answer, holding.get(answer.field)) for answer in answers)


def _ruled(answer: Answer, rule: AnswerRule | None) -> Answer:
    if rule is None or not (answer.missing or answer.source in _TAKEN_FOR_GRANTED):
        return answer
    learned = rule.approved_at.date() if rule.approved_at else None
    return Answer(answer.field, FIELDS[rule.field](rule.value), "rule", rule.number, learned)


def names_of(answers: Iterable[Answer]) -> dict[str, str]:
    """Name the rule behind each answer that an approved rule gave, by field."""
    return {answer.field: f"R{answer.version}" for answer in answers if answer.source == "rule" and answer.version is not None}


def granted_without_rule(rules: Iterable[AnswerRule], day: date) -> tuple[str, ...]:
    """Name the answers, none of them mandatory, that the house takes for granted on a day though no approved rule says so."""
    ruled = {rule.field for rule in rules if rule.holds_on(day)}
    return tuple(field for field in GRANTED if field not in ruled)

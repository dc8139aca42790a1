"""Keeps the answers that an institution approved beforehand."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import datetime

from refusion.claims.answer_rules import AnswerRule
from refusion.store.tenant import Tenant, insert

_COLUMNS = ", ".join(fact.name for fact in fields(AnswerRule))
_SELECT = f"SELECT {_COLUMNS} FROM answer_rule WHERE institution_id = %(institution)s"  # noqa: S608 (our own names)
_PROPOSED = "id, number, field, value, because, valid_from, valid_until, content_hash, proposed_by, proposed_at"
_PROPOSE = insert("answer_rule", _PROPOSED)
_APPROVE = """
    UPDATE answer_rule SET approved_by = %(by)s, approved_at = %(at)s, approved_hash = %(hash)s
    WHERE institution_id = %(institution)s AND id = %(id)s
"""
_WITHDRAW = """
    UPDATE answer_rule SET withdrawn_by = %(by)s, withdrawn_at = %(at)s WHERE institution_id = %(institution)s AND id = %(id)s
"""


@dataclass(frozen=True, slots=True)
class StoredAnswerRules:
    """An institution's rules, read once in a transaction."""

    tenant: Tenant
    read: list[tuple[AnswerRule, ...]] = field(default_factory=list)

    def every(self) -> tuple[AnswerRule, ...]:
        """Give all rules by number, read once in a transaction; withdrawn and not yet approved ones too."""
        if not self.read:
            self.read.append(rules_of(self.tenant))
        return self.read[0]

    def find(self, number: int) -> AnswerRule:
        """Give a rule and lock it; raises Refused when there is none."""
        return AnswerRule(*self.tenant.found(_SELECT + " AND number = %(number)s FOR UPDATE", number=number))

    def propose(self, rule: AnswerRule) -> None:
        """Keep a proposed rule."""
        self.read.clear()
        self.tenant.run(_PROPOSE, **{name: getattr(rule, name) for name in _PROPOSED.split(", ")})

    def approve(self, rule: AnswerRule, by: str, at: datetime) -> None:
        """Note the approval, bound to what was proposed; the database refuses the proposer's own."""
        self.read.clear()
        self.tenant.run(_APPROVE, id=rule.id, by=by, at=at, hash=rule.content_hash)

    def withdraw(self, rule: AnswerRule, by: str, at: datetime) -> None:
        """Note that a rule no longer holds."""
        self.read.clear()
        self.tenant.run(_WITHDRAW, id=rule.id, by=by, at=at)


def rules_of(tenant: Tenant) -> tuple[AnswerRule, ...]:
    """Read all rules of an institution by number."""
    return tuple(AnswerRule(*row) for row in tenant.rows(_SELECT + " ORDER BY number"))

"""Who acts, as the rule of four eyes asks: one account of one person."""

from __future__ import annotations

from refusion.salary_guard.resolving.approval import Actor
from refusion.values.ids import derived_id
from refusion.workflow.ports.work import Transaction


def account_of(tx: Transaction, name: str) -> Actor:
    """Give the account of a user name; two spellings of a name by capitals or spaces are one person."""
    person = derived_id(tx.institution.namespace, "colleague", "".join(name.casefold().split()))
    return Actor(account=derived_id(tx.institution.namespace, "account", name), person=person)

"""The books: transactions and their postings; the database refuses an unbalanced one and any change."""

from __future__ import annotations

from django.db import models

from refusion.store.models.bound import Bound, Thing


class LedgerTransaction(Thing):
    """One transaction: when it happened, when we learned of it, why, and how many postings it has."""

    position = models.BigIntegerField()
    reason = models.TextField()
    happened_on = models.DateField()
    learned_at = models.DateTimeField()
    corrects_id = models.UUIDField(null=True)
    text_key = models.TextField()
    text_facts = models.JSONField()
    postings = models.IntegerField()

    class Meta:
        db_table = "ledger_transaction"


class Posting(Bound):
    """One line of a transaction, øre: debit positive, credit negative."""

    pk = models.CompositePrimaryKey("institution_id", "transaction_id", "position")
    transaction_id = models.UUIDField()
    position = models.IntegerField()
    account = models.TextField()
    amount = models.BigIntegerField()
    claim_id = models.UUIDField(null=True)

    class Meta:
        db_table = "posting"

"""The books: transactions and postings, proofs of them, what of them left the house, and what is to be taken back."""

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
    payment_id = models.UUIDField(null=True)

    class Meta:
        db_table = "posting"


class Certificate(Bound):
    """One proof of the books of a day: its figures and differences as canonical JSON, chained to the proof before it."""

    pk = models.CompositePrimaryKey("institution_id", "day", "number")
    day = models.DateField()
    number = models.IntegerField()
    position = models.BigIntegerField()
    certified = models.BooleanField()
    figures = models.TextField()
    differences = models.TextField()
    digest = models.TextField()
    previous = models.TextField()
    made_by = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "certificate"


class JournalExport(Bound):
    """One batch of journal lines for an accounting program, with the very bytes that were given out; ``debit`` is øre."""

    pk = models.CompositePrimaryKey("institution_id", "target", "number")
    target = models.TextField()
    number = models.IntegerField()
    form = models.TextField()
    first_day = models.DateField()
    last_day = models.DateField()
    transactions = models.IntegerField()
    lines = models.IntegerField()
    debit = models.BigIntegerField()
    sha256 = models.TextField()
    content = models.BinaryField()
    made_by = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "journal_export"


class JournalExported(Bound):
    """In which batch a transaction went to a target: its key lets it go there once."""

    pk = models.CompositePrimaryKey("institution_id", "target", "transaction_id")
    target = models.TextField()
    transaction_id = models.UUIDField()
    number = models.IntegerField()

    class Meta:
        db_table = "journal_exported"


class PostingVoid(Thing):
    """A posting that somebody proposes to take back; ``outcome`` None: nobody has approved or withdrawn it yet."""

    transaction_id = models.UUIDField()
    reason = models.TextField()
    content_hash = models.TextField()
    proposed_by = models.TextField()
    proposed_at = models.DateTimeField()
    outcome = models.TextField(null=True)
    decided_by = models.TextField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_hash = models.TextField(null=True)

    class Meta:
        db_table = "posting_void"

"""The outbox: reports on their way to an authority, and each attempt."""

from __future__ import annotations

from django.db import models

from refusion.store.models.bound import Bound, Thing


class Filing(Thing):
    """A report (``claims.filing.Filing``); ``position`` is the order of intent, ``sealed_content`` opens with field ``filing``."""

    position = models.BigIntegerField()
    case_id = models.UUIDField()
    kind = models.TextField()
    subject_id = models.UUIDField()
    version = models.IntegerField()
    sealed_content = models.BinaryField()
    content_hash = models.TextField()
    state = models.TextField()
    due_on = models.DateField()
    deadline = models.DateField()
    at_stake = models.BigIntegerField()
    intended_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    attempts = models.IntegerField()
    not_found = models.IntegerField()
    receipt = models.TextField(null=True)
    authority_id = models.TextField(null=True)
    answer_code = models.TextField(null=True)
    supersedes = models.TextField(null=True)

    class Meta:
        db_table = "filing"


class FilingAttempt(Bound):
    """One attempt; ``ended_at`` None: under way, or nobody knows what became of it."""

    pk = models.CompositePrimaryKey("institution_id", "filing_id", "number")
    filing_id = models.UUIDField()
    number = models.IntegerField()
    content_hash = models.TextField()
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.TextField(null=True)
    error = models.TextField(null=True)

    class Meta:
        db_table = "filing_attempt"

"""The audit trail and the log of who looked at whom; both only grow."""

from __future__ import annotations

from django.db import models

from refusion.store.models.bound import Bound


class AuditEntry(Bound):
    """One line per verb, chained: ``hash`` covers the previous hash and every field; ``facts`` is canonical JSON text."""

    pk = models.CompositePrimaryKey("institution_id", "sequence")
    sequence = models.BigIntegerField()
    at = models.DateTimeField()
    actor = models.TextField()
    verb = models.TextField()
    subject = models.TextField()
    facts = models.TextField()
    previous_hash = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        db_table = "audit_entry"


class LookUp(Bound):
    """Who saw which person, where and for what purpose; ``shown`` counts the rows of that person."""

    pk = models.CompositePrimaryKey("institution_id", "position")
    position = models.BigIntegerField()
    at = models.DateTimeField()
    actor = models.TextField()
    purpose = models.TextField()
    page = models.TextField()
    person_id = models.UUIDField()
    shown = models.IntegerField()

    class Meta:
        db_table = "look_up"

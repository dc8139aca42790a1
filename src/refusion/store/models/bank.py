"""Decisions, bank lines and what belongs together; none of them ever changes."""

from __future__ import annotations

from django.db import models

from refusion.store.models.bound import Thing


class Decision(Thing):
    """An authority's decision on a claim: its totals and what it pays, in øre; ``position`` is the order in which we learned them."""

    position = models.BigIntegerField()
    authority_id = models.TextField()
    claim_id = models.UUIDField()
    claim_version = models.IntegerField()
    refund = models.BigIntegerField()
    supplement = models.BigIntegerField()
    pays = models.BigIntegerField()
    revises = models.TextField(null=True)
    reference = models.TextField()
    decided_on = models.DateField()
    pays_on = models.DateField(null=True)
    text = models.TextField()

    class Meta:
        db_table = "decision"


class BankLine(models.Model):
    """A booked line of a mandate's account; ``institution_id`` None: it lies in the mandate's tray, ``tray`` says why."""

    id = models.UUIDField(primary_key=True)
    mandate_id = models.UUIDField()
    key = models.TextField()
    institution_id = models.BigIntegerField(null=True)
    position = models.BigIntegerField()
    account = models.TextField()
    currency = models.TextField()
    amount = models.BigIntegerField()
    booked_on = models.DateField()
    reference = models.TextField()
    payer = models.TextField()
    text = models.TextField()
    tray = models.TextField(null=True)
    received_by_id = models.BigIntegerField()
    file_id = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "bank_line"

    def __str__(self) -> str:
        """Name the line by its identity over all files."""
        return self.key


class BankMatch(Thing):
    """A share of a bank line that belongs to a claim, in øre; one that ``undoes_id`` another takes it back.

    ``by`` is the person who made it, empty for the house; ``note`` is what he gave as the reason.
    """

    line_id = models.UUIDField()
    claim_id = models.UUIDField()
    decision_id = models.UUIDField(null=True)
    amount = models.BigIntegerField()
    reason = models.TextField()
    matched_on = models.DateField()
    by = models.TextField(db_default="")
    note = models.TextField(db_default="")
    undoes_id = models.UUIDField(null=True)

    class Meta:
        db_table = "bank_match"

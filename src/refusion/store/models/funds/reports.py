"""Report files to funds, the claims in them, and what was answered."""

from __future__ import annotations

from django.db import models

from refusion.store.models.bound import Bound, Thing


class FundReport(Thing):
    """A report file given out to a fund (``workflow.ports.funds.Report``); received or withdrawn once. Øre."""

    number = models.BigIntegerField()
    kind = models.TextField()
    first_day = models.DateField()
    last_day = models.DateField()
    name = models.TextField()
    file_id = models.UUIDField()
    total = models.BigIntegerField()
    made_by = models.TextField()
    made_at = models.DateTimeField()
    receipt = models.TextField(null=True)
    received_on = models.DateField(null=True)
    received_by = models.TextField(null=True)
    withdrawn_by = models.TextField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "fund_report"


class FundReportLine(Bound):
    """A claim's version in a report file and what the file says of it: new, corrected, withdrawn; never changes. Øre."""

    pk = models.CompositePrimaryKey("institution_id", "report_id", "claim_id")
    report_id = models.UUIDField()
    claim_id = models.UUIDField()
    version = models.IntegerField()
    action = models.TextField()
    amount = models.BigIntegerField()

    class Meta:
        db_table = "fund_report_line"


class FundAnswer(Thing):
    """A row of a decision file; ``claim_id`` is None while nobody knows which claim it is about. Øre; never changes."""

    file_id = models.UUIDField()
    kind = models.TextField()
    decision = models.TextField()
    claim_number = models.TextField()
    claim_id = models.UUIDField(null=True)
    outcome = models.TextField()
    refund = models.BigIntegerField()
    supplement = models.BigIntegerField()
    pays = models.BigIntegerField()
    decided_on = models.DateField()
    pays_on = models.DateField(null=True)
    reference = models.TextField()
    revises = models.TextField(null=True)
    reason = models.TextField()
    learned_at = models.DateTimeField()

    class Meta:
        db_table = "fund_answer"

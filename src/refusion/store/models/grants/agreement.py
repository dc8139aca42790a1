"""Grant agreements at work: what was opened, its papers, reports, steps, decisions, orders, payout runs and their lines."""

from __future__ import annotations

from django.db import models

from refusion.store.models.bound import Bound, Thing


class GrantAgreement(Thing):
    """An agreement that an institution opened, as the text of figures it had then; never changes."""

    name = models.TextField()
    content = models.TextField()
    content_hash = models.TextField()
    opened_by = models.TextField()
    opened_at = models.DateTimeField()

    class Meta:
        db_table = "grant_agreement"


class AgreementPaper(Thing):
    """A dated document of an agreement (``grants.course.records.Paper``); never changes, a newer number takes its place."""

    agreement_id = models.UUIDField()
    kind = models.TextField()
    key = models.TextField()
    number = models.IntegerField()
    day = models.DateField()
    document = models.TextField()
    content = models.JSONField()
    noted_by = models.TextField()
    noted_at = models.DateTimeField()

    class Meta:
        db_table = "agreement_paper"


class ConditionReport(Thing):
    """A report on a condition as it came (``grants.course.records.Received``); never changes."""

    agreement_id = models.UUIDField()
    pot = models.TextField()
    who = models.TextField()
    number = models.IntegerField()
    diary = models.TextField()
    received_at = models.DateTimeField()
    received_on = models.DateField()
    sent_by = models.TextField()
    evidence = models.JSONField()
    exception = models.TextField()
    late = models.BooleanField()
    interim = models.BooleanField()
    noted_by = models.TextField()
    noted_at = models.DateTimeField()

    class Meta:
        db_table = "condition_report"


class ConditionStep(Bound):
    """One event of a condition and the state after it (``grants.course.records.Step``); never changes."""

    pk = models.CompositePrimaryKey("institution_id", "agreement_id", "pot", "who", "sequence")
    agreement_id = models.UUIDField()
    pot = models.TextField()
    who = models.TextField()
    sequence = models.IntegerField()
    state = models.TextField()
    event = models.TextField()
    at = models.DateTimeField()
    by = models.TextField()
    because = models.TextField()
    due = models.DateField(null=True)

    class Meta:
        db_table = "condition_step"


class ConditionDecision(Thing):
    """A decision on a condition (``grants.course.records.Decided``): proposed, approved by another, or withdrawn."""

    agreement_id = models.UUIDField()
    pot = models.TextField()
    who = models.TextField()
    number = models.IntegerField()
    fulfilled = models.BooleanField()
    reason = models.TextField()
    evidence = models.JSONField()
    consulted = models.TextField()
    content_hash = models.TextField()
    proposed_by = models.TextField()
    proposed_at = models.DateTimeField()
    approved_by = models.TextField(null=True)
    approved_at = models.DateTimeField(null=True)
    approved_hash = models.TextField(null=True)
    withdrawn_by = models.TextField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "condition_decision"


class InvestigationOrder(Thing):
    """An ordered investigation (``grants.course.records.Order``); names no person; delivered once."""

    agreement_id = models.UUIDField()
    reference = models.TextField()
    county = models.TextField()
    unit = models.TextField()
    ordered_on = models.DateField()
    due_on = models.DateField()
    delivered_on = models.DateField(null=True)

    class Meta:
        db_table = "investigation_order"


class PayoutRun(Thing):
    """A payout run (``grants.course.records.PayoutRun``): proposed, approved by another in the same figures, paid once."""

    agreement_id = models.UUIDField()
    number = models.IntegerField()
    pots = models.JSONField()
    pays_on = models.DateField()
    corrects = models.IntegerField(null=True)
    content = models.JSONField()
    content_hash = models.TextField()
    proposed_by = models.TextField()
    proposed_at = models.DateTimeField()
    approved_by = models.TextField(null=True)
    approved_at = models.DateTimeField(null=True)
    approved_hash = models.TextField(null=True)
    withdrawn_by = models.TextField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    paid_by = models.TextField(null=True)
    paid_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "payout_run"


class PayoutLine(Bound):
    """What a run pays a payee of one pot (``grants.course.records.Line``), with its line of the state budget; never changes. Øre."""

    pk = models.CompositePrimaryKey("institution_id", "run_id", "pot", "payee")
    run_id = models.UUIDField()
    pot = models.TextField()
    payee = models.TextField()
    amount = models.BigIntegerField()
    paid_before = models.BigIntegerField()
    difference = models.BigIntegerField()
    budget = models.TextField()

    class Meta:
        db_table = "payout_line"

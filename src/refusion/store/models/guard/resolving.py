"""Limits that two people set, and what people did about a payment: steps, proposals, requests to stop it."""

from __future__ import annotations

from django.db import models

from refusion.store.models.bound import Bound, Thing


class PayLimit(Thing):
    """A limit, øre; ``before`` is what held without it, so that a raise is known as one. ``outcome`` None: only proposed."""

    number = models.BigIntegerField()
    subject = models.TextField()
    person_id = models.UUIDField(null=True)
    employment = models.TextField()
    amount = models.BigIntegerField()
    before = models.BigIntegerField()
    valid_from = models.DateField(null=True)
    reason = models.TextField()
    case_number = models.TextField()
    case_text = models.TextField()
    case_state = models.TextField()
    content_hash = models.TextField()
    proposed_by = models.TextField()
    proposed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    outcome = models.TextField(null=True)
    decided_by = models.TextField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_hash = models.TextField(null=True)
    used_run_id = models.UUIDField(null=True)
    ended_on = models.DateField(null=True)
    deleted_by = models.TextField(null=True)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "pay_limit"


class PaymentStep(Bound):
    """One thing that happened to a payment: the event, the states around it, what it posted, by whom and why."""

    pk = models.CompositePrimaryKey("institution_id", "payment_id", "position")
    payment_id = models.UUIDField()
    position = models.IntegerField()
    event = models.TextField()
    before = models.TextField()
    after = models.TextField()
    amount = models.BigIntegerField()
    transaction_id = models.UUIDField(null=True)
    reason = models.TextField()
    by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "payment_step"


class PaymentProposal(Thing):
    """What one person proposed to do about a payment; ``outcome`` None while no second person decided."""

    number = models.BigIntegerField()
    payment_id = models.UUIDField()
    subject = models.TextField()
    amount = models.BigIntegerField()
    reason = models.TextField()
    content_hash = models.TextField()
    proposed_by = models.TextField()
    proposed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    outcome = models.TextField(null=True)
    decided_by = models.TextField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_hash = models.TextField(null=True)

    class Meta:
        db_table = "payment_proposal"


class StopRequest(Thing):
    """A request to bank or NemKonto to stop a payment that was sent; ``answer`` None while none came."""

    payment_id = models.UUIDField()
    channel = models.TextField()
    asked_by = models.TextField()
    asked_at = models.DateTimeField()
    answer = models.TextField(null=True)
    answered_by = models.TextField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "stop_request"

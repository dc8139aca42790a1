"""Pay runs, their payments with sealed receivers, and what the guard decides at an institution."""

from __future__ import annotations

from django.db import models

from refusion.store.models.bound import Bound, Thing


class PayRun(Thing):
    """One guarded run, øre; ``accounts`` are the numbers that its payments are booked on, ``made_at`` stands in its bank file."""

    number = models.BigIntegerField()
    name = models.TextField()
    file_id = models.UUIDField()
    value_date = models.DateField()
    payments = models.IntegerField()
    total = models.BigIntegerField()
    goes = models.BigIntegerField()
    held = models.BigIntegerField()
    state = models.TextField()
    not_checked = models.JSONField()
    accounts = models.JSONField()
    made_at = models.DateTimeField()
    taken_by = models.TextField()
    written_at = models.DateTimeField(null=True)
    written_by = models.TextField(null=True)

    class Meta:
        db_table = "pay_run"


class RunPayment(Thing):
    """What of a payment goes or is held, øre; ``sealed_receiver`` opens with field ``receiver``: name, number, account, text.

    A payment of which a part is held has two rows. ``held_against`` is the limit, ``applied`` which one it was,
    ``total`` the person's net pay in the run.
    """

    number = models.BigIntegerField()
    run_id = models.UUIDField()
    row = models.IntegerField()
    payment = models.TextField()
    employment = models.TextField()
    person_id = models.UUIDField()
    net = models.BigIntegerField()
    amount = models.BigIntegerField()
    hold = models.SmallIntegerField()
    total = models.BigIntegerField()
    held_against = models.BigIntegerField()
    applied = models.SmallIntegerField()
    warned = models.BooleanField()
    unapproved = models.BooleanField()
    findings = models.JSONField()
    state = models.TextField()
    steps = models.IntegerField()
    bank_status = models.TextField(null=True)
    bank_reason = models.TextField()
    sealed_receiver = models.BinaryField()

    class Meta:
        db_table = "run_payment"


class ParkedAnswer(Thing):
    """What a bank answered about a payment that nobody here sent."""

    file_id = models.UUIDField()
    message = models.TextField()
    payment = models.TextField()
    status = models.TextField()
    reason = models.TextField()
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "parked_answer"


class GuardSetting(Bound):
    """One thing that an institution decides of its guard."""

    pk = models.CompositePrimaryKey("institution_id", "name")
    name = models.TextField()
    value = models.TextField()

    class Meta:
        db_table = "guard_setting"

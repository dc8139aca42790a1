"""Claims, their versions, and kroner that were lost."""

from __future__ import annotations

from django.db import models

from refusion.store.models.bound import Bound, Thing


class Claim(Thing):
    """One claim; what it says stands in the ``claim_version`` of its ``version``. Money in øre."""

    number = models.BigIntegerField()
    case_id = models.UUIDField()
    sequence = models.IntegerField()
    version = models.IntegerField()
    state = models.TextField()
    requested_on = models.DateField(null=True)
    authority_id = models.TextField(null=True)
    decided = models.BigIntegerField(null=True)
    received = models.BigIntegerField()

    class Meta:
        db_table = "claim"


class ClaimVersion(Bound):
    """What a claim says: answers, expected øre, explanation. A draft may be rewritten until ``fixed_at``, then never."""

    pk = models.CompositePrimaryKey("institution_id", "claim_id", "version")
    claim_id = models.UUIDField()
    version = models.IntegerField()
    first_day = models.DateField()
    last_day = models.DateField()
    request_by = models.DateField()
    answers = models.JSONField()
    refund = models.BigIntegerField()
    supplement = models.BigIntegerField()
    estimated = models.BooleanField()
    explanation = models.JSONField()
    law_version = models.TextField()
    made_on = models.DateField()
    recorded_at = models.DateTimeField()
    fixed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "claim_version"


class Loss(Thing):
    """Øre that can no longer be had, for which days, why, and of which claim where it is one's; never changes."""

    number = models.BigIntegerField()
    claim_id = models.UUIDField(null=True)
    case_id = models.UUIDField()
    first_day = models.DateField()
    last_day = models.DateField()
    amount = models.BigIntegerField()
    cause = models.TextField()
    certain_on = models.DateField()
    deadline = models.DateField()
    known_on = models.DateField()

    class Meta:
        db_table = "loss"

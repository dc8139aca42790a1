"""Which kinds of refund are switched on, and what other systems of the employer were decided."""

from __future__ import annotations

from django.db import models

from refusion.store.models.bound import Bound


class KindStage(Bound):
    """A switch of a kind (``cases.stages.Switch``) in the order in which they were said; never changes."""

    pk = models.CompositePrimaryKey("institution_id", "position")
    position = models.BigIntegerField()
    kind = models.TextField()
    since = models.DateField()
    stage = models.TextField()
    codes = models.JSONField()
    set_by = models.TextField()
    set_at = models.DateTimeField()

    class Meta:
        db_table = "kind_stage"


class OtherDecision(Bound):
    """A decision on a report that another system of the employer filed: what a pilot's draft is held against. Øre."""

    pk = models.CompositePrimaryKey("institution_id", "decision_id")
    decision_id = models.TextField()
    first_day = models.DateField()
    last_day = models.DateField()
    refund = models.BigIntegerField()
    supplement = models.BigIntegerField()
    decided_on = models.DateField()
    revises = models.TextField(null=True)
    learned_at = models.DateTimeField()

    class Meta:
        db_table = "other_decision"

"""Refund cases and their history, the kinds that are switched on, and what other systems of the employer were decided."""

from __future__ import annotations

from django.db import models

from refusion.store.models.bound import Bound, Thing


class RefundCase(Thing):
    """One refund case (``cases.facts.Case``); ``number`` is what people call it; a fund's case has no absence."""

    number = models.BigIntegerField()
    employment_id = models.UUIDField()
    person_id = models.UUIDField()
    absence_id = models.UUIDField(null=True)
    kind = models.TextField()
    state = models.TextField()
    first_absence_day = models.DateField()
    last_absence_day = models.DateField(null=True)
    refund_from = models.DateField()
    file_on = models.DateField()
    notify_by = models.DateField()
    opened_on = models.DateField()
    known_on = models.DateField()
    notified_on = models.DateField(null=True)
    told_last_day = models.DateField(null=True)
    authority_id = models.TextField(null=True)
    version = models.IntegerField()
    pilot = models.BooleanField(default=False)

    class Meta:
        db_table = "refund_case"


class CaseHistory(Bound):
    """A state that a case came to, why, when and through whom; never changes."""

    pk = models.CompositePrimaryKey("institution_id", "case_id", "position")
    case_id = models.UUIDField()
    position = models.BigIntegerField()
    state = models.TextField()
    because = models.TextField()
    by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "case_history"


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

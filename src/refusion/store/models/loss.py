"""What became of a loss: who follows it, what was applied for, what was granted, what came after all."""

from __future__ import annotations

from django.db import models

from refusion.store.models.bound import Bound


class LossStep(Bound):
    """One step (``claims.losses.Step``) of following a loss; never changes. ``letter`` is sealed to field ``letter``."""

    pk = models.CompositePrimaryKey("institution_id", "loss_id", "position")
    loss_id = models.UUIDField()
    position = models.BigIntegerField()
    step = models.TextField()
    day = models.DateField()
    by = models.TextField()
    text = models.TextField()
    amount = models.BigIntegerField()
    letter = models.BinaryField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "loss_step"

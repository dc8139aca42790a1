"""What all tables of an institution have: the institution first in every key."""

from __future__ import annotations

from django.db import models


class Bound(models.Model):
    """A row of one institution; a forced policy shows it to that institution's transactions alone."""

    institution_id = models.BigIntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        """Name the row by its key."""
        return f"{type(self).__name__} {self.pk}"


class Thing(Bound):
    """A row with an id that the rooms derived from what it names."""

    pk = models.CompositePrimaryKey("institution_id", "id")
    id = models.UUIDField()

    class Meta(Bound.Meta):
        abstract = True


class Version(Bound):
    """One version of a payroll fact: learned at ``recorded_at``, current until ``superseded_at``; nothing else changes."""

    version = models.IntegerField()
    file_id = models.UUIDField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta(Bound.Meta):
        abstract = True

"""Institutions, who works there in which role, and how far a day's work has come."""

from __future__ import annotations

from django.db import models

from refusion.store.models.bound import Bound


class Institution(models.Model):
    """One payroll with its settings and wrapped keys; found by its code before the tenant is set, so shared."""

    id = models.BigAutoField(primary_key=True)
    code = models.TextField(unique=True)
    name = models.TextField()
    namespace = models.UUIDField(unique=True)
    company_number = models.TextField()
    unit_number = models.TextField()
    country = models.TextField()
    currency = models.TextField()
    language = models.TextField()
    settings = models.JSONField()
    wrapped_keys = models.BinaryField()

    class Meta:
        db_table = "institution"

    def __str__(self) -> str:
        """Name the institution by its code."""
        return self.code


class UserRole(Bound):
    """A role that a user (``auth_user``) has at an institution; the user sees all of his own."""

    pk = models.CompositePrimaryKey("institution_id", "user_id", "role")
    user_id = models.IntegerField()
    role = models.TextField()

    class Meta:
        db_table = "user_role"


class DayStep(Bound):
    """A step of a day's work that is done."""

    pk = models.CompositePrimaryKey("institution_id", "day", "step")
    day = models.DateField()
    step = models.TextField()
    done_at = models.DateTimeField()

    class Meta:
        db_table = "day_step"

"""Institutions, who works there in which role or comes in by machine, and how far a day's work has come."""

from __future__ import annotations

from django.db import models

from refusion.store.models.bound import Bound, Thing


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


class ApiToken(Thing):
    """What a machine comes in with (``workflow.ports.access.tokens.Token``): scopes, and the secret's hash alone."""

    number = models.IntegerField()
    name = models.TextField()
    scopes = models.JSONField()
    secret_hash = models.BinaryField()
    valid_until = models.DateField()
    by_two = models.BooleanField()
    content_hash = models.TextField()
    made_by = models.TextField()
    made_at = models.DateTimeField()
    approved_by = models.TextField(null=True)
    approved_at = models.DateTimeField(null=True)
    approved_hash = models.TextField(null=True)
    withdrawn_by = models.TextField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True)

    class Meta:
        db_table = "api_token"


class ApiAnswer(Bound):
    """What a request under an idempotency key was answered; ``status`` None while it is being done. Kept for some days."""

    pk = models.CompositePrimaryKey("institution_id", "actor", "key")
    actor = models.TextField()
    key = models.TextField()
    request_hash = models.TextField()
    made_on = models.DateField()
    status = models.IntegerField(null=True)
    sealed_body = models.BinaryField(null=True)

    class Meta:
        db_table = "api_answer"


class LogInAttempt(models.Model):
    """Failed log-ins for a name, a network or both, each named by its keyed hash; asked before anybody is known, so shared."""

    subject = models.TextField(primary_key=True)
    failures = models.IntegerField()
    last_at = models.DateTimeField()
    closed_until = models.DateTimeField(null=True)
    came_in_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "log_in_attempt"

    def __str__(self) -> str:
        """Name the row by what failed."""
        return self.subject

"""Absences as payroll told them, and the answers that persons entered."""

from __future__ import annotations

from django.db import models

from refusion.store.models.bound import Thing, Version


class Absence(Thing):
    """The thing that versions are of; ``touched`` until a verb has handled its current version."""

    employment_id = models.UUIDField()
    number = models.TextField()
    handled_version = models.IntegerField()
    touched = models.BooleanField()

    class Meta:
        db_table = "absence"


class AbsenceVersion(Version):
    """A spell as payroll told it; ``last_day`` None: still absent, ``partial_from`` None: away altogether."""

    pk = models.CompositePrimaryKey("institution_id", "absence_id", "version")
    absence_id = models.UUIDField()
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    code = models.TextField()
    partial_from = models.DateField(null=True)
    withdrawn = models.BooleanField()

    class Meta:
        db_table = "absence_version"


class EnteredAnswer(Thing):
    """What a person entered once; a later answer (``position``) for the same question and days takes its place."""

    position = models.BigIntegerField()
    employment_id = models.UUIDField()
    question = models.TextField()
    value = models.TextField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    document = models.TextField()
    entered_by = models.TextField()
    entered_at = models.DateTimeField()

    class Meta:
        db_table = "entered_answer"

"""Persons, their employments and their pay, as payroll told them."""

from __future__ import annotations

from django.db import models

from refusion.store.models.bound import Thing, Version


class Person(Thing):
    """A person: the number is found by its blind index alone and opened with the institution's key alone."""

    number_index = models.BinaryField()
    sealed_number = models.BinaryField()
    name = models.TextField()

    class Meta:
        db_table = "person"


class Employment(Thing):
    """The thing that versions are of; ``pay_changed`` until a verb has looked at pay or hours that changed."""

    number = models.TextField()
    pay_changed = models.BooleanField()

    class Meta:
        db_table = "employment"


class EmploymentVersion(Version):
    """An employment as payroll told it; hours in hundredths, None where payroll does not know them."""

    pk = models.CompositePrimaryKey("institution_id", "employment_id", "version")
    employment_id = models.UUIDField()
    person_id = models.UUIDField()
    employed_since = models.DateField()
    ends = models.DateField(null=True)
    weekly_hours = models.IntegerField(null=True)
    job_kind = models.TextField()
    unit = models.TextField()

    class Meta:
        db_table = "employment_version"


class PayVersion(Version):
    """A month's pay as payroll told it, in øre and hundredths of hours; ``month`` is its first day."""

    pk = models.CompositePrimaryKey("institution_id", "employment_id", "month", "version")
    employment_id = models.UUIDField()
    month = models.DateField()
    gross = models.BigIntegerField()
    hours = models.IntegerField()
    wage_paid = models.BigIntegerField()

    class Meta:
        db_table = "pay_version"

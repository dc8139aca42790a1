"""Mandates: a bank connection that may serve several institutions, and its accounts."""

from __future__ import annotations

from django.db import models

from refusion.store.models.bound import Bound


class Mandate(models.Model):
    """One bank connection; seen by the institutions that own it."""

    id = models.UUIDField(primary_key=True)
    code = models.TextField(unique=True)
    name = models.TextField()

    class Meta:
        db_table = "mandate"

    def __str__(self) -> str:
        """Name the mandate by its code."""
        return self.code


class MandateOwner(Bound):
    """An institution that the mandate serves."""

    pk = models.CompositePrimaryKey("institution_id", "mandate_id")
    mandate_id = models.UUIDField()

    class Meta:
        db_table = "mandate_owner"


class MandateAccount(models.Model):
    """An account of a mandate in one currency, and the institution whose money lies there; None: nobody's yet."""

    pk = models.CompositePrimaryKey("mandate_id", "account", "currency")
    mandate_id = models.UUIDField()
    account = models.TextField()
    currency = models.TextField()
    institution_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "mandate_account"

    def __str__(self) -> str:
        """Name the account as the bank writes it."""
        return f"{self.account} {self.currency}"

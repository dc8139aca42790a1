"""The work list."""

from __future__ import annotations

from django.db import models

from refusion.store.models.bound import Thing


class Task(Thing):
    """Something a person must see (``watch.facts.Task``); open while ``done_on`` is None.

    ``turn`` is whose it was at first, ``climbed_to`` who must see it today where that is somebody else.
    """

    kind = models.TextField()
    said_key = models.TextField()
    said_facts = models.JSONField()
    turn = models.TextField()
    at_stake = models.BigIntegerField()
    opened_on = models.DateField()
    safe_day = models.DateField(null=True)
    legal_day = models.DateField(null=True)
    case_id = models.UUIDField(null=True)
    claim_id = models.UUIDField(null=True)
    line_id = models.UUIDField(null=True)
    question = models.TextField(null=True)
    about = models.TextField(null=True)
    done_on = models.DateField(null=True)
    done_by = models.TextField(null=True)
    climbed_to = models.TextField(null=True)
    climbed_person = models.TextField(null=True)

    class Meta:
        db_table = "task"

"""Cases of self-employed persons (``cases.self_employed``), what happened, what they wait for, what was filed and written."""

from __future__ import annotations

from django.db import models

from refusion.store.models.bound import Bound, Thing


class SelfEmployedCase(Thing):
    """One illness of one person: opening and course sealed, its main state and the day it is looked at next in the open."""

    number = models.BigIntegerField()
    person_index = models.BinaryField()
    sealed_person = models.BinaryField()
    first_absence_day = models.DateField()
    state = models.TextField()
    sealed_opening = models.BinaryField()
    sealed_course = models.BinaryField()
    version = models.IntegerField()
    next_look = models.DateField(null=True)
    opened_on = models.DateField()
    opened_by = models.TextField()

    class Meta:
        db_table = "self_employed_case"


class SelfEmployedStep(Bound):
    """One thing that happened in a case, in its order; undone once, never changed or taken away."""

    pk = models.CompositePrimaryKey("institution_id", "case_id", "position")
    case_id = models.UUIDField()
    position = models.IntegerField()
    event = models.TextField()
    day = models.DateField()
    sealed_facts = models.BinaryField()
    by = models.TextField()
    learned_at = models.DateTimeField()
    undone_by = models.TextField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "self_employed_step"


class SelfEmployedWait(Bound):
    """Something that a case waited for: from when, until when at the latest, when it ended, when somebody was warned."""

    pk = models.CompositePrimaryKey("institution_id", "case_id", "kind", "due", "opened_on")
    case_id = models.UUIDField()
    kind = models.TextField()
    due = models.DateField()
    opened_on = models.DateField()
    turn = models.TextField()
    rests = models.TextField()
    ended_on = models.DateField(null=True)
    warned_on = models.DateField(null=True)

    class Meta:
        db_table = "self_employed_wait"


class SelfEmployedFiling(Thing):
    """A notification or request on its way to NemRefusion; one of each form, another only after a refusal."""

    case_id = models.UUIDField()
    form = models.TextField()
    state = models.TextField()
    sealed_content = models.BinaryField()
    content_hash = models.TextField()
    intended_at = models.DateTimeField()
    attempts = models.IntegerField()
    not_found = models.IntegerField()
    tried_at = models.DateTimeField(null=True)
    receipt = models.TextField()
    authority_id = models.TextField()
    signed_at = models.DateTimeField(null=True)
    answer = models.TextField()

    class Meta:
        db_table = "self_employed_filing"


class SelfEmployedMessage(Thing):
    """A raw message as it was sent or came, sealed; the same message told twice is there once."""

    case_id = models.UUIDField(null=True)
    channel = models.TextField()
    direction = models.TextField()
    reference = models.TextField()
    at = models.DateTimeField()
    sealed_raw = models.BinaryField()

    class Meta:
        db_table = "self_employed_message"

"""The work list, and what waits with it: colleagues away, rungs of late tasks, warnings, orders, stops, approved answers."""

from __future__ import annotations

from django.db import models

from refusion.store.models.bound import Bound, Thing


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


class ColleagueAway(Thing):
    """Days on which a colleague (user name) is away; taken back by ``withdrawn_at``."""

    person = models.TextField()
    first_day = models.DateField()
    last_day = models.DateField()
    noted_by = models.TextField()
    noted_at = models.DateTimeField()
    withdrawn_by = models.TextField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "colleague_away"


class TaskRung(Bound):
    """Where a task stood on a day that it was not with its first owner in time (``watch.climbing.Rung``); never changes. Øre."""

    pk = models.CompositePrimaryKey("institution_id", "task_id", "day")
    task_id = models.UUIDField()
    day = models.DateField()
    turn = models.TextField()
    person = models.TextField()
    days_late = models.IntegerField()
    at_stake = models.BigIntegerField()
    because = models.TextField()

    class Meta:
        db_table = "task_rung"


class HoursWarning(Bound):
    """A warning that a week's hours of a partial return are missing, before the 12th; never changes. Øre."""

    pk = models.CompositePrimaryKey("institution_id", "case_id", "week")
    case_id = models.UUIDField()
    week = models.DateField()
    due = models.DateField()
    warned_on = models.DateField()
    at_stake = models.BigIntegerField()

    class Meta:
        db_table = "hours_warning"


class ServiceOrder(Thing):
    """An order at the service centre for one report (``watch.orders.Order``)."""

    filing_id = models.UUIDField()
    case_id = models.UUIDField()
    number = models.IntegerField()
    form = models.TextField()
    state = models.TextField()
    order_by = models.DateField()
    legal_day = models.DateField()
    at_stake = models.BigIntegerField()
    made_on = models.DateField()
    sent_on = models.DateField(null=True)
    reference = models.TextField()
    received_on = models.DateField(null=True)
    receipt = models.TextField()
    ended_on = models.DateField(null=True)
    answer = models.TextField()

    class Meta:
        db_table = "service_order"


class BenefitStop(Thing):
    """A municipality's stop of a case's benefit (``watch.stops.Stop``); lifted once. Øre."""

    case_id = models.UUIDField()
    cause = models.TextField()
    stopped_from = models.DateField()
    letter_on = models.DateField(null=True)
    document = models.TextField()
    noted_on = models.DateField()
    noted_by = models.TextField()
    at_risk = models.BigIntegerField()
    lifted_on = models.DateField(null=True)
    lifted_by = models.TextField()
    resumed_from = models.DateField(null=True)
    lift_document = models.TextField()

    class Meta:
        db_table = "benefit_stop"


class AnswerRule(Thing):
    """An answer that the institution gives once for all (``claims.answer_rules.AnswerRule``): proposed, approved by another, withdrawn."""

    number = models.IntegerField()
    field = models.TextField()
    value = models.TextField()
    because = models.TextField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    content_hash = models.TextField()
    proposed_by = models.TextField()
    proposed_at = models.DateTimeField()
    approved_by = models.TextField(null=True)
    approved_at = models.DateTimeField(null=True)
    approved_hash = models.TextField(null=True)
    withdrawn_by = models.TextField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "answer_rule"

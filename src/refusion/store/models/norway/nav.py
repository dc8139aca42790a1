"""Norwegian refunds: what SAP told, cases, notices, runs with their postings, NAV's reports, explanations, settings."""

from __future__ import annotations

from django.db import models

from refusion.store.models.bound import Bound, Thing


class NavSetting(Bound):
    """What an institution decides about its Norwegian refunds; the latest of a name counts."""

    pk = models.CompositePrimaryKey("institution_id", "position")
    position = models.BigIntegerField()
    name = models.TextField()
    value = models.TextField()
    set_by = models.TextField()
    set_at = models.DateTimeField()

    class Meta:
        db_table = "nav_setting"


class NavFact(Bound):
    """A version of what SAP told (``absences.norwegian``): valid in ``facts``, registered in SAP and learned here; øre."""

    pk = models.CompositePrimaryKey("institution_id", "kind", "subject", "version")
    kind = models.TextField()
    subject = models.TextField()
    version = models.IntegerField()
    employment_number = models.TextField()
    facts = models.JSONField()
    registered_on = models.DateField()
    file_id = models.UUIDField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "nav_fact"


class NavCase(Thing):
    """One absence that NAV refunds (``cases.nav_case``)."""

    number = models.IntegerField()
    employment_number = models.TextField()
    absence_number = models.TextField()
    person_id = models.UUIDField()
    benefit = models.TextField()
    state = models.TextField()
    request = models.TextField(null=True)
    received_on = models.DateField(null=True)
    right_ends = models.DateField(null=True)

    class Meta:
        db_table = "nav_case"


class NavNotice(Thing):
    """An income notice on its way to NAV; ``sealed_content`` opens with field ``nav_notice``, øre a month."""

    position = models.BigIntegerField()
    case_id = models.UUIDField()
    version = models.IntegerField()
    request = models.TextField()
    sealed_content = models.BinaryField()
    content_hash = models.TextField()
    refund = models.BigIntegerField()
    state = models.TextField()
    notice_id = models.TextField(null=True)
    intended_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    attempts = models.IntegerField()
    not_found = models.IntegerField()
    taken_on = models.DateField(null=True)
    code = models.TextField(null=True)

    class Meta:
        db_table = "nav_notice"


class NavAttempt(Bound):
    """One attempt at a notice; ``ended_at`` None: under way, or nobody knows what became of it."""

    pk = models.CompositePrimaryKey("institution_id", "notice_id", "number")
    notice_id = models.UUIDField()
    number = models.IntegerField()
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.TextField(null=True)

    class Meta:
        db_table = "nav_attempt"


class NavRun(Thing):
    """A booking run that is closed, with the very bytes that went to SAP and to the accounting system, each once."""

    number = models.IntegerField()
    kind = models.TextField()
    month = models.DateField()
    booked_on = models.DateField()
    closed_at = models.DateTimeField()
    closed_by = models.TextField()
    entries = models.IntegerField()
    transfer = models.BinaryField()
    load = models.BinaryField()

    class Meta:
        db_table = "nav_run"


class NavEntry(Thing):
    """Postings that belong together, made by a run for an item (case, month, nature) or for a parked line."""

    position = models.BigIntegerField()
    run_id = models.UUIDField()
    why = models.TextField()
    case_id = models.UUIDField(null=True)
    month = models.DateField(null=True)
    nature = models.TextField(null=True)
    happened_on = models.DateField()
    learned_at = models.DateTimeField()
    postings = models.IntegerField()

    class Meta:
        db_table = "nav_entry"


class NavPosting(Bound):
    """One posting, øre: debit positive, credit negative; costs by cost centre and project."""

    pk = models.CompositePrimaryKey("institution_id", "entry_id", "position")
    entry_id = models.UUIDField()
    position = models.IntegerField()
    role = models.TextField()
    account = models.TextField()
    amount = models.BigIntegerField()
    cost_centre = models.TextField()
    project = models.TextField()

    class Meta:
        db_table = "nav_posting"


class NavReport(Thing):
    """A settlement report of NAV, known by the hash of its bytes; øre."""

    position = models.BigIntegerField()
    nav_number = models.BigIntegerField(null=True)
    organisation = models.TextField()
    pays_on = models.DateField()
    total = models.BigIntegerField()
    lines = models.IntegerField()
    file_id = models.UUIDField()
    received_at = models.DateTimeField()

    class Meta:
        db_table = "nav_report"


class NavLine(Bound):
    """A line of a report; ``because_key`` tells why it is parked, ``interim_run_id`` which run booked it on the interim account."""

    pk = models.CompositePrimaryKey("institution_id", "report_id", "place")
    report_id = models.UUIDField()
    place = models.IntegerField()
    code = models.TextField()
    workplace = models.TextField()
    person_id = models.UUIDField(null=True)
    sealed_person = models.BinaryField()
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    amount = models.BigIntegerField()
    max_date = models.DateField(null=True)
    because_key = models.TextField(null=True)
    because_facts = models.JSONField(null=True)
    interim_run_id = models.UUIDField(null=True)
    placed_by = models.TextField(null=True)
    placed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "nav_line"


class NavPart(Bound):
    """What a line gives an item, øre; ``run_id`` is the run that booked it, once."""

    pk = models.CompositePrimaryKey("institution_id", "report_id", "place", "part")
    report_id = models.UUIDField()
    place = models.IntegerField()
    part = models.IntegerField()
    case_id = models.UUIDField()
    month = models.DateField()
    nature = models.TextField()
    amount = models.BigIntegerField()
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    run_id = models.UUIDField(null=True)

    class Meta:
        db_table = "nav_part"


class NavExplanation(Thing):
    """Why NAV paid something else for an item, in a person's words; øre at the time."""

    position = models.BigIntegerField()
    case_id = models.UUIDField()
    month = models.DateField()
    nature = models.TextField()
    reason = models.TextField()
    amount = models.BigIntegerField()
    explained_by = models.TextField()
    explained_at = models.DateTimeField()

    class Meta:
        db_table = "nav_explanation"

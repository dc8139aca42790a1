"""What speaks for matches and what people do about lines: tellings, specifications, parked lines, write-offs."""

from __future__ import annotations

from django.db import models

from refusion.store.models.bound import Bound, Thing


class MatchedPart(Bound):
    """A line of a specification that a match was told by."""

    pk = models.CompositePrimaryKey("institution_id", "match_id", "part_id")
    match_id = models.UUIDField()
    part_id = models.UUIDField()

    class Meta:
        db_table = "matched_part"


class PaymentPart(Thing):
    """A line of a payment specification, in øre; ``told`` is everything that it tells but for person and period."""

    payment = models.TextField()
    payer = models.TextField()
    pays_on = models.DateField(null=True)
    amount = models.BigIntegerField()
    told = models.JSONField()
    person_id = models.UUIDField(null=True)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    file_id = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "payment_part"


class LineTelling(models.Model):
    """What a file told of a line beyond what another had told: its words and the transactions inside, each version once."""

    pk = models.CompositePrimaryKey("line_id", "digest")
    line_id = models.UUIDField()
    digest = models.TextField()
    mandate_id = models.UUIDField()
    institution_id = models.BigIntegerField(null=True)
    received_by_id = models.BigIntegerField()
    payer = models.TextField()
    text = models.TextField()
    details = models.JSONField()
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "line_telling"

    def __str__(self) -> str:
        """Name the telling by its line."""
        return f"{self.line_id} {self.digest}"


class ParkedLine(Thing):
    """A line that somebody laid aside until a day, with the reason; the last one of a line counts."""

    position = models.BigIntegerField()
    line_id = models.UUIDField()
    reason = models.TextField()
    until = models.DateField()
    by = models.TextField()
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "parked_line"


class WriteOff(Thing):
    """The rest of a claim or of a line that somebody proposes to give up; ``outcome`` None while nobody decided."""

    number = models.BigIntegerField()
    claim_id = models.UUIDField(null=True)
    line_id = models.UUIDField(null=True)
    amount = models.BigIntegerField()
    reason = models.TextField()
    content_hash = models.TextField()
    proposed_by = models.TextField()
    proposed_at = models.DateTimeField()
    outcome = models.TextField(null=True)
    decided_by = models.TextField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_hash = models.TextField(null=True)

    class Meta:
        db_table = "write_off"

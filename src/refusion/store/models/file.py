"""Raw files and raw messages, sealed, because national numbers stand in them."""

from __future__ import annotations

from django.db import models

from refusion.store.models.bound import Bound, Thing


class RawFile(Thing):
    """A received file; ``sealed_raw`` opens with ``store.columns.open_bytes(keys, sealed, id, "raw_file")``."""

    kind = models.TextField()
    name = models.TextField()
    sha256 = models.TextField()
    size = models.BigIntegerField()
    sealed_raw = models.BinaryField()
    received_at = models.DateTimeField()
    received_by = models.TextField()
    state = models.TextField()

    class Meta:
        db_table = "raw_file"


class FileProblem(Bound):
    """One reason why a file was refused; ``facts`` as ``store.columns.facts_as_json`` writes them."""

    pk = models.CompositePrimaryKey("institution_id", "file_id", "position")
    file_id = models.UUIDField()
    position = models.IntegerField()
    key = models.TextField()
    facts = models.JSONField()

    class Meta:
        db_table = "file_problem"


class Message(Thing):
    """A raw message ``sent`` or ``received``; ``sealed_raw`` opens with field ``message``; never changes."""

    position = models.BigIntegerField()
    filing_id = models.UUIDField(null=True)
    attempt = models.IntegerField(null=True)
    direction = models.TextField()
    sha256 = models.TextField()
    size = models.BigIntegerField()
    sealed_raw = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        db_table = "message"


class Marker(Bound):
    """How far an authority's list has been read."""

    pk = models.CompositePrimaryKey("institution_id", "name")
    name = models.TextField()
    value = models.TextField()

    class Meta:
        db_table = "marker"

"""Reads the audit trail as it was hashed, for whoever checks it without us."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC

from django.db import connection

_TRAIL = """
    SELECT institution_id, sequence, at, actor, verb, subject, facts, previous_hash, hash FROM audit_entry ORDER BY sequence
"""
_WHOLE = 2000


def trail() -> Iterator[Mapping[str, str]]:
    """Give every line, oldest first: its parts as the texts that its hash covers, and the hashes in hexadecimal."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(_TRAIL)
        while rows := cursor.fetchmany(_WHOLE):
            for institution, sequence, at, actor, verb, subject, facts, before, digest in rows:
                yield {
                    "institution": str(institution),
                    "sequence": str(sequence),
                    "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
                    "actor": actor,
                    "verb": verb,
                    "subject": subject,
                    "facts": facts,
                    "previous_hash": bytes(before).hex(),
                    "hash": bytes(digest).hex(),
                }

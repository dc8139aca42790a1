"""One at a time: whoever works an institution's day or files for it holds its turn, which ends with the connection."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from refusion.values.said import Refused, said

TURN = 0x52_45_46  # the first of the two numbers that name the advisory lock; the second is the institution


@contextmanager
def turn(code: str) -> Iterator[None]:
    """Hold the turn of an institution; raises Refused when another process works for it at this moment.

    A report that stands as sending when the turn is taken was left by somebody who died: nobody else can be sending.
    """
    row = _asked("SELECT id, pg_try_advisory_lock(%s, id::int) FROM institution WHERE code = %s", code)
    if row is None:
        raise Refused(said("store.no_institution", code=code))
    institution, taken = row
    if not taken:
        raise Refused(said("cases.worked_by_another", institution=code))
    try:
        yield
    finally:
        if connection.connection is not None and not connection.connection.closed:
            _asked("SELECT pg_advisory_unlock(%s, %s)", institution)


def _asked(question: str, whom: str | int) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(question, [TURN, whom])
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row

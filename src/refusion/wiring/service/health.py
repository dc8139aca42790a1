"""Whether the house can work: asked by monitors, often, by nobody in particular."""

from __future__ import annotations

from django.db import Error, connection


def is_well() -> bool:
    """Tell whether the database answers. Says nothing of anybody."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except Error:
        connection.close()
        return False

"""Runs a query of a screen and makes its rows; the tenant is set by the transaction around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.db import connection

Row = TypeVar("Row")
Parameters = Mapping[str, Any]
PAGE = 50
MOST = 200


def rows(make: Callable[..., Row], query: str, parameters: Parameters) -> tuple[Row, ...]:
    """Run a query and make one row of each result, columns in the order of the row's fields."""
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return tuple(make(*found) for found in cursor.fetchall())


def one(make: Callable[..., Row], query: str, parameters: Parameters) -> Row | None:
    """Run a query that gives one row or none."""
    found = rows(make, query, parameters)
    return found[0] if found else None


def bounded(asked: int) -> int:
    """Keep the length of a page between one row and the most that a screen shows."""
    return max(1, min(asked, MOST))

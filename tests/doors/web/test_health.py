"""A monitor learns whether the house can work, and nothing else."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection
from django.test import Client


def test_a_monitor_asks_without_log_in_and_hears_one_word(house_database: str) -> None:
    asked = Client().get("/health")
    assert (asked.status_code, asked.content, asked["Content-Type"]) == (200, b"well\n", "text/plain")
    assert "no-store" in asked["Cache-Control"]
    assert not asked.cookies
    assert Client().post("/health").status_code == 405


def test_a_database_that_does_not_answer_is_said(house_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise OperationalError("the server is away")

    monkeypatch.setattr(connection, "cursor", gone)
    asked = Client().get("/health")
    assert (asked.status_code, asked.content) == (503, b"the database does not answer\n")

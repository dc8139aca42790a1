"""Matching's part of the bench table; only in `make bench`."""

from __future__ import annotations

import pytest

from tests.bench import matching


@pytest.mark.bench
def test_matching_is_within_its_limits() -> None:
    assert [row for row in matching.measure() if not row[3]] == []

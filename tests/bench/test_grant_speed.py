"""The grant's part of the bench table; only in `make bench`."""

from __future__ import annotations

import pytest

from tests.bench import grants


@pytest.mark.bench
def test_a_grant_is_within_its_limit() -> None:
    assert [row for row in grants.measure() if not row[3]] == []

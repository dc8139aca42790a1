"""The law's part of the bench table; only in `make bench`, except that its results are right."""

from __future__ import annotations

import pytest

from tests.bench import law


@pytest.mark.bench
def test_the_law_is_within_its_limits():
    assert [row for row in law.measure() if not row[3]] == []

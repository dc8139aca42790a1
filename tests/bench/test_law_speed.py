"""The law's part of the bench table; only in `make bench`, except that its results are right."""

from __future__ import annotations

import pytest

from tests.bench import law, law_mass


@pytest.mark.bench
def test_the_law_is_within_its_limits():
    assert [row for row in law.measure() if not row[3]] == []


@pytest.mark.bench
@pytest.mark.extra
@pytest.mark.skipif(bool(law_mass.LACKING), reason=f"{' and '.join(law_mass.LACKING)} (make bench fetches them)")
def test_mass_calculation_is_within_its_limits():
    assert [row for row in law_mass.measure() if not row[3]] == []

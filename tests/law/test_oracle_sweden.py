"""The product against the naive oracle of the agreement of 2013: 20,000 seeded agreements, exact ties among them, not a krona off."""

from __future__ import annotations

import pytest

from tests.law import oracle_sweden as oracle

SEED = 20_261_121


@pytest.mark.slow
def test_20_000_random_agreements_are_not_a_krona_off():
    counts = oracle.run(20_000, SEED)
    assert (counts.cases, counts.off) == (20_000, 0)
    assert counts.ties > 5_000


def test_some_random_agreements_are_not_a_krona_off():
    assert oracle.run(200, SEED + 1).off == 0

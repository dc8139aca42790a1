"""The product against the naive oracles of leave, of the self-employed and of the state's schemes: 20,000 seeded cases each, 0 off."""

from __future__ import annotations

import pytest

from tests.law import oracle_denmark_leave, oracle_denmark_self, oracle_denmark_state

CASES = 20_000
SEED = 20_261_121


@pytest.mark.parametrize("oracle", [oracle_denmark_leave, oracle_denmark_self, oracle_denmark_state])
def test_nothing_is_off(oracle):
    counts = oracle.run(CASES, SEED)
    assert counts.cases == CASES
    assert counts.ties > CASES // 200
    assert counts.off == 0

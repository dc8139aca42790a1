"""The facts of a made-up year, and an agreement of all ten rules that exists as figures alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from refusion.grants.agreement import Agreement
from refusion.grants.facts import Cells
from refusion.grants.reading import agreement

CODES = [f"{code:02d}" for code in range(1, 26) if code not in (2, 11, 15, 16)]


@pytest.fixture(scope="session")
def se_2013() -> Agreement:
    return agreement("se-2013")


@pytest.fixture(scope="session")
def ten_rules() -> Agreement:
    return agreement(str(Path(__file__).with_name("ten-rules.toml")))


@pytest.fixture
def rows() -> list[dict[str, object]]:
    """21 counties that are all alike but in size, and the country."""
    return [county(code, place) for place, code in enumerate(CODES, start=1)] + [dict(COUNTRY)]


COUNTRY: Cells = {"county": "00", "pilot_used": "50000000", "follow_up_released": "yes", "condition_5_national_released": "yes"}


def county(code: str, size: int) -> dict[str, object]:
    return {
        "county": code, "population": str(1000 * size), "population_day": "2012-11-01",
        "net_days_2012": str(100 * size), "net_days_2013": f"{100 * size}.25", "new_grants_2012": "5", "new_grants_2013": "5",
        "condition_1_fulfilled": "yes", "condition_2_fulfilled": "yes", "condition_3_fulfilled": "yes",
        "share_ok_2012": "50.0", "share_ok_2013": "52.5", "plan_in_time": "yes", "realised_in_2013": "no",
        "team_investigations": "10", "doctor_statements": "5",
    }  # fmt: skip

"""A Norwegian institution with NAV's twin, anew for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.adapters.nav.world import world
from tests.workflow.nav.institution import Uio, uio


@pytest.fixture
def here(house_database: str) -> Iterator[Uio]:
    """Give the institution on 12 January 2026."""
    with world() as nav, uio(nav) as institution:
        nav.order("set", pay_day=25)
        yield institution

"""Two institutions on a fresh database, spoken to as the app's role, and transactions under either of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import date
from uuid import UUID, uuid5

import pytest

from refusion.store import institutions
from refusion.wiring.clock import HERE, SetClock
from refusion.wiring.keys import open_vault
from refusion.wiring.work import HouseWork, OpenTransaction
from refusion.workflow.ports.institution import HOUSE, Institution, Settings

ROOT = UUID("7d0c0a0e-6a6e-5d0c-8f0a-0f6f1d1f2a11")
DAY = date(2025, 3, 3)
HERS = "DK5000400440116243"
THEIRS = "DK5000400440116244"
Open = Callable[..., AbstractContextManager[OpenTransaction]]


def make_institution(code: str) -> Institution:
    """Make an institution with keys of its own."""
    namespace = uuid5(ROOT, code)
    facts = Institution(0, code, f"The {code}", namespace, "12345678", "1234567890", "DK", "DKK", "da", Settings(contact="Desk"))
    return institutions.create(facts, open_vault().new_institution_keys())


class Undone(Exception):
    """Rolls a transaction back, so that one database serves many rows of a table of examples."""


@contextmanager
def undone(work: Open) -> Iterator[OpenTransaction]:
    """Give a transaction at HERE of which nothing stays."""
    with suppress(Undone), work() as tx:
        yield tx
        raise Undone


@pytest.fixture
def clock() -> SetClock:
    """Give the clock that all transactions of a test read."""
    return SetClock(DAY)


@pytest.fixture
def work(house_database: str, clock: SetClock) -> Open:
    """Open transactions at the institutions HERE and THERE, which share a bank mandate; the house acts."""
    for code in ("HERE", "THERE"):
        make_institution(code)
    accounts = [institutions.Account(HERS, "DKK", "HERE"), institutions.Account(THEIRS, "DKK", "THERE")]
    institutions.give_mandate("NORDEA", "Our bank", ["HERE", "THERE"], accounts)
    opened = HouseWork(clock, open_vault(), HERE)
    return lambda code="HERE", actor=HOUSE: opened(code, actor)

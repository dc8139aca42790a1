"""A simulated year of self-employed persons: no date is missed, nearly every path is walked, history gives every course again."""

from __future__ import annotations

from datetime import date
from uuid import NAMESPACE_DNS, uuid5

import pytest

from refusion.rehearsal.self_employed.judge import Judgement, judge
from refusion.rehearsal.self_employed.world import SelfWorld
from refusion.rehearsal.self_employed.year import Year
from refusion.wiring.founding import founded
from refusion.workflow.ports.institution import Settings

FIRST = date(2021, 7, 1)


def lived(cases: int, seed: int) -> Judgement:
    founded("RAADGIVER", "Rådgiverne", uuid5(NAMESPACE_DNS, "raadgiver"), ("12345678", "1234567890"), Settings(contact="Rådgiverne"))
    world = SelfWorld("RAADGIVER", FIRST)
    Year(world, seed, cases, FIRST).live()
    return judge(world.house, "RAADGIVER", world.clock.today())


def sound(found: Judgement, cases: int) -> None:
    assert found.cases == cases
    assert found.missed == []
    assert found.wrong_days == []
    assert found.not_replayed == []
    assert found.unread == 0


def test_a_small_year(house_database: str) -> None:
    found = lived(15, 7)
    sound(found, 15)
    assert found.waits > 150


@pytest.mark.chaos
def test_a_year_of_a_thousand_misses_no_date(house_database: str) -> None:
    found = lived(1000, 1)
    sound(found, 1000)
    assert found.unwalked == frozenset()

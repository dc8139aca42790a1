"""The worker does each institution's day once, files between, and leaves alone what another process works on."""

from __future__ import annotations

from datetime import UTC, datetime
from threading import Event
from uuid import UUID
from zoneinfo import ZoneInfo

import psycopg
import pytest
from django.db import connection

from refusion.store import institutions
from refusion.values.said import Refused, Said
from refusion.wiring.database.turns import TURN, turn
from refusion.wiring.founding import founded
from refusion.wiring.service.working import work, work_once
from refusion.workflow.filing.send import Round
from refusion.workflow.ports.institution import Actor, Settings
from refusion.workflow.ports.work import Moment


class Recorded:
    """A house that notes what it was asked to do."""

    def __init__(self, hour: int) -> None:
        self.hour, self.done, self.asked = hour, {}, []

    def now(self) -> Moment:
        return Moment(datetime(2025, 3, 3, self.hour, tzinfo=UTC), ZoneInfo("Europe/Copenhagen"))

    def last_done(self, _actor: Actor, code: str, _step: str) -> object:
        return self.done.get(code)

    def mark_step(self, _actor: Actor, code: str, day: object, _step: str) -> None:
        self.done[code] = day

    def run_day(self, _actor: Actor, code: str) -> dict[str, int]:
        with turn(code):
            self.asked.append(("day", code))
        return {"file_due": 2}

    def file_due(self, _actor: Actor, code: str) -> Round:
        with turn(code):
            self.asked.append(("file", code))
        return Round(answered=0, in_doubt=0)


@pytest.fixture
def two(house_database: str) -> None:
    for number, code in enumerate(("EAST", "WEST")):
        founded(code, code.title(), UUID(int=number), (f"9999000{number}", f"999900000{number}"), Settings())


def once(house: Recorded) -> list[Said]:
    """Let the worker do one round over all institutions."""
    told: list[Said] = []
    until = Event()

    class OneRound(Event):
        def wait(self, timeout: float | None = None) -> bool:
            until.set()
            return True

        def is_set(self) -> bool:
            return until.is_set()

    work(house, OneRound(), told.append)  # type: ignore[arg-type]  # a house that only notes
    return told


def test_the_day_is_done_once_and_filing_goes_on(two: None) -> None:
    house = Recorded(hour=7)
    told = once(house)
    assert house.asked == [("day", "EAST"), ("day", "WEST")]
    assert [what.key for what in told] == ["cases.worker_day"] * 2
    once(house)
    assert house.asked[2:] == [("file", "EAST"), ("file", "WEST")]


def test_before_six_there_is_only_filing(two: None) -> None:
    house = Recorded(hour=4)
    once(house)
    assert house.asked == [("file", "EAST"), ("file", "WEST")]


def test_what_another_process_works_on_is_left_alone_and_the_rest_goes_on(two: None) -> None:
    east = institutions.find("EAST").institution.id
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}) as other:
        other.execute("SELECT pg_advisory_lock(%s, %s)", [TURN, east])
        house = Recorded(hour=7)
        told = once(house)
        assert house.asked == [("day", "WEST")]
        assert told[0].key == "cases.worked_by_another"
        with pytest.raises(Refused):
            work_once(house, "EAST", told.append)  # type: ignore[arg-type]  # a house that only notes
    work_once(house, "EAST", told.append)  # type: ignore[arg-type]  # a house that only notes
    assert house.asked[-1] == ("day", "EAST")

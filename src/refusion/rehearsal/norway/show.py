"""The Norwegian demo as a whole: founded on the embedded database, lived, summed up; gone on with where it stopped."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from uuid import uuid5

from refusion.rehearsal.norway.office import PARTY, opened
from refusion.rehearsal.norway.profile import NorwegianPlan
from refusion.rehearsal.norway.world import NorwegianWorld
from refusion.rehearsal.outside.clock import VirtualClock, morning_of
from refusion.rehearsal.stage import NAMES
from refusion.values.said import Refused, said
from refusion.wiring.abroad.norway import norwegian_world
from refusion.wiring.database import ADDRESSES, APP, DATABASE
from refusion.wiring.founding import founded
from refusion.wiring.house import House, install
from refusion.wiring.launcher.places import places
from refusion.wiring.parts import ports_of
from refusion.wiring.start import started
from refusion.workflow.ports.institution import HOUSE, Settings

FOLDER = "demo-norway"


@contextmanager
def norwegian_show(plan: NorwegianPlan, *, afresh: bool = False) -> Iterator[NorwegianWorld]:
    """Set the demo up on the embedded database, from nothing when ``afresh``.

    Raises Refused where a real database is named.
    """
    if os.environ.get(ADDRESSES[APP]):
        raise Refused(said("demo.real_database", variable=ADDRESSES[APP]))
    place = places().state / FOLDER
    with started():
        if afresh:
            _forget(plan, place)
        with staged(plan, place) as world:
            yield world


@contextmanager
def staged(plan: NorwegianPlan, place: Path) -> Iterator[NorwegianWorld]:
    """Give the world of a plan with its institution in the books; the twin's memory lies in ``place``."""
    clock = VirtualClock(morning_of(plan.first))
    with opened(plan, place) as office:
        house = House(replace(ports_of(clock), norway=norwegian_world(office.client)))
        install(house)
        founded(
            plan.code,
            plan.name,
            uuid5(NAMES, plan.code),
            (plan.organisation, plan.workplace),
            Settings(nightly_reconciliation=False),
            country="norway",
            speaks=("NOK", "nb"),
        )
        if house.nav_settings(HOUSE, plan.code).profile != plan.profile:
            house.decide_nav_setting(HOUSE, plan.code, "profile", plan.profile)
        world = NorwegianWorld(house, plan, clock, office)
        clock.begin(world.lived_until() or plan.first)
        yield world


def _forget(plan: NorwegianPlan, place: Path) -> None:
    """Take everything away that an earlier demo left: the twin's memory and the database."""
    from refusion.wiring.database.clones import drop
    from refusion.wiring.database.preparation import prepare, superuser

    for file in place.glob(f"{PARTY}-{plan.code}.sqlite*"):
        file.unlink()
    with superuser() as connection:
        if connection is not None:

            drop(connection, DATABASE)
    prepare()

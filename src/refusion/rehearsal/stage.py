"""Sets the stage of a rehearsal: the institutions in the books, the house with the rehearsal's clock and its twin."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid5

from refusion.adapters.nemrefusion.authority import NemRefusion
from refusion.cases.stages import Group, Stage
from refusion.rehearsal.institution.facts import Profile
from refusion.rehearsal.outside.authority import Manners, TwinAuthority
from refusion.rehearsal.outside.clock import VirtualClock, morning_of
from refusion.rehearsal.profiles import Plan
from refusion.rehearsal.world import World
from refusion.wiring.founding import banked, founded
from refusion.wiring.house import House, install
from refusion.wiring.parts import ports_of
from refusion.workflow.cases.stages import Wanted
from refusion.workflow.ports.institution import HOUSE, Settings

NAMES = UUID("5f6b1b0e-6a3c-5d0f-8f0a-1d3f0c8a7b21")
"""The root of the demo institutions' ids: the same institution has the same ids in every run."""
CONTACT = "refusion@eksempel.dk"
MANDATE, BANK = "DEMO-BANK", "Eksempel Bank"


@contextmanager
def staged(plan: Plan, place: Path) -> Iterator[World]:
    """Give the world of a plan with its institutions in the books; the twin's memory lies in ``place``.

    The database is up and Django set up. The twin ends with the block, if it was started in it.
    """
    clock = VirtualClock(morning_of(plan.first))
    authority = TwinAuthority(place, plan.first, Manners(str(plan.seed), plan.faults))
    house = House(replace(ports_of(clock), authority=NemRefusion(authority)))
    install(house)
    for profile in plan.profiles:
        _settle_in(profile)
        switch_on(house, profile)
    world = World(house, plan, clock, authority)
    try:
        yield world
    finally:
        world.close()
        authority.stop()


def switch_on(house: House, profile: Profile) -> None:
    """Switch the kinds of the profile on its first day, where they have not been."""
    if not profile.stages or house.stages(HOUSE, profile.code).switches:
        return
    for kind, stage, codes in profile.stages:
        house.set_stage(HOUSE, profile.code, Wanted(Group(kind), Stage(stage), house.today(), codes))


def _settle_in(profile: Profile) -> None:
    """Found an institution with its account, where it does not stand yet."""
    numbers = (profile.company_number, profile.unit_number)
    founded(profile.code, profile.name, uuid5(NAMES, profile.code), numbers, Settings(contact=CONTACT, nightly_reconciliation=False))
    banked(f"{MANDATE}-{profile.code}", BANK, [(profile.account, "DKK", profile.code)])

"""The two institutions of the demo and its year; a small size of both for trials and tests."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import date

from refusion.rehearsal.faults import Fault
from refusion.rehearsal.institution.facts import Profile

SIZE_VARIABLE = "REFUSION_DEMO_SIZE"
SMALL = "small"
SEED = 20240701
FJORDBY = Profile(
    code="FJORDBY",
    name="Fjordby Seminarium",
    company_number="99990014",
    unit_number="9999000141",
    account="DK0320009876543210",
    employees=1000,
    long_spells=80,
    first=date(2024, 7, 1),
    last=date(2025, 6, 30),
    seed=SEED,
)
BAKKEN = Profile(
    code="BAKKEN",
    name="Bakken Museum",
    company_number="99990022",
    unit_number="9999000221",
    account="DK0420009876543229",
    employees=60,
    long_spells=15,
    first=date(2024, 7, 1),
    last=date(2025, 6, 30),
    seed=SEED,
)
DROPPED = Fault("drop", per_mille=50, on=("OpretRetIndberetninger",))
"""One answer in twenty is lost on its way back; what was sent was taken."""
OUTAGE = Fault("down", since="2024-09-10T00:00:00+02:00", until="2024-09-12T00:00:00+02:00")
"""Two days without an answer, from midnight to midnight."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a rehearsal plays: institutions with one year in common, the authority's faults, and a seed."""

    profiles: tuple[Profile, ...]
    faults: tuple[Fault, ...]
    seed: int

    @property
    def first(self) -> date:
        """Give the first day."""
        return min(profile.first for profile in self.profiles)

    @property
    def last(self) -> date:
        """Give the last day."""
        return max(profile.last for profile in self.profiles)


def demo_plan() -> Plan:
    """Give the demo's plan: a year of both institutions, or four months of sixty employees when asked for small."""
    small = os.environ.get(SIZE_VARIABLE) == SMALL
    return small_plan() if small else Plan((FJORDBY, BAKKEN), (DROPPED, OUTAGE), SEED)


def small_plan() -> Plan:
    """Give four months of one institution with sixty employees, each story of sickness once."""
    return Plan((replace(BAKKEN, last=date(2024, 10, 31)),), (DROPPED, OUTAGE), SEED)

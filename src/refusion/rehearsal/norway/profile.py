"""The Norwegian demo's institution, its year, and how NAV's twin misbehaves in it; a small size for tests."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from refusion.rehearsal.faults import Fault

SIZE_VARIABLE = "REFUSION_DEMO_SIZE"
SMALL = "small"


@dataclass(frozen=True, slots=True)
class NorwegianPlan:
    """An institution with its year; counts are leaves that begin in the year, ``manners`` are orders to NAV's twin."""

    code: str
    name: str
    organisation: str
    workplace: str
    account: str
    employees: int
    parental: int
    sick: int
    first: date
    last: date
    seed: int
    profile: str = "uio"
    faults: tuple[Fault, ...] = ()
    manners: Mapping[str, object] = field(default_factory=dict)


MANNERS: Mapping[str, object] = {
    "pay_day": 25,
    "failed_notices": {"per_mille": 15, "requests": [], "code": "TEKNISK_FEIL"},
    "overpayments": {"per_mille": 4, "applications": [], "by_ore": 123_400, "back_after_months": 2},
    "duplicate_reports": {"per_mille": 300},
    "partial_reports": {"per_mille": 200},
    "late_reports": {"per_mille": 200, "days": 4},
}
"""NAV pays on the 25th of the month after; a few notices fail, some reports come twice, in parts or late."""
LOST = Fault("drop", per_mille=50, on=("inntektsmelding",))
TWICE = Fault("twice", per_mille=30, on=("inntektsmelding",))
NOTHING_COMES = Fault("lose", per_mille=20, on=("inntektsmelding",))
FJELLBERG = NorwegianPlan(
    code="FJELLBERG",
    name="Universitetet i Fjellberg",
    organisation="974600013",
    workplace="933001547",
    account="02470305404",
    employees=2000,
    parental=150,
    sick=400,
    first=date(2024, 12, 16),
    last=date(2025, 12, 15),
    seed=20250101,
    faults=(LOST, TWICE, NOTHING_COMES),
    manners=MANNERS,
)


def norwegian_plan() -> NorwegianPlan:
    """Give the demo's plan: a year of 2,000 employees, or four months of forty when asked for small."""
    return small_plan() if os.environ.get(SIZE_VARIABLE) == SMALL else FJELLBERG


def small_plan() -> NorwegianPlan:
    """Give five months of forty employees with the same stories."""
    often = {**MANNERS, "overpayments": {"per_mille": 150, "applications": [], "by_ore": 123_400, "back_after_months": 2}}
    return replace(FJELLBERG, employees=40, parental=8, sick=8, last=date(2025, 5, 15), manners=often)

"""Institutions that the tests of the rehearsal share."""

from __future__ import annotations

from datetime import date

from refusion.rehearsal.institution.facts import Profile

LARGE = Profile(
    code="FJORDBY",
    name="Fjordby Seminarium",
    company_number="10150817",
    unit_number="1003150817",
    account="DK0320009876543210",
    employees=1000,
    long_spells=80,
    first=date(2024, 7, 1),
    last=date(2025, 6, 30),
    seed=20240701,
)
SMALL = Profile(
    code="BAKKEN",
    name="Bakken Museum",
    company_number="10150825",
    unit_number="1003150825",
    account="DK0420009876543229",
    employees=60,
    long_spells=15,
    first=date(2024, 7, 1),
    last=date(2024, 10, 31),
    seed=7,
)

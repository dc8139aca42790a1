"""Who works at a demo institution: synthetic persons with replacement numbers, their hours, wages and terms."""

from __future__ import annotations

from datetime import date
from random import Random

from refusion.rehearsal.chance import chance
from refusion.rehearsal.institution.days import after, next_month, weekday_from
from refusion.rehearsal.institution.facts import Profile, Worker
from refusion.rehearsal.institution.names import FIRST_NAMES, LAST_NAMES, UNITS

HOURS = (3700, 3700, 3700, 3700, 3700, 3700, 3200, 3000, 1850, 2800)
"""Weekly hours as they are spread in the state, in hundredths."""
LOW_WAGES = (12850, 13700)
"""Hourly wages in øre below the one that gives the maximum rate (137.92 kr in 2024, 142.92 kr in 2025)."""
USUAL_WAGES = (16500, 33000)
EVERY = {"hired": 12, "hours unknown": 25, "fleksjob": 67, "agreement": 90}
"""One in how many was hired during the year, has weekly hours unknown to payroll, a fleksjob, an agreement under § 56."""
LEAVING, LOW_WAGED, MID_MONTH = 1 / 14, 1 / 8, 3 / 10
REPLACEMENT = 60
"""A replacement number's day is 60 higher than a day of birth can be."""


def workforce(profile: Profile) -> dict[str, Worker]:
    """Make everybody who works at the institution at some time between its first and its last day."""
    numbers = _national_numbers(profile)
    return {worker.number: worker for worker in (_worker(profile, n, numbers[n]) for n in range(profile.employees))}


def _worker(profile: Profile, n: int, national_number: str) -> Worker:
    luck = chance(profile.seed, profile.code, "worker", n)
    since, told_on = _hired(profile, luck, n)
    ends = _leaves(profile, luck, since)
    return Worker(
        number=f"{n + 1:05d}",
        national_number=national_number,
        name=f"{luck.choice(FIRST_NAMES)} {luck.choice(LAST_NAMES)}",
        unit=luck.choice(UNITS),
        employed_since=since,
        told_on=told_on,
        ends=ends,
        end_told_on=None if ends is None else max(profile.first, weekday_from(after(ends, -luck.randint(12, 40)))),
        weekly_hours=luck.choice(HOURS),
        hours_known=not _is_one_of("hours unknown", n),
        fleksjob=_is_one_of("fleksjob", n),
        hourly_wage=_wage(luck),
        agreement_56=profile.first if _is_one_of("agreement", n) else None,
    )


def _is_one_of(what: str, n: int) -> bool:
    """Deal a trait out evenly, so that a small institution has it too; traits fall on different people."""
    return n % EVERY[what] == len(what)


def _hired(profile: Profile, luck: Random, n: int) -> tuple[date, date]:
    """Give the first day of work and the day payroll tells of it: one in twelve is hired during the year."""
    if not _is_one_of("hired", n):
        since = after(profile.first, -luck.randint(400, 9000)).replace(day=1)
        return since, profile.first
    months_on = luck.randrange(max(1, (profile.last - profile.first).days // 31 - 2))
    since = next_month(after(profile.first, 31 * months_on))
    if luck.random() < MID_MONTH:
        since = since.replace(day=15)
    # What payroll knew before the first day it tells on the first day.
    return since, max(profile.first, weekday_from(after(since, -luck.randint(2, 12))))


def _leaves(profile: Profile, luck: Random, since: date) -> date | None:
    """Let one in fourteen of those hired before the year leave during it, at the end of a month."""
    if since >= profile.first or luck.random() > LEAVING:
        return None
    return after(next_month(after(profile.first, luck.randint(40, (profile.last - profile.first).days))), -1)


def _wage(luck: Random) -> int:
    """Draw an hourly wage in øre: one in eight below the wage that gives the maximum rate."""
    low, high = LOW_WAGES if luck.random() < LOW_WAGED else USUAL_WAGES
    return luck.randrange(low, high, 25)


def _national_numbers(profile: Profile) -> list[str]:
    """Draw replacement numbers of persons born 1958 to 1999, no two alike."""
    luck = chance(profile.seed, profile.code, "national numbers")
    found: dict[str, None] = {}
    while len(found) < profile.employees:
        day, month, year = luck.randint(1, 28) + REPLACEMENT, luck.randint(1, 12), luck.randint(58, 99)
        found[f"{day:02d}{month:02d}{year:02d}{luck.randint(0, 3999):04d}"] = None
    return list(found)

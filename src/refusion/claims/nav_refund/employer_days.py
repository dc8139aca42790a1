"""From which day NAV pays a sickness: after sixteen calendar days of the employer's, counted over spells close together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from refusion.cases.nav_case import Leave
from refusion.law.norway.sickness.limit import last_paid_day
from refusion.law.norway.sickness.right import employer_days, is_new_employer_period, nav_from_day
from refusion.values.period import ONE_DAY, Period


def nav_from(leaves: Iterable[Leave], until: date) -> Mapping[UUID, date]:
    """Give the first day that NAV refunds of each leave, by case; the sick spells of a person count together (ftrl § 8-19).

    A spell that is still open counts until ``until``. For other benefits it is the first day.
    """
    found: dict[UUID, date] = {}
    spells: dict[UUID, list[Leave]] = {}
    for leave in leaves:
        if leave.is_sickness and not leave.withdrawn:
            spells.setdefault(leave.person, []).append(leave)
        else:
            found[leave.case] = leave.first_day
    for own in spells.values():
        found.update(_counted(sorted(own, key=lambda leave: leave.first_day), until))
    return found


def last_right(spells: Sequence[Period], born: date | None) -> date | None:
    """Give the last day of sickness benefit after the days that NAV pays, in order of their days (ftrl §§ 8-12, 8-51)."""
    return last_paid_day(spells, born).last_day if spells else None


def _counted(spells: Sequence[Leave], until: date) -> Mapping[UUID, date]:
    found: dict[UUID, date] = {}
    own_days, before = 0, date.min
    for spell in spells:
        if before != date.min and is_new_employer_period((spell.first_day - before).days - 1):
            own_days = 0
        last = max(spell.first_day, spell.last_day or until)
        days = (last - spell.first_day).days + 1
        reached = int(employer_days(own_days + days)) - own_days
        whole = date.fromordinal(int(nav_from_day(spell.first_day.toordinal())))
        # A shorter spell is the employer's altogether; NAV's first day comes after as many days as are left of the sixteen.
        found[spell.case] = min(spell.first_day + timedelta(days=reached), whole) if reached < days else last + ONE_DAY
        own_days, before = own_days + reached, max(before, last)
    return found

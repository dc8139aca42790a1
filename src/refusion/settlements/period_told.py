"""Which days a payer's text says that the money is for: only when it names exactly two, the first not after the last."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from refusion.values.period import Period

_ISO = r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})"
_DANISH = r"(?P<d>\d{1,2})[./-](?P<m>\d{1,2})[./-](?P<y>\d{4}|\d{2})"
_DAY = re.compile(rf"(?<![\w.-])(?:{_ISO}|{_DANISH})(?!\d)")
# A hyphen between two days with dots or slashes; elsewhere it may be part of a reference.
_BETWEEN = re.compile(r"([./]\d{2,4})\s*-\s*(\d{1,2}[./])")
CENTURY = 2000


def period_told(told: Iterable[str]) -> Period | None:
    """Give the period that texts name by its first and last day (``01.03.2025-31.03.2025``, ``2025-03-01 2025-03-31``).

    More or fewer days than two, or a day that no calendar has, tell no period.
    """
    days: list[date] = []
    for text in told:
        for found in _DAY.finditer(_BETWEEN.sub(r"\1 \2", text)):
            day = _day(found)
            if day is None:
                return None
            days.append(day)
    distinct = list(dict.fromkeys(days))
    if len(distinct) != len((0, 1)) or distinct[1] < distinct[0]:
        return None
    return Period(distinct[0], distinct[1])


def _day(found: re.Match[str]) -> date | None:
    """Give the day that was written, or None when the calendar has none such."""
    if found["year"]:
        year, month, day = int(found["year"]), int(found["month"]), int(found["day"])
    else:
        year, month, day = int(found["y"]), int(found["m"]), int(found["d"])
        year += CENTURY if year < CENTURY // 20 else 0
    try:
        return date(year, month, day)
    except ValueError:
        return None

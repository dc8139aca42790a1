"""The income that a refund is reckoned from: the average of whole months before the leave, as payroll told it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from refusion.law.engine.words import portion
from refusion.law.norway.parental.basis import BASIS_MONTHS, MONTHS_IN_YEAR, WEEKS_IN_YEAR
from refusion.values.period import first_of_month, months_after


def monthly_income(start: date, agreed: Mapping[date, int]) -> int | None:
    """Give the average of the last three whole calendar months before a day in øre (ftrl § 8-28, ledd 3).

    Somebody newly employed has fewer months; without any the first month of the leave counts, and None where even that is
    unknown. ``agreed`` is pay by the first day of its month.
    """
    months = [months_after(first_of_month(start), -back) for back in range(1, BASIS_MONTHS.ever() + 1)]
    known = [agreed[month] for month in months if month in agreed]
    if not known:
        return agreed.get(first_of_month(start))
    return int(portion(sum(known), 1, len(known)))


def weekly_income(start: date, agreed: Mapping[date, int]) -> int | None:
    """Give the average week of the month before a day in øre: a month's pay is a twelfth of 52 weeks'."""
    month = agreed.get(months_after(first_of_month(start), -1), agreed.get(first_of_month(start)))
    return None if month is None else int(portion(month, MONTHS_IN_YEAR.ever(), WEEKS_IN_YEAR.ever()))

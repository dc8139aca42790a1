"""The periods of a case's claims: calendar months, from the first day that can be refunded to the last absence day."""

from __future__ import annotations

from datetime import date

from refusion.cases.facts import NO_NOTICE, Case
from refusion.values.period import Period, last_of_month


def first_claimable(case: Case) -> date:
    """Give the first day that can be claimed: a late notification reaches only the day it was given (SDL § 40 (2)).

    Leave has the deadline of its request alone, but for a pregnancy.
    """
    late = case.kind not in NO_NOTICE and case.notified_on is not None and case.notified_on > case.notify_by
    return max(case.refund_from, case.notified_on) if late and case.notified_on else case.refund_from


def claim_periods(case: Case, last_absence_day: date | None, day: date) -> tuple[Period, ...]:
    """Give the periods that ought to have a claim on the day, in order, without gap or overlap.

    The first claim is made as soon as the notification is accepted; each further one when its period has begun.
    No period at all when the absence ended before anything could be claimed.
    """
    first = first_claimable(case)
    end = last_absence_day or max(day, last_of_month(first))
    if end < first:
        return ()
    months = [Period(month.first, last_of_month(month.first)) for month in Period(first, end).months()]
    if last_absence_day is not None:
        months[-1] = Period(months[-1].first, last_absence_day)
        # An absence that ends on a Saturday or Sunday after the first of a month claims nothing more for that month.
        months = months if months[-1].weekdays else months[:-1]
    return tuple(month for n, month in enumerate(months) if n == 0 or month.first <= day)

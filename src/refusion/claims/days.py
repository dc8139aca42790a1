"""The days of a case by its kind: from when it is refunded, until when it is notified and asked for, what came too late."""

from __future__ import annotations

from datetime import date

from refusion.cases.facts import LEAVE, NO_NOTICE, Case, Kind
from refusion.claims.answers import Known
from refusion.claims.leave import right as leave
from refusion.law.denmark.parental.deadlines import is_parental_right_kept
from refusion.law.denmark.sickness import dates
from refusion.law.denmark.sickness.dates import Window
from refusion.values.period import ONE_DAY, Period


def refund_from(case: Case, known: Known) -> date:
    """Give the first day that is refunded when nothing comes late."""
    if case.kind in LEAVE:
        return leave.first_refundable(case.kind, known)
    return dates.refund_from(case.first_absence_day, case.waived)


def notify_by(case: Case, known: Known) -> date:
    """Give the last day on which a notification loses nothing.

    Leave has the deadline of its request alone (BL § 40), a pregnancy five weeks however short it was (BEK 843/2018 § 15).
    """
    if case.kind in NO_NOTICE:
        first = case.first_absence_day
        return leave.request_by(known, Period(first, first))
    return dates.notify_by(case.first_absence_day, case.waived and case.kind is not Kind.PREGNANCY, case.last_absence_day)


def last_claimable(case: Case, known: Known) -> date | None:
    """Give the last day that can be claimed, None while nobody knows."""
    return leave.last_refundable(case.kind, known) if case.kind in LEAVE else known.absence.last_day


def request_by(case: Case, known: Known, period: Period) -> date:
    """Give the last day on which a request still reaches the first day of a period."""
    return leave.request_by(known, period) if case.kind in LEAVE else dates.request_by(period.first)


def window(case: Case, known: Known, claimed: Period, today: date) -> Window:
    """Tell what of a claimed period is refundable if it is asked for today, or when it has passed, and what came too late.

    A pilot's claims are taken to be notified and asked for in time: somebody else files them.
    """
    requested_on = claimed.last + ONE_DAY if case.pilot else max(today, claimed.last + ONE_DAY)
    if case.kind in LEAVE:
        return _leave_window(leave.request_by(known, claimed), claimed, requested_on)
    return dates.window(
        first_absence_day=case.first_absence_day,
        waived=case.waived,
        notified_on=case.notified_on or (min(case.notify_by, today) if case.pilot else today),
        claimed=claimed,
        requested_on=requested_on,
        last_absence_day=case.last_absence_day,
    )


def _leave_window(last_day: date, claimed: Period, requested_on: date) -> Window:
    """Give all of the period or nothing: leave is cut to its days with refund before it is claimed."""
    in_time = is_parental_right_kept(requested_on.toordinal(), last_day.toordinal(), system_outage=False)
    return Window(claimed, None) if in_time else Window(None, claimed)

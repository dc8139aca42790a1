"""What granted dispensation changes: days that came too late are claimed as if they had come in time (SDL § 59, stk. 6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from refusion.cases.facts import Case
from refusion.law.denmark.sickness.dates import request_by
from refusion.values.period import Period
from refusion.workflow.ports.work import Transaction


def as_excused(tx: Transaction, case: Case) -> Case:
    """Give the case as it is claimed: notified in time where the days before its late notification were excused."""
    notified = case.notified_on
    if notified is None or notified <= case.notify_by or not tx.losses.granted(case.id):
        return case
    if any(days.first == case.refund_from and days.last < notified for days in tx.losses.granted(case.id)):
        return replace(case, notified_on=case.notify_by)
    return case


def requested_in_time(tx: Transaction, case: Case, period: Period, requested_on: date) -> date:
    """Give the day on which a request counts: the last timely one where days of the period were excused."""
    excused = [days.overlap(period) for days in tx.losses.granted(case.id)]
    return min([requested_on, *(request_by(days.first) for days in excused if days is not None)])


def is_excused(tx: Transaction, case: Case, period: Period) -> bool:
    """Tell whether days of the period were excused, so that the period may be put right after its last day."""
    return any(days.overlap(period) for days in tx.losses.granted(case.id))

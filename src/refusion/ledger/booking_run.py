"""In which payroll run a payment of the authority is booked: the first main run of the month after it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from refusion.values.period import Period, first_of_month, last_of_month, months_after
from refusion.values.said import Refused, said


def booked_in(paid_on: date, main_runs: Iterable[date]) -> date:
    """Give the main run in which a payment is booked (UiO: payments of August are booked on 15 September).

    Raises Refused when no main run is planned in the month after the payment.
    """
    first = first_of_month(months_after(first_of_month(paid_on), 1))
    month = Period(first, last_of_month(first))
    run = min((run for run in main_runs if run in month), default=None)
    if run is None:
        raise Refused(said("ledger.no_main_run", first_day=month.first, last_day=month.last))
    return run

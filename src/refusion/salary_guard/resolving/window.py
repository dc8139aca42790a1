"""When a payment already sent can still be stopped by hand, and what the bank may answer."""

from __future__ import annotations

from datetime import date, timedelta

from refusion.law.denmark.working_days import is_banking_day
from refusion.values.period import Period
from refusion.values.said import Said, said

ONE_DAY = timedelta(days=1)
BANKING_DAYS = 2
SUPPORT_PHONE = "+45 4460 6368"
"""NemKonto's support, as the state payroll's guide gives it."""


def stop_window(value_date: date) -> Period:
    """Give the last two banking days before the value date: a payment can be stopped then, not earlier and not later.

    Source: the state payroll's guide on stopped payments, manual stop; the banking calendar as the law of Denmark has it.
    """
    days: list[date] = []
    day = value_date - ONE_DAY
    while len(days) < BANKING_DAYS:
        if is_banking_day.body(day.toordinal()):
            days.append(day)
        day -= ONE_DAY
    return Period(days[-1], days[0])


def may_stop(today: date, value_date: date) -> Said | None:
    """Say why a payment cannot be stopped by hand today; None when it can."""
    window = stop_window(value_date)
    if today < window.first:
        return said("guard.too_early_to_stop", first_day=window.first, last_day=window.last)
    if today > window.last:
        return said("guard.too_late_to_stop", last_day=window.last, value_date=value_date)
    if not is_banking_day.body(today.toordinal()):
        return said("guard.bank_closed", first_day=window.first, last_day=window.last)
    return None


def days_left(today: date, value_date: date) -> int:
    """Count the banking days from today to the last day of the window, today among them; 0 when it has closed."""
    last = stop_window(value_date).last
    return sum(1 for day in Period(today, last) if is_banking_day.body(day.toordinal())) if today <= last else 0


def stop_message(reference: str, amount: int, value_date: date) -> Said:
    """Give the text that asks the bank or NemKonto to stop one payment, ``amount`` in øre."""
    return said("guard.stop_message", reference=reference, amount_ore=amount, value_date=value_date)


def guidance() -> Said:
    """Give where help is found: NemKonto's support."""
    return said("guard.nemkonto_guidance", phone=SUPPORT_PHONE)

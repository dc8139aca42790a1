"""The week of Danish sickness as somebody would write it by hand for numba: all rules and figures in one loop."""

from __future__ import annotations

import numba
import numpy as np

from refusion.law.denmark.holidays import refundable_through
from refusion.law.denmark.rates import SUPPLEMENT_RATE, WEEKLY_MAXIMUM

THROUGH, FIRST_DAY = refundable_through.numbers, refundable_through.first_day
LIMITS, FIRST_LIMIT = WEEKLY_MAXIMUM.amount_of_day, WEEKLY_MAXIMUM.values[0].since.toordinal()
RATES, FIRST_RATE = SUPPLEMENT_RATE.amount_of_day, SUPPLEMENT_RATE.values[0].since.toordinal()


@numba.njit(error_model="numpy")
def kernel(first, last, weekly_hours, absent_hours, hourly, wage, period_days, days_made, refund_made, supplement_made):
    """Calculate weeks that lie in one calendar week of one set of figures."""
    monday = (first[0] - 1) // 7 * 7 + 1
    limit = LIMITS[min(monday - FIRST_LIMIT, LIMITS.size - 1)]
    rate = RATES[min(monday - FIRST_RATE, RATES.size - 1)]
    hour_limit = (100 * limit + 1850) // 3700
    for row in range(first.size):
        days = THROUGH[last[row] - FIRST_DAY] - THROUGH[first[row] - 1 - FIRST_DAY]
        hours = min(absent_hours[row], weekly_hours[row])
        benefit = 0
        if hours >= 400:
            earned = min(hourly[row], hour_limit)
            is_full = hours >= 3700 and earned == hour_limit
            week = limit * 100 if is_full else min(hours * earned, limit * 100)
            benefit = (week * days + 250) // 500
        in_all = max(period_days[row], 1)
        refund = min(benefit, (wage[row] * days + in_all // 2) // in_all)
        days_made[row], refund_made[row] = days, refund
        supplement_made[row] = 100 * ((refund * rate + 500_000) // 1_000_000)


def made(size: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Make room for what the kernel gives."""
    return np.empty(size, np.int64), np.empty(size, np.int64), np.empty(size, np.int64)

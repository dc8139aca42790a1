"""What the made-up runs consist of: their pay codes, the kinds of error, and a run with its labels."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from refusion.salary_guard.columns import Ints, PayCodes, PayRun, Role


class Code(IntEnum):
    """The pay codes of the made-up payroll (numbers of its own, not those of a real one)."""

    BASE = 100
    HOURLY = 110
    SUPPLEMENT = 200
    EVENING = 310
    WEEKEND = 320
    WEEKEND_ANEW = 321
    """The number under which a new payroll keeps weekend hours."""
    OVERTIME = 330
    BONUS = 400
    HOLIDAY_SUPPLEMENT = 410
    BACK_PAY = 420
    SETTLEMENT = 430
    TRAVEL = 500
    UNPAID = 600
    PENSION = 700
    LABOUR_MARKET = 710
    TAX = 720
    MEMBERSHIP = 730


ROLES: dict[Code, Role] = {
    Code.BASE: Role.BASE,
    Code.HOURLY: Role.HOURLY,
    Code.SUPPLEMENT: Role.SUPPLEMENT,
    Code.EVENING: Role.VARIABLE,
    Code.WEEKEND: Role.VARIABLE,
    Code.WEEKEND_ANEW: Role.VARIABLE,
    Code.OVERTIME: Role.VARIABLE,
    Code.BONUS: Role.ONE_OFF,
    Code.HOLIDAY_SUPPLEMENT: Role.SEASONAL,
    Code.BACK_PAY: Role.ONE_OFF,
    Code.SETTLEMENT: Role.SETTLEMENT,
    Code.TRAVEL: Role.VARIABLE,
    Code.UNPAID: Role.ABSENCE,
    Code.PENSION: Role.DEDUCTION,
    Code.LABOUR_MARKET: Role.DEDUCTION,
    Code.TAX: Role.TAX,
    Code.MEMBERSHIP: Role.DEDUCTION,
}
CODES = tuple(Code)
PLACE = {code: place for place, code in enumerate(CODES)}
PAY_CODES = PayCodes(np.array(CODES, np.int64), np.array([ROLES[code] for code in CODES], np.int64))


class Kind(IntEnum):
    """What was done to a payment; NONE is left as payroll should have made it."""

    NONE = 0
    HISTORY = 1
    CONTRACT = 2
    ABSENCE = 3
    DUPLICATE = 4
    ENDED = 5
    TIMES_TEN = 6
    TIMES_HUNDRED = 7
    COMMA = 8
    NEW_ACCOUNT = 9
    DRIFT = 10


@dataclass(frozen=True, slots=True)
class LabelledRun:
    """A run with, for each payment, the kind of error in it and how far the error moved its net pay, in øre."""

    run: PayRun
    kind: Ints
    moved: Ints

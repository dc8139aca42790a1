"""The Swedish rule names of the case files that need no agreement's amounts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from refusion.law.engine.policies import following
from refusion.law.engine.worked import Answer, Given, Input, Unreadable, Worked, day, one_of, period, several
from refusion.law.sweden.net_days import QUARTERS, Case, Degree, net_days

WHOLE = 100
_EXACT = re.compile(r"-?\d{1,30}(\.\d{1,30}|/[1-9]\d{0,30})?")


def _case(value: object) -> Case:
    """Read ``{first_day, paid: [[first, last, percent], …]}``."""
    if not isinstance(value, Mapping) or set(value) != {"first_day", "paid"} or not isinstance(value["paid"], list):
        raise Unreadable(f"not a case with first_day and paid: {value!r}")
    return Case(day(value["first_day"]), tuple(map(_degree, value["paid"])))


def _degree(value: object) -> Degree:
    if not isinstance(value, list) or len(value) != 3:
        raise Unreadable(f"not [first, last, percent]: {value!r}")
    quarters = Fraction(QUARTERS * Fraction(str(value[2])), WHOLE)
    if quarters.denominator != 1:
        raise Unreadable(f"not a quarter, half, three quarters or all: {value[2]!r}")
    return Degree(period(value[:2]), int(quarters))


def _year(value: object) -> int:
    return int(str(value))


def fraction(value: object) -> str:
    """Read an exact number, a decimal or a fraction such as 43/40, and write it in lowest terms."""
    text = str(value).strip()
    if isinstance(value, bool) or not _EXACT.fullmatch(text):
        raise Unreadable(f"not an exact number: {value!r}")
    return str(Fraction(text))


def _net_days(given: Given) -> str:
    with following(long_cases=given.of(str, "long_cases")):
        return str(net_days(given.of(tuple, "cases"), given.of(int, "year")))


RULES = {
    "SE-2013-NET-DAYS": Worked(
        {
            "year": Input(_year),
            "cases": Input(several(_case)),
            "long_cases": Input(one_of("days_within", "left_out"), "days_within"),
        },
        {"net_days": Answer(fraction, _net_days)},
    ),
}

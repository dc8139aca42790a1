"""What is expected for each month of many leaves at once: the same rules of law on columns, for booking runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from refusion.cases.nav_case import Leave
from refusion.law.engine.words import at_least, at_most
from refusion.law.norway.days import expected_refund, paid_days
from refusion.law.norway.deadline import claim_from_day
from refusion.values.period import Period, first_of_month, last_of_month, months_after

Whole = NDArray[np.int64]
NEVER, ALWAYS = date.max.toordinal(), 1


@dataclass(frozen=True, slots=True)
class LeaveColumns:
    """Leaves as equally long columns: NAV's first day, the last day of leave, employment and right, the rate in øre.

    ``reaches`` is the first day that a notice received in time reaches back to (1: none was received yet).
    """

    case: NDArray[np.object_]
    first: Whole
    last: Whole
    reaches: Whole
    rate: Whole


@dataclass(frozen=True, slots=True)
class MonthExpected:
    """What is expected for a case and a month: its days with refund, how many of them are paid, øre in all, øre lost to the deadline."""

    case: UUID
    month: date
    days: Period
    paid_days: int
    rate: int
    amount: int
    late: int = 0


def columns_of(
    leaves: Sequence[Leave], rates: Mapping[UUID, int], first_days: Mapping[UUID, date], received: Mapping[UUID, date]
) -> LeaveColumns:
    """Put leaves into columns; withdrawn ones and those without a rate expect nothing.

    ``received`` is the day on which NAV received the first notice of a case; a leave without one loses nothing yet.
    """
    counted = [leave for leave in leaves if rates.get(leave.case)]
    ends = [leave.refund_ends for leave in counted]
    got = np.array([_ordinal(received.get(leave.case), ALWAYS) for leave in counted], np.int64)
    reaches = np.ones(len(counted), np.int64)
    known = np.flatnonzero(got != ALWAYS)
    reaches[known] = claim_from_day(got[known])
    return LeaveColumns(
        case=np.array([leave.case for leave in counted], np.object_),
        first=np.array([first_days[leave.case].toordinal() for leave in counted], np.int64),
        last=np.array([ALWAYS if leave.withdrawn else _ordinal(end, NEVER) for leave, end in zip(counted, ends, strict=True)], np.int64),
        reaches=reaches,
        rate=np.array([rates[leave.case] for leave in counted], np.int64),
    )


def expected_months(columns: LeaveColumns, until: date) -> tuple[MonthExpected, ...]:
    """Give what each month expects, from the first leave's month to the month of ``until``, months with nothing left out.

    Five days a week, public holidays paid (ftrl § 14-7), to the last day of the employment (§ 22-3), and what the claim's
    deadline takes (§ 22-13) apart.
    """
    if not columns.first.size:
        return ()
    month = first_of_month(date.fromordinal(int(columns.first.min())))
    found: list[MonthExpected] = []
    while month <= until:
        found += _of_month(columns, month)
        month = months_after(month, 1)
    return tuple(found)


def _of_month(columns: LeaveColumns, month: date) -> list[MonthExpected]:
    begins, ends = month.toordinal(), last_of_month(month).toordinal()
    first = np.asarray(at_least(columns.first, begins))
    last = np.asarray(at_most(columns.last, ends))
    in_time = np.asarray(at_least(first, columns.reaches))
    whole = np.asarray(paid_days(first, last))
    days = np.asarray(paid_days(in_time, last))
    amount = np.asarray(expected_refund(days, columns.rate))
    late = np.asarray(expected_refund(whole - days, columns.rate))
    return [
        MonthExpected(
            case=columns.case[row],
            month=month,
            days=Period(date.fromordinal(int(min(in_time[row], last[row]))), date.fromordinal(int(last[row]))),
            paid_days=int(days[row]),
            rate=int(columns.rate[row]),
            amount=int(amount[row]),
            late=int(late[row]),
        )
        for row in np.flatnonzero(amount + late)
    ]


def _ordinal(day: date | None, otherwise: int) -> int:
    return otherwise if day is None else day.toordinal()

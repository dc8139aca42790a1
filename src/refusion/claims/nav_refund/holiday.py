"""The holiday pay that NAV refunds in May for the year before, expected as soon as the year is earned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from refusion.absences.norwegian import Benefit
from refusion.cases.nav_case import Leave
from refusion.claims.nav_refund.months import MonthExpected
from refusion.claims.nav_refund.rate import LAW, UIO
from refusion.law.engine.policies import following
from refusion.law.norway.holiday_pay import (
    holiday_pay_days,
    holiday_pay_in_ore,
    is_of_holiday_age,
    parental_holiday_rate,
    pregnancy_holiday_pay_days,
    sickness_holiday_pay_days,
    sickness_holiday_rate,
)
from refusion.law.norway.parental.holiday_window import Paid, Parents, Part, holiday_pay_of

KRONE = 100
HALF = 50


@dataclass(frozen=True, slots=True)
class Earned:
    """A month of a leave with what of it was earned: the leave and the month's expectation."""

    leave: Leave
    month: MonthExpected


def expected_holiday(earned: Sequence[Earned], year: int, profile: str = LAW) -> int:
    """Give the holiday pay of one person and benefit for an earning year in øre (ftrl §§ 8-33, 14-4, 14-8)."""
    if not earned:
        return 0
    benefit = earned[0].leave.benefit
    with following(profile=UIO if profile == UIO else LAW):
        if benefit is Benefit.SICKNESS:
            return _by_days(earned, year, int(sickness_holiday_rate(_older(earned[0].leave, year))), sickness=True)
        if benefit is Benefit.PREGNANCY:
            return _by_days(earned, year, int(parental_holiday_rate(_older(earned[0].leave, year))), sickness=False)
        return _parental(earned, year)


def _older(leave: Leave, year: int) -> bool:
    return leave.born is not None and bool(is_of_holiday_age(leave.born.toordinal(), date(year, 1, 1).toordinal()))


def _parental(earned: Sequence[Earned], year: int) -> int:
    """Twelve weeks at 100 %, fifteen at 80 %, from the first day of the leave; another parent's days nobody tells us."""
    paid = [Paid(one.month.days, (Part("own", 0, one.month.rate),)) for one in earned if one.month.paid_days]
    limit = int(holiday_pay_days(earned[0].leave.coverage))
    found = holiday_pay_of(Parents(paid), limit, older=_older(earned[0].leave, year))
    return sum(int(amount) for earned_in, _, amount in found.employers if earned_in == year) if found else 0


def _by_days(earned: Sequence[Earned], year: int, rate: int, *, sickness: bool) -> int:
    """The first paid days of the year, as many as the rule counts, at their own rates; to whole kroner."""
    counted, benefit = 0, 0
    for one in _of_year(earned, year):
        reached = counted + one.month.paid_days
        days = int(sickness_holiday_pay_days(reached) if sickness else pregnancy_holiday_pay_days(reached)) - counted
        benefit += max(0, days) * one.month.rate
        counted += max(0, days)
    return (int(holiday_pay_in_ore(benefit, rate)) + HALF) // KRONE * KRONE


def _of_year(earned: Iterable[Earned], year: int) -> Iterable[Earned]:
    return sorted((one for one in earned if one.month.month.year == year and one.month.paid_days), key=lambda one: one.month.days.first)

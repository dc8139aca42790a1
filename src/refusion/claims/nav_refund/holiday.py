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
    holiday_pay,
    holiday_pay_days,
    is_of_holiday_age,
    parental_holiday_rate,
    pregnancy_holiday_pay_days,
    sickness_holiday_pay_days,
    sickness_holiday_rate,
)
from refusion.law.norway.parental.holiday_window import Paid, Parents, Part, holiday_pay_of


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
            own = [one for one in earned if one.month.month.year == year]
            return _by_days(own, year, int(sickness_holiday_rate(_older(earned[0].leave, year))), sickness=True)
        if benefit is Benefit.PREGNANCY:
            rate = int(parental_holiday_rate(_older(earned[0].leave, year)))
            return sum(_by_days(own, year, rate, sickness=False) for own in _by_pregnancy(earned))
        return _parental(earned, year)


def _older(leave: Leave, year: int) -> bool:
    return leave.born is not None and bool(is_of_holiday_age(leave.born.toordinal(), date(year, 1, 1).toordinal()))


def _parental(earned: Sequence[Earned], year: int) -> int:
    """Twelve weeks at 100 %, fifteen at 80 %, from the first day of the leave; another parent's days nobody tells us."""
    paid = [Paid(one.month.days, (Part("own", 0, one.month.rate),)) for one in earned if one.month.paid_days]
    limit = int(holiday_pay_days(earned[0].leave.coverage))
    found = holiday_pay_of(Parents(paid), limit, older=_older(earned[0].leave, year))
    return sum(int(amount) for earned_in, _, amount in found.employers if earned_in == year) if found else 0


def _by_pregnancy(earned: Sequence[Earned]) -> Iterable[Sequence[Earned]]:
    """Part the leaves of different pregnancies: the days of one count together, over the turn of a year too."""
    dues = {one.leave.due_on for one in earned}
    return ([one for one in earned if one.leave.due_on == due] for due in dues)


def _by_days(earned: Iterable[Earned], year: int, rate: int, *, sickness: bool) -> int:
    """The first paid days, as many as the rule counts, at their own rates; what of them is earned in the year, to whole kroner."""
    counted, benefit = 0, 0
    for one in sorted((one for one in earned if one.month.paid_days), key=lambda one: one.month.days.first):
        reached = counted + one.month.paid_days
        days = int(sickness_holiday_pay_days(reached) if sickness else pregnancy_holiday_pay_days(reached)) - counted
        benefit += max(0, days) * one.month.rate if one.month.month.year == year else 0
        counted += max(0, days)
    return int(holiday_pay(benefit, rate))

"""What NAV is expected to refund for one month of a parental leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from refusion.law.engine.refusals import MissingFact, NotAnswered, needed
from refusion.law.engine.rule import account
from refusion.law.norway.base_amount import BASE_AMOUNT
from refusion.law.norway.days import paid_days, refund_in_employment
from refusion.law.norway.parental.basis import BASIS_FROM_WEEKS, annual_basis_from_week, is_basis_from_weeks
from refusion.law.norway.parental.rate import benefit_rate
from refusion.law.norway.statutes import FTRL, REFUND_RIGHT
from refusion.values.money import Ore
from refusion.values.period import Period
from refusion.values.said import said

COVERAGES = (100_00, 80_00)


@dataclass(frozen=True, slots=True)
class Leave:
    """A leave as its refund needs it: money in øre, coverage in basis points, last day of the employment or None."""

    start: date
    coverage: int
    annual_basis: int | None = None
    average_weekly_income: int | None = None
    employment_ends: date | None = None


@dataclass(frozen=True, slots=True)
class MonthExpectation:
    """What a month gives: paid days, the daily rate and the sum in øre, and the marks of the figures behind it."""

    days: int
    rate: Ore
    expected: Ore
    estimated: bool
    unverified: bool


@account(FTRL.section("14-7"), called="grunnlag pr. år")
def annual_basis(leave: Leave) -> int:
    """Give the basis of a year in øre: from the weekly income for starts before 2019 and in the profile ``uio``.

    Raises MissingFact for the income that is needed, NotAnswered for one below zero.
    """
    if is_basis_from_weeks(leave.start.toordinal()):
        if leave.average_weekly_income is None:
            raise MissingFact("average_weekly_income")
        return _not_negative(int(annual_basis_from_week(leave.average_weekly_income)), "average_weekly_income")
    if leave.annual_basis is None:
        raise MissingFact("annual_basis")
    return _not_negative(leave.annual_basis, "annual_basis")


@account(REFUND_RIGHT, called="forventet refusjon for måneden")
def month_expectation(leave: Leave, month: Period) -> MonthExpectation:
    """Give what NAV owes the employer for a month of the leave (ftrl §§ 8-10, 14-7, 22-3).

    Raises MissingFact, NotAnswered for another coverage than 100 or 80 %, NotKnown before the first base amount.
    """
    needed({"start": leave.start, "month": month})
    if leave.coverage not in COVERAGES:
        raise NotAnswered(said("law.coverage_unknown", coverage=leave.coverage // 100))
    start = leave.start.toordinal()
    rate = benefit_rate(annual_basis(leave), leave.coverage, start)
    first = max(leave.start, month.first).toordinal()
    last = month.last.toordinal()
    ends = last if leave.employment_ends is None else leave.employment_ends.toordinal()
    figures = (BASE_AMOUNT, BASIS_FROM_WEEKS)
    return MonthExpectation(
        days=paid_days(first, min(last, ends)),
        rate=Ore(rate),
        expected=Ore(refund_in_employment(first, last, ends, rate)),
        estimated=any(bool(figure.estimated(start)) for figure in figures),
        unverified=any(bool(figure.unverified(start)) for figure in figures),
    )


def _not_negative(amount: int, name: str) -> int:
    if amount < 0:
        raise NotAnswered(said("law.negative_fact", name=name, value=amount))
    return amount

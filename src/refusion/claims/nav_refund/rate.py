"""What NAV owes the employer for a day of a leave: basis, six base amounts, coverage, degree, several employers."""

from __future__ import annotations

from dataclasses import dataclass

from refusion.cases.nav_case import Leave
from refusion.law.engine.policies import following
from refusion.law.engine.words import at_most, portion
from refusion.law.norway.base_amount import BASE_AMOUNT, base_amount, least_basis, six_base_amounts
from refusion.law.norway.parental.basis import BASIS_FROM_WEEKS, annual_basis_from_week, is_basis_from_weeks
from refusion.law.norway.parental.cap import Employer, capped_shares
from refusion.law.norway.parental.rate import MONTHS_IN_YEAR, benefit_rate, counted_claim, graded_refund_rate
from refusion.law.norway.sickness.split import Work, day_split, sickness_basis, sickness_refund_rate

LAW, UIO = "law", "uio"
PROFILES = (LAW, UIO, "state")
"""Whose text an institution follows; ``state`` differs from the law's default in its accounts alone."""
WHOLE = 100_00


@dataclass(frozen=True, slots=True)
class DayRate:
    """What a day gives in øre, the year's basis behind it, and the marks of the figures; None where income is missing."""

    rate: int
    annual_basis: int
    estimated: bool
    unverified: bool


def day_rate(leave: Leave, profile: str = LAW) -> DayRate | None:
    """Give the refund of a day of the leave in øre, or None where payroll lacks the income (ftrl §§ 8-10, 14-7, 14-16, 22-3).

    Raises NotKnown before the first base amount and NotAnswered for a negative income.
    """
    with following(profile=UIO if profile == UIO else LAW):
        basis = annual_basis(leave)
        if basis is None:
            return None
        rate = _sickness_rate(leave, basis) if leave.is_sickness else _parental_rate(leave, basis)
        day = leave.first_day.toordinal()
        figures = (BASE_AMOUNT, BASIS_FROM_WEEKS)
        estimated = any(bool(figure.estimated(day)) for figure in figures)
        return DayRate(rate, basis, estimated, any(bool(figure.unverified(day)) for figure in figures))


def annual_basis(leave: Leave) -> int | None:
    """Give a year's income in øre: twelve months' average, or 52 weeks' where the start or the profile asks for it."""
    if not leave.is_sickness and is_basis_from_weeks(leave.first_day.toordinal()):
        return None if leave.weekly_income is None else int(annual_basis_from_week(leave.weekly_income))
    return None if leave.monthly_income is None else int(leave.monthly_income * MONTHS_IN_YEAR.ever())


def covers(leave: Leave, monthly_pay: int) -> bool:
    """Tell whether a month's pay is at least what is claimed for it: the income within six base amounts, by coverage and degree."""
    if leave.monthly_income is None:
        return True
    basis = leave.monthly_income * MONTHS_IN_YEAR.ever()
    limited = int(at_most(basis, six_base_amounts(base_amount(leave.first_day.toordinal()))))
    claimed = portion(portion(limited, leave.coverage, WHOLE), leave.degree, WHOLE)
    return bool(monthly_pay * MONTHS_IN_YEAR.ever() >= claimed)


def _parental_rate(leave: Leave, basis: int) -> int:
    start = leave.first_day.toordinal()
    claim = _counted(basis)
    if leave.degree == WHOLE and not leave.other_gross:
        return int(benefit_rate(claim, leave.coverage, start)) if basis >= least_basis(start) else 0
    if basis + leave.other_gross < least_basis(start):
        return 0
    employers = [Employer(basis, claim)]
    if leave.other_gross:
        employers.append(Employer(leave.other_gross, leave.other_claim))
    share = capped_shares(employers, int(six_base_amounts(base_amount(start))), leave.coverage).employers[0]
    work = int(leave.position - portion(leave.position, leave.degree, WHOLE))
    return int(graded_refund_rate(share, leave.position, work, leave.degree))


def _sickness_rate(leave: Leave, basis: int) -> int:
    start = leave.first_day.toordinal()
    if basis + leave.other_gross < least_basis(start):
        return 0
    if not leave.other_gross:
        return int(sickness_refund_rate(basis, basis, leave.degree, start))
    works = [Work(leave.degree, basis, basis), Work(leave.degree, leave.other_gross, leave.other_claim)]
    return int(day_split(works, int(sickness_basis(basis + leave.other_gross, start))).employers[0])


def _counted(basis: int) -> int:
    """Leave out a claim of less than fifty øre a day."""
    return basis if counted_claim(int(portion(basis, 1, MONTHS_IN_YEAR.ever()))) else 0


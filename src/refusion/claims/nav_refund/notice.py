"""The income notice that a leave asks for: start, monthly income, refund, its end where payroll knows one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from refusion.cases.nav_case import Leave
from refusion.claims.income_notice import Contact, IncomeNotice, ended_after
from refusion.claims.nav_refund.rate import annual_basis
from refusion.law.engine.words import portion
from refusion.law.norway.parental.rate import MONTHS_IN_YEAR
from refusion.values.period import ONE_DAY, Period
from refusion.values.said import Refused, said


@dataclass(frozen=True, slots=True)
class Asked:
    """What a notice needs beside the leave: NAV's request, the national number, whom to call, and NAV's first day of a sickness."""

    request: str
    national_number: str
    contact: Contact
    nav_from: date
    income_on: date | None = None
    changed: bool = False


def notice_of(leave: Leave, asked: Asked) -> IncomeNotice:
    """Give the notice of a leave: full pay is claimed until the leave or the employment ends, whichever comes first.

    Raises Refused where payroll lacks the income. A withdrawn leave claims nothing any more.
    """
    basis = annual_basis(leave)
    if basis is None:
        raise Refused(said("refusjon.income_missing", number=leave.number))
    income = int(portion(basis, 1, MONTHS_IN_YEAR.ever()))
    plain = IncomeNotice(
        request=asked.request,
        person=asked.national_number,
        workplace=leave.workplace,
        benefit=leave.benefit,
        start=leave.first_day,
        income=income,
        contact=asked.contact,
        refund=0 if leave.withdrawn else income,
        employer_days=_employer_days(leave, asked.nav_from),
        income_on=asked.income_on,
        changed=asked.changed,
    )
    end = told_end(leave)
    if leave.withdrawn or end is None:
        return plain
    return _ended(plain, end, changed=asked.changed)


def told_end(leave: Leave) -> date | None:
    """Give the last day of refund that NAV must be told: that of the employment, or the end of a sickness.

    The end of a parental leave NAV knows by its own decision; an employment's end it hears of us alone.
    """
    if leave.is_sickness:
        return leave.refund_ends
    ends = leave.employment_ends
    return ends if ends is not None and (leave.last_day is None or ends < leave.last_day) else None


def _ended(plain: IncomeNotice, end: date, *, changed: bool) -> IncomeNotice:
    last_own = max((days.last for days in plain.employer_days), default=None)
    if last_own is not None and end <= last_own:
        return replace(plain, refund=0)
    return replace(ended_after(plain, end), changed=changed)


def _employer_days(leave: Leave, nav_from: date) -> tuple[Period, ...]:
    if not leave.is_sickness or nav_from <= leave.first_day:
        return ()
    return (Period(leave.first_day, nav_from - ONE_DAY),)


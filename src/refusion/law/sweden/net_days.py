"""Net days from cases, for those who reckon them themselves: whole-day equivalents, only of cases up to two and a half years."""

# ruff: noqa: D401 (a rule states what holds)

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from refusion.law.engine.numbers import COUNT, YES_OR_NO, Count, Day, Days, Truth
from refusion.law.engine.parameters import figures
from refusion.law.engine.policies import Policy
from refusion.law.engine.refusals import NotAnswered
from refusion.law.engine.rule import account, rule
from refusion.law.sweden.statutes import VARIABLE_PART
from refusion.values.period import Period
from refusion.values.said import said

FIGURES = figures(__file__, "net_days.toml")
LONGEST_CASE = FIGURES["longest_case_days"]
QUARTERS = 4
LONG_CASES = Policy(
    "long_cases",
    ("days_within", "left_out"),
    "days_within",
    "'Fallängder upp till 2,5 år' leaves open whether a longer case counts until then or not at all.",
)


@dataclass(frozen=True, slots=True)
class Degree:
    """Days with sickness benefit of one degree, in quarters: 4 is full benefit."""

    days: Period
    quarters: int


@dataclass(frozen=True, slots=True)
class Case:
    """One sickness case: its first day and the benefit paid in it."""

    first_day: date
    paid: tuple[Degree, ...]


@rule(VARIABLE_PART.item(1), called="fallängd inom 2,5 år", gives=YES_OR_NO)
def is_within_longest_case(case_days: Days, day: Day) -> Truth:
    """A day counts while the case is at most so many days long, that day included."""
    return case_days <= LONGEST_CASE.at(day)


@rule(VARIABLE_PART.item(1), called="kvartsdagar", gives=COUNT)
def quarters_of_days(days: Days, quarters: Count) -> Count:
    """Two half days are one net day; reckoned in quarters."""
    return days * quarters


@account(VARIABLE_PART.item(1), called="nettodagar")
def net_days(cases: Iterable[Case], year: int) -> Fraction:
    """Give the net days of one year; raises NotAnswered for a degree outside 1 to 4 quarters, degrees on one day, pay before the case."""
    return Fraction(sum(_quarters(case, year) for case in cases), QUARTERS)


def _quarters(case: Case, year: int) -> int:
    _refuse_impossible(case)
    if LONG_CASES.follows("left_out") and not all(_counts(case, part.days.last) for part in case.paid):
        return 0
    days: Mapping[date, int] = {day: part.quarters for part in case.paid for day in part.days}
    return sum(quarters_of_days(1, quarters) for day, quarters in days.items() if day.year == year and _counts(case, day))


def _counts(case: Case, day: date) -> bool:
    return bool(is_within_longest_case((day - case.first_day).days + 1, day.toordinal()))


def _refuse_impossible(case: Case) -> None:
    for part in case.paid:
        if not 1 <= part.quarters <= QUARTERS:
            raise NotAnswered(said("law.degree_not_in_quarters", quarters=part.quarters))
        if part.days.first < case.first_day:
            raise NotAnswered(said("law.pay_before_case", day=part.days.first, first_day=case.first_day))
    if len({day for part in case.paid for day in part.days}) != sum(part.days.days for part in case.paid):
        raise NotAnswered(said("law.degrees_share_a_day", first_day=case.first_day))

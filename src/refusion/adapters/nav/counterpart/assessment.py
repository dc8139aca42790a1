"""What NAV pays a day, by the twin's own reading: six times G over all employers, a 260th, coverage and degree; whole kroner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache

# Grunnbeløpet in kroner from 1 May of each year, as the state publishes it.
BASIC_AMOUNTS = {
    2017: 93634, 2018: 96883, 2019: 99858, 2020: 101351, 2021: 106399, 2022: 111477,
    2023: 118620, 2024: 124028, 2025: 130160, 2026: 136549,
}  # fmt: skip
RAISED_LATE = (date(2020, 5, 1), date(2020, 9, 20))
DAYS_OF_A_YEAR, MONTHS, HUNDRED = 260, 12, 100


@dataclass(frozen=True)
class Share:
    """One employer: monthly income and monthly claim in øre."""

    income: int
    claim: int


@dataclass(frozen=True)
class Degree:
    """How much of a day is paid, in per cent: coverage, payout, and for graded leave position and work."""

    coverage: int = 100
    payout: int = 100
    position: int = 100
    work: int = 0


def basic_amount(day: date) -> int:
    """Give G in kroner on a day; the last that is known goes on."""
    year = day.year if (day.month, day.day) >= (5, 1) else day.year - 1
    return BASIC_AMOUNTS[min(max(year, min(BASIC_AMOUNTS)), max(BASIC_AMOUNTS))]


def cap_of(start: date) -> int:
    """Give six times G in øre for a year, as it is on the first day."""
    return 6 * basic_amount(start) * HUNDRED


@lru_cache(maxsize=65536)
def daily_of_leave(start: date, shares: tuple[Share, ...], degree: Degree) -> tuple[int, ...]:
    """Give each employer's daily rate of parental or pregnancy benefit in øre (whole kroner)."""
    if _below_half(start, shares):
        return (0,) * len(shares)
    yearly = _shared_out(cap_of(start), shares)
    return tuple(_whole_kroner(one * degree.coverage / HUNDRED * _withdrawn(degree)) for one in yearly)


@lru_cache(maxsize=65536)
def daily_of_sickness(start: date, shares: tuple[Share, ...], degree: Degree) -> tuple[int, ...]:
    """Give each employer's daily rate of sickness benefit in øre: what NAV covers is shared in proportion to the claims."""
    if _below_half(start, shares) or degree.payout < 20:
        return (0,) * len(shares)
    wanted = [Fraction(MONTHS * min(share.claim, share.income)) for share in shares]
    covered = min(cap_of(start), sum(MONTHS * share.income for share in shares))
    scale = min(Fraction(1), Fraction(covered) / sum(wanted)) if sum(wanted) else Fraction(0)
    return tuple(_whole_kroner(one * scale * degree.payout / HUNDRED) for one in wanted)


def _below_half(start: date, shares: tuple[Share, ...]) -> bool:
    """Less than half of G a year gives no right; between May and September 2020 the G of the year before was asked."""
    asked = start if not RAISED_LATE[0] <= start <= RAISED_LATE[1] else date(2020, 5, 1)
    return 2 * sum(MONTHS * share.income for share in shares) < basic_amount(asked) * HUNDRED


def _shared_out(cap: int, shares: tuple[Share, ...]) -> list[Fraction]:
    """Share six times G between employers: by income, nobody above what he claims, what is over goes round again."""
    wanted = [Fraction(MONTHS * min(share.claim, share.income)) for share in shares]
    if sum(wanted) <= cap:
        return wanted
    given: dict[int, Fraction] = {}
    while True:
        open_ = [place for place in range(len(shares)) if place not in given]
        left = cap - sum(given.values())
        base = sum(shares[place].income for place in open_)
        offered = {place: left * Fraction(shares[place].income, base) for place in open_}
        filled = {place: wanted[place] for place in open_ if offered[place] > wanted[place]}
        if not filled:
            return [{**given, **offered}[place] for place in range(len(shares))]
        given |= filled


def _withdrawn(degree: Degree) -> Fraction:
    """Give the share that the employer gets: of graded leave in a part-time position no more than the leave is of it."""
    payout = Fraction(degree.payout, HUNDRED)
    if degree.payout == HUNDRED or degree.position >= HUNDRED:
        return payout
    away = 1 - Fraction(degree.work, degree.position) if degree.position else Fraction(0)
    return min(max(Fraction(0), away), payout)


def _whole_kroner(yearly: Fraction) -> int:
    """Take a 260th of a year's øre, half a krone up."""
    kroner = yearly / (DAYS_OF_A_YEAR * HUNDRED)
    return int((2 * kroner + 1) // 2) * HUNDRED

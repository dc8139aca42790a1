"""A naive second opinion on sharing among Norwegian employers: the cap of parental benefit, the split of a sick day, holiday-pay windows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import NamedTuple

from tests.law.oracle_counting import Counts, Run, half_up, is_half


class Case(NamedTuple):
    """Gross pay, claims and benefits in kind of employers in øre a year, the limit, and the coverage in per cent."""

    employers: list[tuple[int, int, int]]
    limit: int
    coverage: int


def capped(case: Case) -> tuple[list[Fraction], list[Fraction]]:
    """Give exact yearly øre of employers and person, by filling glasses: all rise alike by weight until one is full."""
    claims = [Fraction(min(claim, gross)) for gross, claim, _ in case.employers]
    whole = [Fraction(gross + kind) for gross, _, kind in case.employers]
    share = Fraction(case.coverage, 100)
    if sum(whole) <= case.limit:
        return [claim * share for claim in claims], [(own - claim) * share for own, claim in zip(whole, claims, strict=True)]
    if sum(claims) > case.limit:
        weights = [Fraction(gross) for gross, _, _ in case.employers]
        # The level at which every employer has min(claim, level times weight) and the limit is used up, found from the lowest glass on.
        order = sorted((place for place in range(len(claims)) if weights[place]), key=lambda place: claims[place] / weights[place])
        rest, weight, given = Fraction(case.limit), sum(weights), [Fraction(0)] * len(claims)
        for place in order:
            level = rest / weight
            given[place] = min(claims[place], level * weights[place])
            rest, weight = rest - given[place], weight - weights[place]
        return [amount * share for amount in given], [Fraction(0)] * len(claims)
    order = sorted((place for place in range(len(claims)) if whole[place]), key=lambda place: -claims[place] / whole[place])
    rest, weight, parts = Fraction(case.limit), sum(whole), [Fraction(0)] * len(claims)
    for place in order:
        parts[place] = max(claims[place], rest / weight * whole[place])
        rest, weight = rest - parts[place], weight - whole[place]
    return [claim * share for claim in claims], [(part - claim) * share for part, claim in zip(parts, claims, strict=True)]


def drawn(chance: Random) -> Case:
    """Draw one to four employers; some claims are nothing, all, more than all, or a part; two alike share an odd limit in exact halves."""
    if chance.random() < 0.05:
        gross = chance.randrange(45_000_000, 90_000_000)
        return Case([(gross, gross, 0)] * 2, 2 * chance.randrange(25_000_000, 45_000_000) + 1, 100)
    employers = []
    for _ in range(chance.randint(1, 4)):
        gross = chance.choice([chance.randrange(0, 90_000_000), 100_000 * chance.randrange(1, 900)])
        claim = chance.choice([0, gross, gross + 1000, gross // 2, chance.randrange(0, gross + 1)])
        employers.append((gross, claim, chance.choice([0, 0, 1_200_000])))
    limit = chance.choice(
        [56_180_400, 81_929_400, sum(gross for gross, _, _ in employers), sum(min(claim, gross) for gross, claim, _ in employers)]
    )
    return Case(employers, limit, chance.choice([100, 80]))


class SickDay(NamedTuple):
    """Grade in hundredths of per cent, income and claim in øre a year for each employer, and the limited basis."""

    works: list[tuple[int, int, int]]
    basis: int


def sick_day(day: SickDay) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Give exact kroner a day of employers and person, each as a number of parts and how many parts a krone has."""
    income = sum(own for _, own, _ in day.works)
    graded = sum(grade * own for grade, own, _ in day.works)
    krone = income * 10_000 * 260 * 100
    nothing = [(0, krone)] * len(day.works)
    if graded < 2000 * income:
        return nothing, nothing
    money = min(day.basis, income) * graded
    wanted = [min(claim, own) * grade * income for grade, own, claim in day.works]
    needs = [own * grade * income - want for (grade, own, _), want in zip(day.works, wanted, strict=True)]
    return shared(wanted, money, krone), shared(needs, max(money - sum(wanted), 0), krone)


def shared(wants: list[int], money: int, krone: int) -> list[tuple[int, int]]:
    """Give each what it wants, or its part of the money where that is too little."""
    if sum(wants) <= money:
        return [(want, krone) for want in wants]
    return [(want * money, krone * sum(wants)) for want in wants]


def drawn_day(chance: Random) -> SickDay:
    """Draw a sick day with one to four employers; equal halves make exact ties."""
    works = []
    for _ in range(chance.randint(1, 4)):
        income = chance.choice([26_000 * (2 * chance.randrange(100, 2000) + 1), chance.randrange(1, 90_000_000)])
        claim = chance.choice([0, income, income // 2, chance.randrange(0, income + 1)])
        works.append((chance.choice([10_000, 5000, 2000, chance.randrange(0, 10_001)]), income, claim))
    return SickDay(works, chance.choice([81_929_400, 56_180_400, sum(income for _, income, _ in works)]))


class Parents(NamedTuple):
    """Paid periods of both parents: first day, last day, kroner a day; whose holiday pay is asked for, and the limit."""

    own: list[tuple[date, date, int]]
    other: list[tuple[date, date, int]]
    other_has_right: bool
    first: bool
    limit: int


def days(first: date, last: date) -> range:
    """List days as their ordinals."""
    return range(first.toordinal(), last.toordinal() + 1)


def is_weekday(day: int) -> bool:
    """Tell whether an ordinal is a Monday to Friday: day 1 was a Monday."""
    return day % 7 not in (6, 0)


def window(parents: Parents) -> tuple[date, date, dict[int, int], bool]:
    """Give the window's first and last day, the holiday pay in kroner by year, day by day, and whether one was exactly a half."""
    paid = {day for first, last, rate in parents.own if rate for day in days(first, last)}
    others = {day for first, last, rate in parents.other if rate for day in days(first, last)}
    counted = others if parents.other_has_right else set()
    begin = min(paid | counted)
    used, last = 0, max(paid | others)
    for day in range(begin, last + 1):
        if is_weekday(day):
            used += (day in paid) + (day in counted)
        if used >= parents.limit:
            last = day if used == parents.limit or parents.first else day - 1
            break
    earned: dict[int, int] = {}
    for first, until, rate in parents.own:
        for day in days(first, until):
            if begin <= day <= last and is_weekday(day):
                year = date.fromordinal(day).year
                earned[year] = earned.get(year, 0) + rate * 102
    kroner = {year: half_up(thousandths, 1000) for year, thousandths in earned.items()}
    tie = any(is_half(thousandths, 1000) for thousandths in earned.values())
    return date.fromordinal(begin), date.fromordinal(last), {year: amount for year, amount in kroner.items() if amount}, tie


def drawn_parents(chance: Random) -> Parents:
    """Draw two parents whose periods touch, overlap or lie apart."""

    def periods(day: date) -> list[tuple[date, date, int]]:
        found = []
        for _ in range(chance.randint(1, 3)):
            last = day + timedelta(days=chance.randrange(0, 70))
            found.append((day, last, chance.choice([0, 250, 1000, chance.randrange(1, 3151)])))
            day = last + timedelta(days=chance.choice([1, 1, 10]))
        return found

    start = date(2010, 1, 1) + timedelta(days=chance.randrange(5800))
    own = periods(start)
    if not any(rate for _, _, rate in own):
        own = [(first, last, 500) for first, last, _ in own]
    other = chance.choice([[], periods(start + timedelta(days=chance.randint(-120, 120)))])
    return Parents(own, other, chance.random() < 0.7, chance.random() < 0.5, chance.choice([60, 60, 75]))


def half(amounts: Iterable[Fraction]) -> bool:
    """Tell whether one of the amounts lies exactly between two whole ones."""
    return any(is_half(amount.numerator, amount.denominator) for amount in amounts)


def rounded(amounts: Iterable[Fraction]) -> tuple[int, ...]:
    """Round each amount, half up."""
    return tuple(half_up(amount.numerator, amount.denominator) for amount in amounts)


def run_cap(count: int, seed: int) -> Counts:
    """Compare so many shares of the cap."""
    from refusion.law.norway.parental.cap import Employer, capped_shares

    chance, ties, off = Random(seed), 0, 0
    for _ in range(count):
        case = drawn(chance)
        got = capped_shares([Employer(*each) for each in case.employers], case.limit, case.coverage * 100)
        employers, person = capped(case)
        ties += half([*employers, *person])
        off += (got.employers, got.person) != (rounded(employers), rounded(person))
    return Counts(count, ties, off)


def run_sick_day(count: int, seed: int) -> Counts:
    """Compare so many sick days, split among employers in whole kroner."""
    from refusion.law.norway.sickness.split import Work, day_split

    chance, ties, off = Random(seed), 0, 0
    for _ in range(count):
        day = drawn_day(chance)
        got = day_split([Work(*each) for each in day.works], day.basis)
        employers, person = sick_day(day)
        ties += any(is_half(*amount) for amount in (*employers, *person))
        answer = (tuple(100 * half_up(*amount) for amount in employers), tuple(100 * half_up(*amount) for amount in person))
        off += (got.employers, got.person) != answer
    return Counts(count, ties, off)


def run_window(count: int, seed: int) -> Counts:
    """Compare so many windows and the holiday pay in them."""
    chance, ties, off = Random(seed), 0, 0
    for _ in range(count):
        parents = drawn_parents(chance)
        expected = window(parents)
        ties, off = ties + expected[3], off + (asked(parents) != expected[:3])
    return Counts(count, ties, off)


def asked(parents: Parents) -> tuple[date, date, dict[int, int]]:
    """Ask the product for the window and the holiday pay in kroner by year."""
    from refusion.law.norway.parental.holiday_window import Paid, Part, holiday_pay_of
    from refusion.law.norway.parental.holiday_window import Parents as Given
    from refusion.values.period import Period

    def paid(periods: list[tuple[date, date, int]]) -> list[Paid]:
        return [Paid(Period(first, last), (Part("A", 0, rate * 100),)) for first, last, rate in periods]

    got = holiday_pay_of(Given(paid(parents.own), paid(parents.other), parents.other_has_right, parents.first), parents.limit)
    assert got is not None
    return got.window.first, got.window.last, {year: amount // 100 for year, _, amount in got.employers}


RULES: dict[str, Run] = {
    "Norway: the cap shared among employers": run_cap,
    "Norway: a sick day split among employers": run_sick_day,
    "Norway: the window of holiday pay": run_window,
}

"""A naive second opinion on sharing among Norwegian employers: the cap of parental benefit, the split of a sick day, holiday-pay windows."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import NamedTuple

from tests.law.oracle_norway_parental import HALF, ONE, Counts, half_up


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
    """Draw one to four employers; some claims are nothing, all, more than all, or a part."""
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
    """Grade in per cent, income and claim in øre a year for each employer, and the limited basis."""

    works: list[tuple[Fraction, int, int]]
    basis: int


def sick_day(day: SickDay) -> tuple[list[Fraction], list[Fraction]]:
    """Give exact øre a day of employers and person."""
    income = Fraction(sum(income for _, income, _ in day.works))
    grade = sum(grade * own for grade, own, _ in day.works) / income
    nothing = [Fraction(0)] * len(day.works)
    if grade < 20:
        return nothing, nothing
    money = min(Fraction(day.basis), income) * grade / 100 / 260
    wanted = [min(claim, own) * grade / 100 / 260 for grade, own, claim in day.works]
    needs = [own * grade / 100 / 260 - want for (grade, own, _), want in zip(day.works, wanted, strict=True)]
    employers = wanted if sum(wanted) <= money else [want * money / sum(wanted) for want in wanted]
    left = money - sum(employers)
    return employers, needs if sum(needs) <= left else [need * left / sum(needs) for need in needs]


def drawn_day(chance: Random) -> SickDay:
    """Draw a sick day with one to four employers; equal halves make exact ties."""
    works = []
    for _ in range(chance.randint(1, 4)):
        income = chance.choice([26_000 * (2 * chance.randrange(100, 2000) + 1), chance.randrange(1, 90_000_000)])
        claim = chance.choice([0, income, income // 2, chance.randrange(0, income + 1)])
        works.append(
            (chance.choice([Fraction(100), Fraction(50), Fraction(20), Fraction(chance.randrange(0, 10_001), 100)]), income, claim)
        )
    return SickDay(works, chance.choice([81_929_400, 56_180_400, sum(income for _, income, _ in works)]))


class Parents(NamedTuple):
    """Paid periods of both parents: first day, last day, kroner a day; whose holiday pay is asked for, and the limit."""

    own: list[tuple[date, date, int]]
    other: list[tuple[date, date, int]]
    other_has_right: bool
    first: bool
    limit: int


def window(parents: Parents) -> tuple[date, date, dict[int, int]]:
    """Give the first and last day of the window and the holiday pay in kroner by year, day by day."""
    paid = {day for first, last, rate in parents.own if rate for day in days(first, last)}
    others = {day for first, last, rate in parents.other if rate for day in days(first, last)}
    begin = min(paid | (others if parents.other_has_right else set()))
    used, day, last = 0, begin, max(paid | others)
    while day <= last:
        if day.isoweekday() <= 5:
            used += (day in paid) + (day in others and parents.other_has_right)
        if used >= parents.limit:
            last = day if used == parents.limit or parents.first else day - ONE
            break
        day += ONE
    earned: dict[int, Fraction] = {}
    for first, until, rate in parents.own:
        for each in days(first, until):
            if begin <= each <= last and each.isoweekday() <= 5:
                earned[each.year] = earned.get(each.year, Fraction(0)) + rate * Fraction(102, 1000)
    return begin, last, {year: half_up(amount) for year, amount in earned.items() if half_up(amount)}


def days(first: date, last: date) -> list[date]:
    """List days."""
    return [first + n * ONE for n in range((last - first).days + 1)]


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


def shares_differ(case: Case) -> bool:
    """Tell whether the product shares the cap otherwise."""
    from refusion.law.norway.parental.cap import Employer, capped_shares

    got = capped_shares([Employer(*each) for each in case.employers], case.limit, case.coverage * 100)
    employers, person = capped(case)
    return [list(got.employers), list(got.person)] != [list(map(half_up, employers)), list(map(half_up, person))]


def day_differs(day: SickDay) -> bool:
    """Tell whether the product splits the day otherwise."""
    from refusion.law.norway.sickness.split import Work, day_split

    got = day_split([Work(int(grade * 100), income, claim) for grade, income, claim in day.works], day.basis)
    parts = [[100 * half_up(amount / 100) for amount in amounts] for amounts in sick_day(day)]
    return [list(got.employers), list(got.person)] != parts


def window_differs(parents: Parents) -> bool:
    """Tell whether the product gives another window or holiday pay."""
    from refusion.law.norway.parental.holiday_window import Paid, Part, holiday_pay_of
    from refusion.law.norway.parental.holiday_window import Parents as Given
    from refusion.values.period import Period

    def paid(periods: list[tuple[date, date, int]]) -> list[Paid]:
        return [Paid(Period(first, last), (Part("A", 0, rate * 100),)) for first, last, rate in periods]

    got = holiday_pay_of(Given(paid(parents.own), paid(parents.other), parents.other_has_right, parents.first), parents.limit)
    assert got is not None
    given = {year: amount // 100 for year, _, amount in got.employers}
    return (got.window.first, got.window.last, given) != window(parents)


def is_tie(day: SickDay) -> bool:
    """Tell whether an amount lies exactly between two kroner."""
    return any(amount / 100 % 1 == HALF for amounts in sick_day(day) for amount in amounts)


def run(count: int, seed: int) -> Counts:
    """Compare so many random cases, a third of each kind."""
    chance, ties, off = Random(seed), 0, 0
    for place in range(count):
        if place % 3 == 0:
            off += shares_differ(drawn(chance))
        elif place % 3 == 1:
            day = drawn_day(chance)
            ties, off = ties + is_tie(day), off + day_differs(day)
        else:
            off += window_differs(drawn_parents(chance))
    return Counts(count, ties, off)

"""A naive second opinion on the § 56 agreement: two years walked day by day, the first day with refund, sharing nothing with the product."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from random import Random
from typing import NamedTuple

from tests.law.oracle_counting import Counts, Run

ONE = timedelta(days=1)
# First days of absence from which the employer pays so many days itself.
OWN_DAYS = [(date(2006, 7, 3), 15), (date(2008, 6, 2), 21), (date(2012, 1, 2), 30)]


class Absence(NamedTuple):
    """An agreement and an absence of the same person, with the same employer."""

    agreed_from: date
    first: date
    same_illness: bool


@cache
def last_day(agreed_from: date) -> date:
    """Walk to the eve of the day two years on; where that year has no 29 February its 28th is the day."""
    day, anniversary = agreed_from, (agreed_from.year + 2, agreed_from.month, agreed_from.day)
    if anniversary[1:] == (2, 29):
        anniversary = (agreed_from.year + 2, 2, 28)
    while (day.year, day.month, day.day) != anniversary:
        day += ONE
    return day - ONE


def refunded_from(absence: Absence, covered: bool) -> date:
    """Give the first day with refund of somebody long employed: the first under the agreement, else the one after the employer's own days."""
    if covered:
        return absence.first
    own = next(days for since, days in reversed(OWN_DAYS) if absence.first >= since)
    return absence.first + own * ONE


def drawn(chance: Random) -> Absence:
    """Draw an agreement; half of the absences begin around its first or last day, some agreements on 29 February."""
    agreed = date(2006, 7, 3) + timedelta(days=chance.randrange(6500))
    if chance.random() < 0.1:
        agreed = chance.choice([date(2008, 2, 29), date(2012, 2, 29), date(2020, 2, 29), date(2022, 2, 28), date(2022, 3, 1)])
    border = chance.choice([agreed, last_day(agreed)])
    first = border + timedelta(days=chance.randint(-1, 1)) if chance.random() < 0.5 else agreed + timedelta(days=chance.randint(-200, 1000))
    return Absence(agreed, max(first, date(2006, 7, 3)), chance.random() < 0.8)


def run_cover(count: int, seed: int) -> Counts:
    """Compare whether an absence is covered and from which day it is refunded; a border is the agreement's first or last day."""
    from refusion.law.denmark.sickness.agreement import agreement_covers
    from refusion.law.denmark.sickness.dates import Hiring, refund_from, waived

    chance, borders, off = Random(seed), 0, 0
    for _ in range(count):
        absence = drawn(chance)
        last = last_day(absence.agreed_from)
        covered = absence.same_illness and absence.agreed_from <= absence.first <= last
        got = agreement_covers(absence.agreed_from, absence.first, same_illness=absence.same_illness)
        borders += absence.first in {absence.agreed_from, last}
        from_day = refund_from(absence.first, waived(absence.first, Hiring(agreement_56=got)))
        off += (got, from_day) != (covered, refunded_from(absence, covered))
    return Counts(count, borders, off)


def run_grounds(count: int, seed: int) -> Counts:
    """Compare whether an agreement can be made and renewed; a border is exactly 10 days expected or had, or exactly 30 paid."""
    from refusion.law.denmark.sickness.agreement import agreement_possible, is_agreement_renewable

    chance, borders, off = Random(seed), 0, 0
    for _ in range(count):
        expected, paid, had = (chance.choice([0, 0, edge - 1, edge, edge + 1, chance.randrange(60)]) for edge in (10, 30, 10))
        decided = chance.random() < 0.2
        first = date(2006, 7, 3) + timedelta(days=chance.randrange(7400))
        possible = any([expected >= 10, decided, paid >= 30])
        got = agreement_possible(first, expected_days=expected, decided_before_hire=decided, days_paid=paid)
        borders += 10 in {expected, had} or paid == 30
        off += (got, bool(is_agreement_renewable(had))) != (possible, had >= 10)
    return Counts(count, borders, off)


RULES: dict[str, Run] = {
    "Denmark: an absence under a § 56 agreement": run_cover,
    "Denmark: the grounds and the renewal of a § 56 agreement": run_grounds,
}

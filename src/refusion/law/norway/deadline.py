"""ftrl § 22-13: how far back a refund claim reaches, and what of it comes too late."""

# ruff: noqa: D401 (a rule states what holds)

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from refusion.law.engine.numbers import DAY, Day, Months
from refusion.law.engine.parameters import figures
from refusion.law.engine.rule import account, rule
from refusion.law.engine.words import month_end, months_on, when
from refusion.law.norway.choices import EXTENDED_DEADLINE
from refusion.law.norway.statutes import COVID_REGULATION, REFUND_DEADLINE
from refusion.values.money import Ore
from refusion.values.period import ONE_DAY, Period

FIGURES = figures(__file__, "refund.toml")
CLAIM_MONTHS = FIGURES["claim_months"]
EXTENDED_CLAIM_MONTHS = FIGURES["extended_claim_months"]


@dataclass(frozen=True, slots=True)
class ReceivedClaim:
    """A claim of one employer: when it was received, from which day it claims, øre a month."""

    received: date
    since: date
    amount: int


@dataclass(frozen=True, slots=True)
class Split:
    """What of claimed periods comes too late, and the first day that is in time; None = none."""

    refused: Period | None
    granted_from: date | None


@rule(REFUND_DEADLINE, called="første dag et krav når tilbake til", gives=DAY)
def months_back_from_day(received: Day, months: Months) -> Day:
    """The first day of the month so many months before the month of receipt."""
    return month_end(months_on(received, -1 - months)) + 1


@rule(REFUND_DEADLINE, called="første gyldige dato med refusjon", gives=DAY)
def claim_from_day(received: Day) -> Day:
    """Three whole months before the month of receipt."""
    return month_end(months_on(received, -1 - CLAIM_MONTHS.at(received))) + 1


@rule(COVID_REGULATION.section("1-5"), called="første gyldige dato, med utvidet frist i 2020", gives=DAY)
def extended_claim_from_day(received: Day, absence_day: Day) -> Day:
    """The same, with nine months from 16 March to the end of 2020, by receipt or by absence; not for parental benefit."""
    months = EXTENDED_CLAIM_MONTHS.at(when(EXTENDED_DEADLINE.follows("receipt"), received, absence_day))
    return month_end(months_on(received, -1 - months)) + 1


@account(REFUND_DEADLINE, called="avslag på grunn av fristen")
def in_time(periods: Iterable[Period], received: date, months: int | None = None) -> Split:
    """Tell what of claimed periods comes too late; ``months`` None = the law's own, by the day that decides (policy)."""
    reached = [(piece, _reach(received, piece, months)) for each in periods for piece in _pieces(each)]
    late = [Period(piece.first, min(piece.last, first - ONE_DAY)) for piece, first in reached if piece.first < first]
    granted = [max(piece.first, first) for piece, first in reached if piece.last >= first]
    refused = Period(min(each.first for each in late), max(each.last for each in late)) if late else None
    return Split(refused, min(granted, default=None))


def _reach(received: date, piece: Period, months: int | None) -> date:
    day = received.toordinal()
    reach = extended_claim_from_day(day, piece.first.toordinal()) if months is None else months_back_from_day(day, months)
    return date.fromordinal(int(reach))


def _pieces(period: Period) -> Iterator[Period]:
    """Cut a period where the longer time began and ended, so that one deadline holds for each piece."""
    changes = [value.since for value in EXTENDED_CLAIM_MONTHS.values if period.first < value.since <= period.last]
    for first, after in pairwise([period.first, *changes, period.last + ONE_DAY]):
        yield Period(first, after - ONE_DAY)


@account(REFUND_DEADLINE, called="refusjon på en dag etter flere krav")
def claimed_on(day: date, claims: Sequence[ReceivedClaim], override: date | None = None) -> Ore:
    """Give the monthly claim that counts for a day: the latest received, if any claim above zero came in time for it.

    A claim of zero protects nothing. ``override`` is a first day that the authority has set itself.
    """
    covering = sorted((claim for claim in claims if claim.since <= day), key=lambda claim: claim.received)
    reaches = [claim_from_day(claim.received.toordinal()) for claim in covering if claim.amount > 0]
    is_in_time = day >= override if override else any(reach <= day.toordinal() for reach in reaches)
    return Ore(covering[-1].amount if covering and is_in_time else 0)

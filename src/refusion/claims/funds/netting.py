"""No wage is refunded more than once: what several payers give for the same wage never comes to more than the wage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from refusion.cases.facts import FUNDS, Kind
from refusion.law.denmark.statutes import SDL
from refusion.law.engine.rule import account
from refusion.law.engine.words import portion
from refusion.values.money import Ore
from refusion.values.period import Period


@dataclass(frozen=True, slots=True)
class Refunded:
    """What another payer gives for the same wage: its kind, the days, øre without the supplement for pension."""

    kind: Kind
    period: Period
    refund: int


def goes_before(one: Kind, other: Kind) -> bool:
    """Tell whether a kind's refund is taken off before the other is asked: benefit first, then municipality, then the state.

    Benefit in sickness and leave has a law of its own, and the state's funds deduct what others refund.
    """
    return _place(one) < _place(other)


def _place(kind: Kind) -> int:
    return FUNDS.index(kind) if kind in FUNDS else -1


def others_before(kind: Kind, period: Period, refunded: Iterable[Refunded]) -> int:
    """Give what payers before a kind refund of a period's wage, øre: each by the weekdays that it shares with the period."""
    return sum(_shared(one, period) for one in refunded if goes_before(one.kind, kind))


def _shared(one: Refunded, period: Period) -> int:
    shared = one.period.overlap(period)
    if shared is None:
        return 0
    if not one.period.weekdays:
        return int(portion(one.refund, shared.days, one.period.days))
    return int(portion(one.refund, shared.weekdays, one.period.weekdays))


@account(SDL.section("54"), called="højst den udbetalte løn")
def within_wage(refund_ore: int, wage_paid_ore: int, others_ore: int) -> Ore:
    """Give the refund, at most what others leave of the wage paid, øre; never below nothing."""
    return Ore(max(min(refund_ore, wage_paid_ore - others_ore), 0))


def net(wage_paid: int, asked: Sequence[int]) -> tuple[int, ...]:
    """Cut refunds of one wage, in the order in which they are taken off, so that together they are at most the wage."""
    left, found = wage_paid, []
    for refund in asked:
        given = within_wage(refund, left, 0)
        found.append(int(given))
        left -= given
    return tuple(found)

"""The postings of a stopped payment, one table: which event in which state debits and credits what."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from uuid import UUID

from refusion.ledger.accounts import Account
from refusion.ledger.balances import balances
from refusion.ledger.transaction import Cause, Reason, Transaction, transaction
from refusion.salary_guard.resolving.states import Event, Place, State
from refusion.values.said import Refused, said


class Purpose(StrEnum):
    """What an account is for."""

    PAY = "pay"
    REFUND = "refund"
    HELD = "held"
    TO_SETTLE = "to_settle"
    BANK = "bank"
    LOSS = "loss"


@dataclass(frozen=True, slots=True)
class GuardChart:
    """Which account serves which purpose in an institution."""

    accounts: Mapping[Purpose, Account]

    def number(self, purpose: Purpose) -> str:
        """Give the number of the account for a purpose."""
        return self.accounts[purpose].number

    def with_numbers(self, numbers: Mapping[str, str]) -> GuardChart:
        """Give the chart with an institution's own numbers, by purpose. Raises ValueError for an unknown purpose.

        The accounts that payments wait on, and the refund account, must each be one of their own.
        """
        own = {
            Purpose(purpose): replace(self.accounts[Purpose(purpose)], number=number, source="institution", verified=True)
            for purpose, number in numbers.items()
        }
        chart = GuardChart(MappingProxyType({**self.accounts, **own}))
        counts = [account.number for account in chart.accounts.values()]
        if any(counts.count(chart.number(purpose)) > 1 for purpose in (Purpose.HELD, Purpose.TO_SETTLE, Purpose.REFUND, Purpose.BANK)):
            raise ValueError("held pay, pay to settle, the refund account and the bank need accounts of their own")
        return chart


@dataclass(frozen=True, slots=True)
class _Entry:
    debit: Purpose
    credit: Purpose
    reason: Reason


S, E, A = State, Event, Purpose
_PAY_BY_HAND = _Entry(A.HELD, A.BANK, Reason.PAID_BY_HAND)
_WRONG = _Entry(A.TO_SETTLE, A.PAY, Reason.REPORTED_WRONG)
_RETURNED = _Entry(A.REFUND, A.TO_SETTLE, Reason.RETURNED)
_REPAID = _Entry(A.BANK, A.TO_SETTLE, Reason.REPAID)
_NEVER_WENT = _Entry(A.REFUND, A.HELD, Reason.HELD)

ENTRIES: Mapping[tuple[State, Event], _Entry] = MappingProxyType({
    (S.PAYING, E.PAID_OUT): _PAY_BY_HAND,
    (S.CORRECTING, E.REPORTED_2913): _WRONG,
    (S.REPOSTING, E.REPOSTED): _Entry(A.HELD, A.TO_SETTLE, Reason.REPOSTED),
    (S.SENT, E.HELD_BACK): _NEVER_WENT,
    (S.SENT, E.BANK_REJECTED): _NEVER_WENT,
    (S.PAID_BY_BANK, E.BANK_REJECTED): _NEVER_WENT,
    (S.STOP_ASKED, E.BANK_REJECTED): _NEVER_WENT,
    (S.STOPPED_AT_BANK, E.MONEY_RETURNED): _RETURNED,
    (S.STOPPED_AT_BANK, E.REPORTED_2913): _WRONG,
    (S.MONEY_BACK, E.REPORTED_2913): _WRONG,
    (S.MONEY_AWAITED, E.MONEY_RETURNED): _RETURNED,
    (S.REPAYING, E.PAID_OUT): _Entry(A.TO_SETTLE, A.BANK, Reason.PAID_BY_HAND),
    (S.SENT_WRONG, E.REPORTED_2913): _WRONG,
    (S.SENT_WRONG, E.MONEY_RETURNED): _RETURNED,
    (S.OWED_BACK, E.REPAID): _REPAID,
    (S.OWED_BACK, E.REPAID_IN_PART): _REPAID,
    (S.WRITE_OFF_PROPOSED, E.APPROVED): _Entry(A.LOSS, A.TO_SETTLE, Reason.WRITTEN_OFF),
})
"""What the events post; an event that stands not here moves no money."""
_REST = frozenset({(S.OWED_BACK, E.REPAID), (S.WRITE_OFF_PROPOSED, E.APPROVED)})
"""These take what 61.50 still waits for, after repayments in part."""


def book_run(chart: GuardChart, cause: Cause, goes: int, held: int) -> tuple[Transaction, ...]:
    """Book one payment of a run: what goes draws the refund account, what is held stands on 95.11. Amounts in øre.

    ``cause.claim`` is the payment. Raises ValueError for an amount below zero.
    """
    if goes < 0 or held < 0:
        raise ValueError("a payment's parts are not below zero")
    parts = ((Reason.PAID_OUT, Purpose.REFUND, goes), (Reason.HELD, Purpose.HELD, held))
    return tuple(_posted(chart, cause, _Entry(Purpose.PAY, purpose, reason), amount) for reason, purpose, amount in parts if amount)


def book_whole_run(chart: GuardChart, cause: Cause, goes: Mapping[UUID, int], held: Mapping[UUID, int]) -> tuple[Transaction, ...]:
    """Book a run in two transactions: all that goes, and all that is held, each payment a posting of its own. Amounts in øre.

    ``cause.claim`` is the run, on which the sum of pay stands. Raises ValueError for an amount that is not above zero.
    """
    kinds = ((Reason.PAID_OUT, Purpose.REFUND, goes), (Reason.HELD, Purpose.HELD, held))
    return tuple(_whole(chart, cause, _Entry(Purpose.PAY, purpose, reason), parts) for reason, purpose, parts in kinds if parts)


def book(
    chart: GuardChart, cause: Cause, step: tuple[State, Event], amount: int, booked: Iterable[Transaction] = ()
) -> Transaction | None:
    """Book what an event posts, given all transactions of the payment; see :func:`book_on`."""
    return book_on(chart, cause, step, amount, _on_accounts(cause.claim, booked))


def book_on(
    chart: GuardChart, cause: Cause, step: tuple[State, Event], amount: int, stands: Mapping[str, int]
) -> Transaction | None:
    """Book what an event posts for a stopped amount in øre; None where it moves no money.

    ``amount`` is the stopped amount, or what came for a repayment in part; ``stands`` what stands of the payment on each
    account, debit positive. Raises Refused when a manual payment, a correction or a return is not exactly what stands
    there, or when more is repaid than is owed.
    """
    entry = ENTRIES.get(step)
    if entry is None:
        return None
    standing = _by_purpose(chart, stands)
    if step in _REST or step[1] is Event.REPAID_IN_PART:
        return _posted(chart, cause, entry, _repaid(step, amount, standing[Purpose.TO_SETTLE]))
    source = entry.debit if entry.debit in (Purpose.HELD, Purpose.REFUND) or step[0] is State.REPAYING else None
    if source is not None and -standing[source] != amount:
        raise Refused(said("guard.not_exactly_held", amount_ore=amount, held_ore=-standing[source]))
    return _posted(chart, cause, entry, amount)


def places(chart: GuardChart, payment: UUID, booked: Iterable[Transaction]) -> Mapping[Place, int]:
    """Give how much of a payment stands where, in øre, given all its transactions; see :func:`places_on`."""
    return places_on(chart, _on_accounts(payment, booked))


def places_on(chart: GuardChart, stands: Mapping[str, int]) -> Mapping[Place, int]:
    """Give how much of a payment stands where, in øre: file, 95.11, 61.50 (below zero: waited for), paid by hand.

    Their sum is what the person's pay is after corrections; what a person repaid counts against what was paid by hand.
    """
    standing = _by_purpose(chart, stands)
    return {
        Place.FILE: -standing[Purpose.REFUND],
        Place.HELD: -standing[Purpose.HELD],
        Place.TO_SETTLE: -standing[Purpose.TO_SETTLE],
        Place.BY_HAND: -standing[Purpose.BANK],
    }


@cache
def default_chart() -> GuardChart:
    """Give the chart of a Danish state institution, from ``accounts.toml``."""
    written = tomllib.loads(Path(__file__).with_name("accounts.toml").read_text(encoding="utf-8"))
    return GuardChart(MappingProxyType({purpose: Account(**written[purpose.value]) for purpose in Purpose}))


def _on_accounts(payment: UUID, booked: Iterable[Transaction]) -> Mapping[str, int]:
    return {account: amount for (account, subject), amount in balances(booked).items() if subject == payment}


def _by_purpose(chart: GuardChart, stands: Mapping[str, int]) -> dict[Purpose, int]:
    return {purpose: stands.get(chart.number(purpose), 0) for purpose in Purpose}


def _repaid(step: tuple[State, Event], amount: int, owed: int) -> int:
    """Give what is taken off what 61.50 waits for: all that is left, or a part of it."""
    if step in _REST:
        return owed
    if not 0 < amount < owed:
        raise Refused(said("guard.repaid_beyond_owed", amount_ore=amount, owed_ore=owed))
    return amount


def _whole(chart: GuardChart, cause: Cause, entry: _Entry, parts: Mapping[UUID, int]) -> Transaction:
    if min(parts.values()) <= 0:
        raise ValueError("what is booked is above zero")
    total, account = sum(parts.values()), chart.number(entry.credit)
    sums = {(chart.number(entry.debit), cause.claim): total, **{(account, payment): -amount for payment, amount in parts.items()}}
    posted = transaction(entry.reason, cause, sums, said(_TEXTS[entry.reason].key, amount_ore=total))
    assert posted is not None
    return posted


def _posted(chart: GuardChart, cause: Cause, entry: _Entry, amount: int) -> Transaction:
    sums = {(chart.number(entry.debit), cause.claim): amount, (chart.number(entry.credit), cause.claim): -amount}
    posted = transaction(entry.reason, cause, sums, said(_TEXTS[entry.reason].key, amount_ore=amount))
    assert posted is not None
    return posted


_TEXTS = {
    Reason.PAID_OUT: said("guard.booked_paid_out"),
    Reason.HELD: said("guard.booked_held"),
    Reason.PAID_BY_HAND: said("guard.booked_paid_by_hand"),
    Reason.REPORTED_WRONG: said("guard.booked_reported_wrong"),
    Reason.REPOSTED: said("guard.booked_reposted"),
    Reason.RETURNED: said("guard.booked_returned"),
    Reason.REPAID: said("guard.booked_repaid"),
    Reason.WRITTEN_OFF: said("guard.booked_written_off"),
}

"""What may be posted: each verb gives one balanced transaction, or None when nothing is to post."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from refusion.ledger.accounts import Chart
from refusion.ledger.balances import Sums, balances, standing
from refusion.ledger.transaction import Cause, Posting, Reason, Transaction, transaction
from refusion.values.said import Refused, said


def pre_register(chart: Chart, cause: Cause, expected: int, booked: Iterable[Transaction] = ()) -> Transaction | None:
    """Pre-register a filed claim: debit the receivable, credit the income, ``expected`` øre.

    When the claim was pre-registered before (a corrected version), only the change is posted. Call it only when
    the institution's setting applies to the filing day (:meth:`PreRegistration.applies`).
    Source: SAM's guide on refunds (guides: danish-counterparties §0.1).
    """
    change = expected - pre_registered(chart, cause.claim, booked)
    sums = _joined(cause, (chart.receivable.number, change), (chart.income.number, -change))
    return transaction(Reason.PRE_REGISTERED, cause, sums, said("ledger.pre_registered", amount_ore=change))


def adjust(chart: Chart, cause: Cause, received: int, booked: Iterable[Transaction], *, is_last: bool = True) -> Transaction | None:
    """Book money that came for a claim: bank against receivable, and the difference to what was expected as income.

    ``received`` øre of this line (negative: taken back). With ``is_last`` the receivable ends at zero; without, what
    is still missing stays there and only money beyond what was expected changes the income. A claim that was never
    pre-registered gives None: with pre-registration off nothing is posted, now or later.
    """
    before = tuple(booked)
    if not _was_pre_registered(cause.claim, before):
        return None
    waiting = balances(before).get((chart.receivable.number, cause.claim), 0)
    cleared = waiting if is_last else _reached(received, waiting)
    over = cleared - received
    sums = _joined(cause, (chart.bank.number, received), (chart.receivable.number, -cleared), (chart.income.number, over))
    said_so = said("ledger.adjusted", received_ore=received, difference_ore=received - cleared)
    return transaction(Reason.ADJUSTED, cause, sums, said_so)


def lose(chart: Chart, cause: Cause, lost: int, booked: Iterable[Transaction]) -> Transaction | None:
    """Book an expected refund as lost: ``lost`` øre leave the receivable. None for a claim never pre-registered.

    Raises Refused when more is said to be lost than is waiting: money that came can't be lost.
    """
    before = tuple(booked)
    if not _was_pre_registered(cause.claim, before):
        return None
    waiting = balances(before).get((chart.receivable.number, cause.claim), 0)
    if not 0 < lost <= waiting:
        raise Refused(said("ledger.lost_beyond_waiting", lost_ore=lost, waiting_ore=waiting))
    sums = _joined(cause, (chart.loss.number, lost), (chart.receivable.number, -lost))
    return transaction(Reason.LOST, cause, sums, said("ledger.lost", amount_ore=lost))


def reverse(wrong: Transaction, cause: Cause, booked: Iterable[Transaction]) -> Transaction:
    """Take back what is left of a transaction. Raises Refused when nothing is: it was reversed before."""
    left = standing(wrong, booked)
    text = said("ledger.reversed", reason=wrong.reason.value)
    undone = transaction(Reason.REVERSED, cause, {place: -amount for place, amount in left.items()}, text, wrong.id)
    if undone is None:
        raise Refused(said("ledger.reversed_before", reason=wrong.reason.value))
    return undone


def correct(wrong: Transaction, cause: Cause, right: Iterable[Posting], booked: Iterable[Transaction]) -> Transaction:
    """Post the difference between what stands and what is right, linked to what it corrects.

    Raises Refused when the transaction was reversed or already says what is right, ValueError when ``right`` doesn't
    balance.
    """
    left = standing(wrong, booked)
    if not left:
        raise Refused(said("ledger.reversed_before", reason=wrong.reason.value))
    sums: Sums = {place: -amount for place, amount in left.items()}
    for posting in right:
        place = (posting.account, posting.claim)
        sums[place] = sums.get(place, 0) + posting.amount
    posted = transaction(Reason.CORRECTED, cause, sums, said("ledger.corrected", reason=wrong.reason.value), wrong.id)
    if posted is None:
        raise Refused(said("ledger.nothing_to_correct", reason=wrong.reason.value))
    return posted


def pre_registered(chart: Chart, claim: UUID, booked: Iterable[Transaction]) -> int:
    """Give how much of a claim stands pre-registered in øre, corrections and reversals counted."""
    known = tuple(booked)
    place = (chart.receivable.number, claim)
    first = (one for one in known if one.reason is Reason.PRE_REGISTERED)
    return sum(standing(one, known).get(place, 0) for one in first)


def _was_pre_registered(claim: UUID, booked: Iterable[Transaction]) -> bool:
    """Tell whether the claim was ever pre-registered: only then do its money and its loss belong in these books."""
    return any(one.reason is Reason.PRE_REGISTERED and any(posting.claim == claim for posting in one.postings) for one in booked)


def _reached(received: int, waiting: int) -> int:
    """Give how much of what is waiting a part payment clears: never more than is waiting, nor the other way."""
    return max(0, min(received, waiting)) if waiting >= 0 else min(0, max(received, waiting))


def _joined(cause: Cause, *amounts: tuple[str, int]) -> Sums:
    """Sum amounts per account: two purposes may share a number."""
    sums: Sums = {}
    for account, amount in amounts:
        sums[account, cause.claim] = sums.get((account, cause.claim), 0) + amount
    return sums

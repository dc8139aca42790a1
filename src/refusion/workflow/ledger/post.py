"""Postings of a claim: pre-registration with its receipt, adjustment with its money, and the loss of what never came."""

from __future__ import annotations

from collections.abc import Sequence

from refusion.cases.facts import Case
from refusion.claims.facts import Claim, State
from refusion.claims.funds.accounts import own_numbers
from refusion.ledger import Cause, Chart, Reason, adjust, chart_of, default_chart, lose, outstanding, pre_register, reverse, standing
from refusion.ledger import Transaction as Booked
from refusion.ledger.accounts import PARTED
from refusion.values.ids import derived_id
from refusion.workflow.ports.bank import Match
from refusion.workflow.ports.work import Transaction


def pre_register_claim(tx: Transaction, case: Case, claim: Claim, amount: int) -> None:
    """Pre-register what a filed claim is expected to give, or the change of it; nothing where it is switched off.

    The day of the first filing decides for good whether a claim has postings.
    """
    booked = tx.ledger.of_claim(claim.id)
    applies = tx.institution.settings.preregistration.applies(case.kind.value, claim.requested_on or tx.at.day)
    if not applies:
        return
    key = "annulled" if claim.state is State.ANNULLED else f"version {claim.version}"
    chart = chart_of(_chart(tx, case.kind.value), claim.id, booked)
    posted = pre_register(chart, _cause(tx, claim, key), amount, booked)
    if posted is not None:
        tx.ledger.post(posted)


def adjust_for_money(tx: Transaction, claim: Claim, match: Match, *, is_last: bool) -> None:
    """Book a share of a bank line on its claim; with ``is_last`` the difference to what was expected too."""
    cause = _cause(tx, claim, f"match {match.id}")
    booked = tx.ledger.of_claim(claim.id)
    posted = adjust(claim_chart(tx, claim, booked), cause, match.amount, booked, is_last=is_last)
    if posted is not None:
        tx.ledger.post(posted)


def take_back_money(tx: Transaction, claim: Claim, match: Match) -> None:
    """Take back what a match booked, by an entry that names it; nothing where it booked nothing, or was taken back before."""
    booked = tx.ledger.of_claim(claim.id)
    made = _cause(tx, claim, f"match {match.id}")
    posted = derived_id(made.house, "transaction", Reason.ADJUSTED.value, made.claim, made.key)
    wrong = next((one for one in booked if one.id == posted), None)
    if wrong is not None and standing(wrong, booked):
        tx.ledger.post(reverse(wrong, _cause(tx, claim, f"undo {match.id}"), booked))


def lose_what_waits(tx: Transaction, claim: Claim, key: str) -> int:
    """Book as lost what the books still expect for a claim; gives the øre that left the receivable, 0 where none waited."""
    booked = tx.ledger.of_claim(claim.id)
    chart = claim_chart(tx, claim, booked)
    left = outstanding(booked, claim.id, chart)
    if left <= 0:
        return 0
    loss = lose(chart, _cause(tx, claim, key), left, booked)
    if loss is None or not tx.ledger.post(loss):
        return 0
    return left


def claim_chart(tx: Transaction, claim: Claim, booked: Sequence[Booked]) -> Chart:
    """Give the accounts that a claim's postings go to: the institution's for its kind, and where it was pre-registered."""
    # The kind is read only where the accounts differ by it.
    by_kind = any(PARTED in place for place in tx.institution.settings.accounts)
    kind = tx.cases.find(claim.case).kind.value if by_kind else ""
    return chart_of(_chart(tx, kind), claim.id, booked)


def _chart(tx: Transaction, kind: str) -> Chart:
    return default_chart().with_numbers(own_numbers(tx.institution.settings.accounts), kind)


def _cause(tx: Transaction, claim: Claim, key: str) -> Cause:
    return Cause(tx.institution.namespace, claim.id, key, tx.at.day, tx.at.now)

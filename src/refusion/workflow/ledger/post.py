"""Postings of a claim: pre-registration when its receipt is stored, adjustment when its money comes."""

from __future__ import annotations

from refusion.cases.facts import Case
from refusion.claims.facts import Claim, State
from refusion.ledger import Cause, Chart, adjust, default_chart, pre_register
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
    posted = pre_register(_chart(tx), _cause(tx, claim, key), amount, booked)
    if posted is not None:
        tx.ledger.post(posted)


def adjust_for_money(tx: Transaction, claim: Claim, match: Match, *, is_last: bool) -> None:
    """Book a share of a bank line on its claim; with ``is_last`` the difference to what was expected too."""
    cause = _cause(tx, claim, f"match {match.id}")
    posted = adjust(_chart(tx), cause, match.amount, tx.ledger.of_claim(claim.id), is_last=is_last)
    if posted is not None:
        tx.ledger.post(posted)


def _chart(tx: Transaction) -> Chart:
    return default_chart().with_numbers(tx.institution.settings.accounts)


def _cause(tx: Transaction, claim: Claim, key: str) -> Cause:
    return Cause(tx.institution.namespace, claim.id, key, tx.at.day, tx.at.now)

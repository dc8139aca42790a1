"""Compare what a claim was expected to give with what was decided and what came, and tell a person what differs."""

from __future__ import annotations

from dataclasses import replace

from refusion.claims.facts import Claim, State
from refusion.claims.states import Event, moved
from refusion.settlements.difference import Decided, explain_difference
from refusion.watch.facts import Kind
from refusion.workflow.ports.bank import Decision, decided_in_all
from refusion.workflow.ports.work import Transaction
from refusion.workflow.tasks.ask import task_id, tell_difference

TAKEN_BACK = frozenset({State.ANNULLING, State.ANNULLED})


def learn_decided(tx: Transaction, claim: Claim) -> None:
    """Note what the decisions on a claim come to; one that moves no money is compared at once, for no line will come.

    A corrected claim stays undecided while only its earlier version was decided.
    """
    decisions = tx.bank.decisions(claim.id)
    if not any(one.claim_version == claim.version for one in decisions):
        return
    decided = replace(moved(claim, Event.DECIDED), decided=sum(decided_in_all(decisions)))
    tx.claims.keep(decided, tx.at.now)
    tx.tasks.close(task_id(tx, Kind.DECISION_LATE, claim.id), tx.at.day, tx.actor.name)
    if decided.received == sum(one.pays for one in decisions):
        compare(tx, decided)


def compare(tx: Transaction, claim: Claim) -> None:
    """Compare what came with what was expected; a part payment waits for the rest until its day has passed.

    A claim whose standing version nobody decided yet has nothing to compare with.
    """
    decisions = tx.bank.decisions(claim.id)
    owed = 0 if claim.state in TAKEN_BACK else claim.expected.total
    if owed and claim.decided is None:
        return
    if claim.received != sum(one.pays for one in decisions) and any(_is_to_come(tx, one) for one in decisions):
        return
    if claim.received == owed:
        tx.claims.keep(moved(claim, Event.MONEY_AS_EXPECTED), tx.at.now)
        tx.tasks.close(task_id(tx, Kind.DIFFERENCE, claim.id), tx.at.day, tx.actor.name)
        return
    differing = moved(claim, Event.MONEY_DIFFERS)
    tx.claims.keep(differing, tx.at.now)
    decided = Decided(*decided_in_all(decisions)) if decisions else None
    tell_difference(tx, differing, explain_difference(owed, decided, claim.received))


def _is_to_come(tx: Transaction, decision: Decision) -> bool:
    return decision.pays_on is not None and decision.pays_on > tx.at.day

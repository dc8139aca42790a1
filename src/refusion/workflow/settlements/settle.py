"""Match open bank lines with decided claims on exact evidence, book the money, show and tell what differs."""

from __future__ import annotations

from dataclasses import replace

from refusion.settlements.facts import DecisionLine, Pair, Received
from refusion.settlements.match import match
from refusion.values.ids import derived_id
from refusion.values.said import Said
from refusion.watch.facts import Kind, Task, Turn
from refusion.workflow.ledger.post import adjust_for_money
from refusion.workflow.ports.bank import BankLine, Decision, Match
from refusion.workflow.ports.work import Transaction
from refusion.workflow.settlements.compare import compare
from refusion.workflow.tasks.ask import task_id


def settle(tx: Transaction) -> int:
    """Match what can be matched; give the number of shares matched. A second call with nothing new does nothing."""
    lines = tx.bank.unmatched()
    if not lines:
        return 0
    found = match([_received(line) for line in lines], [_decision(tx, one) for one in tx.bank.unpaid_decisions()])
    for pair in found.pairs:
        _keep(tx, pair)
    for claim in dict.fromkeys(pair.claim for pair in found.pairs):
        compare(tx, tx.claims.find(claim))
    by_id = {line.id: line for line in lines}
    # Only what is new is told, so that a day done twice writes nothing.
    told = {task.line: task.said for task in tx.tasks.open_tasks() if task.kind is Kind.LINE_UNMATCHED}
    new = [left for left in found.unmatched if told.get(left.line) != left.because]
    for left in new:
        _tell_unmatched(tx, by_id[left.line], left.because)
    if found.pairs or new:
        tx.audit.note("settle", tx.at.day.isoformat(), {"matched": len(found.pairs), "left": len(found.unmatched)})
    return len(found.pairs)


def _received(line: BankLine) -> Received:
    if line.id is None:
        raise ValueError("a kept line has an id")
    return Received(line.id, line.amount, line.booked_on, (line.reference, *line.text.splitlines()))


def _decision(tx: Transaction, one: Decision) -> DecisionLine:
    return DecisionLine(
        decision=one.id,
        claim=one.claim,
        refund=one.refund,
        supplement=one.supplement,
        reference=one.reference,
        pays_on=one.pays_on,
        pays=one.pays,
        matched=tx.bank.matched_decision(one.id),
    )


def _keep(tx: Transaction, pair: Pair) -> None:
    kept = Match(
        id=derived_id(tx.institution.namespace, "match", pair.line, pair.claim, pair.decision),
        line=pair.line,
        claim=pair.claim,
        decision=pair.decision,
        amount=pair.amount,
        reason=pair.reason,
        matched_on=tx.at.day,
    )
    tx.bank.keep_match(kept)
    tx.tasks.close(task_id(tx, Kind.LINE_UNMATCHED, pair.line), tx.at.day, tx.actor.name)
    tx.tasks.close(task_id(tx, Kind.PAYMENT_LATE, pair.claim, str(pair.decision)), tx.at.day, tx.actor.name)
    claim = tx.claims.find(pair.claim)
    received = tx.bank.matched(claim.id)
    is_last = received == sum(one.pays for one in tx.bank.decisions(claim.id))
    tx.claims.keep(replace(claim, received=received), tx.at.now)
    adjust_for_money(tx, claim, kept, is_last=is_last)


def _tell_unmatched(tx: Transaction, line: BankLine, because: Said) -> None:
    if line.id is None:
        raise ValueError("a kept line has an id")
    task = Task(
        id=task_id(tx, Kind.LINE_UNMATCHED, line.id),
        kind=Kind.LINE_UNMATCHED,
        said=because,
        turn=Turn.ACCOUNTANT,
        at_stake=abs(line.amount),
        opened_on=tx.at.day,
        line=line.id,
    )
    tx.tasks.open(task)

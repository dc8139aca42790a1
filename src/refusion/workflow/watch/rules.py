"""Rules that answer for the institution: proposed by one, approved by another, withdrawn by either."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from refusion.claims.answer_rules import FIELDS, AnswerRule, hash_of
from refusion.values.ids import derived_id
from refusion.values.said import Refused, said
from refusion.watch.facts import Kind
from refusion.workflow.cases.meet import meet_payroll
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports, Transaction

SEEN_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Proposal:
    """A rule to be approved: the field it answers, the answer as text, why it is true, and its first and last day."""

    field: str
    value: str
    because: str
    valid_from: date
    valid_until: date | None


def propose_rule(ports: Ports, actor: Actor, institution: str, proposal: Proposal) -> AnswerRule:
    """Propose a rule; it answers nothing before another person approved it.

    Raises Refused for a field that no rule may answer, a value that cannot be its answer, a missing reason, and days
    that end before they begin.
    """
    _refuse_wrong(proposal)
    with ports.work(institution, actor) as tx:
        number = len(tx.waits.rules.every()) + 1
        said_by = (proposal.field, proposal.value.strip(), proposal.because.strip(), proposal.valid_from, proposal.valid_until)
        rule = AnswerRule(
            derived_id(tx.institution.namespace, "answer_rule", number), number, *said_by, hash_of(*said_by), actor.name, tx.at.now
        )
        tx.waits.rules.propose(rule)
        tx.audit.note("propose_rule", str(rule.id), {"rule": rule.name, "field": rule.field, "hash": rule.content_hash})
        return rule


def approve_rule(ports: Ports, actor: Actor, institution: str, number: int, content_hash: str) -> AnswerRule:
    """Approve a rule as it was shown: ``content_hash`` is of what the approver saw, or its first digits, eight at least.

    Raises Refused to the proposer, for other words than were proposed, and for a rule approved or withdrawn already.
    """
    with ports.work(institution, actor) as tx:
        rule = tx.waits.rules.find(number)
        if rule.withdrawn_at is not None or rule.approved_at is not None:
            raise Refused(said("watch.rule_decided", rule=rule.name))
        if rule.proposed_by == actor.name:
            raise Refused(said("watch.rule_four_eyes", rule=rule.name))
        if len(content_hash) < SEEN_DIGITS or not rule.content_hash.startswith(content_hash):
            raise Refused(said("watch.rule_other_words", rule=rule.name))
        tx.waits.rules.approve(rule, actor.name, tx.at.now)
        approved = tx.waits.rules.find(number)
        answered = _answer_what_waits(tx, approved)
        tx.audit.note("approve_rule", str(rule.id), {"rule": rule.name, "hash": rule.content_hash, "answered": answered})
        return approved


def withdraw_rule(ports: Ports, actor: Actor, institution: str, number: int) -> AnswerRule:
    """Withdraw a rule: what it answered stays as it was filed, nothing more is answered by it. Raises Refused a second time."""
    with ports.work(institution, actor) as tx:
        rule = tx.waits.rules.find(number)
        if rule.withdrawn_at is not None:
            raise Refused(said("watch.rule_decided", rule=rule.name))
        tx.waits.rules.withdraw(rule, actor.name, tx.at.now)
        tx.audit.note("withdraw_rule", str(rule.id), {"rule": rule.name})
        return tx.waits.rules.find(number)


def _answer_what_waits(tx: Transaction, rule: AnswerRule) -> int:
    """Let the cases that wait for this answer go on; give their number."""
    waiting = [task for task in tx.tasks.open_tasks() if task.kind is Kind.ANSWER_MISSING and task.question == rule.field]
    answered = 0
    for task in waiting:
        case = tx.cases.find(task.case) if task.case else None
        if case is not None and rule.holds_on(case.first_absence_day):
            tx.tasks.close(task.id, tx.at.day, tx.actor.name)
            meet_payroll(tx, case)
            answered += 1
    return answered


def _refuse_wrong(proposal: Proposal) -> None:
    if proposal.field not in FIELDS:
        raise Refused(said("watch.rule_no_field", field=proposal.field, known=", ".join(FIELDS)))
    if FIELDS[proposal.field](proposal.value.strip()) is None:
        raise Refused(said("watch.rule_cannot_be", field=proposal.field, value=proposal.value))
    if not proposal.because.strip():
        raise Refused(said("watch.rule_reason_missing"))
    if proposal.valid_until is not None and proposal.valid_until < proposal.valid_from:
        raise Refused(said("watch.away_backwards", first=proposal.valid_from, last=proposal.valid_until))

"""What people do about a payment: one finds it right or wrong, another approves exactly that, and its money is followed to the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from refusion.salary_guard.resolving.approval import Proposal, Subject, content_hash, need_approval
from refusion.salary_guard.resolving.bookings import Purpose
from refusion.salary_guard.resolving.states import Event, State, moved
from refusion.values.ids import derived_id
from refusion.values.said import Refused, said
from refusion.workflow.guard.people import account_of
from refusion.workflow.guard.step import chart_of, found, given, take_step
from refusion.workflow.ports.guard.facts import Approval, Paid
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports, Transaction

APPROVED, DECLINED, WITHDRAWN = "approved", "declined", "withdrawn"
STANDS_FOR = timedelta(days=14)
"""So long a proposal waits for its second person before it must be made anew."""
SUBJECTS = {
    State.PAYMENT_PROPOSED: Subject.MANUAL_PAYMENT,
    State.REPAYING_PROPOSED: Subject.MANUAL_PAYMENT,
    State.ERROR_PROPOSED: Subject.PAYMENT_IS_WRONG,
    State.WRITE_OFF_PROPOSED: Subject.WRITE_OFF,
}
"""The states that wait for a second person, and for what."""
FOLLOWED = frozenset({
    Event.PAID_OUT, Event.REPORTED_2913, Event.REPOSTED, Event.MONEY_RETURNED, Event.REPAID, Event.REPAID_IN_PART,
})
"""What a person notes once it has happened outside the house."""


def find_right(ports: Ports, actor: Actor, institution: str, number: int, reason: str) -> Paid:
    """Propose to pay a stopped payment by hand, exactly the stopped amount. Raises Refused where nothing is stopped."""
    return _propose(ports, actor, institution, (number, Event.FOUND_RIGHT), reason)


def find_wrong(ports: Ports, actor: Actor, institution: str, number: int, reason: str) -> Paid:
    """Say that a payment is wrong: a stopped one waits for a second person, one that went becomes a matter of repayment."""
    return _propose(ports, actor, institution, (number, Event.FOUND_WRONG), reason)


def ask_write_off(ports: Ports, actor: Actor, institution: str, number: int, reason: str) -> Paid:
    """Propose to give up what an employee still owes of a wrong payment."""
    return _propose(ports, actor, institution, (number, Event.WRITE_OFF_ASKED), reason)


def hold_back(ports: Ports, actor: Actor, institution: str, number: int, reason: str) -> Paid:
    """Stop a payment by hand while its bank file is not written yet: it leaves the file and stands on 95.11.

    Raises Refused once the file was written: then only the bank can stop it.
    """
    with ports.work(institution, actor) as tx:
        paid = found(tx, number)
        if tx.guard.run(paid.run_number).state != "taken":
            raise Refused(said("stopped.file_written", number=number))
        now = take_step(tx, paid, Event.HELD_BACK, given(reason))
        tx.audit.note("hold_payment", str(paid.id), {"payment": number, "amount": paid.amount})
        return now


def approve(ports: Ports, actor: Actor, institution: str, number: int) -> Paid:
    """Approve what another person proposed about a payment. Raises Refused for one's own, a late one and one that changed."""
    with ports.work(institution, actor) as tx:
        paid = found(tx, number)
        open_one = _open(tx, paid)
        now = hash_of(tx, paid, open_one.subject, open_one.reason)
        proposal = Proposal(
            open_one.subject, open_one.content_hash, account_of(tx, open_one.proposed_by), open_one.proposed_at, open_one.expires_at
        )
        need_approval(proposal, account_of(tx, actor.name), now, tx.at.now)
        tx.guard.decide(replace(open_one, outcome=APPROVED, decided_by=actor.name, decided_at=tx.at.now, decided_hash=now))
        moved_on = take_step(tx, paid, Event.APPROVED, open_one.reason)
        facts = {"payment": number, "subject": open_one.subject.value, "amount": open_one.amount, "content": now}
        tx.audit.note("approve_stopped", str(paid.id), facts)
        return moved_on


def turn_down(ports: Ports, actor: Actor, institution: str, number: int, *, withdrawn: bool) -> Paid:
    """Say no to a proposal, or withdraw it; the payment stands as before. Raises Refused when nothing is proposed."""
    with ports.work(institution, actor) as tx:
        paid = found(tx, number)
        open_one = _open(tx, paid)
        outcome = WITHDRAWN if withdrawn else DECLINED
        tx.guard.decide(replace(open_one, outcome=outcome, decided_by=actor.name, decided_at=tx.at.now))
        moved_on = take_step(tx, paid, Event.TURNED_DOWN, open_one.reason)
        tx.audit.note(f"{outcome}_stopped", str(paid.id), {"payment": number, "subject": open_one.subject.value})
        return moved_on


def follow(
    ports: Ports, actor: Actor, institution: str, number: int, event: Event, *, reference: str = "", amount: int | None = None
) -> Paid:
    """Note what happened to a payment's money outside the house: paid by hand, component 2913, re-posting, return, repayment.

    ``amount`` in øre is asked for a repayment in part alone: everything else is exactly what stands there.
    """
    if event not in FOLLOWED:
        raise Refused(said("stopped.not_followed", event=event.value))
    with ports.work(institution, actor) as tx:
        paid = found(tx, number)
        happened = _whole(tx, paid, event, amount)
        now = take_step(tx, paid, happened, reference.strip(), amount=amount if happened is Event.REPAID_IN_PART else None)
        facts = {"payment": number, "event": happened.value, "amount": amount or paid.amount, "reference": reference.strip()}
        tx.audit.note("follow_stopped", str(paid.id), facts)
        return now


def hash_of(tx: Transaction, paid: Paid, subject: Subject, reason: str) -> str:
    """Give the hash of all that a proposal rests on, as it stands now; anything that changes it asks for a new one."""
    stands = ", ".join(f"{account} {amount}" for account, amount in sorted(tx.guard.standing(paid.id).items()) if amount)
    return content_hash({
        "payment": str(paid.id), "person": str(paid.person), "amount": paid.amount, "state": paid.state.value, "steps": paid.steps,
        "subject": subject.value, "reason": reason, "stands": stands,
    })  # fmt: skip


def _propose(ports: Ports, actor: Actor, institution: str, what: tuple[int, Event], reason: str) -> Paid:
    number, event = what
    why = given(reason)
    with ports.work(institution, actor) as tx:
        paid = found(tx, number)
        _need_sense(tx, paid, event)
        now = take_step(tx, paid, event, why)
        subject = SUBJECTS.get(now.state)
        if subject is not None:
            id = derived_id(tx.institution.namespace, "payment_proposal", paid.id, now.steps)
            content = hash_of(tx, now, subject, why)
            until = tx.at.now + STANDS_FOR
            tx.guard.propose(Approval(id, None, paid.id, subject, paid.amount, why, content, actor.name, tx.at.now, until))
        tx.audit.note(event.value, str(paid.id), {"payment": number, "amount": paid.amount, "reason": why})
        return now


def _need_sense(tx: Transaction, paid: Paid, event: Event) -> None:
    """Refuse what would change nothing, and to call wrong what can still be held back."""
    if moved(paid.state, event) is paid.state:
        raise Refused(said("stopped.nothing_stopped", number=paid.number))
    if paid.state is State.SENT and tx.guard.run(paid.run_number).state == "taken":
        raise Refused(said("stopped.hold_instead", number=paid.number))


def _whole(tx: Transaction, paid: Paid, event: Event, amount: int | None) -> Event:
    """Tell a repayment in part from one of all that is owed."""
    if event is not Event.REPAID or amount is None:
        return event
    chart = chart_of(tx.guard.run(paid.run_number).accounts)
    owed = tx.guard.standing(paid.id).get(chart.number(Purpose.TO_SETTLE), 0)
    return Event.REPAID if amount == owed else Event.REPAID_IN_PART


def _open(tx: Transaction, paid: Paid) -> Approval:
    open_one = next(iter(tx.guard.proposals(paid.id)), None)
    if open_one is None:
        raise Refused(said("stopped.nothing_proposed", number=paid.number))
    return open_one

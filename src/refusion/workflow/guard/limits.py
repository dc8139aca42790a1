"""Limits: a lower one is set by one person, a raise is proposed by one and approved by another, with its reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from refusion.salary_guard.resolving.approval import (
    CaseState,
    PortalCase,
    Proposal,
    Subject,
    content_hash,
    need_approval,
    need_grounds,
    needs_four_eyes,
)
from refusion.values.ids import derived_id
from refusion.values.said import Refused, said
from refusion.workflow.guard.in_force import held_without
from refusion.workflow.guard.people import account_of
from refusion.workflow.ports.guard.facts import PayLimit
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports, Transaction

APPROVED, DECLINED, WITHDRAWN = "approved", "declined", "withdrawn"
STANDS_FOR = timedelta(days=14)
"""So long a proposal waits for its second person before it must be made anew."""
OF_EMPLOYEE = (Subject.EMPLOYEE_LIMIT_THIS_RUN, Subject.COMPONENT_244)
SUBJECTS = (*OF_EMPLOYEE, Subject.INSTITUTION_LIMIT_THIS_RUN, Subject.INSTITUTION_LIMIT)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A limit as somebody wants it, øre: whose (an employment number, or empty for the institution), why, and its case."""

    subject: Subject
    amount: int
    reason: str
    employment: str = ""
    valid_from: date | None = None
    case: PortalCase | None = None


def propose_limit(ports: Ports, actor: Actor, institution: str, wanted: Wanted) -> PayLimit:
    """Set a limit that is no raise, or propose one that is. Raises BadInput without a reason, Refused for what cannot be."""
    need_grounds(Subject.WRITE_OFF, wanted.reason)
    _need_possible(wanted)
    with ports.work(institution, actor) as tx:
        tx.guard.alone()
        limit = _made(tx, wanted)
        if not needs_four_eyes(limit.before, limit.amount):
            limit = replace(limit, outcome=APPROVED, decided_by=actor.name, decided_at=tx.at.now, decided_hash=limit.content_hash)
            _set_aside_older(tx, limit)
        number = tx.guard.propose_limit(limit)
        verb = "propose_limit" if limit.outcome is None else "set_limit"
        facts = {"limit": number, "subject": limit.subject.value, "amount": limit.amount, "before": limit.before}
        tx.audit.note(verb, str(limit.id), facts)
        return tx.guard.limit(number)


def approve_limit(ports: Ports, actor: Actor, institution: str, number: int) -> PayLimit:
    """Approve what another person proposed. Raises Refused for one's own, a late one, one that changed or was decided.

    The institution's lasting limit needs the Serviceportal's case to be granted, else BadInput.
    """
    with ports.work(institution, actor) as tx:
        tx.guard.alone()
        limit = tx.guard.limit(number)
        need_grounds(limit.subject, limit.reason, _case_of(limit))
        held = held_without(tx, limit.subject, limit.person)
        now = content_hash(_content(replace(limit, before=held)))
        proposer, approver = account_of(tx, limit.proposed_by), account_of(tx, actor.name)
        proposal = Proposal(
            limit.subject, limit.content_hash, proposer, limit.proposed_at, limit.expires_at, is_decided=limit.outcome is not None
        )
        need_approval(proposal, approver, now, tx.at.now)
        approved = replace(limit, outcome=APPROVED, decided_by=actor.name, decided_at=tx.at.now, decided_hash=now)
        _set_aside_older(tx, approved)
        tx.guard.change_limit(approved)
        tx.audit.note("approve_limit", str(limit.id), {"limit": number, "amount": limit.amount, "content": now})
        return tx.guard.limit(number)


def turn_limit_down(ports: Ports, actor: Actor, institution: str, number: int, *, withdrawn: bool) -> PayLimit:
    """Say no to a proposal, or withdraw it; nothing is raised. Raises Refused when it was decided."""
    with ports.work(institution, actor) as tx:
        limit = _undecided(tx, number)
        outcome = WITHDRAWN if withdrawn else DECLINED
        tx.guard.change_limit(replace(limit, outcome=outcome, decided_by=actor.name, decided_at=tx.at.now))
        tx.audit.note(f"{outcome}_limit", str(limit.id), {"limit": number})
        return tx.guard.limit(number)


def note_case(ports: Ports, actor: Actor, institution: str, number: int, *, case_number: str, state: CaseState) -> PayLimit:
    """Note how the Serviceportal's case stands that a proposed lasting limit rests on. Raises Refused when it was decided."""
    with ports.work(institution, actor) as tx:
        limit = _undecided(tx, number)
        if limit.subject is not Subject.INSTITUTION_LIMIT:
            raise Refused(said("stopped.no_case_here"))
        tx.guard.change_limit(replace(limit, case_number=case_number.strip() or limit.case_number, case_state=state.value))
        tx.audit.note("note_portal_case", str(limit.id), {"limit": number, "case": case_number, "state": state.value})
        return tx.guard.limit(number)


def end_limit(ports: Ports, actor: Actor, institution: str, number: int, last: date) -> PayLimit:
    """End component 244 on a day: it still holds, with a warning, until it is deleted, as the state payroll's guide says."""
    with ports.work(institution, actor) as tx:
        limit = _holding(tx, number)
        if limit.subject is not Subject.COMPONENT_244:
            raise Refused(said("stopped.only_component_ends"))
        tx.guard.change_limit(replace(limit, ended_on=last))
        tx.audit.note("end_limit", str(limit.id), {"limit": number, "ended_on": last.isoformat()})
        return tx.guard.limit(number)


def delete_limit(ports: Ports, actor: Actor, institution: str, number: int) -> PayLimit:
    """Delete a limit, so that the next one in order holds. Raises Refused where that would let more through: that is a raise."""
    with ports.work(institution, actor) as tx:
        tx.guard.alone()
        limit = _holding(tx, number)
        held = held_without(tx, limit.subject, limit.person, but=limit.id)
        if needs_four_eyes(limit.amount, held):
            raise Refused(said("stopped.removal_raises", amount_ore=limit.amount, held_ore=held))
        tx.guard.change_limit(replace(limit, deleted_by=actor.name, deleted_at=tx.at.now))
        tx.audit.note("delete_limit", str(limit.id), {"limit": number})
        return tx.guard.limit(number)


def limits(ports: Ports, actor: Actor, institution: str, *, every: bool = False) -> tuple[PayLimit, ...]:
    """Give limits that are proposed or in force, newest first; with ``every`` those that are over too."""
    with ports.work(institution, actor) as tx:
        return tx.guard.limits(every=every)


def _need_possible(wanted: Wanted) -> None:
    if wanted.subject not in SUBJECTS:
        raise Refused(said("stopped.no_limit_subject", known=", ".join(SUBJECTS)))
    if wanted.amount < 0:
        raise Refused(said("stopped.limit_below_zero"))
    if (wanted.subject in OF_EMPLOYEE) != bool(wanted.employment.strip()):
        raise Refused(said("stopped.whose_limit"))


def _made(tx: Transaction, wanted: Wanted) -> PayLimit:
    employment = wanted.employment.strip()
    person = tx.guard.person_of(employment) if employment else None
    begins = (wanted.valid_from or tx.at.day.replace(day=1)) if wanted.subject is Subject.COMPONENT_244 else None
    case = wanted.case or PortalCase("", "", CaseState.OPENED)
    before = len(tx.guard.limits(every=True))
    limit = PayLimit(
        id=derived_id(tx.institution.namespace, "pay_limit", before, tx.at.now.isoformat()),
        number=None, subject=wanted.subject, person=person, employment=employment, amount=wanted.amount,
        before=held_without(tx, wanted.subject, person), valid_from=begins, reason=wanted.reason.strip(), case_number=case.number.strip(),
        case_text=case.text.strip(), case_state=case.state.value if wanted.case else "", content_hash="", proposed_by=tx.actor.name,
        proposed_at=tx.at.now, expires_at=tx.at.now + STANDS_FOR,
    )  # fmt: skip
    return replace(limit, content_hash=content_hash(_content(limit)))


def _content(limit: PayLimit) -> dict[str, str | int | None]:
    """Give what an approval is bound to; the case's number and state may still come in while a proposal waits."""
    return {
        "limit": str(limit.id), "subject": limit.subject.value, "person": str(limit.person), "amount": limit.amount,
        "before": limit.before, "reason": limit.reason, "case": limit.case_text,
        "from": limit.valid_from.isoformat() if limit.valid_from else None,
    }  # fmt: skip


def _case_of(limit: PayLimit) -> PortalCase | None:
    return PortalCase(limit.case_number, limit.case_text, CaseState(limit.case_state)) if limit.case_state else None


def _set_aside_older(tx: Transaction, limit: PayLimit) -> None:
    """Delete what the limit takes the place of."""
    for other in tx.guard.limits():
        if other.holds and other.id != limit.id and (other.subject, other.person) == (limit.subject, limit.person):
            tx.guard.change_limit(replace(other, deleted_by=tx.actor.name, deleted_at=tx.at.now))


def _undecided(tx: Transaction, number: int) -> PayLimit:
    limit = tx.guard.limit(number)
    if limit.outcome is not None:
        raise Refused(said("guard.decided_already"))
    return limit


def _holding(tx: Transaction, number: int) -> PayLimit:
    limit = tx.guard.limit(number)
    if not limit.holds:
        raise Refused(said("stopped.limit_over", number=number))
    return limit

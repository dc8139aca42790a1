"""Decide whether conditions are fulfilled: one proposes with reason and evidence, another approves exactly that."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from refusion.grants.course.matters import Matter
from refusion.grants.course.records import Decided
from refusion.grants.evidence import Decision, Event, State
from refusion.law.engine.refusals import NotAnswered
from refusion.values.ids import derived_id
from refusion.values.said import BadInput, Problem, Refused, said
from refusion.workflow.grants.course import Course, matters_named, on_course
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports

SEEN_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for counties on one condition: of all that are under review where nobody is named."""

    pot: str
    whos: tuple[str, ...]
    fulfilled: bool
    reason: str
    consulted: str = ""


def batch_hash(decisions: Sequence[Decided]) -> str:
    """Give the hash of several proposals together, as an approver sees them."""
    return hashlib.sha256("\n".join(sorted(one.content_hash for one in decisions)).encode()).hexdigest()


def propose_decisions(ports: Ports, actor: Actor, institution: str, name: str, proposal: Proposal) -> tuple[Decided, ...]:
    """Propose that conditions are fulfilled or not; nothing is payable by it before another person approved it.

    Raises BadInput with every county that lacks evidence or was late, Refused for one that has a proposal already, NotAnswered where
    nothing is under review, without reason, or without the consultation that the agreement names.
    """

    def act(course: Course) -> tuple[Decided, ...]:
        found = _asked(course, proposal)
        if proposal.fulfilled:
            _refuse_unfulfilled(course, found)
        decided = tuple(_decided(course, matter, proposal) for matter in found)
        course.tx.agreements.propose_decisions(course.standing.id, decided)
        told = {"pot": proposal.pot, "who": [one.who for one in decided], "fulfilled": proposal.fulfilled, "hash": batch_hash(decided)}
        course.tx.audit.note("propose_decisions", str(course.standing.id), told)
        return decided

    return on_course(ports, actor, institution, name, act)


def approve_decisions(ports: Ports, actor: Actor, institution: str, name: str, pot: str, *, digits: str) -> tuple[Decided, ...]:
    """Approve all open proposals on a condition as they were shown; ``digits`` are the first eight or more of their hash.

    Raises Refused where nothing is proposed, to a proposer, and for other proposals than were seen.
    """

    def act(course: Course) -> tuple[Decided, ...]:
        proposed = _open(course, pot)
        if any(one.proposed_by == actor.name for one in proposed):
            raise Refused(said("agreements.four_eyes"))
        if len(digits) < SEEN_DIGITS or not batch_hash(proposed).startswith(digits):
            raise Refused(said("agreements.other_words"))
        course.tx.agreements.approve_decisions(proposed, actor.name, course.tx.at.now)
        found = [course.standing.matter(one.pot, one.who) for one in proposed]
        for matter, one in zip(found, proposed, strict=True):
            course.move(matter, _event(course.state(matter), one), one.reason)
        course.release(found)
        told = {"pot": pot, "who": [one.who for one in proposed], "hash": batch_hash(proposed)}
        course.tx.audit.note("approve_decisions", str(course.standing.id), told)
        return proposed

    return on_course(ports, actor, institution, name, act)


def withdraw_decisions(ports: Ports, actor: Actor, institution: str, name: str, pot: str) -> int:
    """Withdraw all open proposals on a condition; give their number. Raises Refused where there are none."""

    def act(course: Course) -> int:
        proposed = _open(course, pot)
        course.tx.agreements.withdraw_decisions(proposed, actor.name, course.tx.at.now)
        course.tx.audit.note("withdraw_decisions", str(course.standing.id), {"pot": pot, "who": [one.who for one in proposed]})
        return len(proposed)

    return on_course(ports, actor, institution, name, act)


def _asked(course: Course, proposal: Proposal) -> tuple[Matter, ...]:
    """Give the matters that a proposal is about: those named, else all under review; a no also where nothing came in time."""
    found = matters_named(course.standing, proposal.pot, proposal.whos)
    overdue = {matter.key for matter, _ in course.standing.awaited(course.tx.at.day)}
    ready = tuple(
        one for one in found
        if course.state(one) is State.UNDER_REVIEW or (one.key in overdue and not proposal.fulfilled and proposal.whos)
    )  # fmt: skip
    refused = [one for one in found if one not in ready]
    if not ready or (proposal.whos and refused):
        names = ", ".join(course.standing.payee_name(one.who) for one in refused)
        raise NotAnswered(said("agreements.nothing_to_decide", pot=proposal.pot, who=names))
    for one in ready:
        if course.standing.open_decision(*one.key) is not None:
            raise Refused(said("agreements.proposed_already", pot=one.pot, who=course.standing.payee_name(one.who)))
    return ready


def _refuse_unfulfilled(course: Course, found: Sequence[Matter]) -> None:
    """Raise BadInput with every reason why one of the matters is not fulfilled."""
    reasons = [(matter, why) for matter in found for why in course.standing.verdict(*matter.key).reasons]
    if reasons:
        remedy = said("agreements.unfulfilled_remedy")
        raise BadInput(*(Problem(why, remedy, value=f"{one.pot} {course.standing.payee_name(one.who)}") for one, why in reasons))


def _decided(course: Course, matter: Matter, proposal: Proposal) -> Decided:
    standing, tx = course.standing, course.tx
    required = standing.agreement.requirement(matter.pot)
    evidence = tuple(dict.fromkeys((*(one.diary for one in standing.reports_of(*matter.key)), *standing.evidence_of(*matter.key).values())))
    Decision(
        matter.who, matter.pot, proposal.fulfilled, tx.actor.name, tx.at.day, proposal.reason, evidence, proposal.consulted,
        must_consult="" if required is None or not standing.reports_of(*matter.key) else required.reviewed_with,
    )  # fmt: skip
    number = sum((one.pot, one.who) == matter.key for one in standing.decisions) + 1
    words = (*matter.key, number, proposal.fulfilled, proposal.reason.strip(), *evidence, proposal.consulted.strip())
    digest = hashlib.sha256("\x1f".join(map(str, words)).encode()).hexdigest()
    id = derived_id(tx.institution.namespace, "condition_decision", standing.id, *matter.key, number)
    return Decided(
        id, *matter.key, number, proposal.fulfilled, proposal.reason.strip(), evidence, proposal.consulted.strip(), digest, tx.actor.name,
        tx.at.now,
    )  # fmt: skip


def _event(state: State, one: Decided) -> Event:
    if one.fulfilled:
        return Event.FOUND_FULFILLED
    return Event.FOUND_NOT_FULFILLED if state is State.UNDER_REVIEW else Event.NOTHING_CAME


def _open(course: Course, pot: str) -> tuple[Decided, ...]:
    proposed = tuple(one for one in course.standing.decisions if one.pot == pot and one.is_open)
    if not proposed:
        raise Refused(said("agreements.nothing_proposed", pot=pot))
    return proposed

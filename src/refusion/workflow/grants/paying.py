"""Pay an agreement out: a run is proposed with every figure, approved by another person, paid once; a correction is a new run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from refusion.grants.course.banking_days import is_banking_day, next_banking_day
from refusion.grants.course.matters import own_matters
from refusion.grants.course.records import PayoutRun
from refusion.grants.course.running import payable_pots, pays_on, planned
from refusion.grants.course.standing import Standing
from refusion.grants.evidence import Event, State
from refusion.values.ids import derived_id
from refusion.values.said import Refused, said
from refusion.workflow.grants.course import Course, on_course
from refusion.workflow.grants.deciding import SEEN_DIGITS
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a run shall pay: pots, the day (None: the latest that the agreement has, or the next banking day), options of choices."""

    pots: tuple[str, ...]
    on: date | None = None
    choices: Mapping[str, str] = field(default_factory=dict)


def propose_run(ports: Ports, actor: Actor, institution: str, name: str, wanted: Wanted) -> PayoutRun:
    """Propose a run that pays what is due of pots, less what was paid of them before.

    Raises BadInput with everything that hinders it, Refused where another run is open, nothing is due, or the day will not do.
    """

    def act(course: Course) -> PayoutRun:
        standing, tx = course.standing, course.tx
        _refuse_pots(standing, wanted.pots)
        standing_open = standing.open_run()
        if standing_open is not None:
            raise Refused(said("agreements.run_open", number=standing_open.number))
        number = len(standing.runs) + 1
        plan = planned(standing, wanted.pots, number, wanted.choices)
        if not any(line.difference for line in plan.lines):
            raise Refused(said("agreements.nothing_due", pots=", ".join(wanted.pots)))
        day = _day(course, wanted)
        id = derived_id(tx.institution.namespace, "payout_run", standing.id, number)
        run = PayoutRun(id, number, wanted.pots, day, plan.corrects, plan.content, plan.content_hash, actor.name, tx.at.now)
        tx.agreements.propose_run(standing.id, run, plan.lines)
        due = sum(line.difference for line in plan.lines)
        tx.audit.note("propose_run", str(id), {"run": number, "pots": wanted.pots, "pays_on": day, "due": due, "hash": run.content_hash})
        return run

    return on_course(ports, actor, institution, name, act)


def approve_run(ports: Ports, actor: Actor, institution: str, name: str, number: int, *, digits: str) -> PayoutRun:
    """Approve a run in the figures that were shown; ``digits`` are the first eight or more of its hash.

    Raises Refused to the proposer, for other figures than were seen, and for a run that was decided already.
    """

    def act(course: Course) -> PayoutRun:
        run = course.standing.run(number)
        if run.state != "proposed":
            raise Refused(said("agreements.run_decided", number=number))
        if run.proposed_by == actor.name:
            raise Refused(said("agreements.four_eyes"))
        if len(digits) < SEEN_DIGITS or not run.content_hash.startswith(digits):
            raise Refused(said("agreements.other_words"))
        course.tx.agreements.approve_run(run, actor.name, course.tx.at.now)
        course.tx.audit.note("approve_run", str(run.id), {"run": number, "hash": run.content_hash})
        return run

    return on_course(ports, actor, institution, name, act)


def withdraw_run(ports: Ports, actor: Actor, institution: str, name: str, number: int) -> None:
    """Withdraw a run that was not paid. Raises Refused for one that was, or was withdrawn already."""

    def act(course: Course) -> None:
        run = course.standing.run(number)
        if not run.is_open:
            raise Refused(said("agreements.run_decided", number=number))
        course.tx.agreements.withdraw_run(run, actor.name, course.tx.at.now)
        course.tx.audit.note("withdraw_run", str(run.id), {"run": number})

    on_course(ports, actor, institution, name, act)


def pay_run(ports: Ports, actor: Actor, institution: str, name: str, number: int) -> PayoutRun:
    """Note that an approved run's payment file went to the bank; its matters are paid.

    Raises Refused for a run that was not approved, or rests on facts that changed since.
    """

    def act(course: Course) -> PayoutRun:
        standing = course.standing
        run = standing.run(number)
        if run.state != "approved":
            raise Refused(said("agreements.run_not_approved", number=number))
        again = planned(standing, run.pots, number, _choices(run))
        if again.content_hash != run.content_hash:
            raise Refused(said("agreements.facts_changed", number=number))
        course.tx.agreements.pay_run(run, actor.name, course.tx.at.now)
        for pot in run.pots:
            for matter in own_matters(standing.agreement, standing.agreement.pot(pot)):
                if course.state(matter) is State.PAYABLE:
                    course.move(matter, Event.PAID)
        course.tx.audit.note("pay_run", str(run.id), {"run": number, "pays_on": run.pays_on})
        return run

    return on_course(ports, actor, institution, name, act)


def _choices(run: PayoutRun) -> dict[str, str]:
    chosen = run.content.get("choices")
    return {str(name): str(option) for name, option in chosen.items()} if isinstance(chosen, dict) else {}


def _refuse_pots(standing: Standing, pots: Sequence[str]) -> None:
    known = [pot.name for pot in payable_pots(standing.agreement)]
    strange = [pot for pot in pots if pot not in known]
    if strange or not pots:
        raise Refused(said("agreements.pots_unknown", pots=", ".join(strange), known=", ".join(known)))


def _day(course: Course, wanted: Wanted) -> date:
    """Give the day that a run pays on: the one wanted, else the agreement's latest, else the next banking day."""
    today = course.tx.at.day
    latest = pays_on(course.standing.agreement, wanted.pots)
    if wanted.on is None:
        return latest if latest is not None and latest >= today else next_banking_day(today)
    if wanted.on < today or not is_banking_day(wanted.on):
        raise Refused(said("agreements.no_banking_day", day=wanted.on))
    return wanted.on

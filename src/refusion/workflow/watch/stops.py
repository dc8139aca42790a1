"""A municipality's stop: noted with its document, kept in sight with its kroner, and lifted when the benefit goes on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from refusion.cases.facts import Case
from refusion.values.ids import derived_id
from refusion.values.said import Refused, said
from refusion.watch.facts import Kind as TaskKind
from refusion.watch.facts import Task, Turn
from refusion.watch.stops import Cause, Stop, answer_by, at_risk
from refusion.workflow.cases.meet import meet_payroll
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports, Transaction
from refusion.workflow.tasks.ask import task_id


@dataclass(frozen=True, slots=True)
class Stopped:
    """What the municipality wrote: why, from which day, on which letter (its day) and which document."""

    cause: Cause
    stopped_from: date
    letter_on: date | None
    document: str


def note_stop(ports: Ports, actor: Actor, institution: str, case: UUID, told: Stopped) -> Stop:
    """Note that the municipality stopped the benefit of a case; the leader gets a text and the kroner at risk.

    Raises Refused without a document, for a stop before the absence began or before the letter, and when one stands.
    Claims go on being filed: the authority decides them when the stop is lifted, and no deadline passes meanwhile.
    """
    with ports.work(institution, actor) as tx:
        standing = tx.cases.find(case)
        _refuse_wrong(standing, told)
        if tx.waits.stops.of_case(case) is not None:
            raise Refused(said("watch.stop_stands"))
        stop = Stop(
            id=derived_id(tx.institution.namespace, "stop", case, told.stopped_from, tx.at.now),
            case=case,
            cause=told.cause,
            stopped_from=told.stopped_from,
            letter_on=told.letter_on,
            document=told.document.strip(),
            noted_on=tx.at.day,
            noted_by=actor.name,
            at_risk=0,
        )
        kept = _kept(tx, stop)
        facts = {"case": str(case), "cause": stop.cause.value, "stopped_from": stop.stopped_from, "document": stop.document}
        tx.audit.note("note_stop", str(stop.id), facts)
        return kept


def lift_stop(ports: Ports, actor: Actor, institution: str, case: UUID, resumed_from: date, *, document: str) -> Stop:
    """Note that the benefit goes on from a day (the stop's own day where all was given back); the case is looked at again.

    ``at_risk`` of the answer is what the days without benefit cost, in øre. Raises Refused when no stop stands, without
    a document, and for a day before the stop.
    """
    with ports.work(institution, actor) as tx:
        stop = tx.waits.stops.of_case(case)
        if stop is None:
            raise Refused(said("watch.no_stop"))
        if not document.strip():
            raise Refused(said("watch.stop_document_missing"))
        if resumed_from < stop.stopped_from:
            raise Refused(said("watch.resumed_before_stop", stopped_from=stop.stopped_from))
        ended = replace(stop, resumed_from=resumed_from, lifted_on=tx.at.day, lifted_by=actor.name, lift_document=document.strip())
        lifted = replace(ended, at_risk=at_risk(ended, tx.claims.of_case(case)))
        tx.waits.stops.keep(lifted)
        tx.tasks.close(_task(tx, stop), tx.at.day, actor.name)
        meet_payroll(tx, tx.cases.find(case))
        tx.audit.note("lift_stop", str(stop.id), {"resumed_from": resumed_from, "cost_ore": lifted.at_risk, "document": document.strip()})
        return lifted


def watch_stops(tx: Transaction) -> int:
    """Bring the kroner of every stop that stands up to date, and its task with them; give the number that changed."""
    stops = tx.waits.stops.open_stops()
    changed = sum(_kept(tx, stop) != stop for stop in stops)
    if changed:
        tx.audit.note("watch_stops", tx.at.day.isoformat(), {"stops": len(stops), "changed": changed})
    return changed


def _refuse_wrong(case: Case, told: Stopped) -> None:
    if not told.document.strip():
        raise Refused(said("watch.stop_document_missing"))
    if told.stopped_from < case.first_absence_day:
        raise Refused(said("watch.stop_before_absence", first=case.first_absence_day))
    if told.letter_on is not None and told.stopped_from < told.letter_on:
        raise Refused(said("watch.stop_before_letter", letter_on=told.letter_on))
    if told.cause is Cause.NO_ANSWER and told.letter_on is None:
        raise Refused(said("watch.stop_letter_missing"))


def _kept(tx: Transaction, stop: Stop) -> Stop:
    current = replace(stop, at_risk=at_risk(stop, tx.claims.of_case(stop.case)))
    tx.waits.stops.keep(current)
    _tell(tx, current)
    return current


def _task(tx: Transaction, stop: Stop) -> UUID:
    return task_id(tx, TaskKind.BENEFIT_STOPPED, stop.case, str(stop.id))


def _tell(tx: Transaction, stop: Stop) -> None:
    """Tell the leader what the employee must do, by when, and what it costs."""
    due = answer_by(stop.letter_on) if stop.letter_on is not None else None
    what = said(f"watch.stopped_{stop.cause.value}", stopped_from=stop.stopped_from, answer_deadline=due, risk_ore=stop.at_risk)
    tx.tasks.open(
        Task(_task(tx, stop), TaskKind.BENEFIT_STOPPED, what, Turn.LEADER, stop.at_risk, stop.noted_on, safe_day=due, case=stop.case)
    )

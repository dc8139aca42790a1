"""Sends income notices: intent first, one in flight for a case, three outcomes; what is unknown is inquired, never resent blindly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from refusion.absences.norwegian import AbsenceTold
from refusion.cases.nav_case import Event, Moved, State, move
from refusion.claims.income_notice import IncomeNotice
from refusion.values.said import Refused, Said, said
from refusion.watch.facts import Kind
from refusion.workflow.nav.run import world_of
from refusion.workflow.nav.tell import open_task
from refusion.workflow.nav.written import read, write
from refusion.workflow.ports.authority import NotFound, Rejected, Silence, Unknown
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.norway.kept import ON_ITS_WAY, KeptCase, KeptNotice, NoticeState
from refusion.workflow.ports.norway.nav import (
    FoundNotice,
    FoundOtherNotice,
    HeldNotice,
    Nav,
    NavAnswer,
    NoticeFinding,
    NoticeOutcome,
    Outdated,
    Received,
    Standing,
    WaitFirst,
)
from refusion.workflow.ports.work import Ports, Transaction
from refusion.workflow.tasks.ask import task_id

AT_ONCE = 500
LEASE = timedelta(minutes=10)
ASK_AGAIN, WAIT_FIRST = timedelta(minutes=15), timedelta(hours=1)
DUPLICATE = "DUPLIKAT"
TWICE = 2
"""So often a notice must be missing from NAV's whole list before it is sent again."""
MOST_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Sent:
    """What a round came to: how many notices were accepted, refused, and how many are on their way in all."""

    accepted: int
    refused: int
    waiting: int


def send_notices(ports: Ports, actor: Actor, institution: str) -> Sent:
    """Do what each notice waits for: send it, ask what became of it, or ask whether NAV has accepted it."""
    nav = world_of(ports).reached
    tried: dict[UUID, NoticeState] = {}
    for _ in range(MOST_ROUNDS):
        with ports.work(institution, actor) as tx:
            due = [one for one in tx.norway.notices.due(tx.at.now, AT_ONCE) if tried.get(one.id) is not one.state]
        if not due:
            break
        for notice in due:
            tried[notice.id] = notice.state
            _step(ports, actor, institution, nav, notice)
    with ports.work(institution, actor) as tx:
        newest = tx.norway.notices.newest()
    ended = [one.state for one in newest.values() if one.id in tried]
    waiting = sum(one.state in ON_ITS_WAY for one in newest.values())
    return Sent(ended.count(NoticeState.ACCEPTED), ended.count(NoticeState.REFUSED), waiting)


def _step(ports: Ports, actor: Actor, institution: str, nav: Nav, notice: KeptNotice) -> None:
    if notice.state is NoticeState.PLANNED:
        _send(ports, actor, institution, nav, notice)
    elif notice.state is NoticeState.RECEIVED:
        _ask_standing(ports, actor, institution, nav, notice)
    else:
        _inquire(ports, actor, institution, nav, notice)


def _send(ports: Ports, actor: Actor, institution: str, nav: Nav, notice: KeptNotice) -> None:
    content = read(notice.content)
    try:
        message = nav.encode_notice(content)
    except Refused as refused:
        with ports.work(institution, actor) as tx:
            _refused(tx, notice, refused.because.key)
            tx.audit.note("nav_notice_wrong", str(notice.id), {"because": refused.because.key})
        return
    number = notice.attempts + 1
    with ports.work(institution, actor) as tx:
        # The attempt is committed before the socket opens: one found like this later is in doubt.
        sending = replace(notice, state=NoticeState.SENDING, attempts=number, next_try_at=tx.at.now + LEASE)
        tx.norway.notices.change(sending)
        tx.norway.notices.begin_attempt(notice.id, number, tx.at.now)
        tx.messages.keep(None, None, "sent", message.raw, tx.at.now)
        tx.audit.note("nav_send_notice", str(notice.id), {"attempt": number})
    answer = nav.send(message)
    outcome = nav.read_notice_answer(content, answer)
    with ports.work(institution, actor) as tx:
        _keep_raw(tx, answer)
        tx.norway.notices.end_attempt(notice.id, number, tx.at.now, type(outcome).__name__.lower())
        _learn(tx, sending, content, outcome)


def _learn(tx: Transaction, notice: KeptNotice, content: IncomeNotice, outcome: NoticeOutcome) -> None:
    if isinstance(outcome, Received):
        _taken(tx, notice, outcome.notice_id)
    elif isinstance(outcome, WaitFirst):
        tx.norway.notices.change(replace(notice, state=NoticeState.PLANNED, next_try_at=tx.at.now + WAIT_FIRST))
    elif isinstance(outcome, Outdated):
        _retarget(tx, notice, content, outcome.newest)
    elif isinstance(outcome, Rejected):
        _refused(tx, notice, outcome.code)
    else:
        # A duplicate is asked about like silence: whose the notice is that NAV holds, the inquiry tells.
        why = outcome.why.key if isinstance(outcome, Unknown) else DUPLICATE
        tx.norway.notices.change(replace(notice, state=NoticeState.UNKNOWN, next_try_at=tx.at.now, code=why))
    tx.audit.note("nav_notice_answer", str(notice.id), {"outcome": type(outcome).__name__.lower()})


def _retarget(tx: Transaction, notice: KeptNotice, content: IncomeNotice, newest: str) -> None:
    """NAV has a newer request: the same notice goes to that one, and the case keeps it."""
    aimed = write(replace(content, request=newest))
    tx.norway.notices.change(replace(notice, state=NoticeState.PLANNED, request=newest, content=aimed, next_try_at=tx.at.now))
    case = tx.norway.facts.case(notice.case)
    tx.norway.facts.change(replace(case, request=newest))


def _inquire(ports: Ports, actor: Actor, institution: str, nav: Nav, notice: KeptNotice) -> None:
    content = read(notice.content)
    with ports.work(institution, actor) as tx:
        known = [one.notice_id for one in tx.norway.notices.of_case(notice.case) if one.notice_id is not None and one.id != notice.id]
        asked_at = tx.at.now
    answer = nav.send(nav.encode_inquiry(content))
    finding = nav.read_inquiry(content, answer, asked_at, known)
    with ports.work(institution, actor) as tx:
        _keep_raw(tx, answer)
        _found(tx, nav, notice, finding)
        tx.audit.note("nav_inquire_notice", str(notice.id), {"finding": type(finding).__name__.lower()})


def _found(tx: Transaction, nav: Nav, notice: KeptNotice, finding: NoticeFinding) -> None:
    doubtful = replace(notice, state=NoticeState.UNKNOWN, next_try_at=tx.at.now + ASK_AGAIN)
    if isinstance(finding, FoundNotice):
        _taken(tx, notice, finding.held.notice_id, finding.held.received_at)
    elif isinstance(finding, FoundOtherNotice):
        _ask(tx, notice, said("refusjon.other_notice", notice=finding.held.notice_id))
        tx.norway.notices.change(replace(notice, state=NoticeState.REFUSED, code="FOREIGN_NOTICE"))
        _move(tx, notice.case, Event.REFUSED)
    elif isinstance(finding, NotFound) and notice.not_found + 1 >= TWICE:
        tx.norway.notices.change(replace(notice, state=NoticeState.PLANNED, not_found=0, next_try_at=tx.at.now))
    elif isinstance(finding, NotFound):
        tx.norway.notices.change(replace(doubtful, not_found=notice.not_found + 1, next_try_at=tx.at.now + nav.read_delay))
    else:
        tx.norway.notices.change(doubtful)


def _taken(tx: Transaction, notice: KeptNotice, notice_id: str, received_at: str = "") -> None:
    """NAV has the notice; the day of its receipt counts for the deadline, whatever NAV finds in it later."""
    day = notice.taken_on or (tx.at.day_of(datetime.fromisoformat(received_at)) if received_at else tx.at.day)
    tx.norway.notices.change(
        replace(notice, state=NoticeState.RECEIVED, notice_id=notice_id, taken_on=day, next_try_at=tx.at.now, code=None)
    )


def _ask_standing(ports: Ports, actor: Actor, institution: str, nav: Nav, notice: KeptNotice) -> None:
    answer = nav.send(nav.encode_standing(notice.notice_id or ""))
    held = nav.read_standing(notice.notice_id or "", answer)
    with ports.work(institution, actor) as tx:
        tx.audit.note("nav_standing", str(notice.id), {"standing": held.standing.value if isinstance(held, HeldNotice) else "unknown"})
        if isinstance(held, HeldNotice) and held.standing is Standing.ACCEPTED:
            _accepted(tx, notice)
        elif isinstance(held, HeldNotice) and held.standing is Standing.FAILED:
            _refused(tx, notice, held.failure)
        else:
            tx.norway.notices.change(replace(notice, next_try_at=tx.at.now + ASK_AGAIN))


def _accepted(tx: Transaction, notice: KeptNotice) -> None:
    tx.norway.notices.change(replace(notice, state=NoticeState.ACCEPTED, code=None))
    case = tx.norway.facts.case(notice.case)
    moved = move(case.state, Event.ACCEPTED)
    state = moved.state if isinstance(moved, Moved) else case.state
    if not notice.refund and _is_withdrawn(tx, case):
        state = State.WITHDRAWN
    received = case.received_on or (notice.taken_on if notice.refund else None)
    tx.norway.facts.change(replace(case, state=state, received_on=received))
    close_one(tx, notice.case)


def _is_withdrawn(tx: Transaction, case: KeptCase) -> bool:
    absences = cast("Sequence[AbsenceTold]", tx.norway.facts.current(AbsenceTold))
    return any(row.withdrawn for row in absences if (row.number, row.absence_number) == (case.employment_number, case.absence_number))


def _refused(tx: Transaction, notice: KeptNotice, code: str) -> None:
    """A definite no is a person's: with NAV's code and what a month of the claim is worth."""
    tx.norway.notices.change(replace(notice, state=NoticeState.REFUSED, code=code))
    if not notice.refund:
        # NAV no longer knows what we take back, so there is nothing left to take back.
        tx.norway.facts.change(replace(tx.norway.facts.case(notice.case), state=State.WITHDRAWN))
        return
    _ask(tx, notice, said("refusjon.notice_refused", code=code, refund_ore=notice.refund))
    _move(tx, notice.case, Event.REFUSED)


def _move(tx: Transaction, case_id: UUID, event: Event) -> None:
    case = tx.norway.facts.case(case_id)
    moved = move(case.state, event)
    if isinstance(moved, Moved):
        tx.norway.facts.change(replace(case, state=moved.state))


def _ask(tx: Transaction, notice: KeptNotice, what: Said) -> None:
    case = tx.norway.facts.case(notice.case)
    told = Said(what.key, {**what.facts, "case": case.number})
    open_task(tx, Kind.NAV_NOTICE, notice.case, told, at_stake=notice.refund)


def close_one(tx: Transaction, case: UUID) -> None:
    """Close the task about a case's notice: NAV has taken one."""
    tx.tasks.close(task_id(tx, Kind.NAV_NOTICE, case), tx.at.day, tx.actor.name)


def _keep_raw(tx: Transaction, answer: NavAnswer | Silence) -> None:
    if isinstance(answer, NavAnswer):
        tx.messages.keep(None, None, "received", answer.raw, tx.at.now)


def retry_notice(ports: Ports, actor: Actor, institution: str, case_number: int) -> None:
    """Send what NAV refused once more, after a person has looked; raises Refused where nothing was refused."""
    with ports.work(institution, actor) as tx:
        case = next((case for case in tx.norway.facts.cases() if case.number == case_number), None)
        last = None if case is None else tx.norway.notices.newest().get(case.id)
        if case is None or last is None or last.state is not NoticeState.REFUSED:
            raise Refused(said("refusjon.nothing_refused", number=case_number))
        again = replace(last, state=NoticeState.PLANNED, next_try_at=tx.at.now, notice_id=None, taken_on=None, code=None)
        tx.norway.notices.change(again)
        _move(tx, case.id, Event.NOTICE_INTENDED)
        close_one(tx, case.id)
        tx.audit.note("nav_retry_notice", str(last.id), {"case": case_number})


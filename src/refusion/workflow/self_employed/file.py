"""Notification and request on their way to NemRefusion: intent, attempt, outcome; unknown is asked about, never sent again blindly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from uuid import UUID

from refusion.cases.self_employed.facts import Course, Event, Happened, State, Track, Way
from refusion.cases.self_employed.tables import MAIN
from refusion.values.ids import derived_id
from refusion.values.said import BadInput, Refused, said
from refusion.workflow.ports.authority import Accepted, Found, FoundOther, NotFound, RawAnswer, Rejected, Silence
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.report import Report, report
from refusion.workflow.ports.self_employed.cases import FilingState, Form, SelfCase, SelfFiling
from refusion.workflow.ports.work import Ports, Transaction
from refusion.workflow.self_employed.course import NEMREFUSION, carry_on

CHANNEL = "nemrefusion"
EVENTS: Mapping[Form, Event] = MappingProxyType({Form.NOTIFICATION: Event.NOTIFIED, Form.REQUEST: Event.REQUESTED})
# Longer than a whole exchange can take; only then is an attempt that nobody ended one whose outcome is unknown.
LEASE = timedelta(minutes=5)
SEEN_TWICE = 2


def intend(ports: Ports, actor: Actor, institution: str, number: int, form: Form) -> SelfFiling:
    """Intend a form of a case; the day's work or a filing round sends it.

    Raises Refused where the form cannot come now, is on its way already, or an adviser has no power of attorney today.
    """
    with ports.work(institution, actor) as tx:
        case = tx.self_employed.cases.find(number)
        _refuse_early(tx, case, form)
        if form is Form.REQUEST and case.course.main is State.NOTIFIED:
            # Notified on paper: NemRefusion must know the absence before it takes a request. Once intended it stands.
            tx.self_employed.filings.intend(_made(tx, case, Form.NOTIFICATION))
        made = _made(tx, case, form)
        if not tx.self_employed.filings.intend(made):
            raise Refused(said("self_employed.filed_already", number=number))
        tx.audit.note("intend_self_employed", str(number), {"form": form.value})
        return made


def _refuse_early(tx: Transaction, case: SelfCase, form: Form) -> None:
    wanted = (State.OPENED,) if form is Form.NOTIFICATION else (State.OPENED, State.NOTIFIED)
    if case.course.main not in wanted:
        raise Refused(said("self_employed.filed_already", number=case.number))
    before = {filing.form for filing in tx.self_employed.filings.of_case(case.id) if filing.state is not FilingState.REJECTED}
    if form is Form.REQUEST and case.course.main is State.OPENED and Form.NOTIFICATION not in before:
        raise Refused(said("self_employed.notify_first", number=case.number))
    if case.course.by_adviser and not has_power(case.course, tx):
        raise Refused(said("self_employed.no_power", number=case.number))


def has_power(course: Course, tx: Transaction) -> bool:
    """Tell whether a power of attorney holds today."""
    return course.on(Track.POWER) is State.REPRESENTED and course.days["power_until"] >= tx.at.day


def _made(tx: Transaction, case: SelfCase, form: Form) -> SelfFiling:
    turn = sum(filing.form is form for filing in tx.self_employed.filings.of_case(case.id))
    id = derived_id(tx.institution.namespace, "self_employed_filing", case.id, form.value, turn)
    written = report(id, case.id, "notification" if form is Form.NOTIFICATION else "claim", _content(case, form))
    return SelfFiling(id, case.id, form, FilingState.INTENDED, written.content, written.content_hash, tx.at.now)


def _content(case: SelfCase, form: Form) -> dict[str, object]:
    course, person = case.course, case.person
    if form is Form.REQUEST:
        # The authority's id of the notification is known when it was accepted; it is written in when the request goes.
        return {"absence_kind": "self_employed", "notification": "", "first_absence_day": course.first_absence_day.isoformat()}
    return {
        "absence_kind": "self_employed",
        "employer": {"cvr": person.cvr},
        "national_number": person.national_number,
        "name": person.name,
        "first_absence_day": course.first_absence_day.isoformat(),
        "insurance": course.insurance or "none",
        "agreement_58a": course.agreement_58a,
    }


def file_round(ports: Ports, actor: Actor, institution: str) -> int:
    """Do one round: ask about what is unknown, send what is intended; give the number of forms answered with yes or no."""
    with ports.work(institution, actor) as tx:
        waiting = tx.self_employed.filings.open_ones()
    acts: Mapping[FilingState, Callable[[Ports, Actor, str, UUID], bool]] = {
        FilingState.INTENDED: _send, FilingState.SENDING: _inquire, FilingState.UNKNOWN: _inquire,
    }  # fmt: skip
    return sum(acts[state](ports, actor, institution, id) for id, state in waiting)


def _send(ports: Ports, actor: Actor, institution: str, id: UUID) -> bool:
    begun = _begin(ports, actor, institution, id)
    if begun is None:
        return False
    try:
        message = ports.authority.encode(begun)
    except BadInput as bad:
        # It cannot be written down, so it cannot be sent: a person must see it, and the others go on.
        return _unsendable(ports, actor, institution, id, bad)
    with ports.work(institution, actor) as tx:
        filing = tx.self_employed.filings.find(id)
        tx.self_employed.filings.keep_message(filing.case, CHANNEL, "sent", f"{id}/{filing.attempts}", message.raw)
        tx.audit.note("attempt_self_employed", str(id), {"number": filing.attempts})
    answer = ports.authority.send(message)
    outcome = ports.authority.read_answer(id, answer)
    with ports.work(institution, actor) as tx:
        filing = tx.self_employed.filings.find(id)
        _keep_answer(tx, filing, answer)
        if isinstance(outcome, Accepted | Rejected):
            return _learn(tx, filing, outcome)
        tx.self_employed.filings.keep(replace(filing, state=FilingState.UNKNOWN, answer=outcome.why.key))
        tx.audit.note("lose_sight_self_employed", str(id), {"why": outcome.why.key})
    return False


def _unsendable(ports: Ports, actor: Actor, institution: str, id: UUID, bad: BadInput) -> bool:
    with ports.work(institution, actor) as tx:
        filing = tx.self_employed.filings.find(id)
        tx.self_employed.filings.keep(replace(filing, state=FilingState.REJECTED, answer=bad.problems[0].what.key))
        tx.audit.note("refuse_unsent_self_employed", str(id), {"why": bad.problems[0].what.key})
    return True


def _begin(ports: Ports, actor: Actor, institution: str, id: UUID) -> Report | None:
    """Commit the attempt before the socket opens; None where a request's notification is not accepted yet or another took it."""
    with ports.work(institution, actor) as tx:
        filing = tx.self_employed.filings.find(id)
        if filing.state is not FilingState.INTENDED:
            return None
        if tx.self_employed.cases.held(filing.case).course.main in (State.WITHDRAWN, State.ENDED):
            tx.self_employed.filings.keep(replace(filing, state=FilingState.REJECTED, answer="withdrawn"))
            tx.audit.note("withdraw_self_employed_form", str(id), {"form": filing.form.value})
            return None
        told = written(tx, filing)
        if told is None:
            return None
        tx.self_employed.filings.keep(replace(filing, state=FilingState.SENDING, attempts=filing.attempts + 1, tried_at=tx.at.now))
        tx.audit.note("begin_self_employed", str(id), {"form": filing.form.value})
        return told


def written(tx: Transaction, filing: SelfFiling) -> Report | None:
    """Give the report of a filing; None for a request whose notification the authority has not accepted."""
    if filing.form is Form.NOTIFICATION:
        return Report(filing.id, filing.case, "notification", filing.content, filing.content_hash)
    accepted = [one for one in tx.self_employed.filings.of_case(filing.case) if one.form is Form.NOTIFICATION and one.authority_id]
    if not accepted:
        return None
    case = tx.self_employed.cases.held(filing.case)
    return report(filing.id, filing.case, "claim", _content(case, Form.REQUEST) | {"notification": accepted[-1].authority_id})


def _keep_answer(tx: Transaction, filing: SelfFiling, answer: RawAnswer | Silence) -> None:
    if isinstance(answer, RawAnswer):
        reference = f"{filing.id}/{filing.attempts}/{tx.at.now.isoformat()}"
        tx.self_employed.filings.keep_message(filing.case, CHANNEL, "received", reference, answer.raw)


def _learn(tx: Transaction, filing: SelfFiling, outcome: Accepted | Rejected) -> bool:
    if isinstance(outcome, Rejected):
        tx.self_employed.filings.keep(replace(filing, state=FilingState.REJECTED, answer=f"{outcome.code} {outcome.text}"[:200]))
        tx.audit.note("refused_self_employed", str(filing.id), {"code": outcome.code})
        return True
    accepted = replace(filing, receipt=outcome.receipt, authority_id=outcome.authority_id, signed_at=outcome.signed_at)
    tx.self_employed.filings.keep(replace(accepted, state=FilingState.ACCEPTED))
    tx.audit.note("accepted_self_employed", str(filing.id), {"receipt": outcome.receipt})
    case = tx.self_employed.cases.held(filing.case)
    if (case.course.main, EVENTS[filing.form]) not in MAIN:
        # Told before on paper, or withdrawn while it was under way: the receipt stands with the form, the course goes on.
        return True
    day = tx.at.day_of(outcome.signed_at)
    carry_on(tx, case, Happened(EVENTS[filing.form], day, {"way": Way.NEMREFUSION.value}), outcome.receipt, NEMREFUSION)
    return True


def _inquire(ports: Ports, actor: Actor, institution: str, id: UUID) -> bool:
    """Ask about one form; only what was twice not there, with the lease run out, may be sent again."""
    with ports.work(institution, actor) as tx:
        filing = tx.self_employed.filings.find(id)
        told = written(tx, filing)
        if told is None or (filing.tried_at is not None and filing.state is FilingState.SENDING and filing.tried_at + LEASE > tx.at.now):
            return False
    answer = ports.authority.send(ports.authority.encode_inquiry(id))
    finding = ports.authority.read_inquiry(id, told.content_hash, answer)
    with ports.work(institution, actor) as tx:
        filing = tx.self_employed.filings.find(id)
        tx.audit.note("inquire_self_employed", str(id), {"finding": type(finding).__name__.lower()})
        if filing.state not in (FilingState.SENDING, FilingState.UNKNOWN):
            return False
        _keep_answer(tx, filing, answer)
        if isinstance(finding, Found):
            return _learn(tx, filing, Accepted(finding.receipt, finding.authority_id, finding.signed_at))
        if isinstance(finding, FoundOther):
            return _learn(tx, filing, Rejected("other", "the authority holds other content under our intent"))
        if isinstance(finding, NotFound):
            _not_there(tx, filing)
    return False


def _not_there(tx: Transaction, filing: SelfFiling) -> None:
    """Note that the whole list was without it; the second time it may be sent again."""
    seen = filing.not_found + 1
    state = FilingState.INTENDED if seen >= SEEN_TWICE else FilingState.UNKNOWN
    tx.self_employed.filings.keep(replace(filing, state=state, not_found=0 if state is FilingState.INTENDED else seen))

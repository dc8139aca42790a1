"""Read the municipality's letters in Digital Post, and answer its forms in Mit Sygefravær; raw first, then understood."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from refusion.cases.self_employed.asked import read_facts
from refusion.cases.self_employed.facts import Event, Happened, State, Track, Way
from refusion.values.ids import derived_id
from refusion.values.said import BadInput, Refused, said
from refusion.workflow.ports.authority import Page, RawAnswer, Rejected, Unknown
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.self_employed.cases import SelfCase
from refusion.workflow.ports.self_employed.mailbox import FormAnswer, Letter, Mailbox, Received
from refusion.workflow.ports.work import Ports, Transaction
from refusion.workflow.self_employed.course import POST, carry_on, look_at

CHANNEL, ANSWERS = "digital_post", "mit_sygefravaer"
MARKER = "self_employed_post"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a person answers to the information form; nothing of the illness itself is asked or kept."""

    expected_until: date | None = None
    affects_work: bool = False
    wishes_standby: bool = False


def mailbox_of(ports: Ports) -> Mailbox:
    """Give the mailbox; raises Refused where none is connected."""
    if ports.mailbox is None:
        raise Refused(said("self_employed.no_mailbox"))
    return ports.mailbox


def read_post(ports: Ports, actor: Actor, institution: str) -> int:
    """Fetch the letters that are new and let each do what it says; give the number of letters that are new.

    Every page is one transaction: its raw bytes, what its letters do, and how far the list was read.
    """
    mailbox, count = mailbox_of(ports), 0
    while True:
        with ports.work(institution, actor) as tx:
            marker = tx.messages.marker(MARKER) or ""
        answer = mailbox.send(mailbox.encode_fetch(marker))
        page = mailbox.read_fetch(answer)
        if isinstance(page, Unknown) or not isinstance(answer, RawAnswer) or page.marker == marker:
            return count
        count += _taken(ports, actor, institution, page, answer.raw)
        if page.complete:
            return count


def _taken(ports: Ports, actor: Actor, institution: str, page: Page[Letter], raw: bytes) -> int:
    with ports.work(institution, actor) as tx:
        tx.self_employed.filings.keep_message(None, CHANNEL, "received", f"page {page.marker}", raw)
        done = [_meet(tx, letter) for letter in page.items]
        tx.messages.set_marker(MARKER, page.marker)
        tx.audit.note("read_self_employed_post", page.marker, {"letters": len(page.items), "understood": sum(done)})
        return len(page.items)


def _meet(tx: Transaction, letter: Letter) -> bool:
    """Let a letter do what it says; one that cannot happen, or that nobody understands, stands among the letters to read."""
    told = {"event": letter.event, "day": letter.day.isoformat(), "facts": {name: str(value) for name, value in letter.facts.items()}}
    if not tx.self_employed.filings.keep_message(letter.case, CHANNEL, "received", letter.id, json.dumps(told, sort_keys=True).encode()):
        return False
    if letter.case is None or letter.event is None:
        tx.audit.note("leave_letter_to_person", letter.id, {"why": "self_employed.letter_unknown"})
        return False
    try:
        event = Event(letter.event)
        happened = Happened(event, min(letter.day, tx.at.day), read_facts(event, letter.facts))
        carry_on(tx, tx.self_employed.cases.held(letter.case), happened, letter.id, POST)
    except (BadInput, Refused) as because:
        tx.audit.note("leave_letter_to_person", letter.id, {"why": str(because)})
        return False
    return True


def answer_form(ports: Ports, actor: Actor, institution: str, number: int, reply: Reply) -> SelfCase:
    """Answer the information form in Mit Sygefravær: the receipt's day is the day of application.

    Raises Refused where no form waits, where it must go on another way, and with their words where Mit Sygefravær refuses it;
    where nobody knows whether it came through, the same answer may be sent again.
    """
    mailbox = mailbox_of(ports)
    with ports.work(institution, actor) as tx:
        case = tx.self_employed.cases.find(number)
        if case.course.main is not State.FORM_SENT:
            raise Refused(said("self_employed.no_form", number=number))
        if case.course.on(Track.CHANNEL) is not State.DIGITAL:
            raise Refused(said("self_employed.answers_on_paper", number=number))
        intent = derived_id(tx.institution.namespace, "self_employed_answer", case.id, case.course.days["form_sent"])
        message = mailbox.encode_answer(FormAnswer(intent, case.id, reply.expected_until, reply.affects_work, reply.wishes_standby))
        tx.self_employed.filings.keep_message(case.id, ANSWERS, "sent", f"{intent}/{tx.at.now.isoformat()}", message.raw)
        tx.audit.note("answer_self_employed_form", str(number), {"intent": str(intent)})
    answer = mailbox.send(message)
    outcome = mailbox.read_answer(intent, answer)
    with ports.work(institution, actor) as tx:
        if isinstance(answer, RawAnswer):
            tx.self_employed.filings.keep_message(case.id, ANSWERS, "received", f"{intent}/{tx.at.now.isoformat()}", answer.raw)
        tx.audit.note("learn_self_employed_answer", str(number), {"outcome": type(outcome).__name__.lower()})
        if isinstance(outcome, Received):
            return _applied(tx, number, outcome, reply)
    if isinstance(outcome, Rejected):
        raise Refused(said("self_employed.answer_refused", code=outcome.code, text=outcome.text))
    raise Refused(said("self_employed.answer_unknown"))


def _applied(tx: Transaction, number: int, receipt: Received, reply: Reply) -> SelfCase:
    facts: dict[str, object] = {"way": Way.MIT_SYGEFRAVAER.value}
    if reply.expected_until is not None:
        facts["expected_until"] = reply.expected_until
    case = tx.self_employed.cases.find(number)
    case = carry_on(tx, case, Happened(Event.FORM_ANSWERED, receipt.day, facts), receipt.receipt, POST)
    if reply.wishes_standby and case.course.on(Track.FOLLOW_UP) in (State.FIRST_MEETING_DUE, State.FAST_TRACK, State.IN_FOLLOW_UP):
        case = carry_on(tx, case, Happened(Event.STANDBY_ASKED, receipt.day), receipt.receipt, POST)
    return look_at(tx, case)

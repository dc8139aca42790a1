"""Open a case, record what happened in it, undo what was recorded wrongly; each with its audit note."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from refusion.cases.self_employed.asked import read_facts
from refusion.cases.self_employed.facts import Course, Event, Happened
from refusion.cases.self_employed.happening import happen
from refusion.cases.self_employed.payments import Payment, payments
from refusion.law.denmark.self_employed.follow_up import payday
from refusion.values.ids import derived_id
from refusion.values.said import Refused, Said, said
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.self_employed.cases import Person, SelfCase
from refusion.workflow.ports.work import Ports, Transaction
from refusion.workflow.self_employed.course import ITSELF, TOLD_BY, carry_on, look_at


@dataclass(frozen=True, slots=True)
class Opening:
    """What a case is opened with."""

    person: Person
    first_absence_day: date
    insurance: str | None = None
    agreement_58a: bool = False
    working_weekdays: tuple[int, ...] = ()
    income_year: int | None = None
    by_adviser: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that a person records: the event, its day, its facts as texts, the document that shows it."""

    event: Event
    day: date
    facts: Mapping[str, object]
    document: str = ""


def open_case(ports: Ports, actor: Actor, institution: str, opening: Opening) -> SelfCase:
    """Open a case; the same illness of the same person is one case, so that a second time gives the one that stands.

    Raises Refused for a first day in the future, and where another insurance or agreement was told the first time.
    """
    with ports.work(institution, actor) as tx:
        if opening.first_absence_day > tx.at.day:
            raise Refused(said("self_employed.in_future", day=opening.first_absence_day))
        course = Course(
            opening.first_absence_day,
            opening.insurance,
            opening.agreement_58a,
            opening.working_weekdays,
            opening.income_year,
            opening.by_adviser,
            tx.at.day,
        )
        id = derived_id(tx.institution.namespace, "self_employed", opening.person.national_number, opening.first_absence_day)
        wanted = SelfCase(id, None, opening.person, course, course, 0, tx.at.day, actor.name)
        case = tx.self_employed.cases.open(wanted)
        if replace(case.opening, opened_on=tx.at.day) != course or case.person != opening.person:
            raise Refused(said("self_employed.opened_otherwise", number=case.number))
        if case.version == 0 and case.next_look is None:
            case = look_at(tx, case)
        _switch_on(tx)
        tx.audit.note("open_self_employed", str(case.number), {"first_absence_day": course.first_absence_day})
        return case


def _switch_on(tx: Transaction) -> None:
    """Let the day's work look after such cases from the first one on."""
    if not tx.institution.settings.self_employed:
        tx.waits.settings.keep(replace(tx.institution.settings, self_employed=True))


def record(ports: Ports, actor: Actor, institution: str, number: int, entry: Entry) -> SelfCase:
    """Record what happened in a case; raises BadInput for its facts, Refused where it cannot happen there and then."""
    happened = Happened(entry.event, entry.day, read_facts(entry.event, entry.facts))
    with ports.work(institution, actor) as tx:
        case = carry_on(tx, tx.self_employed.cases.find(number), happened, entry.document.strip()[:200])
        tx.audit.note("record_self_employed", str(number), {"event": entry.event.value, "day": entry.day})
        return case


def record_payment(ports: Ports, actor: Actor, institution: str, number: int, *, on: date, paid_ore: int) -> SelfCase:
    """Record that money came: it is for the oldest expected payment that was not told of yet.

    Raises Refused where none is expected by that day. The difference between expected and paid stays to be seen.
    """
    with ports.work(institution, actor) as tx:
        case = tx.self_employed.cases.find(number)
        open_one = next(iter(unpaid(case.course, on)), None)
        if open_one is None:
            raise Refused(said("self_employed.no_payment_expected", day=on))
        facts = {"paid_ore": paid_ore, "paid_for": open_one.day, "paid_through": open_one.period.last}
        case = carry_on(tx, case, Happened(Event.PAID, on, facts))
        tx.audit.note("record_self_employed_payment", str(number), {"on": on, "paid_for": open_one.day})
        return case


def unpaid(course: Course, until: date) -> tuple[Payment, ...]:
    """Give the expected payments up to the payment day of a day's month that no money was recorded for."""
    told = course.day("paid_for")
    return tuple(one for one in payments(course, max(until, payday(until))) if told is None or one.day > told)


def undo(ports: Ports, actor: Actor, institution: str, number: int, because: str) -> SelfCase:
    """Undo the last thing that a person recorded, and what followed it by itself; the case stands as it did before.

    Raises Refused without a reason, where nothing is left to undo, and for what NemRefusion or the municipality told.
    """
    if not because.strip():
        raise Refused(said("self_employed.undo_reason"))
    with ports.work(institution, actor) as tx:
        case = tx.self_employed.cases.find(number)
        standing = [step for step in tx.self_employed.cases.steps(case.id) if step.undone_at is None]
        last = next((place for place in reversed(range(len(standing))) if standing[place].by != ITSELF), None)
        if last is None:
            raise Refused(said("self_employed.nothing_to_undo"))
        if standing[last].by in TOLD_BY:
            raise Refused(said("self_employed.undo_told", self_event=standing[last].happened.event.value))
        for step in standing[last:]:
            tx.self_employed.cases.undo(case.id, step.position, actor.name, tx.at.now)
        course = case.opening
        for step in standing[:last]:
            after = happen(course, step.happened)
            if isinstance(after, Said):
                raise Refused(after)
            course = after
        case = look_at(tx, replace(case, course=course))
        tx.audit.note("undo_self_employed", str(number), {"event": standing[last].happened.event.value, "because": because.strip()[:200]})
        return case

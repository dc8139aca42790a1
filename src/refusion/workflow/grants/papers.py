"""Record the papers of an agreement: approvals, requirements, statistics, closings, accounts, reporters, reconciliations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from refusion.grants.course.gathering import ROWS, USED, checked_statistics, spent
from refusion.grants.course.matters import decided_pots, matters
from refusion.grants.course.records import COUNTRY, Paper, PaperKind
from refusion.grants.course.standing import OPENED_AGAIN, Standing
from refusion.grants.evidence import report_day
from refusion.grants.facts import Cells
from refusion.values.said import Refused, said
from refusion.workflow.grants.course import Course, need_past, need_text, on_course
from refusion.workflow.ports.grants.agreements import NewPaper
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports

SHORTEST_GIRO, LONGEST_GIRO = 7, 8
TEN = 10
NOBODY = "none"
REACHED = ("yes", "partly", "no")


@dataclass(frozen=True, slots=True)
class Heard:
    """Who was heard before a requirement was set: whom, when, by which document; and when the requirement was sent out."""

    who: str
    on: date | None
    proof: str
    sent_on: date


@dataclass(frozen=True, slots=True)
class Table:
    """Statistics as they came: rows with the file's name and the number of the first, the day they are of, and who made them."""

    rows: Sequence[Cells]
    file: str
    first_row: int
    day: date
    source: str


def record_approval(ports: Ports, actor: Actor, institution: str, name: str, given: tuple[str, date, str]) -> int:
    """Record one of the approvals that the agreement names, its day and document; give the number of matters it makes payable.

    Raises Refused for an approval that the agreement does not name, a day to come, or no document.
    """
    approval, day, document = given

    def act(course: Course) -> int:
        known = [one.id for one in course.standing.agreement.approvals]
        if approval not in known:
            raise Refused(said("agreements.approval_unknown", approval=approval, known=", ".join(known)))
        _keep(course, NewPaper(PaperKind.APPROVAL, approval, day, document, {}), "record_approval")
        course.standing = course.tx.agreements.standing(name)
        return course.release(matters(course.standing.agreement))

    return on_course(ports, actor, institution, name, act)


def set_requirement(ports: Ports, actor: Actor, institution: str, name: str, given: tuple[str, date, str], *, heard: Heard) -> Paper:
    """Record the document that says what must be reported on a pot: pot, its day, the document; and who was heard before.

    Raises Refused where the agreement names no requirement on the pot, where the consultation that it names lacks or came after, and
    where the document goes out after the last day of the report.
    """
    pot, day, document = given

    def act(course: Course) -> Paper:
        _refuse_requirement(course.standing, pot, day, heard)
        content = {
            "consulted": heard.who, "consulted_on": heard.on.isoformat() if heard.on else "", "proof": heard.proof,
            "sent_on": heard.sent_on.isoformat(),
        }  # fmt: skip
        return _keep(course, NewPaper(PaperKind.REQUIREMENT, pot, day, document, content), "set_requirement")

    return on_course(ports, actor, institution, name, act)


def add_statistics(ports: Ports, actor: Actor, institution: str, name: str, table: Table) -> Paper:
    """Keep statistics with their day and who made them; later ones count where both tell of the same cell.

    Raises BadInput for every cell that cannot be, Refused where nobody is named who made them.
    """

    def act(course: Course) -> Paper:
        source = need_text(table.source, said("agreements.no_source"))
        rows = checked_statistics(course.standing.agreement, table.rows, table.file, table.first_row)
        content = {ROWS: rows, "source": source}
        return _keep(course, NewPaper(PaperKind.STATISTICS, "statistics", table.day, table.file, content), "add_statistics")

    return on_course(ports, actor, institution, name, act)


def close_pot(ports: Ports, actor: Actor, institution: str, name: str, given: tuple[str, date, str], *, used: int | None) -> Paper:
    """Close a pot whose unused money goes to another: no more orders or deliveries, or ``used`` øre consumed in all.

    Raises Refused for a pot that passes nothing on, a consumption that lacks, is given too much or is above the pot.
    """
    pot, day, document = given

    def act(course: Course) -> Paper:
        agreement = course.standing.agreement
        closing = [one for one in agreement.pots if one.unused_to is not None]
        found = next((one for one in closing if one.name == pot), None)
        if found is None:
            raise Refused(said("agreements.not_to_be_closed", pot=pot, known=", ".join(one.name for one in closing)))
        if spent(found) != (used is not None):
            raise Refused(said("agreements.used_asked" if used is None else "agreements.used_not_asked", pot=pot))
        if used is not None and not 0 <= used <= found.amount:
            raise Refused(said("grants.used_above_pot", pot=pot, used_ore=used, available_ore=found.amount))
        content = {} if used is None else {USED: used}
        return _keep(course, NewPaper(PaperKind.CLOSING, pot, day, document, content), "close_pot")

    return on_course(ports, actor, institution, name, act)


def reopen_pot(ports: Ports, actor: Actor, institution: str, name: str, given: tuple[str, date, str]) -> Paper:
    """Open a closed pot again, because an order or a delivery was forgotten; what was paid stays, a later run pays the difference.

    Raises Refused for a pot that is not closed.
    """
    pot, day, document = given

    def act(course: Course) -> Paper:
        if course.standing.closing(pot) is None:
            raise Refused(said("agreements.not_closed_yet", pot=pot))
        return _keep(course, NewPaper(PaperKind.CLOSING, pot, day, document, {OPENED_AGAIN: True}), "reopen_pot")

    return on_course(ports, actor, institution, name, act)


def note_account(ports: Ports, actor: Actor, institution: str, name: str, given: tuple[str, str, str]) -> Paper:
    """Note the bankgiro number that a payee is paid to: county code or payee, number, document. Raises Refused for what cannot be one."""
    payee, number, document = given

    def act(course: Course) -> Paper:
        digits = "".join(character for character in number if character.isdecimal() and character.isascii())
        if payee not in payees(course.standing):
            raise Refused(said("agreements.payee_unknown", payee=payee, known=", ".join(payees(course.standing))))
        if not is_giro(digits):
            raise Refused(said("agreements.no_giro", number=number))
        return _keep(course, NewPaper(PaperKind.ACCOUNT, payee, course.tx.at.day, document, {"bankgiro": digits}), "note_account")

    return on_course(ports, actor, institution, name, act)


def name_reporter(ports: Ports, actor: Actor, institution: str, name: str, given: tuple[str, str, str]) -> Paper:
    """Name the user who reports for a county himself: user, county code, the county's letter; ``none`` ends it.

    Raises Refused for no county.
    """
    person, county, document = given

    def act(course: Course) -> Paper:
        if county not in (*course.standing.agreement.codes, COUNTRY, NOBODY):
            raise Refused(said("grants.county_not_given", county=county))
        user = need_text(person, said("agreements.no_person"))
        return _keep(course, NewPaper(PaperKind.REPORTER, user, course.tx.at.day, document, {"county": county}), "name_reporter")

    return on_course(ports, actor, institution, name, act)


def reconcile_purpose(ports: Ports, actor: Actor, institution: str, name: str, given: Mapping[str, str], *, day: date) -> Paper:
    """Record what the parties found at their reconciliation: ``reached`` yes, partly or no, ``why``, ``parties``, ``document``."""

    def act(course: Course) -> Paper:
        if given.get("reached") not in REACHED:
            raise Refused(said("agreements.reached_or_not", known=", ".join(REACHED)))
        why = need_text(given.get("why", ""), said("agreements.no_reason"))
        parties = need_text(given.get("parties", ""), said("agreements.no_parties"))
        content = {"reached": given["reached"], "why": why, "parties": parties}
        return _keep(course, NewPaper(PaperKind.RECONCILIATION, "purpose", day, given.get("document", ""), content), "reconcile_purpose")

    return on_course(ports, actor, institution, name, act)


def payees(standing: Standing) -> tuple[str, ...]:
    """Name everybody whom the agreement can pay: counties by their codes, others by name."""
    others = (str(pot.parameters["payee"]) for pot in standing.agreement.pots if "payee" in pot.parameters and not spent(pot))
    return (*standing.agreement.codes, *dict.fromkeys(others))


def is_giro(digits: str) -> bool:
    """Tell a bankgiro number: seven or eight digits, the last one a check digit by the tens."""
    if not SHORTEST_GIRO <= len(digits) <= LONGEST_GIRO:
        return False
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(number // TEN + number % TEN for number in doubled) % TEN == 0


def _refuse_requirement(standing: Standing, pot: str, day: date, heard: Heard) -> None:
    required = standing.agreement.requirement(pot)
    if required is None:
        known = ", ".join(one.pot for one in standing.agreement.requirements)
        raise Refused(said("agreements.requirement_unknown", pot=pot, known=known))
    if required.consulted:
        if required.consulted not in heard.who or not heard.proof.strip() or heard.on is None:
            raise Refused(said("agreements.consultation_lacking", pot=pot, asked=required.consulted))
        if heard.on > day:
            raise Refused(said("agreements.consultation_after", day=heard.on, set_on=day))
    if heard.sent_on < day:
        raise Refused(said("agreements.sent_before_set", day=heard.sent_on, set_on=day))
    last = report_day(standing.agreement, pot) if pot in decided_pots(standing.agreement) else None
    if last is not None and heard.sent_on >= last:
        raise Refused(said("agreements.requirement_late", pot=pot, day=heard.sent_on, last_day=last))


def _keep(course: Course, paper: NewPaper, verb: str) -> Paper:
    """Keep a paper: it has a document, and its day has come."""
    need_text(paper.document, said("agreements.no_document"))
    need_past(paper.day, course.tx.at.day)
    kept = course.tx.agreements.keep_paper(course.standing.id, paper)
    told = {"kind": paper.kind.value, "key": paper.key, "number": kept.number, "document": paper.document}
    course.tx.audit.note(verb, str(course.standing.id), told)
    return kept



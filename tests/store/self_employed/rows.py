"""A row in every table of self-employed persons' cases, made through the repositories."""

from __future__ import annotations

from datetime import date

from refusion.cases.self_employed.facts import Course, Event, Happened
from refusion.cases.self_employed.waits import waits
from refusion.values.ids import derived_id
from refusion.wiring.work import OpenTransaction
from refusion.workflow.ports.self_employed.cases import FilingState, Form, Person, SelfCase, SelfFiling, Step

FIRST = date(2025, 2, 3)
BERIT = Person("6101651236", "Berit Bager", "12345678", "berit@example.test")


def case_of(tx: OpenTransaction, person: Person = BERIT) -> SelfCase:
    """Make a case."""
    course = Course(FIRST, insurance="day3_min", income_year=300_000_00, working_weekdays=(1, 2, 3, 4, 5), shares=((FIRST, 3),))
    id = derived_id(tx.institution.namespace, "self_employed", person.national_number, FIRST)
    return SelfCase(id, None, person, course, course, 0, FIRST, "kim", FIRST)


def filing_of(tx: OpenTransaction, case: SelfCase, number: int = 1) -> SelfFiling:
    """Make a form."""
    id = derived_id(tx.institution.namespace, "form", case.id, number)
    return SelfFiling(id, case.id, Form.NOTIFICATION, FilingState.INTENDED, b"{}", "hash", tx.at.now)


def keep_self_employed(tx: OpenTransaction) -> SelfCase:
    """Open a case, let something happen, wait, file and write."""
    case = tx.self_employed.cases.open(case_of(tx))
    tx.self_employed.cases.add(case.id, Step(0, Happened(Event.STANDBY_ASKED, FIRST, {"until": FIRST}), "letter", "kim", tx.at.now))
    tx.self_employed.cases.begin_wait(case.id, waits(case.course)[0], FIRST)
    tx.self_employed.filings.intend(filing_of(tx, case))
    tx.self_employed.filings.keep_message(case.id, "digital_post", "received", "letter-1", b"<letter/>")
    return case

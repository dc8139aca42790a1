"""Gather what the house knows of a case, in payroll's current versions and persons' answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from uuid import UUID

from refusion.absences.facts import Absence, Entered, Question
from refusion.cases.facts import LEAVE, Case, State
from refusion.claims.answers import MONTHS_OF_EARNINGS, Known, said_on
from refusion.claims.leave.right import used_in
from refusion.values.period import ONE_DAY, Period, first_of_month, last_of_month, months_after
from refusion.workflow.ports.work import Transaction

AT_ONCE = 50
NO_LEAVE = frozenset({State.WITHDRAWN, State.ANNULLED, State.CLOSED_WITHOUT_CLAIM})


def absence_of(tx: Transaction, id: UUID) -> Absence:
    """Give an absence as refunds see it: it ends with the employment at the latest (no wage is paid after its end).

    One that begins after the employment's end is none.
    """
    absence = tx.payroll.absence(id)
    ends = tx.payroll.employment(absence.employment).ends
    if ends is None or (absence.last_day is not None and absence.last_day <= ends):
        return absence
    return replace(absence, last_day=ends) if absence.first_day <= ends else replace(absence, withdrawn=True)


def known_of(tx: Transaction, case: Case) -> Known:
    """Gather employment, absence, pay from three months before the absence to now, and entered answers."""
    absence = absence_of(tx, case.absence)
    since = months_after(first_of_month(absence.first_day), -MONTHS_OF_EARNINGS)
    months = Period(since, max(last_of_month(tx.at.day), last_of_month(absence.first_day)))
    known = Known(
        employment=tx.payroll.employment(case.employment),
        absence=absence,
        pay=tx.payroll.pay(case.employment, months),
        entered=tx.payroll.entered(case.employment),
        rules=tx.waits.rules.every(),
    )
    return replace(known, used_before=_used_before(tx, case, known)) if case.kind in LEAVE else known


def _used_before(tx: Transaction, case: Case, known: Known) -> int:
    """Count what earlier leaves of the employment, for the same child as far as persons said, used of the right."""
    before = [
        other
        for other in tx.cases.of_employment(case.employment)
        if other.kind is case.kind and other.state not in NO_LEAVE and other.first_absence_day < case.first_absence_day
    ]
    born = said_on(known, Question.CHILD_BORN, case.first_absence_day)
    spells = [
        Period(other.refund_from, other.last_absence_day or case.first_absence_day - ONE_DAY)
        for other in before
        if _same(born, said_on(known, Question.CHILD_BORN, other.first_absence_day))
        and other.refund_from <= (other.last_absence_day or case.first_absence_day - ONE_DAY)
    ]
    return used_in(case.kind, known, spells)


def _same(one: Entered | None, other: Entered | None) -> bool:
    return one is None or other is None or one.value == other.value


def ahead(tx: Transaction, cases: Sequence[Case]) -> Iterator[Case]:
    """Give the cases of a step one after the other, what is asked of each read ahead for some of them at once.

    Not for all: what was read should be no older than it takes to bring a few cases up to date.
    """
    for start in range(0, len(cases), AT_ONCE):
        some = cases[start : start + AT_ONCE]
        ids = [case.id for case in some]
        tx.payroll.read_ahead([case.absence for case in some])
        tx.claims.read_ahead(ids)
        tx.outbox.read_ahead(ids)
        tx.tasks.read_ahead(ids)
        yield from some

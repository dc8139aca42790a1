"""Gather what the house knows of a case, in payroll's current versions and persons' answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from uuid import UUID

from refusion.absences.facts import Absence
from refusion.cases.facts import Case
from refusion.claims.answers import MONTHS_OF_EARNINGS, Known
from refusion.values.period import Period, first_of_month, last_of_month, months_after
from refusion.workflow.ports.work import Transaction

AT_ONCE = 50


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
    return Known(
        employment=tx.payroll.employment(case.employment),
        absence=absence,
        pay=tx.payroll.pay(case.employment, months),
        entered=tx.payroll.entered(case.employment),
    )


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

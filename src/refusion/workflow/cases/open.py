"""A day's touched absences: new cases open in one stroke, standing cases meet what changed."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from refusion.absences.columns import TouchedColumns
from refusion.cases.facts import LEAVE
from refusion.cases.opening import cases_of, openings
from refusion.workflow.cases.meet import ask_what_lacks, meet_payroll
from refusion.workflow.cases.stages import begin_stages
from refusion.workflow.ports.work import Transaction


def open_cases(tx: Transaction) -> int:
    """Handle every absence whose version nobody handled yet, and pay that changed; give the number of new cases."""
    begin_stages(tx)
    touched = tx.payroll.touched()
    opened = _open(tx, touched)
    changed = _meet(tx, [absence for absence, has in zip(touched.absence, touched.has_case, strict=True) if has])
    tx.payroll.mark_handled(list(touched.absence), [int(version) for version in touched.version])
    changed += _meet_pay(tx)
    if opened or changed or len(touched.absence):
        facts = {"touched": len(touched.absence), "opened": opened, "changed": changed}
        tx.audit.note("open_cases", tx.at.day.isoformat(), facts)
    return opened


def _open(tx: Transaction, touched: TouchedColumns) -> int:
    settings = tx.institution.settings
    rules = (settings.filing_day, settings.safe_margin_days)
    stages = tx.stages.said()
    found = cases_of(openings(touched, tx.at.day, stages), touched, tx.institution.namespace, rules, tx.at.day)
    cases = [replace(case, pilot=not stages.is_live(case.kind, tx.at.day)) for case in found]
    opened = tx.cases.open_many(cases)
    tx.payroll.read_ahead([case.absence for case in cases])
    for case in cases:
        # What persons said before the case opened moves the days of a leave; a pilot drafts at once.
        if case.kind in LEAVE or case.pilot:
            meet_payroll(tx, tx.cases.find(case.id))
        else:
            ask_what_lacks(tx, case)
    return opened


def _meet(tx: Transaction, absences: list[UUID]) -> int:
    for absence in absences:
        case = tx.cases.of_absence(absence)
        if case is not None:
            meet_payroll(tx, case)
    return len(absences)


def _meet_pay(tx: Transaction) -> int:
    employments = tx.payroll.pay_changed()
    for employment in employments:
        for case in tx.cases.of_employment(employment):
            meet_payroll(tx, case)
    return len(employments)

"""Notify the cases whose day has come; with answers missing only when waiting longer could lose something."""

from __future__ import annotations

from refusion.cases.facts import State
from refusion.cases.states import Event
from refusion.watch.deadlines import of_case, safe_day
from refusion.workflow.cases.meet import ask_what_lacks, meet, meet_payroll
from refusion.workflow.payroll.knowing import ahead
from refusion.workflow.ports.work import Transaction


def notify_due(tx: Transaction) -> int:
    """Intend the notifications that are due; give their number.

    A case that lacks answers waits for them until the safe margin before its legal day and is then notified by a
    minimum report: the claim brings the answers later, a late notification would lose days.
    """
    settings = tx.institution.settings
    found = list(tx.cases.find_all(tx.cases.due_for_notification(tx.at.day)))
    # Another worker may have notified some of them before we held them, and an employment may have ended since.
    current = [meet_payroll(tx, case) for case in ahead(tx, found) if case.state is State.WATCHING]
    due = [case for case in current if case.state is State.WATCHING and not case.pilot and case.file_on <= tx.at.day]
    notified = [
        meet(tx, case, Event.FILING_DAY)
        for case in due
        if not ask_what_lacks(tx, case) or tx.at.day >= safe_day(of_case(case), settings.working_model, settings.safe_margin_days)
    ]
    if notified or current != found:
        tx.audit.note("notify_due", tx.at.day.isoformat(), {"intended": len(notified)})
    return len(notified)


def review_due(tx: Transaction) -> int:
    """Bring up to date the cases that have a claim to make or to file today; give their number."""
    due = tx.cases.find_all(tx.cases.to_review(tx.at.day))
    for case in ahead(tx, due):
        meet_payroll(tx, case)
    if due:
        tx.audit.note("review_due", tx.at.day.isoformat(), {"reviewed": len(due)})
    return len(due)


def settle_finished(tx: Transaction) -> int:
    """Close the ended cases whose claims are all finished; give their number."""
    found = [tx.cases.find(case) for case in tx.cases.all_claims_finished()]
    finished = [case for case in found if case.state is State.ENDED]
    for case in finished:
        meet(tx, case, Event.ALL_SETTLED)
    if finished:
        tx.audit.note("settle_finished", tx.at.day.isoformat(), {"settled": len(finished)})
    return len(finished)

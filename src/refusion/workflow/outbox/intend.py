"""Put what we owe an authority into the outbox: content, hash and deadline, in the transaction that decided it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from refusion.cases.facts import Case
from refusion.claims import reports
from refusion.claims.answers import Known, notification_answers
from refusion.claims.facts import Claim
from refusion.claims.filing import Filing, Kind, State
from refusion.values.ids import derived_id
from refusion.values.period import ONE_DAY
from refusion.workflow.ports import report
from refusion.workflow.ports.work import Transaction


def intend_notification(tx: Transaction, case: Case, known: Known, at_stake: int) -> Case:
    """Intend the notification of a case, with the answers there are."""
    content = notification_content(tx, case, known)
    told = replace(case, version=case.version + 1)
    tx.outbox.intend(_filing(tx, told, Kind.NOTIFICATION, content, told.notify_by, at_stake=at_stake))
    return told


def notification_content(tx: Transaction, case: Case, known: Known) -> dict[str, Any]:
    """Give what a notification of the case says today; the national number is unsealed for it."""
    answers = notification_answers(case, known, tx.institution.settings.contact)
    employer = {"cvr": tx.institution.company_number, "p_number": tx.institution.unit_number}
    return reports.notification(answers, tx.payroll.national_number(case.person), employer, case.kind)


def intend_recovery(tx: Transaction, case: Case, last_absence_day: date) -> Case:
    """Intend to tell the authority the last absence day, at once."""
    if case.authority_id is None:
        raise ValueError("a recovery follows an accepted notification")
    told = replace(case, version=case.version + 1)
    content = reports.recovery(last_absence_day, case.authority_id, case.kind)
    tx.outbox.intend(_filing(tx, told, Kind.RECOVERY, content, tx.at.day))
    return told


def intend_notification_correction(tx: Transaction, case: Case, known: Known) -> Case:
    """Intend to bring the accepted notification up to date where it stands."""
    accepted = _accepted(tx, case.id)
    told = replace(case, version=case.version + 1)
    content = reports.correction(
        accepted.authority_id or "", accepted.receipt or "", Kind.NOTIFICATION, notification_content(tx, case, known)
    )
    tx.outbox.intend(_filing(tx, told, Kind.CORRECTION, content, tx.at.day, supersedes=accepted.receipt))
    return told


def intend_claim(tx: Transaction, case: Case, claim: Claim) -> None:
    """Intend a complete claim whose period has passed."""
    content = reports.claim(claim.answers, case.authority_id or "", case.kind)
    tx.outbox.intend(_filing(tx, case, Kind.CLAIM, content, claim.request_by, claim=claim))


def intend_claim_correction(tx: Transaction, case: Case, claim: Claim) -> None:
    """Intend to put an accepted claim right in its place; the authority refuses it from an older version."""
    accepted = _accepted(tx, claim.id)
    corrected = reports.claim(claim.answers, case.authority_id or "", case.kind)
    content = reports.correction(accepted.authority_id or "", accepted.receipt or "", Kind.CLAIM, corrected)
    filing = _filing(tx, case, Kind.CORRECTION, content, claim.request_by, claim=claim)
    tx.outbox.intend(replace(filing, supersedes=accepted.receipt))


def intend_annulment(tx: Transaction, case: Case, claim: Claim | None) -> Case:
    """Intend to take back an accepted claim, or the notification itself when there is no claim; not the same day."""
    accepted = _accepted(tx, case.id if claim is None else claim.id)
    told = case if claim is not None else replace(case, version=case.version + 1)
    content = reports.annulment(accepted.authority_id or "", accepted.receipt or "")
    filing = _filing(tx, told, Kind.ANNULMENT, content, tx.at.day, claim=claim, supersedes=accepted.receipt)
    signed = tx.at.day_of(accepted.signed_at or tx.at.now)
    # The authority takes nothing back before it has fetched it, the day after it was signed (message 1103).
    tx.outbox.intend(replace(filing, due_on=max(tx.at.day, signed + ONE_DAY)))
    return told


def _accepted(tx: Transaction, subject: UUID) -> Filing:
    accepted = tx.outbox.last_accepted(subject)
    if accepted is None:
        raise ValueError("nothing of this was accepted yet")
    return accepted


def _filing(
    tx: Transaction,
    case: Case,
    kind: Kind,
    content: dict[str, Any],
    deadline: date,
    *,
    claim: Claim | None = None,
    at_stake: int = 0,
    supersedes: str | None = None,
) -> Filing:
    subject, version = (case.id, case.version) if claim is None else (claim.id, claim.version)
    intent = derived_id(tx.institution.namespace, "filing", kind.value, subject, version)
    written = report.report(intent, case.id, kind.value, content)
    return Filing(
        id=intent,
        case=case.id,
        kind=kind,
        subject=subject,
        version=version,
        content=written.content,
        content_hash=written.content_hash,
        state=State.INTENDED,
        due_on=tx.at.day,
        deadline=deadline,
        at_stake=claim.expected.total if claim is not None else at_stake,
        intended_at=tx.at.now,
        next_try_at=tx.at.now,
        supersedes=supersedes,
    )


"""Give a fund's claims out as a report file, note its receipt, or take back a file that never left the house."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from uuid import UUID

from refusion.cases.facts import Kind
from refusion.claims.expectation import expected
from refusion.claims.facts import Claim, State
from refusion.claims.filing import Filing
from refusion.claims.filing import Kind as FilingKind
from refusion.claims.filing import State as FilingState
from refusion.claims.funds.periods import name_of, still_reached
from refusion.claims.states import Event, moved
from refusion.values.ids import derived_id
from refusion.values.period import Period
from refusion.values.said import Refused, said
from refusion.watch.facts import Kind as TaskKind
from refusion.workflow.funds import tell
from refusion.workflow.funds.open import review_kinds
from refusion.workflow.ledger.post import pre_register_claim
from refusion.workflow.ports import report as reports
from refusion.workflow.ports.funds import CORRECTED, NEW, WITHDRAWN, Report, ReportLine, Row
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports, Transaction
from refusion.workflow.settlements.compare import learn_decided
from refusion.workflow.tasks.ask import task_id

FILE_KIND = "fund-report"
ACTION = {State.CORRECTING: CORRECTED, State.ANNULLING: WITHDRAWN}
FILED_AS = {NEW: FilingKind.CLAIM, CORRECTED: FilingKind.CORRECTION, WITHDRAWN: FilingKind.ANNULMENT}


@dataclass(frozen=True, slots=True)
class GivenOut:
    """A report that was given out, with the bytes of its file."""

    report: Report
    raw: bytes


def give_out(ports: Ports, actor: Actor, institution: str, kind: Kind, period: Period) -> GivenOut:
    """Write the claims on a fund of a period that are ready into a report file, and keep it.

    Raises Refused where nothing is ready: nothing to ask, answers that lack, a period that has not passed, a pilot.
    """
    with ports.work(institution, actor) as tx:
        review_kinds(tx, [kind])
        waiting = [tx.claims.find(id) for id in tx.funds.to_tell(kind, period)]
        ready = [claim for claim in waiting if _is_ready(tx, claim)]
        if not ready:
            raise Refused(said("funds.nothing_to_tell", fund=kind.value.replace("_", "-"), period=name_of(period), waiting=len(waiting)))
        told = [_told(tx, claim) for claim in ready]
        raw = ports.office.write(tx.institution, kind, [_row(tx, claim) for claim in told])
        report = _kept(tx, kind, period, told, raw)
        tx.audit.note("give_out_funds", str(report.number), {"kind": kind.value, "claims": len(told), "total": report.total})
    return GivenOut(report, raw)


def _is_ready(tx: Transaction, claim: Claim) -> bool:
    if claim.state is State.ANNULLING:
        return True
    return not claim.missing and claim.period.last < tx.at.day and (claim.state is State.CORRECTING or claim.expected.total > 0)


def _told(tx: Transaction, claim: Claim) -> Claim:
    """Take a draft out of the house with what a request today reaches; what it no longer reaches is lost."""
    if claim.state not in tell.UNSENT:
        return claim
    case = tx.cases.find(claim.case)
    reached, lost = still_reached(case.kind, claim.period, tx.at.day)
    if claim.state is State.REJECTED:
        claim = replace(moved(claim, Event.REDRAFTED), version=claim.version + 1)
    asked = expected(reached, claim.answers, case.kind)
    filed = replace(moved(claim, Event.FILED), expected=asked, made_on=tx.at.day, requested_on=claim.requested_on or tx.at.day)
    tx.claims.keep(filed, tx.at.now)
    if lost is not None:
        tell.keep_late(tx, case, claim, lost)
    return filed


def _row(tx: Transaction, claim: Claim) -> Row:
    case = tx.cases.find(claim.case)
    before = tx.outbox.last_accepted(claim.id)
    gone = claim.state is State.ANNULLING
    return Row(
        claim=f"{tx.claims.find(claim.id).number}-{claim.version}",
        action=ACTION.get(claim.state, NEW),
        national_number=tx.payroll.national_number(case.person),
        employment=tx.payroll.employment(case.employment).number,
        period=claim.period,
        facts={answer.field: answer.value for answer in claim.answers},
        refund=0 if gone else claim.expected.refund,
        supplement=0 if gone else claim.expected.supplement,
        takes_place_of=(before.receipt or "") if before else "",
    )


def _kept(tx: Transaction, kind: Kind, period: Period, told: list[Claim], raw: bytes) -> Report:
    """Keep the file and what it tells; its tasks change from giving out to noting the receipt."""
    file = tx.files.keep(FILE_KIND, f"{kind.value}-{name_of(period)}.csv", raw, tx.at.now)
    lines = tuple(ReportLine(one.id, one.version, ACTION.get(one.state, NEW), _asked(one)) for one in told)
    report = Report(
        id=derived_id(tx.institution.namespace, "fund report", kind.value, period.first, file.id, tx.at.now.isoformat()),
        number=None,
        kind=kind,
        period=period,
        name=f"{kind.value.replace('_', '-')}-{name_of(period)}.csv",
        file=file.id,
        total=sum(line.amount for line in lines),
        made_by=tx.actor.name,
        made_at=tx.at.now,
        lines=lines,
    )
    kept = tx.funds.keep_report(report)
    for claim in told:
        tx.tasks.close(task_id(tx, TaskKind.FUND_DUE, claim.id), tx.at.day, tx.actor.name)
    tell.tell_receipt_due(tx, kept)
    return kept


def _asked(claim: Claim) -> int:
    return 0 if claim.state is State.ANNULLING else claim.expected.total


def receive(ports: Ports, actor: Actor, institution: str, number: int, *, receipt: str, on: date) -> Report:
    """Note that a fund received a report: its claims stand with the fund now and are pre-registered.

    Raises Refused for a report that is not open, a receipt without words, or a day before it was given out or to come.
    """
    with ports.work(institution, actor) as tx:
        report = _open(tx, number)
        if not receipt.strip():
            raise Refused(said("funds.receipt_missing"))
        if not tx.at.day_of(report.made_at) <= on <= tx.at.day:
            raise Refused(said("funds.receipt_day", on=on, made=tx.at.day_of(report.made_at), today=tx.at.day))
        tx.funds.note_received(report, receipt.strip(), on, tx.actor.name)
        for line in report.lines:
            _received(tx, report, line, receipt.strip(), on)
        tell.close_receipt_due(tx, report)
        tx.audit.note("receive_fund_report", str(number), {"receipt": receipt.strip(), "on": on})
    return replace(report, receipt=receipt.strip(), received_on=on)


def _received(tx: Transaction, report: Report, line: ReportLine, receipt: str, on: date) -> None:
    claim = tx.claims.find(line.claim)
    filing = _filing(tx, report, line, claim, (receipt, on))
    tx.outbox.intend(filing)
    standing = replace(moved(claim, Event.RECEIVED), authority_id=filing.authority_id)
    if standing.state is not State.ANNULLED:
        standing = replace(standing, requested_on=claim.requested_on or on, decided=None)
    tx.claims.keep(standing, tx.at.now)
    pre_register_claim(tx, tx.cases.find(claim.case), standing, line.amount)
    if standing.state is not State.ANNULLED:
        # The decision may have come before anybody noted the receipt.
        learn_decided(tx, standing)


def _filing(tx: Transaction, report: Report, line: ReportLine, claim: Claim, received: tuple[str, date]) -> Filing:
    """Make the evidence that a claim's version stands with the fund: what the file told of it and the receipt."""
    kind = FILED_AS[line.action]
    intent = derived_id(tx.institution.namespace, "filing", kind.value, claim.id, line.version)
    facts = {answer.field: answer.value for answer in claim.answers}
    content = {"report": report.name, "claim": f"{claim.number}-{line.version}", "action": line.action, "amount": line.amount, **facts}
    written = reports.report(intent, claim.case, kind.value, content)
    before = tx.outbox.last_accepted(claim.id)
    receipt, on = received
    return Filing(
        id=intent,
        case=claim.case,
        kind=kind,
        subject=claim.id,
        version=line.version,
        content=written.content,
        content_hash=written.content_hash,
        state=FilingState.ACCEPTED,
        due_on=tx.at.day_of(report.made_at),
        deadline=claim.request_by,
        at_stake=line.amount,
        intended_at=report.made_at,
        next_try_at=tx.at.now,
        signed_at=_signed(tx, report, on),
        receipt=receipt,
        authority_id=f"{receipt}/{claim.number}",
        supersedes=before.receipt if before else None,
    )


def _signed(tx: Transaction, report: Report, on: date) -> datetime:
    """Give the instant that counts: noon of the day of the receipt, not before the file was made nor after now."""
    noon = datetime.combine(on, time(12), tx.at.zone)
    return min(max(noon, report.made_at), tx.at.now)


def take_back(ports: Ports, actor: Actor, institution: str, number: int) -> Report:
    """Take back a report that never left the house: its claims are drafts again and can be given out anew.

    Raises Refused for a report that is not open.
    """
    with ports.work(institution, actor) as tx:
        report = _open(tx, number)
        tx.funds.note_withdrawn(report, tx.actor.name, tx.at.now)
        for line in report.lines:
            _taken_back(tx, line.claim)
        tell.close_receipt_due(tx, report)
        review_kinds(tx, [report.kind])
        tx.audit.note("take_back_fund_report", str(number), {"claims": len(report.lines)})
    return report


def _taken_back(tx: Transaction, id: UUID) -> None:  # noqa: A002 (the port's word)
    claim = tx.claims.find(id)
    if claim.state is not State.FILING:
        # A correction or withdrawal waits on and goes with the next file.
        return
    refused = moved(claim, Event.REFUSED)
    tx.claims.keep(refused, tx.at.now)
    tx.claims.keep(replace(moved(refused, Event.REDRAFTED), version=refused.version + 1, requested_on=None), tx.at.now)


def _open(tx: Transaction, number: int) -> Report:
    report = tx.funds.report(number)
    if report.received_on is not None:
        raise Refused(said("funds.received_already", number=number, receipt=report.receipt, on=report.received_on))
    if report.withdrawn_at is not None:
        raise Refused(said("funds.withdrawn_already", number=number))
    return report

"""Fetch the authority's decisions and lay each on its claim; a page that was cut is read on from where it ended."""

from __future__ import annotations

from refusion.claims.filing import Filing
from refusion.values.ids import derived_id
from refusion.values.said import Refused
from refusion.watch.deadlines import WorkingModel
from refusion.workflow.ports.authority import Decision as Decided
from refusion.workflow.ports.authority import Page, RawAnswer, Unknown
from refusion.workflow.ports.bank import Decision
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports, Transaction
from refusion.workflow.settlements.compare import learn_decided

MARKER = "decisions"
MOST_PAGES = 1000


def fetch_decisions(ports: Ports, actor: Actor, institution: str) -> int:
    """Read all decisions that are new; give their number. Without an answer nothing changes and the next call asks on.

    Each page is stored raw and applied in one transaction with the marker to read on from. Who orders at the service
    centre and has no connection of its own is told by the bank alone.
    """
    new = 0
    for _ in range(MOST_PAGES):
        with ports.work(institution, actor) as tx:
            marker = tx.messages.marker(MARKER) or ""
            employer, model = tx.institution.company_number, tx.institution.settings.working_model
        if model is WorkingModel.ORDERS and not ports.connected:
            return new
        answer = ports.authority.send(ports.authority.encode_decisions(employer, marker))
        page = ports.authority.read_decisions(answer)
        if isinstance(page, Unknown) or not isinstance(answer, RawAnswer):
            return new
        if page.marker != marker:
            new += _apply(ports, actor, institution, page, answer.raw)
        if page.complete or page.marker == marker:
            return new
    return new


def _apply(ports: Ports, actor: Actor, institution: str, page: Page[Decided], raw: bytes) -> int:
    with ports.work(institution, actor) as tx:
        tx.messages.keep(None, None, "received", raw, tx.at.now)
        new = sum(_keep(tx, decided) for decided in page.items)
        tx.messages.set_marker(MARKER, page.marker)
        tx.audit.note("fetch_decisions", page.marker, {"decisions": len(page.items), "new": new})
    return new


def _keep(tx: Transaction, decided: Decided) -> bool:
    filing = _filed(tx, decided)
    if filing is None:
        # A kind on pilot is filed by another system meanwhile: its drafts are held against what that one was decided.
        tx.stages.keep_other_decision(decided, tx.at.now)
        return False
    decision = Decision(
        id=derived_id(tx.institution.namespace, "decision", decided.decision_id),
        authority_id=decided.decision_id,
        claim=filing.subject,
        claim_version=filing.version,
        refund=decided.refund,
        supplement=decided.supplement,
        pays=decided.pays,
        reference=decided.reference,
        decided_on=decided.decided_on,
        pays_on=decided.pays_on,
        text=decided.reason,
        revises=decided.revises,
    )
    if not tx.bank.keep_decision(decision):
        return False
    learn_decided(tx, tx.claims.find(filing.subject))
    return True


def _filed(tx: Transaction, decided: Decided) -> Filing | None:
    """Find the report that was decided; None for one of another institution or system of the same employer.

    Its decision lies raw among the messages and must not keep ours from being read.
    """
    try:
        return tx.outbox.find(decided.intent)
    except Refused:
        tx.audit.note("pass_over_decision", str(decided.intent), {"decision": decided.decision_id})
        return None

"""Ask the authority about a report of unknown outcome; it is never sent again before the answer was twice 'not here'."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from refusion.claims.filing import State, asked_in_vain, lost_sight
from refusion.workflow.filing.outcome import adopt, learn_foreign
from refusion.workflow.ports.authority import Finding, Found, FoundOther, NotFound
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports
from refusion.workflow.tasks.ask import tell_unknown

PATIENCE = timedelta(days=1)


def inquire(ports: Ports, actor: Actor, institution: str, id: UUID) -> int:
    """Ask about one report; give 1 when its outcome is known now."""
    with ports.work(institution, actor) as tx:
        asked = tx.outbox.find(id)
        is_due = asked.state is State.UNKNOWN and asked.next_try_at <= tx.at.now
    if not is_due:
        return 0
    answer = ports.authority.send(ports.authority.encode_inquiry(id))
    finding: Finding = ports.authority.read_inquiry(id, asked.content_hash, answer)
    with ports.work(institution, actor) as tx:
        filing = tx.outbox.find(id)
        if filing != asked:
            # Another worker asked at the same time: two answers of one moment are one, never twice "not here".
            return 0
        if isinstance(finding, Found):
            adopt(tx, filing, finding)
        elif isinstance(finding, FoundOther):
            learn_foreign(tx, filing, finding)
        elif isinstance(finding, NotFound):
            tx.outbox.keep(asked_in_vain(filing, tx.at.now))
        else:
            tx.outbox.keep(lost_sight(filing, tx.at.now))
            if tx.at.now - filing.intended_at > PATIENCE:
                tell_unknown(tx, filing)
        tx.audit.note("inquire", str(id), {"finding": type(finding).__name__.lower()})
    return 1 if isinstance(finding, Found | FoundOther) else 0

"""Open an agreement at the institution: its text of figures is kept as it is that day."""

from __future__ import annotations

import hashlib

from refusion.grants.reading import parsed
from refusion.values.ids import derived_id
from refusion.values.said import Refused, said
from refusion.workflow.ports.grants.agreements import Opened
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports


def open_agreement(ports: Ports, actor: Actor, institution: str, content: str, file: str) -> Opened:
    """Open the agreement of a text; the same text twice is opened once.

    Raises BadInput for a text that is no agreement, Refused where another one of its name stands.
    """
    read = parsed(content, file)
    with ports.work(institution, actor) as tx:
        digest = hashlib.sha256(content.encode()).hexdigest()
        id = derived_id(tx.institution.namespace, "grant_agreement", read.name)
        opened = Opened(id, read.name, content, digest, actor.name, tx.at.now)
        if tx.agreements.open(opened):
            tx.audit.note("open_agreement", str(id), {"agreement": read.name, "hash": digest})
            return opened
        standing = next(one for one in tx.agreements.every() if one.name == read.name)
        if standing.content_hash != digest:
            raise Refused(said("agreements.stands_already", name=read.name, day=tx.at.day_of(standing.opened_at)))
        return standing

"""Lines of a load file that SAP did not take: each becomes a task, once."""

from __future__ import annotations

from refusion.values.ids import derived_id
from refusion.values.said import said
from refusion.watch.facts import Kind
from refusion.workflow.nav.run import world_of
from refusion.workflow.nav.tell import open_task
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports

KIND = "sap-rejected"


def take_rejected(ports: Ports, actor: Actor, institution: str, name: str, raw: bytes) -> int:
    """Read SAP's rejected lines in and open a task for each; gives how many. Raises BadInput for a file that is not as it must be.

    The same file twice opens no task twice.
    """
    rejected = world_of(ports).files.read_rejected(name, raw)
    with ports.work(institution, actor) as tx:
        file = tx.files.keep(KIND, name, raw, tx.at.now)
        for line in rejected:
            what = said("refusjon.sap_rejected", run=line.run, code=line.code, text=line.text)
            open_task(tx, Kind.SAP_REJECTED, derived_id(tx.institution.namespace, "sap_line", line.key), what, about=line.key)
        tx.files.set_state(file.id, "absorbed")
        tx.audit.note("sap_rejected", str(file.id), {"lines": len(rejected)})
        return len(rejected)

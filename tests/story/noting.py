"""Transactions that must note in the audit trail what they changed."""

from __future__ import annotations

from threading import local

from refusion.store.audit import StoredAudit
from refusion.store.tenant import Tenant
from refusion.wiring.work import HouseWork, NotNoted
from refusion.workflow.ports.institution import Actor

CHANGES = """
    SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_xact_user_tables WHERE schemaname NOT LIKE 'pg_temp%%'
"""
_before = local()


class NotingWork(HouseWork):
    """Refuses a transaction that changed a row and noted nothing; a row that was only locked is no change."""

    def _tenant(self, code: str, actor: Actor) -> Tenant:
        # The server may count earlier transactions of the connection along, so that only the growth tells.
        tenant = HouseWork._tenant(self, code, actor)
        _before.changes = tenant.found(CHANGES)[0]
        return tenant

    def _end(self, tenant: Tenant, audit: StoredAudit) -> None:
        if not audit.noted and tenant.found(CHANGES)[0] != _before.changes:
            raise NotNoted("rows were changed and nothing was noted")
        audit.write()

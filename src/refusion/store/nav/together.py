"""The repositories of Norwegian refunds of one transaction, made when one of them is first asked for."""

from __future__ import annotations

from dataclasses import dataclass

from refusion.store.nav.books import StoredNavBooks
from refusion.store.nav.facts import StoredNavFacts
from refusion.store.nav.notices import StoredNavNotices
from refusion.store.nav.reports import StoredNavReports
from refusion.store.tenant import Tenant
from refusion.workflow.ports.norway.kept import KeptBooks, KeptFacts, KeptNotices, KeptReports


@dataclass(slots=True)
class StoredNorway:
    """All that is kept of an institution's Norwegian refunds."""

    facts: KeptFacts
    notices: KeptNotices
    reports: KeptReports
    books: KeptBooks


def stored_norway(tenant: Tenant) -> StoredNorway:
    """Give the repositories."""
    return StoredNorway(StoredNavFacts(tenant), StoredNavNotices(tenant), StoredNavReports(tenant), StoredNavBooks(tenant))

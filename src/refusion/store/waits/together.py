"""Everything that waits, under one transaction; and the institution's settings with the cases they move."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from refusion.cases.facts import State
from refusion.store.institutions import settings_as_json
from refusion.store.tenant import Tenant
from refusion.store.waits.answer_rules import StoredAnswerRules
from refusion.store.waits.colleagues import StoredColleagues
from refusion.store.waits.orders import StoredOrders
from refusion.store.waits.rungs import StoredRungs, StoredWarnings
from refusion.store.waits.stops import StoredStops
from refusion.workflow.ports import waits
from refusion.workflow.ports.institution import Settings

_KEEP = "UPDATE institution SET settings = %(settings)s::jsonb WHERE id = %(institution)s"
_NOT_NOTIFIED = "SELECT id FROM refund_case WHERE institution_id = %(institution)s AND state = %(watching)s ORDER BY number"


@dataclass(frozen=True, slots=True)
class StoredSettings:
    """An institution's settings."""

    tenant: Tenant

    def keep(self, settings: Settings) -> None:
        """Keep the settings; the next transaction has them."""
        self.tenant.run(_KEEP, settings=settings_as_json(settings))

    def not_notified(self) -> tuple[UUID, ...]:
        """Give the cases that are not notified yet, by number."""
        return self.tenant.column(_NOT_NOTIFIED, watching=State.WATCHING.value)


@dataclass(slots=True)
class StoredWaits:
    """All repositories of what waits."""

    colleagues: waits.Colleagues
    rungs: waits.Rungs
    warnings: waits.Warnings
    orders: waits.Orders
    stops: waits.Stops
    rules: waits.AnswerRules
    settings: waits.KeptSettings


def stored_waits(tenant: Tenant) -> StoredWaits:
    """Give the repositories of what waits in a transaction."""
    return StoredWaits(
        StoredColleagues(tenant),
        StoredRungs(tenant),
        StoredWarnings(tenant),
        StoredOrders(tenant),
        StoredStops(tenant),
        StoredAnswerRules(tenant),
        StoredSettings(tenant),
    )

"""Keeps the stops of benefit that municipalities made."""

from __future__ import annotations

from dataclasses import dataclass, fields
from uuid import UUID

from refusion.store.tenant import Row, Tenant, insert, update
from refusion.watch.stops import Cause, Stop

_COLUMNS = ", ".join({"case": "case_id"}.get(fact.name, fact.name) for fact in fields(Stop))
_SELECT = f"SELECT {_COLUMNS} FROM benefit_stop WHERE institution_id = %(institution)s AND lifted_on IS NULL"  # noqa: S608 (our own names)
_INSERT = insert("benefit_stop", _COLUMNS) + " ON CONFLICT (institution_id, id) DO NOTHING"
_KEEP = update("benefit_stop", "at_risk, lifted_on, lifted_by, resumed_from, lift_document")


@dataclass(frozen=True, slots=True)
class StoredStops:
    """An institution's stops."""

    tenant: Tenant

    def keep(self, stop: Stop) -> None:
        """Keep a stop as it stands."""
        facts = {name: getattr(stop, name) for name in Stop.__dataclass_fields__}
        facts |= {"case_id": stop.case, "cause": stop.cause.value}
        if not self.tenant.run(_INSERT, **facts):
            self.tenant.run(_KEEP, **facts)

    def of_case(self, case: UUID) -> Stop | None:
        """Give the open stop of a case, or None."""
        row = self.tenant.one(_SELECT + " AND case_id = %(case)s FOR UPDATE", case=case)
        return None if row is None else _stop(row)

    def open_stops(self) -> tuple[Stop, ...]:
        """Give the stops that stand, oldest first."""
        return tuple(map(_stop, self.tenant.rows(_SELECT + " ORDER BY stopped_from, id")))


def _stop(row: Row) -> Stop:
    id, case, cause, *rest = row
    return Stop(id, case, Cause(cause), *rest)

"""Keeps which colleagues are away when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from refusion.store.tenant import Tenant, insert
from refusion.values.period import Period
from refusion.watch.climbing import Away
from refusion.workflow.ports.waits import KnownAway

_KEEP = insert("colleague_away", "id, person, first_day, last_day, noted_by, noted_at") + " ON CONFLICT DO NOTHING"
_WITHDRAW = """
    UPDATE colleague_away SET withdrawn_by = %(by)s, withdrawn_at = %(at)s
    WHERE institution_id = %(institution)s AND id = %(id)s AND withdrawn_at IS NULL
"""
_SINCE = """
    SELECT id, person, first_day, last_day, noted_by FROM colleague_away
    WHERE institution_id = %(institution)s AND withdrawn_at IS NULL AND last_day >= %(day)s ORDER BY first_day, person, id
"""


@dataclass(frozen=True, slots=True)
class StoredColleagues:
    """An institution's colleagues and their days away."""

    tenant: Tenant

    def keep(self, known: KnownAway, at: datetime) -> bool:
        """Keep days away once; False when they stand already."""
        days = known.away.days
        facts = {"id": known.id, "person": known.away.person, "first_day": days.first, "last_day": days.last}
        return bool(self.tenant.run(_KEEP, **facts, noted_by=known.noted_by, noted_at=at))

    def withdraw(self, id: UUID, by: str, at: datetime) -> bool:
        """Take days away back; False when there are none of that id that stand."""
        return bool(self.tenant.run(_WITHDRAW, id=id, by=by, at=at))

    def since(self, day: date) -> tuple[KnownAway, ...]:
        """Give the days away that stand and end on the day or later, in order."""
        rows = self.tenant.rows(_SINCE, day=day)
        return tuple(KnownAway(id, Away(person, Period(first, last)), by) for id, person, first, last, by in rows)

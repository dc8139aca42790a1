"""How far the days of an institution have been worked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from refusion.store.tenant import Tenant, insert

_MARK = insert("day_step", "day, step, done_at") + " ON CONFLICT (institution_id, day, step) DO NOTHING"
_DONE = "SELECT step FROM day_step WHERE institution_id = %(institution)s AND day = %(day)s"
_LAST = "SELECT max(day) FROM day_step WHERE institution_id = %(institution)s AND step = %(step)s"


@dataclass(frozen=True, slots=True)
class StoredDays:
    """Where an institution's finished steps are noted."""

    tenant: Tenant

    def mark(self, day: date, step: str) -> None:
        """Note that a step of the day is done; once more changes nothing."""
        self.tenant.run(_MARK, day=day, step=step, done_at=self.tenant.at.now)

    def done(self, day: date) -> frozenset[str]:
        """Give the steps of a day that are done."""
        return frozenset(self.tenant.column(_DONE, day=day))

    def last(self, step: str) -> date | None:
        """Give the last day on which the step was done."""
        last: date | None = self.tenant.found(_LAST, step=step)[0]
        return last

"""The reads of what waits, each under its duty, everybody shown noted."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from uuid import UUID

from refusion.access import Duty
from refusion.claims.answer_rules import AnswerRule
from refusion.store.reads.waits import case_days as case_day_reads
from refusion.store.reads.waits import standing
from refusion.store.reads.waits.at_risk import at_risk
from refusion.store.reads.waits.case_days import CaseDays
from refusion.store.reads.waits.standing import LateRow, OrderRow, StopRow
from refusion.store.reads.waits.year import year_lines
from refusion.store.tenant import Tenant
from refusion.store.waits.answer_rules import rules_of
from refusion.store.waits.colleagues import StoredColleagues
from refusion.store.waits.rungs import missing_weeks
from refusion.watch.at_risk import Clock, clock
from refusion.watch.partial_hours import HoursOwed, hours_owed
from refusion.watch.year_end import YearEnd, year_end
from refusion.workflow.ports.institution import Settings
from refusion.workflow.ports.waits import KnownAway


class WatchingReads(ABC):
    """What may be seen of what waits."""

    __slots__ = ()
    tenant: Tenant

    def at_risk(self) -> Clock:
        """Read the money-at-risk clock of today: open entitlements, sums within 7, 14 and 30 days and by day."""
        self._may(Duty.SEE_WORK)
        settings = self.tenant.institution.settings
        found = at_risk(settings.working_model, settings.safe_margin_days)
        self._note("at_risk", (person for person, _ in found))
        return clock((row for _, row in found), self.tenant.at.day)

    def year_end(self, year: int) -> YearEnd:
        """Read a year's end as it stands today: what is in for which run, who owes the rest, the accrual."""
        self._may(Duty.SEE_REPORTS)
        found = year_lines(year)
        self._note("year_end", (person for person, _ in found))
        return year_end(year, (line for _, line in found), self.tenant.at.day)

    def hours_owed(self) -> tuple[HoursOwed, ...]:
        """Read whose hours of a partial return lack, by the 12th on which they are due."""
        self._may(Duty.SEE_WORK)
        weeks = missing_weeks(self.tenant)
        self._note("hours_owed", (week.person_id for week in weeks))
        return hours_owed(weeks)

    def case_days(self, number: int) -> CaseDays | None:
        """Read one case's deadlines in both layers and the signing time of each report."""
        self._may(Duty.SEE_CASE)
        found = case_day_reads.case_days(number)
        self._note("case_days", [found.person] if found else ())
        return found

    def orders(self, *, every: bool = False) -> tuple[OrderRow, ...]:
        """Read the orders at the service centre that are open; all of them where asked."""
        self._may(Duty.SEE_CASES)
        found = standing.orders(every)
        self._note("orders", (row.person for row in found))
        return found

    def stops(self, *, every: bool = False) -> tuple[StopRow, ...]:
        """Read the stops of benefit that stand; lifted ones too where asked."""
        self._may(Duty.SEE_CASES)
        found = standing.stops(every)
        self._note("stops", (row.person for row in found))
        return found

    def late_tasks(self) -> tuple[LateRow, ...]:
        """Read the tasks that climbed, or went to somebody else for a holiday, with whom they stand."""
        self._may(Duty.SEE_WORK)
        found = standing.late(self.tenant.at.day)
        self._note("late_tasks", (row.person for row in found))
        return found

    def settings(self) -> Settings:
        """Read the institution's settings."""
        self._may(Duty.SEE_SETTINGS)
        return self.tenant.institution.settings

    def colleagues_away(self) -> tuple[KnownAway, ...]:
        """Read who is away from today on."""
        self._may(Duty.SEE_SETTINGS)
        return StoredColleagues(self.tenant).since(self.tenant.at.day)

    def answer_rules(self) -> tuple[AnswerRule, ...]:
        """Read the answers that were proposed and approved beforehand, by number."""
        self._may(Duty.SEE_SETTINGS)
        return rules_of(self.tenant)

    @abstractmethod
    def _may(self, duty: Duty) -> None:
        """Raise Refused where none of the reader's roles carries the duty."""

    @abstractmethod
    def _note(self, page: str, persons: Iterable[UUID | None]) -> None:
        """Note who was shown on which page."""

"""ftrl § 8-19 for one case: which days of a sequence of sickness, work and holiday the employer pays itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from refusion.law.engine.rule import account
from refusion.law.norway.sickness.right import employer_days, is_new_employer_period
from refusion.law.norway.statutes import FTRL

SICK, WORK, HOLIDAY = "syk", "frisk", "ferie"
KINDS = (SICK, WORK, HOLIDAY)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many days the employer pays itself, and how many sick days come after them."""

    employer_days: int
    sick_days_after: int


@dataclass(slots=True)
class _Count:
    """Where in a sequence we are: days of the running employer period, the gap, holiday that waits for what follows it."""

    period: int = 0
    gap: int = 0
    waiting: int = 0
    own: int = 0
    after: int = 0

    def sick(self) -> None:
        """Count a sick day; holiday before it belongs to the employer period when that has begun."""
        if self.period and self.waiting:
            self._own_days(self.waiting)
        self.waiting = self.gap = 0
        if not self._own_days(1):
            self.after += 1

    def work(self) -> None:
        """Count a day of work; holiday before it was a gap too."""
        self.gap += 1 + self.waiting
        self.waiting = 0
        if is_new_employer_period(self.gap):
            self.period = 0

    def _own_days(self, days: int) -> int:
        reached = employer_days(self.period + days)
        added = reached - self.period
        self.period, self.own = reached, self.own + added
        return added


@account(FTRL.section("8-19"), called="arbeidsgiverperiode")
def counted_absence(sequence: Iterable[tuple[str, int]]) -> Counted:
    """Count a sequence of (kind, calendar days), kinds as in ``KINDS``.

    Holiday between two sick days belongs to the employer period; before work or at the beginning it is a gap.
    """
    count = _Count()
    for kind, days in sequence:
        for _ in range(days):
            if kind == SICK:
                count.sick()
            elif kind == WORK:
                count.work()
            else:
                count.waiting += 1
    return Counted(count.own, count.after)

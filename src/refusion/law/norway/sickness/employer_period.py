"""ftrl § 8-19 for one case: which days of a sequence of sickness, work and holiday the employer pays itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from refusion.law.engine.refusals import NotAnswered
from refusion.law.engine.rule import account
from refusion.law.norway.sickness.right import employer_days, is_new_employer_period
from refusion.law.norway.statutes import FTRL
from refusion.values.said import said

SICK, WORK, HOLIDAY, SICK_HOLIDAY = "syk", "frisk", "ferie", "ferie_sykmeldt"
KINDS = (SICK, WORK, HOLIDAY, SICK_HOLIDAY)


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

    def count(self, kind: str) -> None:
        """Count one day."""
        if kind == SICK:
            self._sick()
        elif kind == WORK or self.gap:  # once work was resumed, holiday is a gap like any other day
            self._well()
        elif kind == SICK_HOLIDAY:
            self._still_sick()
        else:
            self.waiting += 1

    def _sick(self) -> None:
        """Count a sick day; holiday before it belongs to the employer period when that has begun."""
        if self.period:
            self._own_days(self.waiting)
        self.waiting = self.gap = 0
        if not self._own_days(1):
            self.after += 1

    def _still_sick(self) -> None:
        """Count a day of holiday within the certificate: the employer period runs on, but nothing is claimed for it."""
        if self.period:
            self._own_days(self.waiting + 1)
        self.waiting = 0

    def _well(self) -> None:
        """Count a day in the gap; holiday right before work was one too, but not after a full period (ledd 4: work is resumed)."""
        is_full = self.period > 0 and employer_days(self.period + 1) == self.period
        self.gap += 1 + (0 if is_full else self.waiting)
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

    Holiday within a doctor's certificate runs on in the employer period. Other holiday belongs to it between two sick days only;
    after work it is a gap, before work too unless the employer has paid a full period. Raises NotAnswered for another kind.
    """
    count = _Count()
    for kind, days in sequence:
        if kind not in KINDS:
            raise NotAnswered(said("law.day_kind_unknown", kind=kind, known=", ".join(KINDS)))
        for _ in range(days):
            count.count(kind)
    return Counted(count.own, count.after)

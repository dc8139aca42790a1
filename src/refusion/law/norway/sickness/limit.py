"""ftrl §§ 8-12 and 8-51 for one case: until which day sickness benefit can be paid, and which days come after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from refusion.law.engine.refusals import NotAnswered
from refusion.law.engine.rule import account
from refusion.law.norway.sickness.right import days_left, is_elder, is_new_right, is_young_enough, window_from_day
from refusion.law.norway.statutes import FTRL
from refusion.values.period import FRIDAY, ONE_DAY, Period
from refusion.values.said import said

LONGEST = 3 * 366


@dataclass(frozen=True, slots=True)
class Limit:
    """The last day that can be paid, and the weekdays of the absence that are refused."""

    last_day: date | None
    refused: tuple[date, ...]


@dataclass(slots=True)
class _Used:
    """The days that were paid, and how long ago the last was."""

    birthday: date | None
    paid: list[int] = field(default_factory=list)
    without: int = 0

    def rest(self) -> None:
        """Let a day without sickness pass: after 26 weeks without benefit there is a new right."""
        self.without += 1
        if is_new_right(self.without):
            self.paid.clear()

    def pays(self, day: date) -> bool:
        """Tell whether a sick weekday can be paid, and count it."""
        left = self._left(day.toordinal())
        if not left:
            self.without += 1
            return False
        self.paid.append(day.toordinal())
        self.without = 0
        return True

    def _left(self, day: int) -> int:
        since = window_from_day(day)
        counted = [paid for paid in self.paid if paid > since]
        if self.birthday is None:
            return days_left(len(counted), 0, 0)
        born = self.birthday.toordinal()
        if not is_young_enough(born, day):
            return 0
        return days_left(len(counted), sum(bool(is_elder(born, paid)) for paid in counted), is_elder(born, day))


@account(FTRL.section("8-12"), called="maksdato")
def last_paid_day(absences: Sequence[Period], birthday: date | None = None) -> Limit:
    """Give the last day that can be paid and the refused weekdays of absences that NAV pays, in order of their days.

    When days are left after the last absence the last day is counted on from there. No birthday = under 67.
    Raises NotAnswered for no absence or absences out of order.
    """
    if not absences or any(after.first <= before.last for before, after in pairwise(absences)):
        raise NotAnswered(said("law.absences_out_of_order"))
    used = _Used(birthday)
    refused = [day for day, sick in _days(absences) if _is_refused(used, day, sick=sick)]
    weekdays = [day for absence in absences for day in absence if day.weekday() <= FRIDAY]
    exhausted = bool(refused) and refused[-1] == weekdays[-1]
    return Limit(_last_day(used, absences[-1].last, exhausted=exhausted), tuple(refused))


def _days(absences: Sequence[Period]) -> Iterable[tuple[date, bool]]:
    before: date | None = None
    for absence in absences:
        if before is not None and before + ONE_DAY < absence.first:
            yield from ((day, False) for day in Period(before + ONE_DAY, absence.first - ONE_DAY))
        yield from ((day, True) for day in absence)
        before = absence.last


def _is_refused(used: _Used, day: date, *, sick: bool) -> bool:
    if not sick:
        used.rest()
        return False
    if day.weekday() > FRIDAY:
        used.without += bool(used.without)  # a weekend within paid days is no break
        return False
    return not used.pays(day)


def _last_day(used: _Used, after: date, *, exhausted: bool) -> date | None:
    """Count on from the last absence while days are left."""
    day = after
    for _ in range(0 if exhausted else LONGEST):
        day += ONE_DAY
        if day.weekday() <= FRIDAY and not used.pays(day):
            break
    return date.fromordinal(used.paid[-1]) if used.paid else None

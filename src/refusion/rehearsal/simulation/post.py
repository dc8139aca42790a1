"""How files reach the house: payroll's and the bank's, in any order that a day allows, twice, in parts and days late."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from refusion.adapters.sls.twin import as_csv
from refusion.rehearsal.chance import chance, drawn
from refusion.rehearsal.institution.days import after
from refusion.rehearsal.institution.facts import Profile
from refusion.rehearsal.institution.year import ABSENCES, EMPLOYMENTS, KINDS, PAY, Year
from refusion.rehearsal.outside.payments import statement_of

TWICE_ONE_IN, OLD_ONE_IN, PARTS_ONE_IN = 6, 25, 5
"""One file in how many comes twice, comes once more when it is old, comes in two parts."""
LATE_ONE_IN, LATEST, COPY_LATEST = 4, 6, 12
"""One bank file in how many comes late and by how many days at most; how much later a copy may come."""

Paid = Callable[[date], Sequence[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Letter:
    """One file as it lies in the letter box; ``kind`` is payroll's, empty for the bank's."""

    kind: str
    name: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Post:
    """The letter box of one institution; the same day always brings the same letters in the same order."""

    profile: Profile
    year: Year
    _kept: dict[date, tuple[Letter, ...]] = field(default_factory=dict)

    def payroll(self, day: date) -> tuple[Letter, ...]:
        """Give payroll's files of a day: employments first, pay and absences in either order, some of them again."""
        if day not in self._kept:
            self._kept.clear()
            self._kept[day] = tuple(self._payroll(day))
        return self._kept[day]

    def _payroll(self, day: date) -> Iterator[Letter]:
        yield from self._right(day)
        luck = chance(self.profile.seed, "order of files", day)
        others = [PAY, ABSENCES] if luck.randrange(2) else [ABSENCES, PAY]
        letters = [letter for kind in (EMPLOYMENTS, *others) for letter in self._of(day, kind)]
        yield from letters
        again = [letter for letter in letters if luck.randrange(TWICE_ONE_IN) == 0]
        yield from luck.sample(again, len(again))
        old = self._old(day)
        if old is not None:
            yield from self._of(*old)

    def _old(self, day: date) -> tuple[date, str] | None:
        """Draw which file of days before comes once more on a day, byte by byte as it was."""
        luck = chance(self.profile.seed, "old file", day)
        if luck.randrange(OLD_ONE_IN):
            return None
        earlier, kind = after(day, -luck.randint(1, 40)), luck.choice(KINDS)
        return (earlier, kind) if earlier >= self.profile.first else None

    def _right(self, day: date) -> Iterator[Letter]:
        """Put right what an old file took back on the day before: payroll's newest file counts, so that it must say it anew."""
        old = self._old(after(day, -1))
        if old is None:
            return
        earlier, kind = old
        named = {_key(row) for row in self.year.rows(earlier, kind)}
        rows = [row for row in self.year.newest(after(day, -1), kind) if _key(row) in named]
        if rows:
            code = self.profile.code
            yield Letter(kind, f"{kind}-{code.lower()}-{day.isoformat()}-right.csv", as_csv(code, rows))

    def _of(self, day: date, kind: str) -> Iterator[Letter]:
        """Give the day's rows of a kind, in any order, in one file or in two."""
        rows = list(self.year.rows(day, kind))
        luck = chance(self.profile.seed, "rows", kind, day)
        # What payroll says twice of the same thing on one day it says in its order.
        rows = rows if len(set(map(_key, rows))) < len(rows) else luck.sample(rows, len(rows))
        cut = luck.randrange(1, len(rows)) if len(rows) > 1 and luck.randrange(PARTS_ONE_IN) == 0 else len(rows)
        for part, some in enumerate((rows[:cut], rows[cut:]), 1):
            if some:
                code = self.profile.code
                yield Letter(kind, f"{kind}-{code.lower()}-{day.isoformat()}-{part}.csv", as_csv(code, some))

    def bank(self, day: date, paid: Paid) -> list[Letter]:
        """Give the bank's statements that come on a day: today's, late ones of days before, and copies."""
        earlier = (after(day, -back) for back in range(COPY_LATEST + LATEST + 1))
        due = [one for booked in earlier if booked >= self.profile.first for one in self._comes(booked, day)]
        letters = [statement_of(self.profile, booked, paid(booked)) for booked in due]
        found = [Letter("", *letter) for letter in letters if letter is not None]
        return chance(self.profile.seed, "order of statements", day).sample(found, len(found))

    def _comes(self, booked: date, day: date) -> Iterator[date]:
        """Give a statement's day once for each time it comes on ``day``."""
        seed = self.profile.seed
        late = 1 + drawn(seed, LATEST, "how late", booked) if drawn(seed, LATE_ONE_IN, "late", booked) == 0 else 0
        if after(booked, late) == day:
            yield booked
        copied = drawn(seed, TWICE_ONE_IN, "statement twice", booked) == 0
        if copied and after(booked, late + drawn(seed, COPY_LATEST, "copy", booked)) == day:
            yield booked


def _key(row: Any) -> tuple[str, str]:
    return row.employment_number, str(getattr(row, "absence_number", getattr(row, "month", "")))

"""Dated figures of the law, read from TOML beside the rules: each value has its first day, its source, and whether it was verified."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from refusion.law.engine.figure import Value
from refusion.law.engine.numbers import UNITS_BY_NAME, Column, Day, Number, Truth, Unit
from refusion.law.engine.refusals import NotKnown
from refusion.law.engine.tape import RUNNING
from refusion.values.said import said

OF_THE_TABLE = frozenset({"says", "law", "unit", "values", "known_until", "_days"})


class Dated:
    """One figure of the law through time; ``known_until`` is the last day for which it has been published."""

    says: str
    law: str
    unit: Unit
    values: tuple[Value, ...]
    known_until: date | None
    _days: list[int]
    _read: Callable[[], tuple[Mapping[str, object], list[Value]]]

    def __init__(self, name: str, entry: Mapping[str, object], history: list[Value]) -> None:
        """Take the table entry and the values in order of their days."""
        self.name = name
        self._take(entry, history)

    @classmethod
    def later(cls, name: str, read: Callable[[], tuple[Mapping[str, object], list[Value]]]) -> Dated:
        """Make a figure whose entry and values are read when they are first asked for: to import the law reads no table."""
        figure = cls.__new__(cls)
        figure.name, figure._read = name, read
        return figure

    def _take(self, entry: Mapping[str, object], history: list[Value]) -> None:
        self.says = str(entry["says"])
        self.law = str(entry["law"])
        self.unit = UNITS_BY_NAME[str(entry["unit"])]
        until = entry.get("known_until")
        self.known_until = until if isinstance(until, date) else None
        self._days = [value.since.toordinal() for value in history]
        self.values = tuple(history)

    def __getattr__(self, name: str) -> object:
        """Read the table entry for what is not there yet."""
        if name not in OF_THE_TABLE:
            raise AttributeError(f"a figure has no {name}")
        self._take(*self._read())
        return self.__dict__[name]

    def at(self, day: Day) -> Number:
        """Give the value that applies on the day; raises NotKnown for a day before the first one."""
        tried = TRIED.get()
        figure = tried.get(self, self) if tried else self
        tape = RUNNING.get()
        if tape is not None:
            tape.page.append((figure, day))
        if isinstance(day, np.ndarray):
            return figure.amount_of_day.take(figure._since_first(day), mode="clip")
        return figure._value_on(day).amount

    def ever(self) -> int:
        """Give the only value that the figure has had; raises NotKnown when it has changed."""
        tried = TRIED.get()
        figure = tried.get(self, self) if tried else self
        if len(figure.values) != 1:
            raise NotKnown(said("law.figure_has_changed", figure=self.name))
        tape = RUNNING.get()
        if tape is not None:
            tape.page.append((figure, figure._days[0]))
        return figure.values[0].amount

    def value_on(self, day: int) -> Value:
        """Give the value with its source; raises NotKnown for a day before the first one."""
        return TRIED.get().get(self, self)._value_on(day)

    def _value_on(self, day: int) -> Value:
        place = bisect_right(self._days, day) - 1
        if place < 0:
            raise self._too_early(day)
        return self.values[place]

    def estimated(self, day: Day) -> Truth:
        """Tell whether the value of the day is not published yet, so that the last one stands for it."""
        until = TRIED.get().get(self, self).known_until
        if until is None:
            return day != day  # noqa: PLR0124 - False, as a truth or as a column
        return day > until.toordinal()

    def unverified(self, day: Day) -> Truth:
        """Tell whether nobody has verified the value of the day."""
        figure = TRIED.get().get(self, self)
        if isinstance(day, np.ndarray):
            return figure._marks_of(day)
        return not figure._value_on(day).verified

    def is_one(self, first: int, last: int) -> bool:
        """Tell whether one value, with the same marks, applies on all days from the first to the last, if any does."""
        figure = TRIED.get().get(self, self)
        until = figure.known_until
        is_published_alike = until is None or (first > until.toordinal()) == (last > until.toordinal())
        return is_published_alike and bisect_right(figure._days, first) == bisect_right(figure._days, last)

    # For columns: the value of each day, from the first day to the last change; a search would cost ten times that.
    @cached_property
    def amount_of_day(self) -> Column:
        """Give the values day by day from the first to the last change, after which the last one stands."""
        return np.repeat(np.array([value.amount for value in self.values], dtype=np.int64), self._lengths())

    @cached_property
    def mark_of_day(self) -> NDArray[np.bool_]:
        """Tell day by day, as the values, whether nobody has verified them."""
        return np.repeat(np.array([not value.verified for value in self.values], dtype=np.bool_), self._lengths())

    def _marks_of(self, day: Column) -> NDArray[np.bool_]:
        if not day.size:
            return np.zeros(0, dtype=np.bool_)
        first, last = int(day.min()), int(day.max())
        used = self.values[max(bisect_right(self._days, first) - 1, 0) : bisect_right(self._days, last)]
        if first >= self._days[0] and all(value.verified for value in used):
            return np.zeros(day.size, dtype=np.bool_)
        return self.mark_of_day.take(self._since_first(day), mode="clip")

    def _lengths(self) -> Column:
        return np.diff([*self._days, self._days[-1] + 1])

    def _since_first(self, day: Column) -> Column:
        since_first = day - self._days[0]
        if day.size and int(since_first.min()) < 0:
            raise self._too_early(int(day.min()))
        return since_first

    def _too_early(self, day: int) -> NotKnown:
        return NotKnown(
            said(
                "law.day_before_first_value",
                figure=self.name,
                day=date.fromordinal(day),
                first_day=self.values[0].since,
            )
        )


# While a change is tried: the figure that stands in for each changed one. Never changed, replaced; seen by one thread or task alone.
TRIED: ContextVar[Mapping[Dated, Dated]] = ContextVar("figures on trial", default={})  # noqa: B039 - never changed, replaced


def on_trial() -> Mapping[Dated, Dated]:
    """Give what stands in for what now, for whoever keeps what was worked out from figures; empty where nothing is tried."""
    return TRIED.get()


@contextmanager
def trying(instead: Mapping[Dated, Dated]) -> Iterator[None]:
    """Let other figures stand in for some of the law's: all rules called inside read those, and nothing else does.

    Inside another trial the inner one changes what the outer one put in place.
    """
    outer = {figure: instead.get(stood_in, stood_in) for figure, stood_in in TRIED.get().items()}
    token = TRIED.set({**outer, **instead} if outer else instead)
    try:
        yield
    finally:
        TRIED.reset(token)


class Figures(Mapping[str, Dated]):
    """The figures of one table by name; the table is read when a figure is first asked for its values, or all names are."""

    def __init__(self, file: Path) -> None:
        """Take the table's file."""
        self._file = file
        self._made: dict[str, Dated] = {}

    @cached_property
    def _entries(self) -> Mapping[str, Mapping[str, object]]:
        import tomllib

        entries: Mapping[str, Mapping[str, object]] = tomllib.loads(self._file.read_text(encoding="utf-8"))
        return entries

    def __getitem__(self, name: str) -> Dated:
        """Give a figure; raises KeyError, when its values are asked for, for one that the table lacks."""
        return self._made.setdefault(name, Dated.later(name, lambda: self._entry(name)))

    def __iter__(self) -> Iterator[str]:
        """Give the names in the table's order."""
        return iter(self._entries)

    def __len__(self) -> int:
        """Count the figures."""
        return len(self._entries)

    def __contains__(self, name: object) -> bool:
        """Tell whether the table has a figure."""
        return name in self._entries

    def _entry(self, name: str) -> tuple[Mapping[str, object], list[Value]]:
        entry = self._entries[name]
        return entry, _history(name, entry["since"])


# Rules files that share a table share its figures: what stands in for one stands in for it everywhere.
_table = cache(Figures)


def figures(rules_file: str, table: str) -> Figures:
    """Find the table of dated figures that stands beside a rules file; it is read later.

    Reading raises ValueError for a figure without values, out of order, or without day, value, source or verified.
    """
    return _table(Path(rules_file).with_name(table))


def _history(name: str, rows: object) -> list[Value]:
    history = [_value(name, row) for row in rows] if isinstance(rows, list) else []
    days = [value.since for value in history]
    if not days or days != sorted(set(days)):
        raise ValueError(f"the values of {name} are none or out of order")
    return history


def _value(name: str, row: Mapping[str, object]) -> Value:
    since, amount, source, verified = (row.get(key) for key in ("day", "value", "source", "verified"))
    if not isinstance(since, date) or not isinstance(source, str) or not isinstance(verified, bool):
        raise ValueError(f"a value of {name} lacks its day, source or verified: {dict(row)}")  # noqa: TRY004 - the table is wrong, not the call
    if isinstance(amount, date):
        amount = amount.toordinal()
    if not isinstance(amount, int):
        raise ValueError(f"a value of {name} is no whole number: {dict(row)}")  # noqa: TRY004 - as above
    return Value(since, amount, source, verified)

"""Dated figures of the law, read from TOML beside the rules: each value has its first day, its source, and whether it was verified."""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from refusion.law.engine.figure import Value
from refusion.law.engine.numbers import UNITS_BY_NAME, Column, Day, Number, Truth, Unit
from refusion.law.engine.refusals import NotKnown
from refusion.law.engine.tape import running
from refusion.values.said import said


class Dated:
    """One figure of the law through time; ``known_until`` is the last day for which it has been published."""

    def __init__(self, name: str, entry: Mapping[str, object], history: list[Value]) -> None:
        """Take the table entry and the values in order of their days."""
        self.name = name
        self.says = str(entry["says"])
        self.law = str(entry["law"])
        self.unit: Unit = UNITS_BY_NAME[str(entry["unit"])]
        self.values = tuple(history)
        until = entry.get("known_until")
        self.known_until = until if isinstance(until, date) else None
        self._days = [value.since.toordinal() for value in history]
        self._marks = np.array([not value.verified for value in history], dtype=np.bool_)
        self._amounts = np.array([value.amount for value in history], dtype=np.int64)
        # For columns: the place of each day's value, from the first day to the last change; a search would cost ten times that.
        lengths = np.diff([*self._days, self._days[-1] + 1])
        self._place_of_day = np.repeat(np.arange(len(history), dtype=np.int8), lengths)

    def at(self, day: Day) -> Number:
        """Give the value that applies on the day; raises NotKnown for a day before the first one."""
        figure = _TRIED.get().get(self, self)
        tape = running()
        if tape is not None:
            tape.looked_up(figure, day)
        if isinstance(day, np.ndarray):
            return figure._amounts[figure._places(day)]
        return figure._value_on(day).amount

    def ever(self) -> int:
        """Give the only value that the figure has had; raises NotKnown when it has changed."""
        figure = _TRIED.get().get(self, self)
        if len(figure.values) != 1:
            raise NotKnown(said("law.figure_has_changed", figure=self.name))
        tape = running()
        if tape is not None:
            tape.looked_up(figure, figure._days[0])
        return figure.values[0].amount

    def value_on(self, day: int) -> Value:
        """Give the value with its source; raises NotKnown for a day before the first one."""
        return _TRIED.get().get(self, self)._value_on(day)

    def _value_on(self, day: int) -> Value:
        place = bisect_right(self._days, day) - 1
        if place < 0:
            raise self._too_early(day)
        return self.values[place]

    def estimated(self, day: Day) -> Truth:
        """Tell whether the value of the day is not published yet, so that the last one stands for it."""
        until = _TRIED.get().get(self, self).known_until
        if until is None:
            return day != day  # noqa: PLR0124 - False, as a truth or as a column
        return day > until.toordinal()

    def unverified(self, day: Day) -> Truth:
        """Tell whether nobody has verified the value of the day."""
        figure = _TRIED.get().get(self, self)
        if isinstance(day, np.ndarray):
            return figure._marks[figure._places(day)]
        return not figure._value_on(day).verified

    def _places(self, day: Column) -> NDArray[np.int8]:
        since_first = day - self._days[0]
        if day.size and int(since_first.min()) < 0:
            raise self._too_early(int(day.min()))
        return self._place_of_day[np.minimum(since_first, self._place_of_day.size - 1)]

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
_TRIED: ContextVar[Mapping[Dated, Dated]] = ContextVar("figures on trial", default={})  # noqa: B039 - never changed, replaced


def on_trial() -> Mapping[Dated, Dated]:
    """Give what stands in for what now, for whoever keeps what was worked out from figures; empty where nothing is tried."""
    return _TRIED.get()


@contextmanager
def trying(instead: Mapping[Dated, Dated]) -> Iterator[None]:
    """Let other figures stand in for some of the law's: all rules called inside read those, and nothing else does.

    Inside another trial the inner one changes what the outer one put in place.
    """
    outer = {figure: instead.get(stood_in, stood_in) for figure, stood_in in _TRIED.get().items()}
    token = _TRIED.set({**outer, **instead} if outer else instead)
    try:
        yield
    finally:
        _TRIED.reset(token)


def figures(rules_file: str, table: str) -> dict[str, Dated]:
    """Read a table of dated figures that stands beside a rules file.

    Raises ValueError for a figure without values, out of order, or without day, value, source or verified.
    """
    return _table(Path(rules_file).with_name(table))


# Rules files that share a table share its figures: what stands in for one stands in for it everywhere.
@cache
def _table(file: Path) -> dict[str, Dated]:
    entries = tomllib.loads(file.read_text(encoding="utf-8"))
    return {name: Dated(name, entry, _history(name, entry["since"])) for name, entry in entries.items()}


def _history(name: str, rows: list[Mapping[str, object]]) -> list[Value]:
    history = [_value(name, row) for row in rows]
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

"""A proposed change of figures, read from a file in the form of the tables beside the rules, and checked against the law as it stands."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches

from refusion.law.engine.change.value import WrongValue, value_of
from refusion.law.engine.figure import Value
from refusion.law.engine.parameters import Dated
from refusion.values.said import BadInput, Problem, Said, said

KEYS = ("says", "law", "unit", "known_until", "since")


@dataclass(frozen=True, slots=True)
class Proposal:
    """One figure as the law has it and as it would be; ``values`` are those that would be others, by their days."""

    figure: Dated
    instead: Dated
    values: tuple[Value, ...]

    @property
    def first_day(self) -> date:
        """Give the first day that would have another value."""
        return self.values[0].since

    def before(self, value: Value) -> Value:
        """Give what applies now on the first day of a proposed value."""
        return self.figure.value_on(value.since.toordinal())

    def until(self, value: Value) -> date | None:
        """Give the last day of a proposed value, None where no other one follows."""
        later = [other.since for other in self.instead.values if other.since > value.since]
        return later[0] - timedelta(days=1) if later else None


def proposals(raw: bytes, figures: Mapping[str, Dated], file: str) -> tuple[Proposal, ...]:
    """Read a file of proposed values; ``figures`` are the law's by name, ``file`` is named where something is wrong.

    A value takes the place of the law's of the same day, or stands from its day to the law's next one.
    Raises BadInput naming all that is wrong: no TOML, an unknown figure, a value without its day, source or verified,
    days twice or out of order, a day before the law's first one, a value that cannot be, a change of nothing.
    """
    tables = _tables(raw, file)
    wrong = [found for name, entry in tables.items() for found in _wrong(name, entry, figures)]
    if wrong:
        raise BadInput(*(Problem(what, remedy, file=file) for what, remedy in wrong))
    return tuple(_proposal(figures[name], entry) for name, entry in tables.items() if isinstance(entry, dict))


def instead(changes: Sequence[Proposal]) -> Mapping[Dated, Dated]:
    """Give what stands in for what, for a trial (``parameters.trying``)."""
    return {change.figure: change.instead for change in changes}


def _tables(raw: bytes, file: str) -> Mapping[str, object]:
    try:
        tables = tomllib.loads(raw.decode("utf-8-sig"))
    except ValueError as error:
        what, remedy = said("preview.not_toml", reason=str(error)), said("preview.not_toml_remedy")
        raise BadInput(Problem(what, remedy, file=file)) from None
    if not tables:
        raise BadInput(Problem(said("preview.empty"), said("preview.not_toml_remedy"), file=file))
    return tables


Wrong = tuple[Said, Said]


def _wrong(name: str, entry: object, figures: Mapping[str, Dated]) -> Iterator[Wrong]:
    """Go through what is wrong with one table, each with its remedy; what rests on something wrong is not looked at."""
    figure = figures.get(name)
    if figure is None:
        near = ", ".join(get_close_matches(name, figures))
        remedy = said("preview.unknown_figure_near_remedy", names=near) if near else said("preview.unknown_figure_remedy")
        yield said("preview.unknown_figure", figure=name), remedy
        return
    if not isinstance(entry, dict) or not isinstance(entry.get("since"), list) or not entry["since"]:
        yield said("preview.no_values", figure=name), said("preview.no_values_remedy")
        return
    found = [*_wrong_of_table(figure, entry), *_wrong_values(figure, entry["since"])]
    yield from found or _wrong_together(figure, entry)


def _wrong_of_table(figure: Dated, entry: Mapping[str, object]) -> Iterator[Wrong]:
    for key in entry:
        if key not in KEYS:
            yield said("preview.unknown_key", figure=figure.name, word=key), said("preview.unknown_key_remedy", keys=", ".join(KEYS))
    if entry.get("unit", figure.unit.name) != figure.unit.name:
        unit = figure.unit.name
        yield said("preview.other_unit", figure=figure.name, unit=str(entry["unit"])), said("preview.other_unit_remedy", unit=unit)
    if "known_until" in entry and type(entry["known_until"]) is not date:
        yield said("preview.known_until_no_day", figure=figure.name), said("preview.day_remedy")


def _wrong_values(figure: Dated, rows: Sequence[object]) -> Iterator[Wrong]:
    days: list[date] = []
    for place, row in enumerate(rows, 1):
        try:
            value = value_of(figure.unit, row)
        except WrongValue as error:
            yield Said(error.what.key, {**error.what.facts, "figure": figure.name, "place": place}), error.remedy
            continue
        if value.since in days:
            yield said("preview.day_twice", figure=figure.name, day=value.since), said("preview.day_twice_remedy")
        elif days and value.since < days[-1]:
            yield said("preview.out_of_order", figure=figure.name, day=value.since), said("preview.out_of_order_remedy")
        elif value.since < figure.values[0].since:
            remedy = said("preview.before_first_remedy", day=figure.values[0].since)
            yield said("preview.before_first", figure=figure.name, day=value.since), remedy
        days.append(value.since)


def _wrong_together(figure: Dated, entry: Mapping[str, object]) -> Iterator[Wrong]:
    """Look at the values together with those of the law: is the last one known, does anything change."""
    changed = _proposal(figure, entry)
    newest, until = changed.instead.values[-1].since, changed.instead.known_until
    if until is not None and until < newest:
        yield said("preview.known_until_too_early", figure=figure.name, day=newest), said("preview.known_until_remedy", day=newest)
    elif not changed.values:
        yield said("preview.nothing_changes", figure=figure.name), said("preview.nothing_changes_remedy", figure=figure.name)


def _proposal(figure: Dated, entry: Mapping[str, object]) -> Proposal:
    rows = entry["since"]
    proposed = [value_of(figure.unit, row) for row in rows] if isinstance(rows, list) else []
    merged = {value.since: value for value in (*figure.values, *proposed)}
    facts: dict[str, object] = {"says": figure.says, "law": figure.law, "known_until": figure.known_until}
    told = {**facts, **{key: entry[key] for key in facts if key in entry}, "unit": figure.unit.name}
    others = tuple(value for value in proposed if figure.value_on(value.since.toordinal()).amount != value.amount)
    return Proposal(figure, Dated(figure.name, told, [merged[day] for day in sorted(merged)]), others)

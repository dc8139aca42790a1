"""Why a result is what it is: a tree of rules with place in the law, figures, inputs and result; as sentence, tree and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final, NamedTuple, Protocol, TypeAlias

import numpy as np

from refusion.law.engine.citation import Citation
from refusion.law.engine.figure import Figure
from refusion.law.engine.numbers import DAY, HOURS, ORE, WEEKS, YES_OR_NO, Day, Unit, plain
from refusion.law.engine.version import law_version
from refusion.values.money import kroner
from refusion.values.said import Fact, Said

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"
Used: TypeAlias = tuple[Figure, Day]
Input: TypeAlias = tuple[str, Unit | None, object]


class Told(Protocol):
    """A rule as an explanation sees it; ``inputs`` gives each input's unit, None for a fact of the case."""

    name: str
    citation: Citation
    called: str
    gives: Unit | None
    inputs: dict[str, Unit | None]


# As a running tape writes them: a figure with its day, the choice of a policy, or a call with all that it used, in their order.
Call: TypeAlias = "tuple[Told, tuple[object, ...], list[Written], object]"
Written: TypeAlias = "Used | tuple[None, str, str] | Call"
A_FIGURE: Final = 2
A_CHOICE: Final = 3
A_CALL: Final = 4


class Explanation(NamedTuple):
    """One call of a rule, and in ``used`` the figures, choices and calls it made, in their order."""

    told: Told
    given: tuple[object, ...]
    used: list[Written]
    result: object

    @property
    def figures(self) -> tuple[Used, ...]:
        """Give the dated figures that were read, with the days they were asked for."""
        return tuple(part for part in self.used if len(part) == A_FIGURE)

    @property
    def policies(self) -> tuple[tuple[str, str], ...]:
        """Give the choices that were followed."""
        return tuple({part[1]: part[2] for part in self.used if len(part) == A_CHOICE}.items())

    @property
    def steps(self) -> tuple[Explanation, ...]:
        """Give the calls that were made."""
        return tuple(Explanation(*part) for part in self.used if len(part) == A_CALL)

    @property
    def rule(self) -> str:
        """Give the name of the rule."""
        return self.told.name

    @property
    def citation(self) -> str:
        """Give the rule's place in the law as its country writes it."""
        return str(self.told.citation)

    @property
    def called(self) -> str:
        """Give the native term."""
        return self.told.called

    @property
    def unit(self) -> Unit | None:
        """Give the unit of the result, None for a fact of the case."""
        return self.told.gives

    @property
    def inputs(self) -> Iterator[Input]:
        """Go through the inputs: name, unit, value."""
        for (name, unit), value in zip(self.told.inputs.items(), self.given, strict=True):
            yield name, unit, value

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Explanation]]:
        """Go through the tree from the result down to what it rests on, each with its depth."""
        yield depth, self
        for step in self.steps:
            yield from step.walk(depth + 1)

    def row(self, index: int) -> Explanation:
        """Take one row out of the explanation of a batch."""
        given = tuple(_row(value, index) for value in self.given)
        return Explanation(self.told, given, [_row_of(part, index) for part in self.used], _row(self.result, index))

    @property
    def estimated(self) -> bool:
        """Tell whether a figure was used that is not published yet."""
        return any(_marks(figure, _one(day))[0] for _, step in self.walk() for figure, day in step.figures)

    @property
    def unverified(self) -> bool:
        """Tell whether a figure was used that nobody has verified."""
        return any(_marks(figure, _one(day))[1] for _, step in self.walk() for figure, day in step.figures)

    def as_json(self) -> dict[str, Json]:
        """Write the whole tree as plain dicts, lists, texts and ints: what is kept with a filed claim."""
        used: list[Used] = []
        node = _node(self, used)
        marks = [_marks(figure, _one(day)) for figure, day in used]
        return {
            "law_version": law_version(),
            "estimated": any(estimated for estimated, _ in marks),
            "unverified": any(unverified for _, unverified in marks),
            **node,
        }

    def as_tree(self) -> str:
        """Write the tree as indented lines: rule = result (citation, native term), figures and inputs under it."""
        lines: list[str] = []
        _write(self, "", lines)
        return "\n".join(lines)

    def as_said(self) -> Said:
        """Say the result as a sentence, ``law.<rule>``, with the inputs, figures and result as its facts.

        A truth that does not hold is said as ``law.<rule>_not``.
        """
        facts: dict[str, Fact] = {"citation": self.citation, "called": self.called}
        for name, unit, value in self.inputs:
            facts.update(_fact(name, unit, value))
        for figure, day in self.figures:
            facts.update(_fact(figure.name, figure.unit, figure.value_on(_one(day)).amount))
        facts.update(_fact("result", self.unit, self.result))
        denied = "_not" if self.unit is YES_OR_NO and not self.result else ""
        return Said(f"law.{self.rule}{denied}", facts)


def _node(step: Call, read: list[Used]) -> dict[str, Json]:
    told, given, used, result = step
    figures = [part for part in used if len(part) == A_FIGURE]
    read += figures
    place = told.citation
    return {
        "rule": told.name,
        "citation": str(place),
        **({"citation_unverified": place.unverified} if place.unverified else {}),
        "called": told.called,
        "unit": told.gives.name if told.gives else None,
        "inputs": {name: shown(told.inputs[name], value) for name, value in zip(told.inputs, given, strict=True)},
        "figures": [dict(_figure(figure, _one(day))) for figure, day in figures],
        "policies": {part[1]: part[2] for part in used if len(part) == A_CHOICE},
        "steps": [_node(part, read) for part in used if len(part) == A_CALL],
        "result": shown(told.gives, result),
    }


@lru_cache(maxsize=1 << 12)
def _marks(figure: Figure, day: int) -> tuple[bool, bool]:
    return bool(figure.estimated(day)), not figure.value_on(day).verified


@lru_cache(maxsize=1 << 12)
def _figure(figure: Figure, day: int) -> dict[str, Json]:
    value = figure.value_on(day)
    return {
        "name": figure.name,
        "value": shown(figure.unit, value.amount),
        "unit": figure.unit.name,
        "since": value.since.isoformat(),
        "law": figure.law,
        "source": value.source,
        "verified": value.verified,
        "estimated": bool(figure.estimated(day)),
    }


_WHOLE = (int, np.integer, np.bool_)


def shown(unit: Unit | None, value: object) -> Json:
    """Write an input or a result as JSON holds it."""
    if type(value) is int and unit is not DAY and unit is not YES_OR_NO:
        return value
    if unit is not None and isinstance(value, _WHOLE):
        return plain(unit, int(value))
    if value is None or isinstance(value, (str, int)):
        return value
    return _composed(value)


def _composed(value: object) -> Json:
    kind: Any = type(value)
    parts = _parts(kind)
    if parts:
        return {name: shown(None, getattr(value, name)) for name in parts}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, Mapping):
        return {str(shown(None, key)): shown(None, part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [shown(None, part) for part in value]
    raise TypeError(f"{type(value).__name__} has no place in an explanation; take one row of a batch")


@lru_cache(maxsize=1 << 10)
def _parts(kind: type) -> tuple[str, ...]:
    return tuple(part.name for part in fields(kind)) if is_dataclass(kind) else ()


def _write(step: Call, margin: str, lines: list[str]) -> None:
    told, given, used, result = step
    place = told.citation
    lines.append(f"{margin}{told.name} = {written_value(told.gives, result)}  ({place}: {told.called})")
    inner = f"{margin}  "
    if place.unverified:
        lines.append(f"{inner}§ unverified place: {place.unverified}")
    for name, value in zip(told.inputs, given, strict=True):
        lines.append(f"{inner}. {name} = {written_value(told.inputs[name], value)}")
    if used:
        _write_used(used, inner, lines)


def _write_used(used: list[Written], margin: str, lines: list[str]) -> None:
    lines += [f"{margin}# {_figure_text(part[0], _one(part[1]))}" for part in used if len(part) == A_FIGURE]
    choices = {part[1]: part[2] for part in used if len(part) == A_CHOICE}
    for policy, choice in choices.items():
        lines.append(f"{margin}? {policy} = {choice}")
    for part in used:
        if len(part) == A_CALL:
            _write(part, margin, lines)


@lru_cache(maxsize=1 << 12)
def _figure_text(figure: Figure, day: int) -> str:
    value = figure.value_on(day)
    marks = ("" if value.verified else ", unverified") + (", estimated" if figure.estimated(day) else "")
    return f"{figure.name} = {written_value(figure.unit, value.amount)} since {value.since} [{value.source}]{marks}"


def written_value(unit: Unit | None, value: object) -> str:
    """Write an input, figure or result for a person: money and hours with two decimals, days as ISO text."""
    if type(value) is int and (unit is ORE or unit is HOURS):
        return kroner(value)
    if isinstance(value, int | np.integer) and unit in (ORE, HOURS, WEEKS):
        return kroner(int(value))
    return str(shown(unit, value))


def _fact(name: str, unit: Unit | None, value: object) -> dict[str, Fact]:
    if not isinstance(value, int | np.integer | np.bool_) or unit is None:
        return {name: value if isinstance(value, date) else str(shown(unit, value))}
    number = int(value)
    if unit is ORE:
        return {f"{name.removesuffix('_ore')}_ore": number}
    if unit is DAY:
        return {name: date.fromordinal(number)}
    if unit is YES_OR_NO:
        return {name: "yes" if number else "no"}
    return {name: kroner(number).removesuffix(".00") if unit in (HOURS, WEEKS) else number}


def _row_of(part: Written, index: int) -> Written:
    if len(part) == A_FIGURE:
        return part[0], _row_day(part[1], index)
    return part if len(part) == A_CHOICE else Explanation(*part).row(index)


def _row(value: object, index: int) -> object:
    return value[index].item() if isinstance(value, np.ndarray) else value


def _row_day(day: Day, index: int) -> Day:
    return int(day[index]) if isinstance(day, np.ndarray) else day


def _one(day: Day) -> int:
    if isinstance(day, np.ndarray):
        raise TypeError("take one row of a batch before explaining it")
    return day

"""How a room answers worked cases: for each rule name its inputs with their readers and defaults, and its answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from refusion.law.engine.numbers import BASIS_POINTS, COUNT, DAY, DAYS, HOURS, MONTHS, ORE, WEEKS, YES_OR_NO, Unit
from refusion.law.engine.refusals import MissingFact
from refusion.law.engine.rule import Rule
from refusion.values.money import kroner, ore
from refusion.values.period import Period

T = TypeVar("T")
PERIOD_ENDS = 2
# The name of an answer that is compared with the whole of what a case expects: a list, null, or names of the case's own.
WHOLE = "*"


class Unreadable(ValueError):
    """A value in a case file that is not what its name asks for."""


class _Required:
    """The default of an input that a case must give."""


REQUIRED: Final = _Required()


@dataclass(frozen=True, slots=True)
class Input:
    """One input: how it is read, and what it is when a case leaves it out."""

    read: Callable[[object], object]
    default: object = REQUIRED


class Given:
    """The inputs of one case, read; each is asked for by its name and kind."""

    def __init__(self, facts: Mapping[str, object]) -> None:
        """Take inputs that were read."""
        self._facts = facts

    def of(self, kind: type[T], name: str) -> T:
        """Give an input; raises MissingFact when the case does not give it."""
        value = self._facts[name]
        if not isinstance(value, kind):
            raise MissingFact(name)
        return value

    def maybe(self, kind: type[T], name: str) -> T | None:
        """Give an input, or None when the case does not give it."""
        value = self._facts[name]
        return value if isinstance(value, kind) else None


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: how the expected value is read, and how the product gives its own."""

    read: Callable[[object], object]
    give: Callable[[Given], object]


@dataclass(frozen=True, slots=True)
class Worked:
    """One rule name of the case files."""

    inputs: Mapping[str, Input]
    answers: Mapping[str, Answer]

    def read(self, inputs: Mapping[str, object]) -> Given:
        """Read the inputs of a case.

        Raises Unreadable for an input that no rule knows or that is not of its kind, MissingFact for all that lack.
        """
        unknown = [name for name in inputs if name not in self.inputs]
        if unknown:
            raise Unreadable(f"unknown input: {', '.join(unknown)}")
        missing = [name for name, kind in self.inputs.items() if kind.default is REQUIRED and name not in inputs]
        if missing:
            raise MissingFact(*missing)
        return Given({name: _read(name, kind, inputs) for name, kind in self.inputs.items()})


def _read(name: str, kind: Input, inputs: Mapping[str, object]) -> object:
    if inputs.get(name) is None:
        return None if kind.default is REQUIRED else kind.default
    try:
        return kind.read(inputs[name])
    except ValueError as error:
        raise Unreadable(f"{name}: {error}") from None


def day(value: object) -> date:
    """Read an ISO day."""
    return date.fromisoformat(str(value))


def day_or_null(value: object) -> date | None:
    """Read an ISO day or null."""
    return None if value is None else day(value)


def period(value: object) -> Period:
    """Read ``[first, last]``."""
    if not isinstance(value, list) or len(value) != PERIOD_ENDS:
        raise Unreadable(f"not a period [first, last]: {value!r}")
    return Period(day(value[0]), day(value[1]))


def period_or_null(value: object) -> Period | None:
    """Read ``[first, last]`` or null."""
    return None if value is None else period(value)


def truth(value: object) -> bool:
    """Read true or false."""
    if not isinstance(value, bool):
        raise Unreadable(f"not true or false: {value!r}")
    return value


def hundredths(value: object) -> int:
    """Read kroner, hours or weeks with at most two decimals as hundredths."""
    if isinstance(value, bool):
        raise Unreadable(f"not a number: {value!r}")
    return ore(str(value))


def not_negative(value: object) -> int:
    """Read hundredths of something that cannot be below zero."""
    amount = hundredths(value)
    if amount < 0:
        raise Unreadable(f"below zero: {value!r}")
    return amount


def whole(value: object) -> int:
    """Read a whole number that is not below zero: days, years, hours of a calendar, a pay grade."""
    amount = not_negative(value)
    if amount % 100:
        raise Unreadable(f"not a whole number: {value!r}")
    return amount // 100


def several(read: Callable[[object], T]) -> Callable[[object], tuple[T, ...]]:
    """Read a list of one kind."""

    def listed(value: object) -> tuple[T, ...]:
        if not isinstance(value, list):
            raise Unreadable(f"not a list: {value!r}")
        return tuple(read(part) for part in value)

    return listed


def one_of(*words: str) -> Callable[[object], str]:
    """Read one of a few words."""

    def chosen(value: object) -> str:
        if value not in words:
            raise Unreadable(f"not one of {', '.join(words)}: {value!r}")
        return str(value)

    return chosen


def text(value: object) -> str:
    """Read a word as it stands."""
    return str(value)


READERS: Final[Mapping[Unit, Callable[[object], object]]] = {
    DAY: day,
    **dict.fromkeys((DAYS, MONTHS, COUNT), whole),
    **dict.fromkeys((ORE, HOURS, WEEKS, BASIS_POINTS), not_negative),
    YES_OR_NO: truth,
}


def asked(rule: Rule) -> Worked:
    """Let a case ask a rule itself: its own inputs, and its ``result``; shares are written in per cent."""
    return Worked(
        {name: Input(READERS[unit]) for name, unit in rule.inputs.items() if unit},
        {"result": Answer(READERS[rule.gives] if rule.gives else text, lambda given: _result(rule, given))},
    )


def _result(rule: Rule, given: Given) -> object:
    numbers = (given.of(date, name).toordinal() if unit is DAY else given.of(int, name) for name, unit in rule.inputs.items())
    result = int(rule(*numbers))
    if rule.gives is DAY:
        return date.fromordinal(result)
    return bool(result) if rule.gives is YES_OR_NO else result


def written(answer: Answer, value: object) -> str:
    """Write an answer for a person who compares it with the case file."""
    if isinstance(value, Period):
        return f"[{value.first}, {value.last}]"
    if answer.read is hundredths and isinstance(value, int):
        return kroner(value)
    if value is None or isinstance(value, bool):
        return str(json.dumps(value))
    return str(value)

"""What makes a function a rule of law: its place in the law, its native term, its unit, and that it can be recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import update_wrapper
from typing import ParamSpec, TypeVar, overload

from refusion.law.engine.citation import Citation
from refusion.law.engine.explanation import Written
from refusion.law.engine.numbers import DAY, UNITS, Number, Truth, Unit
from refusion.law.engine.parameters import TRIED
from refusion.law.engine.policies import CHOSEN
from refusion.law.engine.refusals import MissingFact
from refusion.law.engine.tape import RUNNING, Tape

Given = Number | Truth
P = ParamSpec("P")
R = TypeVar("R")
# How many days a rule of days alone keeps what it gave for; then it begins anew.
MOST_KEPT = 4_096
DAYS_OF_A_PERIOD = 2


class Rule:
    """One paragraph of law as a function of ints, or of columns of int64, that are counted in stated units.

    Called with an input that is None it raises MissingFact naming all such inputs.
    """

    def __init__(self, body: Callable[..., Given], citation: Citation, called: str, gives: Unit) -> None:
        """Take the body; every input must be annotated with a unit."""
        update_wrapper(self, body)
        self.body = body
        self.name = body.__name__
        self.citation = citation
        self.called = called
        self.gives: Unit | None = gives
        self.inputs: dict[str, Unit | None] = {name: UNITS[unit] for name, unit in _annotations(body).items()}
        self.says = (body.__doc__ or "").strip().splitlines()[0]
        self._names = tuple(self.inputs)
        # What a rule of days alone gave under a tape, by its days: the law of a day is the same for every case.
        self._is_of_days = set(self.inputs.values()) == {DAY} and len(self.inputs) <= DAYS_OF_A_PERIOD
        self._kept: dict[tuple[Given, ...], tuple[Given, Written]] = {}

    @overload
    def __call__(self, *given: int, **named: int) -> int: ...
    @overload
    def __call__(self, *given: Given, **named: Given) -> Number: ...
    def __call__(self, *given: Given, **named: Given) -> Given:
        """Apply the rule, and leave its explanation on a running tape."""
        if named:
            given += tuple(named[name] for name in self._names[len(given) :])
        tape = RUNNING.get()
        if tape is None:
            self._refuse_missing(given)
            return self.body(*given)
        return self._of_days(tape, given) if self._is_of_days else self._recorded(tape, given)

    def _refuse_missing(self, given: tuple[Given, ...]) -> None:
        for value in given:
            if value is None:
                raise MissingFact(*(name for name, fact in zip(self._names, given, strict=False) if _is_missing(fact)))

    def _of_days(self, tape: Tape, given: tuple[Given, ...]) -> Given:
        if CHOSEN.get() or TRIED.get() or type(given[-1]) is not int or type(given[0]) is not int:
            return self._recorded(tape, given)
        known = self._kept.get(given)
        if known is not None:
            tape.page.append(known[1])
            return known[0]
        result = self._recorded(tape, given)
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        self._kept[given] = result, tape.page[-1]
        return result

    def _recorded(self, tape: Tape, given: tuple[Given, ...]) -> Given:
        self._refuse_missing(given)
        page = tape.page
        used: list[Written] = []
        tape.page = used
        try:
            result = self.body(*given)
        finally:
            tape.page = page
        page.append((self, given, used, result))
        return result


class Account:
    """What an explanation says of a function that puts several rules together for one case."""

    def __init__(self, body: Callable[..., object], citation: Citation, called: str) -> None:
        """Take the function; its inputs are facts of the case and have no unit."""
        self.name = body.__name__
        self.citation = citation
        self.called = called
        self.gives: Unit | None = None
        code, defaults = body.__code__, body.__defaults__ or ()
        names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
        self.inputs: dict[str, Unit | None] = dict.fromkeys(names)
        with_default = names[code.co_argcount - len(defaults) : code.co_argcount]
        self._defaults = {**dict.fromkeys(names), **dict(zip(with_default, defaults, strict=True)), **(body.__kwdefaults__ or {})}

    def in_order(self, given: tuple[object, ...], named: Mapping[str, object]) -> tuple[object, ...]:
        """Give the facts in the order of the signature."""
        if len(given) == len(self.inputs):
            return given
        facts = {**self._defaults, **dict(zip(self.inputs, given, strict=False)), **named}
        return tuple(facts.values())


def rule(citation: Citation, *, called: str, gives: Unit) -> Callable[[Callable[..., Given]], Rule]:
    """Mark a function as a rule: where it stands in the law, its native term, the unit of what it gives."""
    return lambda body: Rule(body, citation, called, gives)


def account(citation: Citation, *, called: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark a function of one case that calls several rules, so that they stand under one heading on the tape.

    Its inputs and its result are facts of the case (days, periods, records), not columns.
    """

    def mark(body: Callable[P, R]) -> Callable[P, R]:
        told = Account(body, citation, called)

        def recorded(*given: P.args, **named: P.kwargs) -> R:
            tape = RUNNING.get()
            if tape is None:
                return body(*given, **named)
            page = tape.page
            used: list[Written] = []
            tape.page = used
            try:
                result = body(*given, **named)
            finally:
                tape.page = page
            page.append((told, told.in_order(given, named), used, result))
            return result

        return update_wrapper(recorded, body)

    return mark


def _is_missing(value: object) -> bool:
    return value is None


def _annotations(body: Callable[..., Given]) -> dict[str, str]:
    units = {name: str(note) for name, note in body.__annotations__.items() if name != "return"}
    code = body.__code__
    unknown = [name for name in code.co_varnames[: code.co_argcount] if units.get(name) not in UNITS]
    if unknown:
        raise TypeError(f"{body.__name__} lacks the unit of {', '.join(unknown)}")
    return units

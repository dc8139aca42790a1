"""What makes a function a rule of law: its place in the law, its native term, its unit, and that it can be recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import update_wrapper
from typing import ParamSpec, TypeVar, overload

from refusion.law.engine.citation import Citation
from refusion.law.engine.numbers import UNITS, Number, Truth, Unit
from refusion.law.engine.refusals import MissingFact
from refusion.law.engine.tape import Tape, running

Given = Number | Truth
P = ParamSpec("P")
R = TypeVar("R")


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

    @overload
    def __call__(self, *given: int, **named: int) -> int: ...
    @overload
    def __call__(self, *given: Given, **named: Given) -> Number: ...
    def __call__(self, *given: Given, **named: Given) -> Given:
        """Apply the rule, and leave its explanation on a running tape."""
        if named:
            given += tuple(named[name] for name in self._names[len(given) :])
        for value in given:
            if value is None:
                raise MissingFact(*(name for name, fact in zip(self._names, given, strict=False) if _is_missing(fact)))
        tape = running()
        return self.body(*given) if tape is None else self._recorded(tape, given)

    def _recorded(self, tape: Tape, given: tuple[Given, ...]) -> Given:
        tape.begin()
        try:
            result = self.body(*given)
        except BaseException:
            tape.give_up()
            raise
        tape.end(self, given, result)
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
            tape = running()
            if tape is None:
                return body(*given, **named)
            tape.begin()
            try:
                result = body(*given, **named)
            except BaseException:
                tape.give_up()
                raise
            tape.end(told, told.in_order(given, named), result)
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

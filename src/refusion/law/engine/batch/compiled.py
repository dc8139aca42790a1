"""The same rules compiled: what house words, rules, figures and choices are to numba, so that it can read the bodies of rules."""

# ruff: noqa: ARG001, ARG005 (numba finds what stands for a function by the names and the number of its arguments)

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numba
from numba import types
from numba.core.imputils import lower_constant
from numba.extending import models, overload, overload_method, register_jitable, register_model, typeof_impl

from refusion.law.engine import words
from refusion.law.engine.batch.plan import Made, Plan
from refusion.law.engine.batch.whole_numbers import IN_WHOLE_NUMBERS, READ_BY_THE_WORDS
from refusion.law.engine.catalogue import functions_behind
from refusion.law.engine.day_table import DayTable
from refusion.law.engine.numbers import Column, Day
from refusion.law.engine.parameters import Dated
from refusion.law.engine.policies import Policy
from refusion.law.engine.rule import Rule

Meaning = Callable[..., Any]
Kernel = Callable[..., None]

# Whole numbers as NumPy has them: no check for a zero divisor; and no lock on other threads while a kernel runs.
OPTIONS = {"error_model": "numpy", "nogil": True, "forceinline": True}
OUTSIDE = "a day outside the figures or the calendar"
GIVEN_A_MEANING = {*IN_WHOLE_NUMBERS, words.both, words.either, words.only_where}


def filled(plan: Plan, columns: tuple[Column, ...], day: Day, made: tuple[Made, ...]) -> bool:
    """Calculate rows into the columns ``made``; False when a day lies outside the law's figures or calendar.

    ``day`` is the one that figures are looked up by, or a column of them.
    """
    try:
        _kernel(plan, isinstance(day, int))(*columns, day, *made)
    except IndexError:
        return False
    return True


def is_ready(plan: Plan, day: Day) -> bool:
    """Tell whether the plan is compiled for blocks of one day, or of many."""
    kernel: Any = _kernel(plan, isinstance(day, int))
    return bool(kernel.overloads)


def readable(body: Meaning) -> Meaning:
    """Compile a function of the law, with all that it rests on."""
    for inner in functions_behind(body):
        _make_readable(inner)
    compiled: Meaning = numba.njit(**OPTIONS)(body)
    return compiled


@cache
def _make_readable(function: Meaning) -> None:
    if function not in GIVEN_A_MEANING:
        register_jitable(function)


@cache
def _kernel(plan: Plan, of_one_day: bool) -> Kernel:
    named: dict[str, Any] = {"body": readable(plan.body), "facts": plan.one_row}
    exec(_loop(plan, "day" if of_one_day else "day[row]"), named)  # noqa: S102 - a tuple of columns would be counted anew for each row
    compiled: Kernel = numba.njit(**OPTIONS)(named["kernel"])
    return compiled


def _loop(plan: Plan, day: str) -> str:
    made = [f"made_{place}" for place in range(len(plan.gives))]
    facts, gives = (", ".join(f"{name}[row]" for name in names) for names in (plan.names, made))
    return f"""
def kernel({", ".join((*plan.names, "day", *made))}):
    for row in range({plan.dated_by}.size):
        {gives} = body(facts({facts}), {day})
"""


def _both_compiled(*truths: Any) -> Meaning:
    if len(truths) == 1:
        return lambda *truths: truths[0]
    return lambda *truths: truths[0] & words.both(*truths[1:])


def _either_compiled(*truths: Any) -> Meaning:
    if len(truths) == 1:
        return lambda *truths: truths[0]
    return lambda *truths: truths[0] | words.either(*truths[1:])


def _only_where_compiled(truth: Any, ask: Any, otherwise: Any, *given: Any) -> Meaning:
    return lambda truth, ask, otherwise, *given: ask(*given) if truth else otherwise


MEANINGS_BY_NUMBER: tuple[tuple[Meaning, Meaning], ...] = (
    (words.both, _both_compiled),
    (words.either, _either_compiled),
    (words.only_where, _only_where_compiled),
)


class _Known(types.Opaque):  # type: ignore[misc] # numba carries no types
    """A figure or a choice in a rule's body: known when it is compiled, so that nothing of it is left but its values."""

    def __init__(self, thing: Dated | Policy) -> None:
        self.thing = thing
        super().__init__(name=f"{type(thing).__name__}({id(thing)})")


class _KnownFigure(_Known):
    """A dated figure."""


class _KnownChoice(_Known):
    """A choice, at its default."""


def _at(figure: Any, day: Any) -> Meaning:
    first, amounts = figure.thing.values[0].since.toordinal(), figure.thing.amount_of_day
    only, last = int(amounts[0]), amounts.size - 1

    def of_one_value(figure: Any, day: Any) -> Any:
        if day < first:
            raise IndexError(OUTSIDE)
        return only

    def of_day(figure: Any, day: Any) -> Any:
        if day < first:
            raise IndexError(OUTSIDE)
        return amounts[min(day - first, last)]

    return of_day if last else of_one_value


def _ever(figure: Any) -> Meaning:
    only = figure.thing.ever()
    return lambda figure: only


def _estimated(figure: Any, day: Any) -> Meaning:
    until = figure.thing.known_until
    if until is None:
        return lambda figure, day: False
    last = until.toordinal()
    return lambda figure, day: day > last


def _unverified(figure: Any, day: Any) -> Meaning:
    first, marks = figure.thing.values[0].since.toordinal(), figure.thing.mark_of_day
    last = marks.size - 1

    def of_day(figure: Any, day: Any) -> Any:
        if day < first:
            raise IndexError(OUTSIDE)
        return marks[min(day - first, last)]

    return of_day


def _follows(policy: Any, option: Any) -> Meaning:
    is_default = option.literal_value == policy.thing.default
    return lambda policy, option: is_default


def _table(table: DayTable) -> Meaning:
    first, numbers = table.first_day, table.numbers

    def look_up(day: int) -> int:
        if day < first or day - first >= numbers.size:
            raise IndexError(OUTSIDE)
        return int(numbers[day - first])

    compiled: Meaning = numba.njit(**OPTIONS)(look_up)
    return compiled


def _tell_numba() -> None:
    """Say what each thing that a rule's body names is."""
    for function in READ_BY_THE_WORDS:
        register_jitable(function)
    for word, in_whole_numbers in IN_WHOLE_NUMBERS.items():
        _means(word, in_whole_numbers)
    for word, chosen in MEANINGS_BY_NUMBER:
        overload(word, strict=False)(chosen)
    _known(Dated, _KnownFigure)
    _known(Policy, _KnownChoice)
    _called(Rule, lambda rule: readable(rule.body))
    _called(DayTable, _table)
    for name, of_figure in (("at", _at), ("ever", _ever), ("estimated", _estimated), ("unverified", _unverified)):
        overload_method(_KnownFigure, name, strict=False)(of_figure)
    overload_method(_KnownChoice, "follows", strict=False, prefer_literal=True)(_follows)


def _means(function: Meaning, compiled: Meaning) -> None:
    overload(function, strict=False)(lambda *given: compiled)


def _known(kind: type, known: type[_Known]) -> None:
    typeof_impl.register(kind)(lambda thing, _: known(thing))
    register_model(known)(models.OpaqueModel)
    lower_constant(known)(lambda context, *_: context.get_dummy_value())


def _called(kind: type, compile_it: Meaning) -> None:
    compiled = cache(compile_it)
    typeof_impl.register(kind)(lambda thing, _: types.Dispatcher(compiled(thing)))


_tell_numba()

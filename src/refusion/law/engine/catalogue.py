"""What rules and figures a country has, what each rule rests on, and which figures change between two days."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import CodeType, FunctionType, ModuleType

from refusion.law.engine.figure import Value
from refusion.law.engine.parameters import Dated
from refusion.law.engine.policies import Policy
from refusion.law.engine.refusals import NotKnown
from refusion.law.engine.rule import Rule


@dataclass(frozen=True, slots=True)
class Foundation:
    """What a rule's text names: dated figures, choices, and other rules."""

    figures: tuple[Dated, ...]
    policies: tuple[Policy, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that is another on a later day; None where it was not known yet."""

    figure: Dated
    before: Value | None
    after: Value | None
    estimated: bool


def rules_of(modules: Iterable[ModuleType]) -> dict[str, Rule]:
    """List the rules that the modules hold by ``module.rule``, in the order of their text."""
    return {
        f"{module.__name__.removeprefix('refusion.law.')}.{name}": thing
        for module in modules
        for name, thing in vars(module).items()
        if isinstance(thing, Rule) and thing.__module__ == module.__name__
    }


def figures_of(modules: Iterable[ModuleType]) -> dict[str, Dated]:
    """List the figures that stand beside the modules by name."""
    tables: Iterator[Mapping[str, Dated]] = (vars(module).get("FIGURES", {}) for module in modules)
    return {name: figure for table in tables for name, figure in table.items()}


def rests_on(rule: Rule) -> Foundation:
    """Find the figures, policies and rules that the rule's text names."""
    return _sorted(_named(rule.body))


def all_behind(body: Callable[..., object]) -> Foundation:
    """Find the figures, policies and rules that a function of the law's rests on, through all that it names."""
    return _sorted(_behind(body))


def functions_behind(body: Callable[..., object]) -> list[FunctionType]:
    """List the functions of the law room that are no rules and that a function rests on, through all that it names."""
    return [thing for thing in _behind(body) if isinstance(thing, FunctionType) and thing.__module__.startswith("refusion.law.")]


def _behind(body: Callable[..., object]) -> list[object]:
    found: dict[object, None] = {}
    to_read = [body]
    while to_read:
        for thing in _named(to_read.pop()):
            if thing in found:
                continue
            found[thing] = None
            inner = thing.body if isinstance(thing, Rule) else thing
            if isinstance(inner, FunctionType):
                to_read.append(inner)
    return list(found)


def _named(body: Callable[..., object]) -> list[object]:
    held, code = getattr(body, "__globals__", {}), getattr(body, "__code__", None)
    things = [held.get(name) for name in dict.fromkeys(code.co_names)] if isinstance(code, CodeType) else []
    return [thing for thing in things if isinstance(thing, Dated | Policy | Rule | FunctionType)]


def _sorted(named: Iterable[object]) -> Foundation:
    things = tuple(named)
    return Foundation(
        tuple(thing for thing in things if isinstance(thing, Dated)),
        tuple(thing for thing in things if isinstance(thing, Policy)),
        tuple(thing for thing in things if isinstance(thing, Rule)),
    )


def changes(figures: Iterable[Dated], first: date, second: date) -> Iterator[Change]:
    """Give the figures whose value is another on the second day than on the first."""
    for figure in figures:
        before, after = _on(figure, first), _on(figure, second)
        if before != after:
            yield Change(figure, before, after, bool(figure.estimated(second.toordinal())))


def _on(figure: Dated, day: date) -> Value | None:
    try:
        return figure.value_on(day.toordinal())
    except NotKnown:
        return None

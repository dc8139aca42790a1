"""Turns a stored explanation into steps a person can read: sentence, paragraph, values used, since when, from where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from refusion.doors.web import words
from refusion.law.engine.numbers import DAY, HOURS, ORE, WEEKS, YES_OR_NO
from refusion.store.reads.explanation import ClaimExplanation
from refusion.values.said import Fact, Said, said
from refusion.wiring.rulebook import rules

Node = Mapping[str, Any]
# The language of a country's statutes, and where its name stands in the name of a module of law.
TONGUES: Mapping[str, str] = MappingProxyType({"denmark": "da", "norway": "nb", "sweden": "sv"})
COUNTRY = 2


@dataclass(frozen=True, slots=True)
class FigureUsed:
    """A figure of law that a step used."""

    name: str
    value: str
    since: date
    law: str
    source: str
    verified: bool
    estimated: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it says, where it stands in the law and in whose tongue, what it used, and the steps it rests on."""

    rule: str
    called: str
    tongue: str
    citation: str
    sentence: str
    figures: tuple[FigureUsed, ...]
    policies: tuple[tuple[str, str], ...]
    steps: tuple[Step, ...]
    place_unverified: bool


def opening(found: ClaimExplanation) -> Said:
    """Say the amount in one sentence that can be read aloud."""
    return said(
        "web.explanation_opening",
        expected_ore=found.expected,
        refund_ore=found.refund,
        supplement_ore=found.supplement,
        first=found.first_day,
        last=found.last_day,
    )


def step_of(node: Node) -> Step:
    """Make the step of a node and all below it."""
    return Step(
        rule=str(node["rule"]),
        called=str(node["called"]),
        tongue=_tongue(str(node["citation"])),
        citation=str(node["citation"]),
        sentence=words.sentence(_said(node)),
        figures=tuple(map(_figure, node["figures"])),
        policies=tuple(_choice(name, choice) for name, choice in node["policies"].items()),
        steps=tuple(map(step_of, node["steps"])),
        place_unverified="citation_unverified" in node,
    )


def _said(node: Node) -> Said:
    week = node["inputs"].get("week")
    if isinstance(week, Mapping) and isinstance(node["result"], Mapping) and "refund" in node["result"]:
        return _week(week["days"], node["result"])
    key = f"law.{node['rule']}"
    facts = dict(_facts(node))
    return Said(key, facts) if words.has(key) else said("web.explanation_step", **{**facts, "called": str(node["called"])})


def _week(days: Mapping[str, str], result: Mapping[str, int]) -> Said:
    first, last = (date.fromisoformat(days[end]) for end in ("first", "last"))
    return said(
        "web.explanation_week",
        first=first,
        last=last,
        refund_ore=result["refund"],
        supplement_ore=result.get("supplement", 0),
    )


def _facts(node: Node) -> Iterator[tuple[str, Fact]]:
    yield "citation", str(node["citation"])
    yield "called", str(node["called"])
    units = _units().get(str(node["rule"]), {})
    for name, value in node["inputs"].items():
        yield _fact(name, units.get(name), value)
    for figure in node["figures"]:
        yield _fact(figure["name"], figure["unit"], figure["value"])
    yield _fact("result", node["unit"], node["result"])


def _fact(name: str, unit: str | None, value: Any) -> tuple[str, Fact]:
    """Name and write a fact as the catalogue of law expects it (``law.engine.explanation`` says the same of fresh ones)."""
    if unit == ORE.name and isinstance(value, int):
        return f"{name.removesuffix('_ore')}_ore", value
    if unit == DAY.name and isinstance(value, str):
        return name, date.fromisoformat(value)
    return name, _plain(unit, value)


def _plain(unit: str | None, value: Any) -> Fact:
    if unit == YES_OR_NO.name or isinstance(value, bool):
        return "yes" if value else "no"
    if unit in (HOURS.name, WEEKS.name) and isinstance(value, int):
        return words.hours(value)
    return value if isinstance(value, int) else str(value)


def _figure(figure: Node) -> FigureUsed:
    return FigureUsed(
        name=_named(figure["name"], figure["name"]),
        value=_written(str(figure["unit"]), figure["value"]),
        since=date.fromisoformat(figure["since"]),
        law=str(figure["law"]),
        source=str(figure["source"]),
        verified=bool(figure["verified"]),
        estimated=bool(figure["estimated"]),
    )


def _written(unit: str, value: Any) -> str:
    key = f"web.unit_{unit}"
    name, fact = _fact("value", unit, value)
    return words.sentence(Said(key, {name: fact})) if words.has(key) else str(fact)


def _choice(policy: str, choice: str) -> tuple[str, str]:
    return _named(f"policy_{policy}", policy), _named(f"choice_{policy}_{choice}", choice)


def _named(name: str, otherwise: str) -> str:
    """Give the name of a figure or choice; one that the catalogue lacks, from an old law, as the law's own file writes it."""
    key = f"figures.{name}"
    return words.word(key) if words.has(key) else otherwise


def _tongue(citation: str) -> str:
    """Tell in which language a place in the law is written, for those to whom a page is read aloud."""
    return next((tongue for statute, tongue in _tongues() if citation.startswith(statute)), "")


@lru_cache(maxsize=1)
def _tongues() -> tuple[tuple[str, str], ...]:
    written = {rule.citation.statute.short: TONGUES.get(rule.__module__.split(".")[COUNTRY], "") for rule in rules().values()}
    return tuple(sorted(written.items(), reverse=True))


@lru_cache(maxsize=1)
def _units() -> Mapping[str, Mapping[str, str]]:
    known = {rule.name: {name: unit.name for name, unit in rule.inputs.items() if unit} for rule in rules().values()}
    return MappingProxyType(known)

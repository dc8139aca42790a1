"""Anyone's worked cases, evaluated through the product's own functions: which pass, which fail and why, which cannot be read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from refusion.law.engine.explanation import Explanation
from refusion.law.engine.refusals import MissingFact
from refusion.law.engine.tape import explaining
from refusion.law.engine.worked import WHOLE, Answer, Given, Unreadable, Worked, written
from refusion.values.said import Refused, Said, said

FIELDS = ("id", "rule", "inputs", "expected", "source")
Rulebook = Mapping[str, Worked]


@dataclass(frozen=True, slots=True)
class Passed:
    """A case whose every expected value came out."""

    case: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A case that came out otherwise: what differs, and how the product came to its result."""

    case: str
    because: tuple[Said, ...]
    explanations: tuple[Explanation, ...]


@dataclass(frozen=True, slots=True)
class Malformed:
    """A line that is no case."""

    row: int
    because: Said


Outcome = Passed | Failed | Malformed


@dataclass(frozen=True, slots=True)
class Case:
    """One line of a case file."""

    name: str
    rule: str
    inputs: Mapping[str, object]
    expected: object


def check(lines: Iterable[str], rulebook: Rulebook) -> Iterator[Outcome]:
    """Evaluate the lines of one file in order; empty lines are passed over."""
    for row, line in enumerate(lines, start=1):
        if line.strip():
            yield _outcome(row, line, rulebook)


def _outcome(row: int, line: str, rulebook: Rulebook) -> Outcome:
    try:
        case = case_of(line)
    except ValueError as error:
        return Malformed(row, said("law.case_malformed", reason=str(error)))
    worked = rulebook.get(case.rule)
    if worked is None:
        return Failed(case.name, (said("law.rule_unknown", rule=case.rule),), ())
    try:
        return _evaluated(case, worked)
    except Unreadable as error:
        return Malformed(row, said("law.case_malformed", reason=str(error)))
    except MissingFact as error:
        return Malformed(row, error.because)


def case_of(line: str) -> Case:
    """Read one line of a case file; raises ValueError saying what is wrong with it."""
    content = json.loads(line, parse_float=str, parse_constant=_no_constant)
    if not isinstance(content, dict):
        raise Unreadable("not an object")
    lacking = [field for field in FIELDS if field not in content]
    if lacking:
        raise Unreadable(f"without {', '.join(lacking)}")
    unknown = [field for field in content if field not in FIELDS]
    if unknown:
        raise Unreadable(f"unknown field: {', '.join(unknown)}")
    if not isinstance(content["inputs"], dict):
        raise Unreadable("inputs is no object")
    return Case(str(content["id"]), str(content["rule"]), content["inputs"], content["expected"])


def _no_constant(word: str) -> object:
    raise Unreadable(f"not a number: {word}")


def _evaluated(case: Case, worked: Worked) -> Outcome:
    asked = asked_of(case.expected, worked)
    given = worked.read(case.inputs)
    with explaining() as tape:
        compared = [_differences(name, worked.answers[name], value, given) for name, value in asked.items()]
    differences = tuple(difference for found in compared for difference in found)
    return Failed(case.name, differences, tape.steps) if differences else Passed(case.name)


def asked_of(expected: object, worked: Worked) -> Mapping[str, object]:
    """Give the answers that a case asks for, each with what it expects; raises Unreadable for one that the rule does not give."""
    named = expected if isinstance(expected, dict) else {}
    unknown = [name for name in named if name not in worked.answers]
    if named and not unknown:
        return named
    if WHOLE in worked.answers:
        return {WHOLE: expected}
    raise Unreadable(f"unknown expected value: {', '.join(unknown)}" if unknown else "expected is an object, and something is expected")


def _differences(name: str, answer: Answer, value: object, given: Given) -> tuple[Said, ...]:
    try:
        expected = answer.read(value)
    except ValueError as error:
        raise Unreadable(f"expected {name}: {error}") from None
    try:
        got = answer.give(given)
    except MissingFact:
        raise
    except Refused as refusal:
        return said("law.case_refused", answer=name, expected=written(answer, expected)), refusal.because
    if got == expected and type(got) is type(expected):
        return ()
    return (said("law.case_differs", answer=name, expected=written(answer, expected), got=written(answer, got)),)

"""What a proposed change does to worked cases: the answers that come out otherwise, and by which rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from refusion.law.engine.check import Malformed, Rulebook, asked_of, case_of
from refusion.law.engine.explanation import Explanation
from refusion.law.engine.parameters import Dated, trying
from refusion.law.engine.refusals import MissingFact
from refusion.law.engine.tape import explaining
from refusion.law.engine.worked import Answer, Given, hundredths, written
from refusion.values.said import Refused, Said, said

Instead = Mapping[Dated, Dated]


@dataclass(frozen=True, slots=True)
class Applied:
    """A rule that read a changed figure: its native term and its place in the law."""

    called: str
    citation: str


@dataclass(frozen=True, slots=True)
class Effect:
    """One answer of a case before and after the change, as written for a person, or the law's reason for none.

    ``difference`` is in øre, None for an answer that is no amount; ``rules`` are those that read a changed figure.
    """

    case: str
    rule: str
    answer: str
    before: str | Said
    after: str | Said
    difference: int | None
    rules: tuple[Applied, ...]

    @property
    def changed(self) -> bool:
        """Tell whether the answer is another one."""
        return self.before != self.after


def effects(lines: Iterable[str], rulebook: Rulebook, instead: Instead) -> Iterator[Effect | Malformed]:
    """Answer the cases of one file by the law as it stands and as it would be, in order; empty lines are passed over.

    What a case expects only says which answers are meant.
    """
    for row, line in enumerate(lines, start=1):
        if line.strip():
            yield from _of_line(row, line, rulebook, instead)


def applied(steps: Iterable[Explanation], instead: Instead) -> tuple[Applied, ...]:
    """Name the rules that read a figure that stood in for another, each once, in the order of reading."""
    tried = set(instead.values())
    found = (
        Applied(rule.called, rule.citation)
        for step in steps
        for _, rule in step.walk()
        if any(figure in tried for figure, _ in rule.figures)
    )
    return tuple(dict.fromkeys(found))


def _of_line(row: int, line: str, rulebook: Rulebook, instead: Instead) -> Iterator[Effect | Malformed]:
    try:
        case = case_of(line)
        worked = rulebook.get(case.rule)
        if worked is None:
            yield Malformed(row, said("law.rule_unknown", rule=case.rule))
            return
        given = worked.read(case.inputs)
        for name in asked_of(case.expected, worked):
            yield _effect((case.name, case.rule, name), worked.answers[name], given, instead)
    except MissingFact as error:
        yield Malformed(row, error.because)
    except ValueError as error:
        yield Malformed(row, said("law.case_malformed", reason=str(error)))


def _effect(name: tuple[str, str, str], answer: Answer, given: Given, instead: Instead) -> Effect:
    before = _given(answer, given)
    with trying(instead), explaining() as tape:
        after = _given(answer, given)
    rules = applied(tape.steps, instead)
    return Effect(*name, _text(answer, before), _text(answer, after), _difference(answer, before, after), rules)


def _difference(answer: Answer, before: object, after: object) -> int | None:
    if answer.read is not hundredths or not isinstance(before, int) or not isinstance(after, int):
        return None
    return after - before


def _given(answer: Answer, given: Given) -> object:
    """Give an answer, or the law's reason for none; raises MissingFact, which a person can mend in the file."""
    try:
        return answer.give(given)
    except MissingFact:
        raise
    except Refused as refusal:
        return refusal.because


def _text(answer: Answer, value: object) -> str | Said:
    return value if isinstance(value, Said) else written(answer, value)

"""Builds the list of what a change of law does to claims: amount by amount, and in sentences by count and kroner."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from refusion.claims.recalculation import Recalculated
from refusion.law.engine.change.effect import Effect
from refusion.reports.report import Column, Layout, Report, Unit, column, made
from refusion.values.said import Said, said


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A claim whose amount becomes another, as the list shows it; everything by the key of its column."""

    found: Recalculated

    @property
    def case_number(self) -> int:
        """Give the case's number."""
        return self.found.kept.case_number

    @property
    def claim_number(self) -> int | None:
        """Give the claim's number, None for a draft without one."""
        return self.found.kept.claim_number

    @property
    def state(self) -> Said:
        """Say where the claim stands."""
        return Said(f"claims.state_{self.found.kept.state.value}")

    @property
    def first_day(self) -> date:
        """Give the first day of the claim's period."""
        return self.found.kept.period.first

    @property
    def last_day(self) -> date:
        """Give the last day of the claim's period."""
        return self.found.kept.period.last

    @property
    def is_decided(self) -> bool:
        """Tell whether the authority decided the claim already, so that money is to be claimed anew or paid back."""
        return self.found.kept.decided is not None

    @property
    def decided_already(self) -> Said:
        """Say whether the authority decided the claim already."""
        return said("reports.yes") if self.is_decided else said("reports.no")

    @property
    def old_amount(self) -> int:
        """Give the amount before the change, in øre."""
        return self.found.before

    @property
    def new_amount(self) -> int:
        """Give the amount after it, in øre."""
        return self.found.after

    @property
    def difference(self) -> int:
        """Give new less old, in øre."""
        return self.found.difference

    @property
    def rule(self) -> str:
        """Name the rules that read what changes, by their native terms."""
        return _each_once(rule.called for rule in self.found.rules)

    @property
    def citation(self) -> str:
        """Give the places of those rules in the law."""
        return _each_once(rule.citation for rule in self.found.rules)


@dataclass(frozen=True, slots=True)
class Preview:
    """What came of calculating all claims anew: those that change, the first open, then decided; and what was noticed.

    ``strayed`` are those whose amount in the books is not what the law gives as it stands, ``refused`` those that the
    law gives no amount for.
    """

    claims: int
    adjustments: tuple[Adjustment, ...]
    strayed: tuple[Recalculated, ...]
    refused: tuple[Recalculated, ...]

    @property
    def open(self) -> tuple[Adjustment, ...]:
        """Give those that nobody decided yet."""
        return tuple(one for one in self.adjustments if not one.is_decided)

    @property
    def decided(self) -> tuple[Adjustment, ...]:
        """Give those that the authority decided already."""
        return tuple(one for one in self.adjustments if one.is_decided)


def _each_once(words: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(words))


def _own(key: str, unit: Unit, *, adds_up: bool = False) -> Column:
    return Column(key, Said(f"preview.{key}"), unit, adds_up)


_AMOUNTS = (
    _own("old_amount", Unit.ORE, adds_up=True),
    _own("new_amount", Unit.ORE, adds_up=True),
    _own("difference", Unit.ORE, adds_up=True),
)
_RULES = (_own("rule", Unit.TEXT), _own("citation", Unit.TEXT))
ADJUSTMENTS: Layout[Adjustment] = Layout(
    "adjustments",
    (
        column("case_number", Unit.NUMBER),
        column("claim_number", Unit.NUMBER),
        column("state", Unit.WORD),
        _own("decided_already", Unit.WORD),
        column("first_day", Unit.DAY),
        column("last_day", Unit.DAY),
        *_AMOUNTS,
        *_RULES,
    ),
)

# What fits the width of a terminal; the files have all columns.
SHORT: Layout[Adjustment] = Layout(
    "adjustments",
    (
        column("case_number", Unit.NUMBER),
        column("claim_number", Unit.NUMBER),
        column("first_day", Unit.DAY),
        column("last_day", Unit.DAY),
        *_AMOUNTS,
        _own("citation", Unit.TEXT),
    ),
)


def preview(found: Iterable[Recalculated]) -> Preview:
    """Sort out what came of calculating claims anew."""
    claims, adjustments, strayed, refused = 0, [], [], []
    for one in found:
        claims += 1
        if one.refused is not None:
            refused.append(one)
        if one.difference:
            adjustments.append(Adjustment(one))
        if one.strayed:
            strayed.append(one)
    adjustments.sort(key=lambda one: (one.is_decided, -abs(one.difference), one.case_number, one.first_day))
    return Preview(claims, tuple(adjustments), tuple(strayed), tuple(refused))


def list_of(found: Preview, layout: Layout[Adjustment] = ADJUSTMENTS) -> Report:
    """Give the adjustments as a list with totals."""
    amount = sum(one.difference for one in found.adjustments)
    sentence = said("preview.list_sentence", count=len(found.adjustments), all=found.claims, amount_ore=amount)
    return replace(made(layout, found.adjustments, sentence), title=Said("preview.adjustments"))


def sentences(found: Preview) -> tuple[Said, ...]:
    """Say the effect by count and kroner: on open claims, on decided ones, and what else was noticed."""
    if not found.claims:
        return (said("preview.no_claims"),)
    if not found.adjustments:
        told = [said("preview.nothing_open", all=found.claims)]
    else:
        told = [_effect("preview.on_open", found.open, found.claims), _effect("preview.on_decided", found.decided, found.claims)]
    if found.refused:
        told.append(said("preview.without_answer", count=len(found.refused)))
    return tuple(told)


def strayed(found: Preview) -> Said | None:
    """Say that amounts in the books are not those of the law as it stands, None where they are."""
    amount = sum(one.strayed for one in found.strayed)
    return said("preview.strayed", count=len(found.strayed), amount_ore=amount) if found.strayed else None


def _effect(key: str, changed: Sequence[Adjustment], claims: int) -> Said:
    more = sum(max(one.difference, 0) for one in changed)
    less = sum(min(one.difference, 0) for one in changed)
    facts = {"count": len(changed), "all": claims, "cases": len({one.case_number for one in changed})}
    return Said(key, {**facts, "more_ore": more, "less_ore": less, "amount_ore": more + less})


@dataclass(frozen=True, slots=True)
class Line:
    """An answer of a worked case that becomes another, as the list shows it."""

    found: Effect

    def __getattr__(self, key: str) -> object:
        """Give a fact of the effect under its own name."""
        return getattr(self.found, key)

    @property
    def worked_rule(self) -> str:
        """Give the rule's name in the case file."""
        return self.found.rule

    @property
    def rule(self) -> str:
        """Name the rules that read what changes, by their native terms."""
        return _each_once(rule.called for rule in self.found.rules)

    @property
    def citation(self) -> str:
        """Give the places of those rules in the law."""
        return _each_once(rule.citation for rule in self.found.rules)


CASE_EFFECTS: Layout[Line] = Layout(
    "adjustments",
    (
        _own("case", Unit.TEXT),
        _own("worked_rule", Unit.TEXT),
        _own("answer", Unit.TEXT),
        _own("before", Unit.WORD),
        _own("after", Unit.WORD),
        _own("difference", Unit.ORE, adds_up=True),
        *_RULES,
    ),
)


def list_of_cases(found: Sequence[Effect]) -> Report:
    """Give the answers of worked cases that become others as a list; the sentence counts all answers."""
    changed = [Line(one) for one in found if one.changed]
    amount = sum(one.found.difference or 0 for one in changed)
    cases = len({one.found.case for one in changed})
    key = "preview.cases_sentence" if changed else "preview.nothing_in_cases"
    sentence = said(key, count=len(changed), cases=cases, all=len(found), amount_ore=amount)
    return replace(made(CASE_EFFECTS, changed, sentence), title=Said("preview.adjustments"))

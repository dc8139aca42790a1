"""A payout run: what hinders it, what it pays each payee more or less than was paid, and every figure that led there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from refusion.grants.agreement import Agreement, Pot
from refusion.grants.course.banking_days import last_banking_day
from refusion.grants.course.gathering import facts_of, spent
from refusion.grants.course.records import Line
from refusion.grants.course.standing import Standing
from refusion.grants.given import Facts
from refusion.grants.paid import Figure, Paid
from refusion.grants.payout import Run, compute
from refusion.grants.policies import choosing
from refusion.law.engine.refusals import MissingFact
from refusion.law.engine.tape import explaining
from refusion.values.money import kroner
from refusion.values.said import BadInput, Problem, Said, said


@dataclass(frozen=True, slots=True)
class Preview:
    """What an agreement gives as it stands: the pots that can be reckoned, what the others lack, what makes a pot preliminary."""

    run: Run
    lacking: Mapping[str, Said]
    preliminary: Mapping[str, tuple[Said, ...]]


@dataclass(frozen=True, slots=True)
class Plan:
    """A run to be proposed: its lines, what is kept of its reckoning, and whether it corrects an earlier one."""

    lines: tuple[Line, ...]
    content: Mapping[str, object]
    content_hash: str
    corrects: int | None


def payable_pots(agreement: Agreement) -> tuple[Pot, ...]:
    """Give the pots that runs pay, in the order of the agreement."""
    return tuple(pot for pot in agreement.pots if pot.rule is not None and not spent(pot))


def payout_days(agreement: Agreement) -> dict[date, tuple[str, ...]]:
    """Give the latest payout days of the agreement with the pots that are due on each."""
    found: dict[date, list[str]] = {}
    for pot in payable_pots(agreement):
        if pot.pay_by is not None:
            found.setdefault(pot.pay_by, []).append(pot.name)
    return {day: tuple(found[day]) for day in sorted(found)}


def pays_on(agreement: Agreement, pots: Collection[str]) -> date | None:
    """Give the day on which pots are paid at the latest: the first of their days, on a closed day the banking day before."""
    days = [day for name in pots if (day := agreement.pot(name).pay_by) is not None]
    return last_banking_day(min(days)) if days else None


def hindrances(standing: Standing, pot: str) -> tuple[Said, ...]:
    """Say everything that a pot's payment still waits for; empty where it is payable."""
    agreement = standing.agreement
    found = [said("agreements.waits_for_approval", pot=pot, by=one.by, what=one.what) for one in standing.missing_approvals(pot)]
    if agreement.budget is None:
        found.append(said("agreements.no_budget_line", pot=pot))
    found += [said("agreements.requirement_missing", pot=name) for name in standing.unset_requirements(pot)]
    undecided = standing.undecided(pot)
    if undecided:
        by_pot = {matter.pot: [one.who for one in undecided if one.pot == matter.pot] for matter in undecided}
        names = ", ".join(f"{name} {' '.join(whos)}" for name, whos in by_pot.items())
        found.append(said("agreements.undecided", pot=pot, count=len(undecided), matters=names))
    return (*found, *unclosed(standing, pot))


def unclosed(standing: Standing, pot: str) -> tuple[Said, ...]:
    """Say why a pot's figures are preliminary: orders or consumption that are not closed."""
    return tuple(said("agreements.not_closed", pot=pot, other=name) for name in standing.unclosed(pot))


def preview(standing: Standing, *, undecided: bool = False) -> Preview:
    """Reckon every pot as far as the facts reach. Raises BadInput where a county is missing or a cell cannot be."""
    facts = facts_of(standing, undecided=undecided)
    run, lacking = reckoned(standing.agreement, facts)
    preliminary = {name: told for name in run.pots if (told := unclosed(standing, name))}
    return Preview(run, lacking, preliminary)


def reckoned(agreement: Agreement, facts: Facts) -> tuple[Run, dict[str, Said]]:
    """Compute the pots that the facts are enough for, and say what the others lack."""
    try:
        return compute(agreement, facts), {}
    except MissingFact:
        pass
    lacking: dict[str, Said] = {}
    for pot in agreement.shared():
        try:
            compute(agreement, facts, {pot.name})
        except MissingFact as missing:
            lacking[pot.name] = missing.because
    enough = {pot.name for pot in agreement.shared()} - set(lacking)
    return compute(agreement, facts, enough), lacking


def planned(standing: Standing, pots: Sequence[str], number: int, choices: Mapping[str, str]) -> Plan:
    """Plan a run that pays pots as their facts stand now.

    Raises BadInput with everything that hinders it, MissingFact, NotAnswered.
    """
    told: list[Said] = []
    for pot in pots:
        told += [one for one in hindrances(standing, pot) if one not in told]
    if told:
        raise BadInput(*(Problem(one, said("agreements.hindered_remedy")) for one in told))
    facts = facts_of(standing)
    with choosing(choices), explaining() as tape:
        run = compute(standing.agreement, facts, set(pots))
    before = standing.paid()
    lines = tuple(line for pot in pots for line in _lines(standing.agreement, run.pots[pot], pot, number, before))
    content = {
        "pots": {name: _plain(paid) for name, paid in run.pots.items()},
        "warnings": [{"key": one.key, "facts": {name: _fact(fact) for name, fact in one.facts.items()}} for one in run.warnings],
        "choices": {name: option for step in tape.steps for _, below in step.walk() for name, option in below.policies},
        "accounts": {payee: standing.account(payee) for payee, amount in _totals(lines).items() if amount > 0},
        "lines": [[line.payee, line.pot, line.amount, line.paid_before, line.difference, line.budget] for line in lines],
    }
    paid_pots = {pot for (pot, _), _ in before.items()}
    corrects = max((run.number for run in standing.runs if run.paid_at and set(run.pots) & set(pots)), default=None)
    return Plan(lines, content, content_hash(content), corrects if paid_pots & set(pots) else None)


def _totals(lines: Sequence[Line]) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in lines:
        found[line.payee] = found.get(line.payee, 0) + line.difference
    return found


def content_hash(content: Mapping[str, object]) -> str:
    """Give the hash that an approval is bound to."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def _lines(agreement: Agreement, paid: Paid, pot: str, number: int, before: Mapping[tuple[str, str], int]) -> Iterator[Line]:
    """Give a line for each payee that is due something of a pot, or was paid something before."""
    budget = "" if agreement.budget is None else agreement.budget.line
    due = {**paid.by_county, **paid.by_payee}
    known = dict.fromkeys((*due, *(payee for name, payee in before if name == pot)))
    for payee in known:
        amount, paid_before = int(due.get(payee, 0)), before.get((pot, payee), 0)
        if amount or paid_before:
            yield Line(number, payee, pot, amount, paid_before, amount - paid_before, budget)


def _plain(paid: Paid) -> dict[str, object]:
    return {
        "available": kroner(paid.available),
        "paid": kroner(paid.paid),
        "overflow": kroner(paid.overflow),
        "unpaid": kroner(paid.unpaid),
        "payees": {name: kroner(amount) for name, amount in {**paid.by_county, **paid.by_payee}.items()},
        "figures": {name: _figure(figure) for name, figure in paid.figures.items()},
    }


def _figure(figure: Figure) -> object:
    return str(figure) if isinstance(figure, Fraction) else {county: str(part) for county, part in figure.items()}


def _fact(fact: object) -> object:
    return fact.isoformat() if isinstance(fact, date) else fact

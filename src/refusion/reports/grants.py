"""What goes out of a grant: a payment for each payee, a letter with its reasons, and the reconciliation of the agreement."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from refusion.grants.course.ceilings import Ceiling, ceilings
from refusion.grants.course.matters import own_matters
from refusion.grants.course.records import Line, PaperKind, PayoutRun
from refusion.grants.course.standing import Standing
from refusion.values.money import kroner
from refusion.values.said import BadInput, Problem, Refused, Said, said

COLUMNS = ("order", "pays_on", "payee", "name", "bankgiro", "amount", "currency", "budget_line", "reference")
CURRENCY = "SEK"


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment of a run, in öre: all of a payee's pots together, with the account and the line of the state budget."""

    order: str
    pays_on: date
    payee: str
    name: str
    bankgiro: str
    amount: int
    budget: str

    @property
    def reference(self) -> str:
        """Give what the payment is known by on the statement."""
        return f"{self.order}-{self.payee}"


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to a payee: a heading and its paragraphs."""

    heading: Said
    paragraphs: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What was paid against the ceilings, and what the parties found of the purpose; None before they met."""

    ceilings: tuple[Ceiling, ...]
    purpose: Said | None
    open: tuple[Said, ...]


def totals(standing: Standing, number: int) -> dict[str, int]:
    """Give what a run pays each payee, or claims back where it is below zero, in öre."""
    found: dict[str, int] = {}
    for line in standing.lines_of(number):
        found[line.payee] = found.get(line.payee, 0) + line.difference
    return found


def warnings_of(run: PayoutRun) -> tuple[Said, ...]:
    """Give what a run was warned of when it was reckoned: another population, an improvement within chance, what is not verified."""
    kept = run.content.get("warnings")
    told = [Said(str(one["key"]), dict(one["facts"])) for one in (kept if isinstance(kept, list) else ())]
    return tuple(one for place, one in enumerate(told) if one not in told[:place])


def claimed_back(standing: Standing, number: int) -> dict[str, int]:
    """Give what payees owe back after a correction, in öre above zero; no payment file can take it."""
    return {payee: -amount for payee, amount in totals(standing, number).items() if amount < 0}


def payments(standing: Standing, number: int) -> tuple[Payment, ...]:
    """Give the payments of an approved run.

    They go to the accounts that were approved with the run. Raises Refused for a run that was not approved, BadInput naming every
    payee that had no account when the run was proposed.
    """
    run = standing.run(number)
    if run.state not in {"approved", "paid"}:
        raise Refused(said("agreements.run_not_approved", number=number))
    due = {payee: amount for payee, amount in totals(standing, number).items() if amount > 0}
    held = accounts(run)
    lacking = [payee for payee in due if not held.get(payee)]
    if lacking:
        remedy = said("agreements.no_account_remedy")
        raise BadInput(*(Problem(said("agreements.no_account", who=standing.payee_name(payee)), remedy, value=payee) for payee in lacking))
    return tuple(_payment(standing, run, payee, amount) for payee, amount in due.items())


def accounts(run: PayoutRun) -> dict[str, str]:
    """Give the bankgiro numbers that a run was proposed and approved with, by payee; empty where there was none."""
    held = run.content.get("accounts")
    return {str(payee): str(giro) for payee, giro in held.items()} if isinstance(held, dict) else {}


def as_csv(paid: Sequence[Payment]) -> bytes:
    """Write payments as a file: a row a payment, kronor with two decimals, UTF-8."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in paid:
        writer.writerow([
            one.order, one.pays_on.isoformat(), one.payee, one.name, one.bankgiro, kroner(one.amount), CURRENCY, one.budget, one.reference,
        ])  # fmt: skip
    return lines.getvalue().encode()


def letter(standing: Standing, number: int, payee: str) -> Letter:
    """Write to a payee what a run pays it of each pot and why. Raises Refused where the run has no line of the payee."""
    run = standing.run(number)
    lines = [line for line in standing.lines_of(number) if line.payee == payee]
    if not lines:
        raise Refused(said("agreements.no_line", number=number, who=standing.payee_name(payee)))
    total = sum(line.difference for line in lines)
    key = "agreements.letter_pays" if total >= 0 else "agreements.letter_claims_back"
    opening = said(key, who=standing.payee_name(payee), amount_ore=abs(total), day=run.pays_on, title=standing.agreement.statute.title)
    told = [opening]
    if run.corrects is not None:
        told.append(said("agreements.letter_corrects", number=run.corrects))
    told += [one for line in lines for one in _of_line(standing, line)]
    budget = standing.agreement.budget
    told.append(said("agreements.letter_budget", budget="" if budget is None else budget.line))
    told.append(said("agreements.letter_decided", by=run.approved_by or "", number=number))
    return Letter(said("agreements.letter_heading", agreement=standing.agreement.name, who=standing.payee_name(payee)), tuple(told))


def reconciliation(standing: Standing) -> Reconciliation:
    """Hold what was paid against the ceilings, and say whether the purpose was reached and what is still open."""
    paper = standing.paper(PaperKind.RECONCILIATION, "purpose")
    purpose = None
    if paper is not None:
        facts = {name: str(fact) for name, fact in paper.content.items()}
        purpose = said(f"agreements.purpose_{facts['reached']}", parties=facts["parties"], day=paper.day, why=facts["why"])
    found = ceilings(standing)
    above = [said("agreements.above_ceiling", pot=one.pot, amount_ore=-one.left) for one in found if not one.holds]
    open_run = standing.open_run()
    waits = [] if open_run is None else [said("agreements.run_open", number=open_run.number)]
    return Reconciliation(found, purpose, (*above, *waits))


def _payment(standing: Standing, run: PayoutRun, payee: str, amount: int) -> Payment:
    giro = accounts(run)[payee]
    budget = "" if standing.agreement.budget is None else standing.agreement.budget.line
    order = f"{standing.agreement.name}-{run.number}"
    return Payment(order, run.pays_on, payee, standing.payee_name(payee), giro, amount, budget)


def _of_line(standing: Standing, line: Line) -> Iterator[Said]:
    pot = standing.agreement.pot(line.pot)
    if line.paid_before:
        yield said(
            "agreements.letter_line_again", pot=pot.called, amount_ore=line.amount, before_ore=line.paid_before,
            difference_ore=line.difference, section=pot.section,
        )  # fmt: skip
    else:
        yield said("agreements.letter_line", pot=pot.called, amount_ore=line.difference, section=pot.section)
    for matter in own_matters(standing.agreement, pot):
        decision = standing.decision(*matter.key)
        if matter.who == line.payee and decision is not None:
            key = "agreements.letter_fulfilled" if decision.fulfilled else "agreements.letter_not_fulfilled"
            yield said(key, pot=pot.called, reason=decision.reason)

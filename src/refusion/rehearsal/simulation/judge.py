"""Judges a simulated year by the authority's own list and by the books: each complaint is something that must never be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from refusion.rehearsal.books import promises
from refusion.rehearsal.institution.year import institution
from refusion.rehearsal.oracle.amounts import worth
from refusion.rehearsal.oracle.findings import Findings, find
from refusion.rehearsal.oracle.leave import find_leaves, worth_of_leaves
from refusion.rehearsal.oracle.witness import Dossier, accepted, every_dossier
from refusion.rehearsal.simulation.storm import Storm
from refusion.store.reads.books import expected_amounts
from refusion.store.reads.summary import Summary, summary
from refusion.store.reads.waits.unwatched import unwatched
from refusion.values.said import Said
from refusion.wiring.house import House
from refusion.workflow.ports.institution import HOUSE

PURPOSE = "rehearsal"
USUAL_DECISION, USUAL_PAYMENT = timedelta(days=36), timedelta(days=8)
"""So long may a claim wait for its decision and a decision for its money before a task has to stand."""
MOST_NAMED = 5
NEVER = (("lost_ore", "lost", "amount_ore"), ("filed_late", "late", "reports"), ("double_filings", "double", "reports"),
         ("overclaimed_days", "overclaimed", "days"))  # fmt: skip
"""What the oracle must never find: its name, the complaint, and what is counted."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something that must never be; unlike a ``Said`` it can go from one process to another."""

    about: str
    facts: tuple[tuple[str, str | int], ...]

    @property
    def said(self) -> Said:
        """Say it."""
        return Said(f"simulate.{self.about}", dict(self.facts))

    def as_json(self) -> dict[str, object]:
        """Give it as JSON writes it."""
        return {"complaint": self.about, **dict(self.facts)}


def complain(about: str, **facts: str | int) -> Complaint:
    """Complain of something with its facts."""
    return Complaint(about, tuple(facts.items()))


@dataclass(frozen=True, slots=True)
class Judged:
    """What a year came to, and every complaint about it."""

    findings: Findings
    summary: Summary
    complaints: tuple[Complaint, ...]


def judged(storm: Storm) -> Judged:
    """Hold a year's books and the authority's list against what truly was due."""
    storm.fate.end()
    house, code, until = storm.house(), storm.year.profile.code, storm.today
    truth = institution(storm.year.profile)
    held = every_dossier(accepted(storm.authority.accepted()))
    findings = find(truth, held, until) + find_leaves(truth, held, until)
    with house.reading(HOUSE, code, PURPOSE):
        counted = summary()
    complaints = (
        *_of_findings(findings),
        *_of_amounts(house, storm, held),
        *_of_waits(house, code, until),
        *_of_books(house, code),
    )
    return Judged(findings, counted, complaints)


def _of_findings(found: Findings) -> Iterator[Complaint]:
    """Complain of what was known in time and lost, filed late, filed twice or claimed for days of health."""
    for name, about, fact in NEVER:
        if getattr(found, name):
            yield complain(about, **{fact: getattr(found, name)})


def _of_amounts(house: House, storm: Storm, held: tuple[Dossier, ...]) -> Iterator[Complaint]:
    """Complain of every claim that is expected to give another amount than it is worth."""
    truth = institution(storm.year.profile)
    due = {**worth(truth, [one for one in held if not one.on_leave], storm.today), **worth_of_leaves(truth, held, storm.today)}
    with house.reading(HOUSE, storm.year.profile.code, PURPOSE):
        wrong = {claim: amount for claim, amount in expected_amounts().items() if due.get(claim, amount) != amount}
    for claim in sorted(wrong)[:MOST_NAMED]:
        yield complain("amount_off", claim=claim, expected_ore=wrong[claim], due_ore=due[claim])


def _of_waits(house: House, code: str, today: date) -> Iterator[Complaint]:
    """Complain of what waits and is watched by nobody."""
    with house.reading(HOUSE, code, PURPOSE):
        found = unwatched(today, today - USUAL_DECISION, today - USUAL_PAYMENT)
    for one in found[:MOST_NAMED]:
        yield complain("unseen", what=one.what, subject=str(one.subject), state=one.state)


def _of_books(house: House, code: str) -> Iterator[Complaint]:
    """Complain of books that break their own promises or differ from the bank and the authority."""
    kept = promises(house, code)
    if not kept.hold:
        attempts, unbalanced, line = kept.attempts_without_outcome, kept.unbalanced_transactions, kept.broken_audit_line
        yield complain("promises_broken", attempts=attempts, unbalanced=unbalanced, audit_line=line or 0)
    for what, subject, amount in house.reconcile_books(HOUSE, code).differences[:MOST_NAMED]:
        yield complain("books_differ", what=what, subject=subject, amount_ore=amount)

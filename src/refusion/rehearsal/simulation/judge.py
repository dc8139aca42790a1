"""Judges a simulated year by the authority's own list and by the books: each complaint is something that must never be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from refusion.rehearsal.books import promises
from refusion.rehearsal.institution.year import institution
from refusion.rehearsal.oracle.amounts import worth
from refusion.rehearsal.oracle.findings import Findings, find
from refusion.rehearsal.oracle.witness import Dossier, accepted, dossiers
from refusion.rehearsal.simulation.storm import Storm
from refusion.store.reads.books import expected_amounts
from refusion.store.reads.summary import Summary, summary
from refusion.store.reads.waits.unwatched import unwatched
from refusion.wiring.house import House
from refusion.workflow.ports.institution import HOUSE

PURPOSE = "rehearsal"
USUAL_DECISION, USUAL_PAYMENT = timedelta(days=36), timedelta(days=8)
"""So long may a claim wait for its decision and a decision for its money before a task has to stand."""
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Judged:
    """What a year came to, and every complaint about it."""

    findings: Findings
    summary: Summary
    complaints: tuple[str, ...]


def judged(storm: Storm) -> Judged:
    """Hold a year's books and the authority's list against what truly was due."""
    house, code, until = storm.house(), storm.year.profile.code, storm.today
    truth = institution(storm.year.profile)
    held = dossiers(accepted(storm.authority.accepted()))
    findings = find(truth, held, until)
    with house.reading(HOUSE, code, PURPOSE):
        counted = summary()
    complaints = (
        *_of_findings(findings),
        *_of_amounts(house, storm, held),
        *_of_waits(house, code, until),
        *_of_books(house, code),
    )
    return Judged(findings, counted, complaints)


def _of_findings(found: Findings) -> Iterator[str]:
    """Complain of what was known in time and lost, filed late, filed twice or claimed for days of health."""
    for name in ("lost_ore", "filed_late", "double_filings", "overclaimed_days"):
        if getattr(found, name):
            yield f"{name}: {getattr(found, name)}"


def _of_amounts(house: House, storm: Storm, held: tuple[Dossier, ...]) -> Iterator[str]:
    """Complain of every claim that is expected to give another amount than it is worth."""
    due = worth(institution(storm.year.profile), held, storm.today)
    with house.reading(HOUSE, storm.year.profile.code, PURPOSE):
        wrong = {claim: amount for claim, amount in expected_amounts().items() if due.get(claim, amount) != amount}
    for claim in sorted(wrong)[:MOST_NAMED]:
        yield f"claim {claim}: {wrong[claim]} øre expected, {due[claim]} due"


def _of_waits(house: House, code: str, today: date) -> Iterator[str]:
    """Complain of what waits and is watched by nobody."""
    with house.reading(HOUSE, code, PURPOSE):
        found = unwatched(today, today - USUAL_DECISION, today - USUAL_PAYMENT)
    for one in found[:MOST_NAMED]:
        yield f"{one.what} {one.subject} waits unseen ({one.state})"


def _of_books(house: House, code: str) -> Iterator[str]:
    """Complain of books that break their own promises or differ from the bank and the authority."""
    kept = promises(house, code)
    if not kept.hold:
        yield f"broken promises: {kept}"
    for one in house.reconcile_books(HOUSE, code).differences:
        yield f"reconciliation: {one}"

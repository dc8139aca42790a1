"""What a rehearsal came to: counted from the books, and judged by the oracle from the witness's list."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from refusion.rehearsal.books import promises
from refusion.rehearsal.institution.year import institution
from refusion.rehearsal.oracle.amounts import worth
from refusion.rehearsal.oracle.findings import Findings, find
from refusion.rehearsal.oracle.witness import accepted, dossiers
from refusion.rehearsal.outside.authority import Counterpart
from refusion.rehearsal.profiles import Plan
from refusion.store.reads.books import expected_amounts
from refusion.store.reads.summary import Summary, summary
from refusion.wiring.house import House
from refusion.workflow.ports.institution import HOUSE

PURPOSE = "rehearsal"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The sums of all institutions of a rehearsal, øre where the name says so; the keys of the demo's JSON."""

    days: str
    employees: int
    absences: int
    cases: int
    notifications_filed: int
    claims_filed: int
    filed_late: int
    filed_late_unavoidably: int
    requested_ore: int
    received_ore: int
    difference_ore: int
    lost_ore: int
    unavoidable_lost_ore: int
    double_filings: int
    overclaimed_days: int
    amounts_not_as_due: int
    unmatched_lines: int
    tray_lines: int
    open_tasks: int
    ledger_balanced: bool
    audit_trail_whole: bool
    attempts_without_outcome: int

    def as_json(self) -> dict[str, object]:
        """Give the keys and values as JSON writes them."""
        return asdict(self)


def outcome(house: House, plan: Plan, authority: Counterpart, until: date) -> Outcome:
    """Sum up what the books of all institutions hold and what the oracle finds in the twin's list."""
    held = dossiers(accepted(authority.accepted()))
    counted, wrong = [], 0
    for profile in plan.profiles:
        due = worth(institution(profile), held, until)
        with house.reading(HOUSE, profile.code, PURPOSE):
            counted.append(summary())
            wrong += sum(due.get(claim, amount) != amount for claim, amount in expected_amounts().items())
    kept = [promises(house, profile.code) for profile in plan.profiles]
    found = sum((find(institution(profile), held, until) for profile in plan.profiles), Findings())
    return Outcome(
        days=f"{plan.first}..{until}",
        employees=_sum(counted, "employees"),
        absences=_sum(counted, "absences"),
        cases=_sum(counted, "cases"),
        notifications_filed=_sum(counted, "notifications_filed"),
        claims_filed=_sum(counted, "claims_filed"),
        **asdict(found),
        amounts_not_as_due=wrong,
        requested_ore=_sum(counted, "requested"),
        received_ore=_sum(counted, "received"),
        difference_ore=_sum(counted, "requested_of_decided") - _sum(counted, "received_of_decided"),
        unmatched_lines=_sum(counted, "unmatched_lines"),
        tray_lines=_sum(counted, "tray_lines"),
        open_tasks=_sum(counted, "open_tasks"),
        ledger_balanced=not any(one.unbalanced_transactions for one in kept),
        audit_trail_whole=all(one.broken_audit_line is None for one in kept),
        attempts_without_outcome=sum(one.attempts_without_outcome for one in kept),
    )


def _sum(counted: list[Summary], name: str) -> int:
    return sum(int(getattr(one, name)) for one in counted)

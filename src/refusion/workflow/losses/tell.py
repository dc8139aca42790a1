"""Tell a person what a sweep of history found."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from refusion.claims.unclaimed import Unclaimed
from refusion.values.said import said
from refusion.watch.facts import Kind, Task, Turn
from refusion.workflow.ports.work import Transaction
from refusion.workflow.tasks.ask import task_id


def id_of(tx: Transaction, found: Unclaimed) -> UUID:
    """Give the id of the task about a finding: the same finding is one task."""
    return task_id(tx, Kind.UNCLAIMED, found.claim or found.absence, found.period.first.isoformat())


def tell_unclaimed(tx: Transaction, found: Unclaimed) -> None:
    """Open the task about days or kroner that can still be claimed, or bring it up to date."""
    what = said(
        f"losses.task_{found.sort.value}",
        employment=found.employment,
        first=found.period.first,
        last=found.period.last,
        amount_ore=found.claimable,
    )
    margin = timedelta(days=tx.institution.settings.safe_margin_days)
    tx.tasks.open(
        Task(
            id=id_of(tx, found),
            kind=Kind.UNCLAIMED,
            said=what,
            turn=Turn.CASEWORKER,
            at_stake=found.claimable,
            opened_on=tx.at.day,
            safe_day=found.last_day and found.last_day - margin,
            legal_day=found.last_day,
            case=found.case,
            claim=found.claim,
        )
    )

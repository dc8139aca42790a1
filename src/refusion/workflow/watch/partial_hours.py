"""Warns of missing hours of a partial return, at least five working days before the 12th."""

from __future__ import annotations

from refusion.watch.partial_hours import due_to_warn, hours_owed
from refusion.workflow.ports.work import Transaction


def warn_partial_hours(tx: Transaction) -> int:
    """Note a warning for each missing week whose warning day has come, once; give the number of weeks newly warned of.

    The question itself stands on the work list since the week closed; the warning is the proof that nobody is taken
    for fully sick unheard.
    """
    due = due_to_warn(hours_owed(tx.waits.warnings.missing()), tx.at.day)
    warned = tx.waits.warnings.keep(due, tx.at.day)
    if warned:
        tx.audit.note("warn_partial_hours", tx.at.day.isoformat(), {"cases": len({one.case for one in due}), "weeks": warned})
    return warned

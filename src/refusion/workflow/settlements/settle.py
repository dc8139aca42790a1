"""Match open bank lines with claims on exact evidence, book the money, show and tell what differs."""

from __future__ import annotations

from refusion.settlements.facts import Matching, Pair, Unmatched
from refusion.settlements.match import match
from refusion.settlements.strange import without_strangers
from refusion.values.said import Said, said
from refusion.watch.facts import Kind, Task, Turn
from refusion.workflow.ports.matching import OpenLine
from refusion.workflow.ports.work import Transaction
from refusion.workflow.settlements.compare import compare
from refusion.workflow.settlements.evidence import Evidence, evidence_of
from refusion.workflow.settlements.share import Share, keep_share
from refusion.workflow.tasks.ask import task_id


def settle(tx: Transaction) -> int:
    """Match what can be matched; give the number of shares matched. A second call with nothing new does nothing."""
    tx.matching.alone()
    lines = tx.matching.open_lines()
    if not lines:
        return 0
    given = evidence_of(tx, lines)
    found = matched(given)
    for pair in found.pairs:
        keep_share(tx, _share(given, pair))
    for claim in dict.fromkeys(pair.claim for pair in found.pairs):
        compare(tx, tx.claims.find(claim))
    left = [*found.unmatched, *(Unmatched(line.id, undone_said(line)) for line in lines if line.undone)]
    # Only what is new is told, so that a day done twice writes nothing; what somebody laid aside is told after its day.
    told = {task.line: task.said for task in tx.tasks.open_tasks() if task.kind is Kind.LINE_UNMATCHED}
    new = [one for one in left if told.get(one.line) != one.because and not given.lines[one.line].is_parked(tx.at.day)]
    for one in new:
        tell_unmatched(tx, given.lines[one.line], one.because)
    if found.pairs or new:
        tx.audit.note("settle", tx.at.day.isoformat(), {"matched": len(found.pairs), "left": len(left)})
    return len(found.pairs)


def matched(given: Evidence) -> Matching:
    """Match what was gathered, keeping nothing."""
    found = match(given.received, given.decided, given.expected, given.specified)
    return without_strangers(found, given.received, given.decided, given.expected)


def undone_said(line: OpenLine) -> Said:
    """Say that a person took back what the line was matched with, so that a person matches it again."""
    return said("settlements.undone_waits", amount_ore=line.rest, booked_on=line.booked_on)


def tell_unmatched(tx: Transaction, line: OpenLine, because: Said) -> None:
    """Tell the accountant of a line that is left, whole or in part."""
    task = Task(
        id=task_id(tx, Kind.LINE_UNMATCHED, line.id),
        kind=Kind.LINE_UNMATCHED,
        said=because,
        turn=Turn.ACCOUNTANT,
        at_stake=abs(line.rest),
        opened_on=tx.at.day,
        line=line.id,
    )
    tx.tasks.open(task)


def _share(given: Evidence, pair: Pair) -> Share:
    times = given.lines[pair.line].kept.get((pair.claim, pair.decision), 0)
    return Share(pair.line, pair.claim, pair.decision, pair.amount, pair.reason, times, parts=pair.parts)

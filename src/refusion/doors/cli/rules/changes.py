"""A proposed change of law in words and in plain values: what is proposed, whose days move, and where the law has no answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from refusion.doors.cli.errors import sentence
from refusion.values.said import Fact, Said, said

if TYPE_CHECKING:
    from datetime import date

    from refusion.claims.recalculation import Moved
    from refusion.law.engine.change.proposal import Proposal
    from refusion.law.engine.figure import Value
    from refusion.reports.adjustments import Preview

# More lines than these are in the JSON alone, so that the sums above them stay in sight.
MOST_LINES = 20


def say_changes(changes: Sequence[Proposal], today: date | None = None) -> None:
    """Say each proposed value with what it takes the place of, and whether a change reaches back before today."""
    for change in changes:
        for value in change.values:
            typer.echo(sentence(_value(change, value)) + ("" if value.verified else f" {sentence(said('law.not_verified'))}"))
    first = min((change.first_day for change in changes), default=None)
    if first is not None and today is not None and first < today:
        typer.echo(sentence(said("preview.reaches_back", day=first)))


def say_moves(moves: Sequence[Moved]) -> None:
    """Say whose first refundable day or last day of notification would be another."""
    if moves:
        typer.echo(sentence(said("preview.cases_moved", count=len(moves))))
    for move in moves[:MOST_LINES]:
        standing = move.standing
        told = said(
            "preview.case_moved",
            number=standing.case_number,
            refund_from=standing.refund_from,
            new_refund_from=move.refund_from,
            notify_by=standing.notify_by,
            new_notify_by=move.notify_by,
        )
        typer.echo(f"  {sentence(told)}")
    _say_rest(len(moves))


def say_unanswered(found: Preview) -> None:
    """Say which claims the law would give no amount for, and why."""
    for one in found.refused[:MOST_LINES]:
        place = said("preview.claim_place", case=one.kept.case_number, claim=one.kept.claim_number)
        typer.echo(f"  {sentence(place)}: {sentence(one.refused) if one.refused else ''}")
    _say_rest(len(found.refused))


def plain_changes(changes: Sequence[Proposal]) -> list[dict[str, object]]:
    """Give the proposed values as plain values; days as ISO text, numbers in the figure's unit."""
    return [
        {
            "figure": change.figure.name,
            "law": change.instead.law,
            "unit": change.figure.unit.name,
            "values": [_plain_value(change, value) for value in change.values],
        }
        for change in changes
    ]


def plain_moves(moves: Sequence[Moved]) -> list[dict[str, object]]:
    """Give the cases whose days move as plain values."""
    return [
        {
            "case": move.standing.case_number,
            "refund_from": [str(move.standing.refund_from), str(move.refund_from)],
            "notify_by": [str(move.standing.notify_by), str(move.notify_by)],
        }
        for move in moves
    ]


def plain_unanswered(found: Preview) -> list[dict[str, object]]:
    """Give the claims that the law would give no amount for as plain values, with the reason in words."""
    return [
        {"case": one.kept.case_number, "claim": one.kept.claim_number, "because": sentence(one.refused)}
        for one in found.refused
        if one.refused is not None
    ]


def _say_rest(count: int) -> None:
    if count > MOST_LINES:
        typer.echo(f"  {sentence(said('preview.and_more', count=count - MOST_LINES))}")


def _value(change: Proposal, value: Value) -> Said:
    from refusion.law.engine.explanation import written_value

    until, unit = change.until(value), change.figure.unit
    facts: dict[str, Fact] = {
        "figure": change.figure.name,
        "law": change.instead.law,
        "unit": unit.name,
        "day": value.since,
        "before": written_value(unit, change.before(value).amount),
        "after": written_value(unit, value.amount),
        "source": value.source,
    }
    return Said("preview.value_from", facts) if until is None else Said("preview.value_between", {**facts, "until": until})


def _plain_value(change: Proposal, value: Value) -> dict[str, object]:
    from refusion.law.engine.numbers import plain

    unit, until = change.figure.unit, change.until(value)
    return {
        "day": str(value.since),
        "until": until and str(until),
        "before": plain(unit, change.before(value).amount),
        "after": plain(unit, value.amount),
        "source": value.source,
        "verified": value.verified,
    }

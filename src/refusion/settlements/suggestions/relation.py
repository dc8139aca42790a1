"""What speaks for a line being for a claim, short of proof: each thing that both tell is worth its points."""

from __future__ import annotations

from collections.abc import Iterator

from refusion.settlements.coding import Open
from refusion.settlements.evidence import even, words
from refusion.settlements.facts import Received
from refusion.settlements.suggestions.facts import Related
from refusion.values.said import Said, said

REFERENCE, PERSON, PERIOD, OVERLAP, PAYER = 30, 25, 15, 5, 10
# A request reaches three months back, and its answer may take as long again.
WINDOW_DAYS = 190


def related(line: Received, opened: Open) -> Related | None:
    """Say what speaks for the pair; None when something contradicts it, or when it lies outside the window of days."""
    apart = days_apart(line, opened)
    if apart is None or _contradicts(line, opened):
        return None
    told = tuple(_points(line, opened))
    return Related(line, opened, sum(points for points, _ in told), tuple(one for _, one in told), apart)


def days_apart(line: Received, opened: Open) -> int | None:
    """Count the days from the period's end to the money, or None outside the window; unknown periods are near."""
    if opened.period is None:
        return 0
    days = (line.booked_on - opened.period.last).days
    return days if 0 <= days <= WINDOW_DAYS else None


def _contradicts(line: Received, opened: Open) -> bool:
    """Tell whether line and claim name different persons or payers."""
    another_person = bool(line.people) and bool(opened.person) and opened.person not in line.people
    another_payer = bool(line.payer) and bool(opened.payer) and even(line.payer) != even(opened.payer)
    return another_person or another_payer


def _points(line: Received, opened: Open) -> Iterator[tuple[int, Said]]:
    named = words(line.told) & ({opened.payment, *opened.own} - {""})
    if named:
        yield REFERENCE, said("settlements.speaks_reference", reference=", ".join(sorted(named)))
    if opened.person and opened.person in line.people:
        yield PERSON, said("settlements.speaks_person")
    shared = None if line.period is None or opened.period is None else line.period.overlap(opened.period)
    if shared is not None and line.period == opened.period:
        yield PERIOD, said("settlements.speaks_period", first=shared.first, last=shared.last)
    elif shared is not None:
        yield OVERLAP, said("settlements.speaks_overlap", first=shared.first, last=shared.last)
    if line.payer and even(line.payer) == even(opened.payer):
        yield PAYER, said("settlements.speaks_payer", payer=line.payer)

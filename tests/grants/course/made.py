"""Agreements at work made of records alone, as the pure tests need them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from refusion.grants.course.gathering import recorded_columns
from refusion.grants.course.matters import matters
from refusion.grants.course.records import Decided, Order, Paper, PaperKind, PayoutRun, Step
from refusion.grants.course.running import planned
from refusion.grants.course.standing import Standing
from refusion.grants.evidence import Event, State
from refusion.grants.reading import agreement

SE_2013 = agreement("se-2013")
AT = datetime(2014, 2, 10, 12, tzinfo=UTC)
MADE_UP = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "grant-made-up.csv"


def statistics(**of_county: Mapping[str, str]) -> list[dict[str, str]]:
    """Give the made-up facts without what is recorded; ``of_county`` changes cells by ``c`` and code."""
    with MADE_UP.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    left_out = recorded_columns(SE_2013)
    kept = [{name: cell for name, cell in row.items() if name not in left_out and cell} for row in rows if row["county"] != "00"]
    return [{**row, **of_county.get(f"c{row['county']}", {})} for row in kept]


def paper(kind: PaperKind, key: str, number: int = 1, **content: object) -> Paper:
    """Make a paper."""
    return Paper(kind, key, number, date(2014, 1, 31), "dnr", content, "anna")


def decided(fulfilled: Mapping[tuple[str, str], bool]) -> tuple[tuple[Decided, ...], tuple[Step, ...]]:
    """Make an approved decision on every matter, a yes where none is given."""
    decisions, steps = [], []
    for place, one in enumerate(matters(SE_2013)):
        yes = fulfilled.get(one.key, True)
        decisions.append(
            Decided(UUID(int=place), *one.key, 1, yes, "made up", (), "", "hash", "anna", AT, "bo", AT)
        )
        event = Event.FOUND_FULFILLED if yes else Event.FOUND_NOT_FULFILLED
        steps.append(Step(*one.key, 1, State.PAYABLE if yes else State.NOT_FULFILLED, event, AT, "bo"))
    return tuple(decisions), tuple(steps)


def ready(
    fulfilled: Mapping[tuple[str, str], bool] | None = None, orders: Iterable[Order] = (), used: int = 50_000_000_00, rows: list[dict[str, str]] | None = None
) -> Standing:
    """Make an agreement of which every pot is payable."""
    decisions, steps = decided(fulfilled or {})
    papers = [paper(PaperKind.APPROVAL, one.id) for one in SE_2013.approvals]
    papers += [paper(PaperKind.REQUIREMENT, one.pot) for one in SE_2013.requirements]
    papers += [paper(PaperKind.CLOSING, "investigations"), paper(PaperKind.CLOSING, "pilot", used=used)]
    papers.append(paper(PaperKind.STATISTICS, "statistics", rows=rows if rows is not None else statistics()))
    return Standing(UUID(int=1), SE_2013, tuple(papers), steps, (), decisions, tuple(orders))


def paid(standing: Standing, *pots: str) -> Standing:
    """Let a run pay pots."""
    number = len(standing.runs) + 1
    plan = planned(standing, pots, number, {})
    run = PayoutRun(
        UUID(int=100 + number), number, pots, date(2014, 2, 14), plan.corrects, plan.content, plan.content_hash, "anna", AT, "bo", AT,
        None, None, "anna", AT,
    )  # fmt: skip
    return replace(standing, runs=(*standing.runs, run), lines=(*standing.lines, *plan.lines))

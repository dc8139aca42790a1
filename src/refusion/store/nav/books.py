"""Booking runs with their postings, what stands for each item, and why NAV paid something else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from refusion.ledger.nav_chart import DEBTORS, DEVIATIONS, INCOME
from refusion.settlements.nav_items.book import Entry
from refusion.settlements.nav_items.item import Booked, Carrier, ItemKey, Nature
from refusion.store.tenant import Row, Tenant, insert
from refusion.workflow.ports.norway.kept import BookedLine, ClosedRun, DuePart, Explanation, ParkedLine
from refusion.workflow.ports.norway.sap import RunKind

_RUN = "id, number, kind, month, booked_on, closed_at, entries"
_RUN_COLUMNS = len(_RUN.split(", "))
_CLOSE = insert("nav_run", f"{_RUN}, closed_by, transfer, load")
_ONE_RUN = f"""
    SELECT {_RUN}, transfer, load FROM nav_run WHERE institution_id = %(institution)s AND month = %(month)s AND kind = %(kind)s
"""  # noqa: S608 (our own names)
_ENTRY = insert("nav_entry", "id, run_id, why, case_id, month, nature, happened_on, learned_at, postings")
# All postings of a run go in with one statement, after their entries.
_POSTINGS = """
    INSERT INTO nav_posting (institution_id, entry_id, position, role, account, amount, cost_centre, project)
    SELECT %(institution)s, * FROM unnest(%(entries)s::uuid[], %(positions)s::int[], %(roles)s::text[], %(accounts)s::text[],
        %(amounts)s::bigint[], %(centres)s::text[], %(projects)s::text[])
"""
_PARTS = """
    UPDATE nav_part p SET run_id = %(run)s FROM unnest(%(reports)s::uuid[], %(places)s::int[], %(parts)s::int[]) AS b (report, place, part)
    WHERE p.institution_id = %(institution)s AND p.report_id = b.report AND p.place = b.place AND p.part = b.part
"""
_INTERIM = """
    UPDATE nav_line l SET interim_run_id = %(run)s FROM unnest(%(reports)s::uuid[], %(places)s::int[]) AS b (report, place)
    WHERE l.institution_id = %(institution)s AND l.report_id = b.report AND l.place = b.place
"""
_BOOKED = """
    SELECT e.case_id, e.month, e.nature, p.role, p.cost_centre, p.project, e.why, sum(p.amount)::bigint
    FROM nav_entry e JOIN nav_posting p ON p.institution_id = e.institution_id AND p.entry_id = e.id
    WHERE e.institution_id = %(institution)s AND e.case_id IS NOT NULL
    GROUP BY e.case_id, e.month, e.nature, p.role, p.cost_centre, p.project, e.why
"""
_LINES = """
    SELECT r.number, r.month, e.why, e.case_id, e.month, e.nature, e.happened_on, p.role, p.account, p.amount, p.cost_centre, p.project,
           e.id, p.position
    FROM nav_entry e JOIN nav_posting p ON p.institution_id = e.institution_id AND p.entry_id = e.id
    JOIN nav_run r ON r.institution_id = e.institution_id AND r.id = e.run_id
    WHERE e.institution_id = %(institution)s
"""
_EXPLAINED = """
    SELECT case_id, month, nature, reason, amount, explained_by, explained_at FROM nav_explanation
    WHERE institution_id = %(institution)s ORDER BY position
"""
_EXPLAIN = insert("nav_explanation", "id, case_id, month, nature, reason, amount, explained_by, explained_at")


@dataclass(frozen=True, slots=True)
class StoredNavBooks:
    """An institution's runs and their postings."""

    tenant: Tenant

    def run(self, month: date, kind: RunKind) -> ClosedRun | None:
        """Give a closed run with its files, None where it has not been closed."""
        row = self.tenant.one(_ONE_RUN, month=month, kind=kind.value)
        return None if row is None else _run(row)

    def runs(self) -> tuple[ClosedRun, ...]:
        """Give all closed runs by number, without their files."""
        rows = self.tenant.rows(f"SELECT {_RUN} FROM nav_run WHERE institution_id = %(institution)s ORDER BY number")  # noqa: S608 (our own)
        return tuple(map(_run, rows))

    def close(self, run: ClosedRun, entries: Sequence[tuple[UUID, Entry, date, Sequence[str]]]) -> None:
        """Keep a run with its entries: id, entry, the day it happened, and the account of each line."""
        self.tenant.run(
            _CLOSE,
            id=run.id,
            number=run.number,
            kind=run.kind.value,
            month=run.month,
            booked_on=run.booked_on,
            closed_at=run.closed_at,
            entries=run.entries,
            closed_by=self.tenant.actor.name,
            transfer=run.transfer,
            load=run.load,
        )
        if entries:
            self.tenant.run_many(_ENTRY, (_entry(run, *entry[:3]) for entry in entries))
            self.tenant.run(_POSTINGS, **_postings(entries))

    def mark_booked(self, run: UUID, parts: Sequence[DuePart], interim: Sequence[ParkedLine]) -> None:
        """Note which parts and parked lines the run has booked; the database refuses a second time."""
        self.tenant.run(
            _PARTS,
            run=run,
            reports=[part.report for part in parts],
            places=[part.place for part in parts],
            parts=[part.number for part in parts],
        )
        self.tenant.run(_INTERIM, run=run, reports=[line.report for line in interim], places=[line.place for line in interim])

    def booked(self) -> Mapping[ItemKey, Booked]:
        """Give what stands for every item; accruals stand apart and are no part of it."""
        found: dict[ItemKey, _Sums] = {}
        for case, month, nature, role, centre, project, why, amount in self.tenant.rows(_BOOKED):
            sums = found.setdefault(ItemKey(case, month, Nature(nature)), _Sums({}, {}))
            sums.add(role, Carrier(centre, project), why, amount)
        return {item: Booked(sums.claimed, sums.deviated, sums.received) for item, sums in found.items()}

    def lines(self, run: UUID | None = None) -> tuple[BookedLine, ...]:
        """Give postings of a run or of all, in the order they were made."""
        chosen = "" if run is None else " AND e.run_id = %(run)s"
        return tuple(map(_line, self.tenant.rows(_LINES + chosen + " ORDER BY e.position, p.position", run=run)))

    def explanations(self) -> Mapping[ItemKey, Explanation]:
        """Give the latest explanation of each item."""
        found = {}
        for case, month, nature, *told in self.tenant.rows(_EXPLAINED):
            item = ItemKey(case, month, Nature(nature))
            found[item] = Explanation(item, *told)
        return found

    def explain(self, explanation: Explanation) -> None:
        """Keep an explanation."""
        item = explanation.item
        self.tenant.run(
            _EXPLAIN,
            id=self.tenant.id_of("nav_explanation", item.case, item.month, item.nature, explanation.at.isoformat()),
            case_id=item.case,
            month=item.month,
            nature=item.nature.value,
            reason=explanation.reason,
            amount=explanation.amount,
            explained_by=explanation.by,
            explained_at=explanation.at,
        )


@dataclass(slots=True)
class _Sums:
    claimed: dict[Carrier, int]
    deviated: dict[Carrier, int]
    received: int = 0

    def add(self, role: str, carrier: Carrier, why: str, amount: int) -> None:
        """Add a sum of postings to what it says of the item: income is booked as credit, money takes the debtor down."""
        if role in INCOME:
            self.claimed[carrier] = self.claimed.get(carrier, 0) - amount
        elif role in DEVIATIONS:
            self.deviated[carrier] = self.deviated.get(carrier, 0) - amount
        elif role in DEBTORS and why in ("received", "placed"):
            self.received -= amount


def _entry(run: ClosedRun, id: UUID, entry: Entry, happened_on: date) -> dict[str, object]:  # noqa: A002 (the table's word)
    item = entry.item
    return {
        "id": id,
        "run_id": run.id,
        "why": entry.why.value,
        "case_id": item and item.case,
        "month": item and item.month,
        "nature": item and item.nature.value,
        "happened_on": happened_on,
        "learned_at": run.closed_at,
        "postings": len(entry.lines),
    }


def _postings(entries: Sequence[tuple[UUID, Entry, date, Sequence[str]]]) -> dict[str, list[Any]]:
    rows = [
        (id, place, line.role.value, account, line.amount, line.carrier.cost_centre, line.carrier.project)
        for id, entry, _, accounts in entries
        for place, (line, account) in enumerate(zip(entry.lines, accounts, strict=True), 1)
    ]
    names = ("entries", "positions", "roles", "accounts", "amounts", "centres", "projects")
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


def _run(row: Row) -> ClosedRun:
    id, number, kind, month, booked_on, closed_at, entries = row[:_RUN_COLUMNS]
    transfer, load = map(bytes, row[_RUN_COLUMNS:] or (b"", b""))
    return ClosedRun(id, number, RunKind(kind), month, booked_on, closed_at, entries, transfer, load)


def _line(row: Row) -> BookedLine:
    run, run_month, why, case, month, nature, *rest = row
    item = None if case is None else ItemKey(case, month, Nature(nature))
    return BookedLine(run, run_month, why, item, *rest)

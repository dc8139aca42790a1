"""The Norwegian kinds of ``refusion import``: SAP's feed and rejected lines, NAV's settlement reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from refusion.doors.cli.run import from_shell
from refusion.values.said import Said, said

if TYPE_CHECKING:
    from refusion.wiring.house import House

FEED = ("sap-employments", "sap-pay", "sap-absences", "sap-allocations")
REJECTED, REPORT = "sap-rejected", "nav-report"
KINDS = (*FEED, REJECTED, REPORT)


@dataclass(frozen=True, slots=True)
class Given:
    """A file as it was named: its kind, path and bytes, a mapping for SAP's, the day of payment for NAV's."""

    kind: str
    file: Path
    raw: bytes
    mapping: Path | None = None
    pays_on: date | None = None


def take(house: House, code: str, given: Given) -> tuple[Said, dict[str, object]]:
    """Take in a file and say what became of it."""
    if given.kind == REPORT:
        return _report(house, code, given)
    if given.kind == REJECTED:
        lines = house.take_sap_rejected(from_shell(), code, given.file.name, given.raw)
        return said("refusjon.rejected_taken", lines=lines), {"file": given.file.name, "lines": lines}
    done = house.absorb_sap(from_shell(), code, given.kind, given.file.name, given.raw, mapping=given.mapping)
    counts = {"new": done.counts.new, "changed": done.counts.changed, "same": done.counts.same, "cases": done.opened}
    facts: dict[str, object] = {"file": given.file.name, "again": done.again, **counts}
    return said("refusjon.sap_again" if done.again else "refusjon.sap_taken", file=given.file.name, **counts), facts


def _report(house: House, code: str, given: Given) -> tuple[Said, dict[str, object]]:
    done = house.import_nav_report(from_shell(), code, given.file.name, given.raw, pays_on=given.pays_on)
    key = "refusjon.report_again" if done.again else "refusjon.report_taken"
    words = said(
        key,
        file=given.file.name,
        lines=done.lines,
        total_ore=done.total,
        parked=done.parked,
        parked_ore=done.parked_total,
        pays_on=done.pays_on,
    )
    facts: dict[str, object] = {
        "file": given.file.name,
        "again": done.again,
        "lines": done.lines,
        "total": done.total,
        "parked": done.parked,
        "parked_total": done.parked_total,
        "pays_on": done.pays_on.isoformat(),
    }
    return words, facts

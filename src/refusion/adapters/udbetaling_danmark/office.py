"""The writer of report files and reader of decision files, as the house asks for them (the port ``Office``)."""

from __future__ import annotations

from collections.abc import Sequence

from refusion.adapters.udbetaling_danmark.codec import read_decisions, write_report
from refusion.adapters.udbetaling_danmark.translate import to_decided, to_row
from refusion.cases.facts import Kind
from refusion.workflow.ports.funds import Decided, Row
from refusion.workflow.ports.institution import Institution


class ReportOffice:
    """Writes and reads the files; keeps nothing."""

    def write(self, employer: Institution, kind: Kind, rows: Sequence[Row]) -> bytes:
        """Write a report file of a fund: one row a claim, in the order given."""
        return write_report(to_row(employer, kind, row) for row in rows)

    def read(self, name: str, raw: bytes) -> Sequence[Decided]:
        """Read a decision file. Raises BadInput naming file, row, column, value and remedy."""
        return to_decided(name, read_decisions(name, raw))

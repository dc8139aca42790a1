"""The reader of settlement reports that came as a file: the twelve fields or the order in JSON; the house asks it."""

from __future__ import annotations

from datetime import date

from refusion.adapters.nav.codec import decode
from refusion.adapters.nav.order import read_order
from refusion.adapters.nav.translate import ordered, to_report
from refusion.settlements.nav_report import ReportHead, SettlementReport
from refusion.values.said import BadInput, Problem, said


class SettlementFiles:
    """Reads a report from a file (the port ``ReportReader``)."""

    def read(self, name: str, raw: bytes, pays_on: date | None = None) -> SettlementReport:
        """Read a report; the twelve fields need ``pays_on``, the order states it itself and then that counts.

        Raises BadInput naming every line and field that is not as it must be.
        """
        if raw.lstrip()[:1] == b"{":
            return ordered(read_order(raw, name), raw)
        lines = decode(raw, name)
        if not lines:
            raise _refusal("no_lines", name)
        if pays_on is None:
            raise _refusal("day_of_payment_missing", name)
        head = ReportHead(None, lines[0].organisation, pays_on, lines[0].account)
        return to_report(head, lines, raw)


def _refusal(key: str, name: str) -> BadInput:
    return BadInput(Problem(said(f"nav.{key}"), said(f"nav.{key}_remedy"), name))

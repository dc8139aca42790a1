"""Writes the house's journals in the forms that accounting programs read."""

from __future__ import annotations

from collections import defaultdict

from refusion.adapters.accounting import codec, translate
from refusion.workflow.ports.books.journal import Journal

NAVISION, CSV, LEDGER = "navision", "csv", "ledger"


class Writer:
    """Writes journals; pure."""

    forms = (NAVISION, CSV, LEDGER)

    def write(self, form: str, journal: Journal) -> bytes:
        """Write a journal in a form. Raises ValueError for one that does not balance in every entry, or a text that a field refuses."""
        require_balanced(journal)
        if form == LEDGER:
            return codec.write_plain(translate.to_plain(journal))
        rows = translate.to_navision(journal) if form == NAVISION else translate.to_csv(journal)
        return codec.write_rows(form, rows)


def require_balanced(journal: Journal) -> None:
    """Raise ValueError naming the first entry that does not sum to zero."""
    sums: defaultdict[int, int] = defaultdict(int)
    for line in journal.lines:
        sums[line.entry] += line.amount
    wrong = next((entry for entry, total in sums.items() if total), None)
    if wrong is not None:
        raise ValueError(f"entry {wrong} sums to {sums[wrong]} øre")

"""The twin: an accounting program that takes a file whole, once per document number, and keeps balances per account."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from refusion.adapters.accounting import codec
from refusion.values.money import ore

Entry = tuple[str, tuple[tuple[str, int], ...]]


@dataclass(frozen=True, slots=True)
class Kept:
    """What the program holds: postings by document number, øre, debit positive."""

    entries: dict[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)

    def balances(self) -> dict[str, int]:
        """Sum the postings per account; balances of zero are left out."""
        sums: defaultdict[str, int] = defaultdict(int)
        for lines in self.entries.values():
            for account, amount in lines:
                sums[account] += amount
        return {account: amount for account, amount in sums.items() if amount}


def take_in(form: str, raw: bytes, kept: Kept) -> Kept:
    """Take a file in. Raises ValueError for one that can't be read, does not balance, or repeats a document number."""
    found: dict[str, list[tuple[str, int]]] = {}
    for code, postings in _entries(form, raw):
        found.setdefault(code, []).extend(postings)
    for code, lines in found.items():
        if code in kept.entries:
            raise ValueError(f"document {code} was posted before")
        if sum(amount for _, amount in lines):
            raise ValueError(f"document {code} does not balance")
    return replace(kept, entries={**kept.entries, **{code: tuple(lines) for code, lines in found.items()}})


def _entries(form: str, raw: bytes) -> Iterator[Entry]:
    if form == "ledger":
        for entry in codec.read_plain(raw).entries:
            yield entry.code, tuple((one.account, one.amount) for one in entry.postings)
        return
    code, account, amount = ("Bilagsnr.", "Kontonr.", "Beløb") if form == "navision" else ("entry", "account", "amount")
    for row in codec.read_rows(form, raw):
        yield "RF" + row[code].removeprefix("RF"), ((row[account], ore(row[amount].replace(",", "."))),)

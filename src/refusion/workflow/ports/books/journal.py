"""Journal lines on their way to an accounting program: as the books hold them, as they are written, as they were given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from refusion.values.said import Said


@dataclass(frozen=True, slots=True)
class BookedLine:
    """One posting as the books hold it: ``entry`` numbers its transaction, ``line`` the posting in it; ``amount`` is øre.

    ``claim``, ``case`` and ``corrects`` are human numbers; ``kind`` is the case's.
    """

    entry: int
    line: int
    day: date
    account: str
    amount: int
    reason: str
    text: Said
    claim: int | None
    case: int | None
    kind: str | None
    corrects: int | None


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One posting as a bookkeeper sees it: ``entry`` and ``line`` number it, ``amount`` is øre (debit positive).

    ``says`` is the sentence of the transaction, ``reason`` its word, ``claim`` and ``case`` their human numbers;
    no line names a person.
    """

    entry: int
    line: int
    day: date
    account: str
    account_name: str
    amount: int
    reason: str
    says: str
    claim: int | None
    case: int | None
    kind: str | None
    corrects: int | None


@dataclass(frozen=True, slots=True)
class Journal:
    """What one batch gives out: whose books, which batch for which target, which days, and its lines by entry."""

    institution: str
    company_number: str
    currency: str
    target: str
    number: int
    first: date
    last: date
    lines: tuple[JournalLine, ...]

    @property
    def debit(self) -> int:
        """Sum the debit in øre; the credit is the same."""
        return sum(line.amount for line in self.lines if line.amount > 0)

    @property
    def entries(self) -> int:
        """Count the transactions."""
        return len({line.entry for line in self.lines})


class JournalWriter(Protocol):
    """Writes journals as an accounting program reads them; pure. The same journal gives the same bytes."""

    @property
    def forms(self) -> Sequence[str]:
        """Name the forms that it writes."""

    def write(self, form: str, journal: Journal) -> bytes:
        """Write a journal in a form. Raises ValueError for one that does not balance."""


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch that was given out, with the very bytes; ``debit`` is øre."""

    target: str
    number: int
    form: str
    first: date
    last: date
    transactions: int
    lines: int
    debit: int
    sha256: str
    content: bytes
    made_by: str
    made_at: datetime

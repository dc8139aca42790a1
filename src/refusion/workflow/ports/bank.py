"""The bank: the reader of its files, and the lines that the house keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class LineDetail:
    """One transaction inside a line, in øre, signed; ``told`` is everything that it tells.

    ``person`` is the opaque key of the one known person that it names, filled when it is read back.
    """

    amount: int
    payer: str
    told: tuple[str, ...]
    person: str = ""


@dataclass(frozen=True, slots=True)
class BankLine:
    """One booked line; ``amount`` øre, money in is positive. ``key`` makes the same line in two files one.

    ``tray`` says why a line belongs to no institution (``bank.foreign_account``, ``bank.foreign_currency``), else None.
    ``details`` are the transactions inside, given only where they are several and sum to the line.
    """

    key: str
    account: str
    currency: str
    amount: int
    booked_on: date
    reference: str
    payer: str
    text: str
    tray: str | None = None
    id: UUID | None = None
    details: tuple[LineDetail, ...] = ()


class BankReader(Protocol):
    """Reads camt.053 and camt.054; pure. Raises BadInput naming file, line, element, value and remedy."""

    def read(self, name: str, raw: bytes) -> Sequence[BankLine]:
        """Give the booked lines in the order of the file."""


@dataclass(frozen=True, slots=True)
class Decision:
    """An authority's decision on one claim, in øre; ``reference`` is the text its payment will carry.

    ``refund`` and ``supplement`` are the claim's totals; ``pays`` is what this decision moves (a revision pays only the
    difference to the one it ``revises``; negative is collected).
    """

    id: UUID
    authority_id: str
    claim: UUID
    claim_version: int
    refund: int
    supplement: int
    pays: int
    reference: str
    decided_on: date
    pays_on: date | None
    revises: str | None = None
    text: str = ""

    @property
    def total(self) -> int:
        """Add refund and supplement."""
        return self.refund + self.supplement


def decided_in_all(decisions: Sequence[Decision]) -> tuple[int, int]:
    """Give refund and supplement that decisions on one claim come to, oldest first: the last of each version counts.

    A corrected claim is decided anew while the decision on the version before is revised to nothing.
    """
    last = {one.claim_version: one for one in decisions}
    return sum(one.refund for one in last.values()), sum(one.supplement for one in last.values())


@dataclass(frozen=True, slots=True)
class Match:
    """A share of a bank line that belongs to a claim, with the reason in a key.

    ``by`` is the person who made it, empty for the house, ``note`` the reason in his words. One that ``undoes`` another
    takes it back. ``parts`` are the lines of a specification that told it.
    """

    id: UUID
    line: UUID
    claim: UUID
    decision: UUID | None
    amount: int
    reason: str
    matched_on: date
    by: str = ""
    note: str = ""
    undoes: UUID | None = None
    parts: tuple[UUID, ...] = ()


class Bank(Protocol):
    """Where bank lines, decisions and matches lie; none of them ever changes."""

    def owners(self, accounts: Sequence[str]) -> Mapping[str, tuple[str, str]]:
        """Give for each account that the institution owns its currency and mandate."""

    def absorb(self, lines: Sequence[BankLine], file: UUID, at: datetime) -> tuple[int, int]:
        """Keep lines that are not there yet, those for the tray too; gives how many were new and how many were known."""

    def unmatched(self) -> tuple[BankLine, ...]:
        """Give the institution's lines that are not fully matched, with what is left of each in ``amount``."""

    def keep_decision(self, decision: Decision) -> bool:
        """Keep a decision once; False when it lies there already."""

    def decisions(self, claim: UUID) -> tuple[Decision, ...]:
        """Give the decisions on a claim, oldest first."""

    def unpaid_decisions(self) -> tuple[Decision, ...]:
        """Give decisions whose matches do not sum to what they pay, by reference."""

    def keep_match(self, match: Match) -> None:
        """Keep a match once."""

    def matched(self, claim: UUID) -> int:
        """Give the sum of a claim's matches in øre."""

    def matched_decision(self, decision: UUID) -> int:
        """Give the sum of a decision's matches in øre."""

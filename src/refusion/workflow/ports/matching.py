"""What speaks for matches and what people do about lines, as the verbs see it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

from refusion.settlements.facts import Expected, Specified
from refusion.values.period import Period
from refusion.workflow.ports.bank import LineDetail, Match

Told = tuple[UUID, UUID | None]


@dataclass(frozen=True, slots=True)
class OpenLine:
    """A line of the institution with an open rest, by its ``number``; amounts in øre, signed.

    ``told`` is everything that any file told of it, ``people`` the opaque keys of the persons it names. ``kept`` counts
    the matches ever made with a claim and decision, undone ones too. ``undone`` tells that a person took a match back, so
    that only a person matches it again; ``parked_until`` and ``parked_because`` that somebody laid it aside.
    """

    id: UUID
    number: int
    amount: int
    rest: int
    booked_on: date
    payer: str
    told: tuple[str, ...]
    people: tuple[str, ...] = ()
    details: tuple[LineDetail, ...] = ()
    kept: Mapping[Told, int] = field(default_factory=dict)
    undone: bool = False
    parked_until: date | None = None
    parked_because: str = ""

    def is_parked(self, day: date) -> bool:
        """Tell whether the line is laid aside on a day."""
        return self.parked_until is not None and day <= self.parked_until


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """A row of any payer's payment specification, in øre, signed; ``number`` is the person's national number or empty."""

    payment: str
    payer: str
    pays_on: date | None
    amount: int
    told: tuple[str, ...]
    number: str
    period: Period | None


class PaymentReader(Protocol):
    """Reads payment specifications; pure. Raises BadInput naming file, row, column, value and remedy."""

    def read(self, name: str, raw: bytes, mapping: Path | None = None) -> Sequence[PaymentRow]:
        """Give the rows in the order of the file."""


@dataclass(frozen=True, slots=True)
class WriteOff:
    """The rest of a claim or of a line that somebody proposes to give up; ``amount`` is øre.

    ``number`` is None until it is kept; ``outcome`` None while nobody approved or withdrew it.
    """

    id: UUID
    number: int | None
    claim: UUID | None
    line: UUID | None
    amount: int
    reason: str
    content_hash: str
    proposed_by: str
    proposed_at: datetime
    outcome: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which claims may be meant: by id, by person, by a word that names them, or by what is still to come, in øre."""

    claims: Collection[UUID] = ()
    people: Collection[str] = ()
    words: Collection[str] = ()
    amounts: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class ClaimName:
    """How people name a claim: its number and its case's; nothing of a person."""

    claim: UUID
    number: int
    case: int


class Matching(Protocol):
    """Where evidence, parked lines and write-offs lie."""

    def alone(self) -> None:
        """Let nobody else match at the institution until the transaction ends."""

    def open_lines(self) -> tuple[OpenLine, ...]:
        """Give the institution's lines that are neither matched nor written off in whole, by day."""

    def line(self, number: int) -> UUID:
        """Give the line of a number. Raises Refused when the institution has none."""

    def claim(self, number: int) -> UUID:
        """Give the claim of a number. Raises Refused when the institution has none."""

    def numbers(self, lines: Collection[UUID]) -> Mapping[UUID, int]:
        """Give the numbers of lines."""

    def names(self, claims: Collection[UUID]) -> Mapping[UUID, ClaimName]:
        """Say how people name claims."""

    def expected(self, wanted: Wanted, *, decided: bool) -> tuple[Expected, ...]:
        """Give the requested claims that may be meant, decided ones or not, with what they expect in all and what came."""

    def specified(self) -> tuple[Specified, ...]:
        """Give the lines of payment specifications that no standing match was told by."""

    def matched_parts(self, lines: Collection[UUID]) -> frozenset[UUID]:
        """Give the parts that standing matches of lines were told by."""

    def keep_parts(self, parts: Sequence[Specified], file: UUID, at: datetime) -> int:
        """Keep lines of specifications once; gives how many were new."""

    def person_key(self, national_number: str) -> str:
        """Give the opaque key of a person, known to payroll or not yet."""

    def standing(self, line: UUID) -> tuple[Match, ...]:
        """Give the matches of a line that nobody took back, oldest first."""

    def park(self, line: UUID, reason: str, until: date) -> None:
        """Lay a line aside until a day."""

    def propose(self, write_off: WriteOff) -> int:
        """Keep a proposal and give its number. Raises Refused when one for the same claim or line is open."""

    def write_off(self, number: int) -> WriteOff:
        """Give a proposal and lock it. Raises Refused when there is none."""

    def write_offs(self, *, only_open: bool = True) -> tuple[WriteOff, ...]:
        """Give proposals, the open ones first, then the newest."""

    def decide(self, write_off: WriteOff, decided_hash: str | None) -> None:
        """Keep who approved or withdrew; the database refuses the proposer's own approval and another content."""

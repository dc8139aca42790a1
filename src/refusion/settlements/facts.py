"""What came in, what was decided, and what the two say together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from refusion.values.period import Period
from refusion.values.said import Said


@dataclass(frozen=True, slots=True)
class Expected:
    """What we expect for a claim (its pre-registration), in øre; ``person_key`` is opaque.

    ``references`` name the claim alone: its number with us or with the authority. ``matched`` is what has come for it.
    ``payer`` is who is to pay, where that is known.
    """

    claim: UUID
    person_key: str
    period: Period
    amount: int
    references: tuple[str, ...] = ()
    matched: int = 0
    payer: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """A booked line that isn't fully matched: ``amount`` is what is left of it in øre, signed.

    The one contract of every payer's file. ``told`` is everything that came with it, one told thing per text:
    references, end-to-end ids, text lines. ``people`` are opaque keys of the persons it names, ``period`` the days it
    pays for, ``payer`` who paid; each is empty where the line doesn't tell it.
    """

    line: UUID
    amount: int
    booked_on: date
    told: tuple[str, ...]
    people: tuple[str, ...] = ()
    period: Period | None = None
    payer: str = ""


@dataclass(frozen=True, slots=True)
class Specified:
    """A line of a payment specification: it is no money, it tells what a share of a payment is for.

    ``payment`` is what the payer calls the payment; the specification's lines of one payer and payment belong together.
    ``of_line`` names the money where that is certain beforehand (a transaction inside a bank's batch). ``amount`` is
    in øre, signed. Lines matched before are left out, as their share is of the money.
    """

    part: UUID
    payment: str
    amount: int
    told: tuple[str, ...] = ()
    person_key: str = ""
    period: Period | None = None
    payer: str = ""
    pays_on: date | None = None
    of_line: UUID | None = None


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """What a decision gives one claim, in øre, and the reference its payment carries.

    ``pays`` is what this decision moves (a revision moves the difference only); None is refund plus supplement.
    ``matched`` is what bank lines have paid of it already.
    """

    decision: UUID
    claim: UUID
    refund: int
    supplement: int
    reference: str
    pays_on: date | None = None
    pays: int | None = None
    matched: int = 0

    @property
    def total(self) -> int:
        """Add refund and supplement."""
        return self.refund + self.supplement

    @property
    def outstanding(self) -> int:
        """Give what is still to come under this decision."""
        return (self.total if self.pays is None else self.pays) - self.matched


@dataclass(frozen=True, slots=True)
class Pair:
    """A share of a line that pays a claim, under a decision where there is one; negative when money is taken back.

    ``parts`` are the lines of a specification that tell the share.
    """

    line: UUID
    claim: UUID
    decision: UUID | None
    amount: int
    because: Said
    parts: tuple[UUID, ...] = ()

    @property
    def reason(self) -> str:
        """Give the key of the reason."""
        return self.because.key


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A line, or what is left of it, that no evidence gives to a claim, with what is known of it."""

    line: UUID
    because: Said


@dataclass(frozen=True, slots=True)
class Matching:
    """All pairs and all lines that are left, sorted by line, claim and decision."""

    pairs: tuple[Pair, ...]
    unmatched: tuple[Unmatched, ...]

"""What a payment order says: who pays, whom, how much, to which account; amounts in øre."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Scheme(StrEnum):
    """How the receiver's account is named."""

    IBAN = "iban"
    DK = "dk"
    """Registration number of four digits and up to ten digits of account."""
    NO = "no"
    """Eleven digits, the last one a check digit."""
    SE = "se"
    """Clearing number of four or five digits and the account."""
    NEMKONTO_CPR = "nemkonto_cpr"
    NEMKONTO_CVR = "nemkonto_cvr"


@dataclass(frozen=True, slots=True)
class Payer:
    """Who pays and from where; ``company_number`` is the payer's number in its country, ``bic`` its bank."""

    name: str
    company_number: str
    iban: str
    bic: str
    currency: str


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment: ``id`` follows it to the bank statement, ``bank`` is the registration or clearing number where there is one."""

    id: str
    amount: int
    name: str
    scheme: Scheme
    account: str
    bank: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """What holds for all payments of a run: ``id`` of at most 28 characters, the day they are to be paid on."""

    id: str
    payer: Payer
    pays_on: date
    made_at: str

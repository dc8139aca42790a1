"""Statements and entries in the words of ISO 20022 (camt.053 and camt.054), amounts still as written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Statement:
    """``Stmt`` or ``Ntfctn``: its place in the file counts from 1."""

    message: str
    version: str
    identification: str
    account: str
    account_scheme: str
    account_currency: str | None
    position: str


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as the bank wrote it, with the line it stands in."""

    written: str
    currency: str
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """Who paid or was paid: many Danish lines give address lines alone."""

    name: str | None
    address: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TransactionDetails:
    """``TxDtls``: one transaction of an entry. ``sign`` is CRDT, DBIT or None when the entry's holds."""

    amount: Amount | None
    sign: str | None
    account_servicer_reference: str | None
    end_to_end: str | None
    debtor: Party
    creditor: Party
    unstructured: tuple[str, ...]
    creditor_references: tuple[str, ...]
    additional: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """``Ntry``: one booked, pending or informative line."""

    amount: Amount
    sign: str
    is_reversal: bool
    status: str
    booking_date: date | None
    value_date: date | None
    account_servicer_reference: str | None
    transaction_code: str
    details: tuple[TransactionDetails, ...]
    additional: str | None
    position: str
    fragment_hash: str
    row: int | None

"""What a bank tells us: files, their statements and their lines, in our words and as they were given."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

BOOKED = "BOOK"


@dataclass(frozen=True, slots=True)
class BankDetail:
    """One transaction inside a line; ``amount`` in øre, signed, or None when the bank gives none in the line's currency."""

    amount: int | None
    reference: str | None
    end_to_end: str | None
    payer: str | None
    payer_address: tuple[str, ...]
    text: tuple[str, ...]
    creditor_references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BankEntry:
    """One line of an account.

    ``amount`` is in the currency's minor unit (øre), credit positive, debit negative. ``payer`` is the other party,
    who paid us or whom we paid. Only a line that :attr:`is_booked` counts as money. ``occurrence`` numbers lines of
    one statement that nothing else tells apart, from 1.
    """

    account: str
    currency: str
    amount: int
    booked_on: date | None
    value_on: date | None
    status: str
    reference: str | None
    end_to_end: str | None
    payer: str | None
    payer_address: tuple[str, ...]
    text: tuple[str, ...]
    transaction_code: str
    is_reversal: bool
    statement: str
    position: str
    fragment_hash: str
    details: tuple[BankDetail, ...] = ()
    occurrence: int = 1

    @property
    def is_booked(self) -> bool:
        """Tell whether the bank has booked the line; pending and informative lines are kept apart."""
        return self.status == BOOKED

    @property
    def details_hold(self) -> bool:
        """Tell whether every detail has an amount and they sum to the line."""
        amounts = [detail.amount for detail in self.details if detail.amount is not None]
        return bool(amounts) and len(amounts) == len(self.details) and sum(amounts) == self.amount


@dataclass(frozen=True, slots=True)
class BankStatement:
    """The head of one statement or notification; ``kind_of_number`` says whether the account is an IBAN."""

    identification: str
    account: str
    kind_of_number: str
    currency: str | None


@dataclass(frozen=True, slots=True)
class BankFile:
    """A whole file: ``kind`` is camt.053 or camt.054, ``version`` such as 02."""

    name: str
    kind: str
    version: str
    statements: tuple[BankStatement, ...]
    entries: tuple[BankEntry, ...]
    content_hash: str

    @property
    def statement_ids(self) -> tuple[str, ...]:
        """Give the bank's own ids of the statements, in the order of the file; a bank may use one again."""
        return tuple(statement.identification for statement in self.statements)

    @property
    def accounts(self) -> tuple[str, ...]:
        """Give the account numbers of the file, each once, in the order of the file."""
        return tuple(dict.fromkeys(statement.account for statement in self.statements))

    @property
    def account(self) -> str | None:
        """Give the account, or None when the file speaks of several."""
        return self.accounts[0] if len(self.accounts) == 1 else None

    @property
    def currency(self) -> str | None:
        """Give the currency, or None when the file has several."""
        said = [entry.currency for entry in self.entries] + [head.currency for head in self.statements]
        found = {currency for currency in said if currency}
        return found.pop() if len(found) == 1 else None

    @property
    def booked(self) -> tuple[BankEntry, ...]:
        """Give the lines that count as money."""
        return tuple(entry for entry in self.entries if entry.is_booked)

    @property
    def not_booked(self) -> tuple[BankEntry, ...]:
        """Give the lines that are pending or informative."""
        return tuple(entry for entry in self.entries if not entry.is_booked)


def account_number(written: str) -> str:
    """Write an account number in one way: no spaces, capitals."""
    return "".join(written.split()).upper()


def line_identity(entry: BankEntry) -> bytes:
    """Give what names the line in every file that tells of it, but for its occurrence.

    The bank's own reference where there is one; otherwise the content that statement (camt.053) and notification
    (camt.054) have in common. The statement's id is no part of it: banks use them again. Neither is the position.
    """
    day = entry.booked_on.isoformat() if entry.booked_on else ""
    line = [entry.account, entry.currency, str(entry.amount), day]
    named = ["reference", entry.reference] if entry.reference else ["content", *_content(entry)]
    return hashlib.sha256(b"".join(_measured(part) for part in line + named)).digest()


def line_key(entry: BankEntry) -> str:
    """Give the line's identity over all files: the same line told twice has one key, two equal payments have two."""
    return hashlib.sha256(line_identity(entry) + _measured(str(entry.occurrence))).hexdigest()


def _content(entry: BankEntry) -> list[str]:
    """List what the payer sent along, spaces evened out."""
    told = [entry.end_to_end or ""]
    for detail in entry.details:
        told += [detail.end_to_end or "", *detail.creditor_references, *detail.text]
    return [" ".join(part.split()) for part in told]


def _measured(part: str) -> bytes:
    """Write a part with its length before it, so that no two lists of parts look alike."""
    written = part.encode()
    return len(written).to_bytes(4, "big") + written

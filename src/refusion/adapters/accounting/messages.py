"""The columns of a journal in the accounting program's words, each with its form."""

from __future__ import annotations

from dataclasses import dataclass

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, what stands in it, the form of its text as a regular expression, and its greatest length."""

    name: str
    says: str
    pattern: str
    most: int = 250


ACCOUNT = r"[0-9A-Za-z][0-9A-Za-z.-]*"
ANY = r"[^\r\n]*"
NUMBER, OPTIONAL_NUMBER = r"[1-9][0-9]*", r"(?:[1-9][0-9]*)?"
DANISH_AMOUNT, AMOUNT = r"-?[0-9]+,[0-9]{2}", r"-?[0-9]+\.[0-9]{2}"
OPTIONAL_DANISH_AMOUNT, OPTIONAL_AMOUNT = rf"(?:{DANISH_AMOUNT})?", rf"(?:{AMOUNT})?"
CURRENCY = r"[A-Z]{3}"

NAVISION: tuple[Column, ...] = (
    Column("Linjenr.", "the line's number in the batch, in steps of 10000 as in a general journal", NUMBER, 10),
    Column("Bogføringsdato", "the day the transaction is true for, day-month-year", r"[0-9]{2}-[0-9]{2}-[0-9]{4}", 10),
    Column("Bilagsnr.", "the transaction's entry number with RF before it; the same in each of its lines", r"RF[1-9][0-9]*", 20),
    Column("Eksternt bilagsnr.", "institution, batch and claim number: where to look in Refusion", ANY, 35),
    Column("Kontotype", "always Finans: the account is one of the chart of accounts", "Finans", 10),
    Column("Kontonr.", "the account", ACCOUNT, 20),
    Column("Beskrivelse", "claim number and what happened, cut to the field; amounts stand in their own columns", ANY, 50),
    Column("Debetbeløb", "kroner with decimal comma, empty for a credit", OPTIONAL_DANISH_AMOUNT, 20),
    Column("Kreditbeløb", "kroner with decimal comma, empty for a debit", OPTIONAL_DANISH_AMOUNT, 20),
    Column("Beløb", "kroner with decimal comma, debit positive, credit negative", DANISH_AMOUNT, 20),
    Column("Valutakode", "empty for the program's own currency (DKK), else its code", rf"(?:{CURRENCY})?", 10),
    Column("Årsagskode", "why it was posted: PRE_REGISTERED, ADJUSTED, LOST, REVERSED, CORRECTED …", r"[A-Z_]+", 20),
)
CSV: tuple[Column, ...] = (
    Column("institution", "the institution's code", ANY),
    Column("batch", "the number of the batch for its target", NUMBER, 10),
    Column("entry", "the transaction's number; the same in every line of the transaction", NUMBER, 19),
    Column("line", "the line's number in the transaction", NUMBER, 10),
    Column("day", "the day the transaction is true for, year-month-day", r"[0-9]{4}-[0-9]{2}-[0-9]{2}", 10),
    Column("account", "the account", ACCOUNT, 20),
    Column("account_name", "what the account is for, empty for one that serves nothing any more", ANY),
    Column("debit", "kroner with decimal point, empty for a credit", OPTIONAL_AMOUNT, 20),
    Column("credit", "kroner with decimal point, empty for a debit", OPTIONAL_AMOUNT, 20),
    Column("amount", "kroner with decimal point, debit positive, credit negative", AMOUNT, 20),
    Column("currency", "the currency's code", CURRENCY, 3),
    Column("reason", "why it was posted: pre_registered, adjusted, lost, reversed, corrected …", r"[a-z_]+", 40),
    Column("text", "the sentence of the transaction", ANY),
    Column("claim", "the claim's number, empty where the posting belongs to none", OPTIONAL_NUMBER, 19),
    Column("case", "the case's number, empty where the posting belongs to none", OPTIONAL_NUMBER, 19),
    Column("kind", "the case's kind, empty where the posting belongs to none", r"[a-z0-9_]*", 40),
    Column("corrects", "the number of the transaction that this one corrects or takes back, else empty", OPTIONAL_NUMBER, 19),
)
COLUMNS = {"navision": NAVISION, "csv": CSV}


TAGS = ("reason", "claim", "case", "corrects")
"""What a transaction of a plain-text ledger is tagged with: why, and the human numbers of claim, case and corrected entry."""


@dataclass(frozen=True, slots=True)
class PlainPosting:
    """One posting of a plain-text ledger: account, øre (debit positive) and currency."""

    account: str
    amount: int
    currency: str


@dataclass(frozen=True, slots=True)
class PlainEntry:
    """One transaction of a plain-text ledger: ISO day, code, description, tags, postings."""

    day: str
    code: str
    description: str
    tags: tuple[tuple[str, str], ...]
    postings: tuple[PlainPosting, ...]


@dataclass(frozen=True, slots=True)
class PlainJournal:
    """A plain-text ledger: remarks at its head, its currency, accounts with their names, entries."""

    remarks: tuple[str, ...]
    currency: str
    accounts: tuple[tuple[str, str], ...]
    entries: tuple[PlainEntry, ...]

"""The house's journal ↔ rows and entries of accounting programs; pure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from refusion.adapters.accounting.messages import NAVISION, PlainEntry, PlainJournal, PlainPosting, Row
from refusion.reports.text import harmless
from refusion.values.money import kroner
from refusion.workflow.ports.books.journal import Journal, JournalLine

LINE_STEP = 10_000
OWN_CURRENCY = "DKK"
_MOST = {column.name: column.most for column in NAVISION}


def to_navision(journal: Journal) -> Iterator[Row]:
    """Give a general journal's lines, the credit and debit in columns of their own and the amount beside."""
    for number, line in enumerate(journal.lines, 1):
        yield {
            "Linjenr.": str(number * LINE_STEP),
            "Bogføringsdato": line.day.strftime("%d-%m-%Y"),
            "Bilagsnr.": code_of(line),
            "Eksternt bilagsnr.": _cut("Eksternt bilagsnr.", f"{journal.institution}-{journal.number}-{_text(line.claim)}"),
            "Kontotype": "Finans",
            "Kontonr.": line.account,
            "Beskrivelse": _cut("Beskrivelse", f"{_text(line.claim)} {_short(line.says)}".strip()),
            "Debetbeløb": _danish(line.amount) if line.amount > 0 else "",
            "Kreditbeløb": _danish(-line.amount) if line.amount < 0 else "",
            "Beløb": _danish(line.amount),
            "Valutakode": "" if journal.currency == OWN_CURRENCY else journal.currency,
            "Årsagskode": line.reason.upper(),
        }


def to_csv(journal: Journal) -> Iterator[Row]:
    """Give one row per posting with all that is known of it."""
    for line in journal.lines:
        yield {
            "institution": harmless(journal.institution),
            "batch": str(journal.number),
            "entry": str(line.entry),
            "line": str(line.line),
            "day": line.day.isoformat(),
            "account": line.account,
            "account_name": harmless(line.account_name),
            "debit": kroner(line.amount) if line.amount > 0 else "",
            "credit": kroner(-line.amount) if line.amount < 0 else "",
            "amount": kroner(line.amount),
            "currency": journal.currency,
            "reason": line.reason,
            "text": harmless(_one_line(line.says)),
            "claim": _text(line.claim),
            "case": _text(line.case),
            "kind": line.kind or "",
            "corrects": _text(line.corrects),
        }


def to_plain(journal: Journal) -> PlainJournal:
    """Give a plain-text ledger: a transaction for each entry, with its numbers as tags."""
    names = {line.account: "" for line in sorted(journal.lines, key=lambda line: line.account)}
    names |= {line.account: _one_line(line.account_name) for line in journal.lines if line.account_name}
    remarks = (
        f"Refusion: journal of {journal.institution}, batch {journal.number} for {journal.target}",
        f"days {journal.first.isoformat()} to {journal.last.isoformat()}",
        f"{journal.entries} transactions, debit {kroner(journal.debit)} {journal.currency}",
    )
    entries = (tuple(lines) for _, lines in groupby(journal.lines, key=lambda line: line.entry))
    return PlainJournal(remarks, journal.currency, tuple(names.items()), tuple(_entry(journal, lines) for lines in entries))


def code_of(line: JournalLine) -> str:
    """Give the document number of an entry."""
    return f"RF{line.entry}"


def _entry(journal: Journal, lines: tuple[JournalLine, ...]) -> PlainEntry:
    head = lines[0]
    # A semicolon would begin a comment.
    description = _one_line(head.says).replace(";", ",") or head.reason
    numbers = (("claim", head.claim), ("case", head.case), ("corrects", head.corrects))
    tags = (("reason", head.reason), *((name, str(number)) for name, number in numbers if number is not None))
    postings = tuple(PlainPosting(line.account, line.amount, journal.currency) for line in lines)
    return PlainEntry(head.day.isoformat(), code_of(head), description, tags, postings)


def _cut(column: str, text: str) -> str:
    return harmless(text)[: _MOST[column]].rstrip()


def _short(text: str) -> str:
    """Give the words of a sentence before its amounts."""
    return _one_line(text).partition(":")[0].partition(";")[0]


def _danish(amount: int) -> str:
    return kroner(amount).replace(".", ",")


def _text(number: int | None) -> str:
    return "" if number is None else str(number)


def _one_line(text: str) -> str:
    return " ".join(text.split())

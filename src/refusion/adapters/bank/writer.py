"""Writes camt.053.001.02 and camt.054.001.02 as a Danish bank does: for the twin, and for samples of our own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from refusion.adapters.bank.stream import ISO
from refusion.values.money import kroner

LINE, NAME, REFERENCE, ADDRESS = 140, 140, 35, 70
REMITTANCE_LINES, ADDRESS_LINES = 10, 7


@dataclass(frozen=True, slots=True)
class WrittenTransaction:
    """One transaction as it shall stand in the file; ``amount`` in øre, signed."""

    amount: int
    bank_reference: str | None
    end_to_end: str | None
    payer: str | None
    payer_address: tuple[str, ...]
    text: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WrittenEntry:
    """One line as it shall stand in the file, with its transactions; pending lines have no booking day."""

    amount: int
    status: str
    day: date
    bank_reference: str | None
    transactions: tuple[WrittenTransaction, ...]
    note: str | None = None


@dataclass(frozen=True, slots=True)
class WrittenHead:
    """What the file says of itself and of the account; amounts in øre."""

    message_id: str
    identification: str
    number: int
    day: date
    iban: str
    currency: str
    owner: str
    bic: str
    opening: int | None = None


def write_statement(head: WrittenHead, entries: Sequence[WrittenEntry]) -> bytes:
    """Write a statement (camt.053.001.02) whose closing balance is the opening one plus the booked lines."""
    opening = head.opening or 0
    closing = opening + sum(entry.amount for entry in entries if entry.status == "BOOK")
    balances = _balance(head, "OPBD", opening) + _balance(head, "CLBD", closing)
    return _document("camt.053.001.02", "BkToCstmrStmt", "Stmt", (head, balances, entries))


def write_notification(head: WrittenHead, entries: Sequence[WrittenEntry]) -> bytes:
    """Write a notification (camt.054.001.02): the same lines without balances."""
    return _document("camt.054.001.02", "BkToCstmrDbtCdtNtfctn", "Ntfctn", (head, "", entries))


def _document(message: str, body: str, part: str, content: tuple[WrittenHead, str, Sequence[WrittenEntry]]) -> bytes:
    """Put head, balances and lines into their document."""
    head, balances, entries = content
    created = f"{head.day.isoformat()}T23:30:00+01:00"
    lines = "".join(_entry(head.currency, number, entry) for number, entry in enumerate(entries, 1))
    group = _of("GrpHdr", _say("MsgId", head.message_id, REFERENCE) + _of("CreDtTm", created))
    named = _say("Id", head.identification, REFERENCE) + _of("ElctrncSeqNb", str(head.number))
    inside = _of(part, named + _of("CreDtTm", created) + _account(head) + balances + lines)
    whole = f'<Document xmlns="{ISO}{message}">{_of(body, group + inside)}</Document>'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{whole}\n'.encode()


def _account(head: WrittenHead) -> str:
    """Write the account with its owner and bank."""
    owner = _of("Ownr", _say("Nm", head.owner, NAME))
    servicer = _of("Svcr", _of("FinInstnId", _of("BIC", head.bic)))
    return _of("Acct", _of("Id", _of("IBAN", head.iban)) + _of("Ccy", head.currency) + owner + servicer)


def _balance(head: WrittenHead, code: str, amount: int) -> str:
    """Write one balance."""
    kind = _of("Tp", _of("CdOrPrtry", _of("Cd", code)))
    return _of("Bal", kind + _amount(head.currency, amount) + _day("Dt", head.day))


def _entry(currency: str, number: int, entry: WrittenEntry) -> str:
    """Write one line on its own text line, so that an error names it by its row."""
    batch = _of("Btch", _of("NbOfTxs", str(len(entry.transactions)))) if len(entry.transactions) > 1 else ""
    details = "".join(_transaction(currency, transaction) for transaction in entry.transactions)
    code = "DMCT" if entry.amount >= 0 else "NTAV"
    return "\n" + _of(
        "Ntry",
        _of("NtryRef", str(number)),
        _amount(currency, entry.amount),
        _of("Sts", entry.status),
        _day("BookgDt", entry.day) if entry.status == "BOOK" else "",
        _day("ValDt", entry.day),
        _say("AcctSvcrRef", entry.bank_reference, REFERENCE),
        _code(code),
        _of("NtryDtls", batch + details),
        _say("AddtlNtryInf", entry.note, 500),
    )


def _transaction(currency: str, transaction: WrittenTransaction) -> str:
    """Write one transaction; a payer without a name stands in address lines alone, as Danish banks do."""
    references = _say("AcctSvcrRef", transaction.bank_reference, REFERENCE)
    references += _say("EndToEndId", transaction.end_to_end, REFERENCE)
    address = "".join(_say("AdrLine", line, ADDRESS) for line in transaction.payer_address[:ADDRESS_LINES])
    party = _say("Nm", transaction.payer, NAME) + (_of("PstlAdr", address) if address else "")
    role = "Dbtr" if transaction.amount >= 0 else "Cdtr"
    text = "".join(_say("Ustrd", line, LINE) for line in transaction.text[:REMITTANCE_LINES])
    amount = f'<Amt Ccy="{currency}">{kroner(abs(transaction.amount))}</Amt>'
    return _of(
        "TxDtls",
        _of("Refs", references) if references else "",
        _of("AmtDtls", _of("TxAmt", amount)),
        _of("RltdPties", _of(role, party)) if party else "",
        _of("RmtInf", text) if text else "",
    )


def _code(sub_family: str) -> str:
    """Write the bank transaction code of a domestic transfer."""
    family = "RCDT" if sub_family == "DMCT" else "NTAV"
    return _of("BkTxCd", _of("Domn", _of("Cd", "PMNT") + _of("Fmly", _of("Cd", family) + _of("SubFmlyCd", sub_family))))


def _amount(currency: str, amount: int) -> str:
    """Write an amount and its direction."""
    written = f'<Amt Ccy="{currency}">{kroner(abs(amount))}</Amt>'
    return written + _of("CdtDbtInd", "CRDT" if amount >= 0 else "DBIT")


def _day(tag: str, day: date) -> str:
    """Write a day."""
    return _of(tag, _of("Dt", day.isoformat()))


def _say(tag: str, text: str | None, longest: int) -> str:
    """Write a text, without what XML can't hold and no longer than the message allows; nothing for no text."""
    clean = _clean(text or "")[:longest].strip()
    return _of(tag, escape(clean)) if clean else ""


def _clean(text: Iterable[str]) -> str:
    """Leave out characters that XML 1.0 can't hold."""
    return "".join(character for character in text if character.isprintable())


def _of(tag: str, *inside: str) -> str:
    """Put finished text into an element."""
    return f"<{tag}>{''.join(inside)}</{tag}>"

"""From the bank's messages to our lines: øre with a sign, days, and everything that may say what was paid."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from refusion.adapters.bank.codec import NO_LIMITS_GIVEN, decode
from refusion.adapters.bank.messages import Amount, Entry, Statement, TransactionDetails
from refusion.adapters.bank.met import Met
from refusion.adapters.bank.refusals import refusal
from refusion.adapters.bank.stream import Limits
from refusion.settlements.bank_entry import (
    BOOKED,
    BankDetail,
    BankEntry,
    BankFile,
    BankStatement,
    account_number,
    line_identity,
)

CREDIT = "CRDT"
# ISO 4217: currencies of the accounts we may meet whose minor unit isn't a hundredth.
MINOR_DIGITS = {"JPY": 0, "KRW": 0, "ISK": 0, "CLP": 0, "VND": 0, "HUF": 2, "KWD": 3, "BHD": 3, "TND": 3}
_POWERS = (1, 10, 100, 1000)
_DECIMAL = re.compile(r"[+-]?(\d*)(?:\.(\d*))?")


def read(source: Path | str | BinaryIO, name: str, limits: Limits = NO_LIMITS_GIVEN) -> Iterator[BankEntry]:
    """Give the lines of a camt.053 or camt.054 file one by one, booked ones and others.

    Memory stays level, but for eight bytes per line that tell equal lines apart. Raises BadInput at the first thing
    that is wrong, when some lines may have been given: keep them in one transaction, or none.
    """
    if isinstance(source, Path | str):
        with Path(source).open("rb") as stream:
            yield from _lines(stream, name, limits, [])
    else:
        yield from _lines(source, name, limits, [])


def read_file(raw: bytes, name: str, limits: Limits = NO_LIMITS_GIVEN) -> BankFile:
    """Read a whole file, or nothing of it. Raises BadInput with file, line, element, value and remedy."""
    heads: list[Statement] = []
    entries = tuple(_lines(io.BytesIO(raw), name, limits, heads))
    return BankFile(
        name=name,
        kind=heads[0].message,
        version=heads[0].version,
        statements=tuple(map(_head, heads)),
        entries=entries,
        content_hash=hashlib.sha256(raw).hexdigest(),
    )


def minor_units(amount: Amount, name: str) -> int:
    """Give the amount in its currency's minor unit. Raises BadInput when it is finer than that."""
    digits = MINOR_DIGITS.get(amount.currency, 2)
    written = _DECIMAL.fullmatch(amount.written)
    assert written is not None, "the schema lets only decimal numbers through"
    whole, part = written.group(1) or "0", written.group(2) or ""
    if part[digits:].strip("0"):
        raise refusal("amount_too_fine", name, amount.row, amount=amount.written, currency=amount.currency)
    return int(whole) * _POWERS[digits] + int(part[:digits].ljust(digits, "0") or "0")


def _lines(source: BinaryIO, name: str, limits: Limits, heads: list[Statement]) -> Iterator[BankEntry]:
    """Translate entry by entry, numbering equal lines within each statement; collects the heads for the caller."""
    met = Met()
    for message in decode(source, name, limits):
        if isinstance(message, Statement):
            heads.append(message)
            met = Met()
        else:
            entry = translate(heads[-1], message, name)
            occurrence = met.count(int.from_bytes(line_identity(entry)[:8], "big"))
            yield entry if occurrence == 1 else replace(entry, occurrence=occurrence)


def translate(head: Statement, entry: Entry, name: str) -> BankEntry:
    """Give one line in our words. Raises BadInput when the amount is too fine or a booked line has no day."""
    booked_on = entry.booking_date
    if entry.status == BOOKED and booked_on is None:
        booked_on = entry.value_date
        if booked_on is None:
            raise refusal("no_booking_day", name, entry.row, position=entry.position)
    amount = _signed(minor_units(entry.amount, name), entry.sign)
    inside = tuple(_detail(detail, entry, name) for detail in entry.details)
    alone = inside[0] if len(inside) == 1 else None
    return BankEntry(
        account=account_number(head.account),
        currency=entry.amount.currency,
        amount=amount,
        booked_on=booked_on,
        value_on=entry.value_date,
        status=entry.status,
        reference=entry.account_servicer_reference or (alone.reference if alone else None),
        end_to_end=alone.end_to_end if alone else None,
        payer=alone.payer if alone else None,
        payer_address=alone.payer_address if alone else (),
        text=_text(inside, entry.additional),
        transaction_code=entry.transaction_code,
        is_reversal=entry.is_reversal,
        statement=head.identification,
        position=entry.position,
        fragment_hash=entry.fragment_hash,
        details=inside,
    )


def _detail(detail: TransactionDetails, entry: Entry, name: str) -> BankDetail:
    """Give one transaction in our words; an amount in another currency than the line's says nothing in øre."""
    payer = detail.debtor if entry.sign == CREDIT else detail.creditor
    amount = None
    if detail.amount is not None and detail.amount.currency == entry.amount.currency:
        amount = _signed(minor_units(detail.amount, name), detail.sign or entry.sign)
    return BankDetail(
        amount=amount,
        reference=detail.account_servicer_reference,
        end_to_end=detail.end_to_end,
        payer=payer.name,
        payer_address=payer.address,
        text=(*detail.unstructured, *detail.additional),
        creditor_references=detail.creditor_references,
    )


def _text(inside: tuple[BankDetail, ...], additional: str | None) -> tuple[str, ...]:
    """Collect every word that came with the line: the payer's lines, structured references, the bank's own notes."""
    told = [text for detail in inside for text in (*detail.text, *detail.creditor_references)]
    return (*told, additional) if additional else tuple(told)


def _signed(amount: int, sign: str) -> int:
    """Count money in as positive, money out as negative."""
    return amount if sign == CREDIT else -amount


def _head(statement: Statement) -> BankStatement:
    """Give a statement's head in our words."""
    return BankStatement(
        identification=statement.identification,
        account=account_number(statement.account),
        kind_of_number=statement.account_scheme,
        currency=statement.account_currency,
    )

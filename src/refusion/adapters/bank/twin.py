"""A bank that plays along: makes statements and notifications from payments, always the same ones from the same payments."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from refusion.adapters.bank.writer import (
    WrittenEntry,
    WrittenHead,
    WrittenTransaction,
    write_notification,
    write_statement,
)

BOOKED, PENDING = "BOOK", "PDNG"


@dataclass(frozen=True, slots=True)
class TwinAccount:
    """An account at the bank."""

    iban: str
    owner: str
    currency: str = "DKK"
    bic: str = "NDEADKKK"


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that reaches (or leaves) the account: ``amount`` in øre, signed.

    ``reference`` is the payer's, written as end-to-end id and as the first line of the text. ``parts`` makes the
    payment one booked sum with several transactions inside. ``has_bank_reference`` false leaves the bank's own out.
    """

    day: date
    amount: int
    reference: str | None
    text: tuple[str, ...] = ()
    payer: str | None = None
    payer_address: tuple[str, ...] = ()
    status: str = BOOKED
    has_bank_reference: bool = True
    parts: tuple[Payment, ...] = ()


@dataclass(frozen=True, slots=True)
class StatementOrder:
    """Which statement to make: its number, its opening balance in øre, and an id when the bank shall use one again."""

    number: int = 1
    opening: int = 0
    identification: str | None = None


@dataclass(frozen=True, slots=True)
class DayFile:
    """A file that the bank sends at the end of a day."""

    day: date
    name: str
    content: bytes


FIRST_ORDER = StatementOrder()


def statement(account: TwinAccount, day: date, payments: Iterable[Payment], order: StatementOrder = FIRST_ORDER) -> bytes:
    """Make the day's statement (camt.053.001.02) of the account from its payments of that day."""
    return write_statement(_head(account, day, order), _entries(account, day, payments))


def notification(account: TwinAccount, day: date, payments: Iterable[Payment], order: StatementOrder = FIRST_ORDER) -> bytes:
    """Make the day's notification (camt.054.001.02): the same lines, told earlier."""
    return write_notification(_head(account, day, order), _entries(account, day, payments))


def statements_by_day(account: TwinAccount, payments: Sequence[Payment], opening: int = 0) -> Iterator[DayFile]:
    """Make one statement for each day that has payments, balances following one another."""
    balance = opening
    for number, day in enumerate(sorted({payment.day for payment in payments}), 1):
        of_day = [payment for payment in payments if payment.day == day]
        content = statement(account, day, of_day, StatementOrder(number, balance))
        yield DayFile(day, f"camt053-{day.isoformat()}-{account.iban[-4:]}.xml", content)
        balance += sum(payment.amount for payment in of_day if payment.status == BOOKED)


def lump(payments: Sequence[Payment], payer: str | None = None) -> Payment:
    """Put several payments of one day into one booked sum that lists them.

    Raises ValueError for payments of different days, or for none.
    """
    days = {payment.day for payment in payments}
    if len(days) != 1:
        raise ValueError("a lump sum has at least one payment and one day")
    total = sum(payment.amount for payment in payments)
    return Payment(days.pop(), total, None, payer=payer or payments[0].payer, parts=tuple(payments))


def split(payment: Payment, amounts: Sequence[int]) -> tuple[Payment, ...]:
    """Pay in several sums under the same reference. Raises ValueError unless they add up to the payment."""
    if sum(amounts) != payment.amount:
        raise ValueError(f"{amounts} øre do not add up to {payment.amount}")
    return tuple(replace(payment, amount=amount) for amount in amounts)


def _head(account: TwinAccount, day: date, order: StatementOrder) -> WrittenHead:
    """Name the file by account, day and number."""
    named = order.identification or f"{day.isoformat()}-{account.currency}{account.iban[-4:]}-{order.number}"
    return WrittenHead(
        message_id=f"XML{day:%Y%m%d}{order.number:06d}{account.iban[-8:]}",
        identification=named,
        number=order.number,
        day=day,
        iban=account.iban,
        currency=account.currency,
        owner=account.owner,
        bic=account.bic,
        opening=order.opening,
    )


def _entries(account: TwinAccount, day: date, payments: Iterable[Payment]) -> list[WrittenEntry]:
    """Turn the payments of the day into lines; equal payments get references of their own by their order."""
    met: Counter[Payment] = Counter()
    entries = []
    for payment in payments:
        if payment.day == day:
            met[payment] += 1
            entries.append(_entry(account, payment, met[payment]))
    return entries


def _entry(account: TwinAccount, payment: Payment, occurrence: int) -> WrittenEntry:
    """Turn one payment into a line."""
    reference = _bank_reference(account, payment, occurrence)
    inside = payment.parts or (payment,)
    transactions = tuple(_transaction(part, f"{reference}{number:02d}") for number, part in enumerate(inside, 1))
    return WrittenEntry(
        amount=payment.amount,
        status=payment.status,
        day=payment.day,
        bank_reference=reference if payment.has_bank_reference else None,
        transactions=transactions if payment.has_bank_reference else _without_reference(transactions),
    )


def _transaction(payment: Payment, bank_reference: str) -> WrittenTransaction:
    """Turn one payment into a transaction of a line."""
    named = (payment.reference,) if payment.reference else ()
    return WrittenTransaction(
        amount=payment.amount,
        bank_reference=bank_reference,
        end_to_end=payment.reference,
        payer=payment.payer,
        payer_address=payment.payer_address,
        text=(*named, *payment.text),
    )


def _without_reference(transactions: tuple[WrittenTransaction, ...]) -> tuple[WrittenTransaction, ...]:
    """Leave the bank's own references out."""
    return tuple(replace(transaction, bank_reference=None) for transaction in transactions)


def _bank_reference(account: TwinAccount, payment: Payment, occurrence: int) -> str:
    """Give the bank's own number of the line: it follows from what was paid, so that every file says the same."""
    told = repr((account.iban, payment, occurrence)).encode()
    return str(int.from_bytes(hashlib.sha256(told).digest()[:6], "big")).zfill(15)

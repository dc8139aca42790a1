"""Refuses a payment that no bank would take, before anything is written: account, name, amount."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from stdnum import iban
from stdnum.dk import cvr
from stdnum.no import kontonr

from refusion.adapters.bank.payments.orders import Order, Payment, Scheme
from refusion.values.national_number import NotANationalNumber, parse
from refusion.values.said import BadInput, Problem, said

LONGEST_ID, LONGEST_ORDER, MOST_PROBLEMS = 35, 28, 100
CURRENCIES: Mapping[Scheme, str] = MappingProxyType({
    Scheme.DK: "DKK", Scheme.NEMKONTO_CPR: "DKK", Scheme.NEMKONTO_CVR: "DKK", Scheme.NO: "NOK", Scheme.SE: "SEK",
})
"""A domestic account is paid in its own currency."""


def need_payable(order: Order, payments: Iterable[Payment], file: str) -> None:
    """Raise BadInput naming each payment that cannot go, by its row; rows count from 1 for the first payment."""
    problems = [_problem("order_id", file, None, order.id)] if not 0 < len(order.id) <= LONGEST_ORDER else []
    if not iban.is_valid(order.payer.iban):
        problems.append(_problem("payer_account", file, None, order.payer.iban))
    seen: set[str] = set()
    for row, payment in enumerate(payments, 1):
        if not _is_fine(payment, order.payer.currency):
            problems += [_problem(key, file, row, value) for key, value in _wrong(payment, order.payer.currency)]
        if payment.id in seen:
            problems.append(_problem("same_id", file, row, payment.id))
        seen.add(payment.id)
        if len(problems) >= MOST_PROBLEMS:
            break
    if problems:
        raise BadInput(*problems)


def need_accounts(payments: Iterable[Payment], rows: Iterable[int], file: str) -> None:
    """Raise BadInput naming each payment of a run whose account no bank takes, by its row in the file."""
    problems = [
        _problem(f"account_{payment.scheme.value}", file, row, None)
        for payment, row in zip(payments, rows, strict=True)
        if not ACCOUNTS[payment.scheme](payment)
    ]
    if problems:
        raise BadInput(*problems[:MOST_PROBLEMS])


def _is_fine(payment: Payment, currency: str) -> bool:
    """Tell at once that nothing is wrong, as with nearly every payment."""
    return (
        0 < len(payment.id) <= LONGEST_ID
        and payment.amount > 0
        and bool(payment.name.strip())
        and CURRENCIES.get(payment.scheme, currency) == currency
        and ACCOUNTS[payment.scheme](payment)
    )


def _wrong(payment: Payment, currency: str) -> Iterable[tuple[str, str | None]]:
    """Give what is wrong with a payment: which sentence, and the value where it names no person's account."""
    if not 0 < len(payment.id) <= LONGEST_ID:
        yield "id", payment.id
    if payment.amount <= 0:
        yield "amount", str(payment.amount)
    if not payment.name.strip():
        yield "name", None
    if CURRENCIES.get(payment.scheme, currency) != currency:
        yield "currency", currency
    if not ACCOUNTS[payment.scheme](payment):
        yield f"account_{payment.scheme.value}", None


def _digits(text: str, fewest: int, most: int) -> bool:
    return text.isascii() and text.isdecimal() and fewest <= len(text) <= most


def _is_person(payment: Payment) -> bool:
    try:
        parse(payment.account, "DK")
    except NotANationalNumber:
        return False
    return True


def _problem(key: str, file: str, row: int | None, value: str | None) -> Problem:
    return Problem(said(f"pain.{key}"), said(f"pain.{key}_remedy"), file=file, row=row, value=value)


ACCOUNTS: Mapping[Scheme, Callable[[Payment], bool]] = MappingProxyType({
    Scheme.IBAN: lambda payment: bool(iban.is_valid(payment.account)),
    Scheme.DK: lambda payment: _digits(payment.bank, 4, 4) and _digits(payment.account, 1, 10),
    Scheme.NO: lambda payment: _digits(payment.account, 11, 11) and bool(kontonr.is_valid(payment.account)),
    Scheme.SE: lambda payment: _digits(payment.bank, 4, 5) and payment.bank[0] != "0" and _digits(payment.account, 2, 12),
    Scheme.NEMKONTO_CPR: _is_person,
    Scheme.NEMKONTO_CVR: lambda payment: bool(cvr.is_valid(payment.account)),
})

"""Which lines are not the institution's to book: they stay in the tray with the reason, and nothing of them is lost."""

from __future__ import annotations

from collections.abc import Mapping

from refusion.settlements.bank_entry import BankEntry, account_number
from refusion.values.said import Said, said

Owned = Mapping[str, str]


def tray_reason(entry: BankEntry, owned: Owned) -> Said | None:
    """Say why a line stays in the tray, or None when it is the institution's to book.

    ``owned`` gives the currency of each account that the institution owns, by number in any writing.
    """
    currencies = {account_number(number): currency for number, currency in owned.items()}
    currency = currencies.get(entry.account)
    if currency is None:
        return said("bank.foreign_account", account=entry.account)
    if currency != entry.currency:
        return said("bank.foreign_currency", currency=entry.currency, account_currency=currency)
    if not entry.is_booked:
        return said("bank.not_booked_yet", status=entry.status)
    return None

"""The accounts that postings stand on: data with sources, replaceable per institution."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

PURPOSES = ("receivable", "income", "bank", "loss")
PARTED = ":"
OWN = "institution"
"""The source of a number that the institution chose itself."""
NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{0,19}")


@dataclass(frozen=True, slots=True)
class Account:
    """One account: its number, the text key of what it is for, its source, and whether that source states the use."""

    number: str
    says: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """Which account serves which purpose in an institution."""

    receivable: Account
    income: Account
    bank: Account
    loss: Account

    def with_numbers(self, numbers: Mapping[str, str], kind: str = "") -> Chart:
        """Give the chart with an institution's own numbers; those of the case kind go before those for every kind.

        ``numbers`` are keyed by purpose, or by purpose and kind (``income:parental``, :func:`place_of`). Raises ValueError
        for an unknown purpose. What waits on the receivable is what the authority still owes, and what stands on the bank
        is what came, so that neither shares its account.
        """
        unknown = {place.partition(PARTED)[0] for place in numbers} - set(PURPOSES)
        if unknown:
            raise ValueError(f"no such purpose: {', '.join(sorted(unknown))}")
        own = {
            purpose: replace(getattr(self, purpose), number=number, source=OWN, verified=True)
            for purpose in PURPOSES
            if (number := numbers.get(place_of(purpose, kind), numbers.get(purpose)))
        }
        chart = replace(self, **own)
        if chart.receivable.number in {chart.income.number, chart.bank.number, chart.loss.number}:
            raise ValueError("the receivable needs an account of its own")
        if chart.bank.number in {chart.income.number, chart.loss.number}:
            raise ValueError("the bank needs an account of its own")
        return chart


def place_of(purpose: str, kind: str = "") -> str:
    """Give the key under which an institution's own number stands: for every kind, or for one."""
    return f"{purpose}{PARTED}{kind}" if kind else purpose


def is_number(written: str) -> bool:
    """Tell whether a text may be an account's number: letters, digits, dots and hyphens, at most 20 (Navision's field)."""
    return NUMBER.fullmatch(written) is not None


@cache
def default_chart() -> Chart:
    """Give the chart of a Danish state institution, from ``accounts.toml``."""
    written = tomllib.loads(Path(__file__).with_name("accounts.toml").read_text(encoding="utf-8"))
    return Chart(**{purpose: Account(**written[purpose]) for purpose in PURPOSES})

"""The accounts that postings stand on: data with sources, replaceable per institution."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

PURPOSES = ("receivable", "income", "bank", "loss")


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

    def with_numbers(self, numbers: Mapping[str, str]) -> Chart:
        """Give the chart with an institution's own numbers, by purpose. Raises ValueError for an unknown purpose.

        The receivable must be an account of its own: what waits there is what the authority still owes.
        """
        unknown = set(numbers) - set(PURPOSES)
        if unknown:
            raise ValueError(f"no such purpose: {', '.join(sorted(unknown))}")
        own = {
            purpose: replace(getattr(self, purpose), number=number, source="institution", verified=True)
            for purpose, number in numbers.items()
        }
        chart = replace(self, **own)
        if chart.receivable.number in {chart.income.number, chart.bank.number, chart.loss.number}:
            raise ValueError("the receivable needs an account of its own")
        return chart


@cache
def default_chart() -> Chart:
    """Give the chart of a Danish state institution, from ``accounts.toml``."""
    written = tomllib.loads(Path(__file__).with_name("accounts.toml").read_text(encoding="utf-8"))
    return Chart(**{purpose: Account(**written[purpose]) for purpose in PURPOSES})

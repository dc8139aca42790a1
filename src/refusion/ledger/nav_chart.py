"""The accounts of Norwegian refunds by profile, with the standard account that an export maps each to; numbers are configuration."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from refusion.ledger.accounts import OWN, is_number

DEFAULT_PROFILE = "uio"


class Role(StrEnum):
    """What an account is for."""

    DEBTOR_PARENTAL = "debtor_parental"
    DEBTOR_SICKNESS = "debtor_sickness"
    DEBTOR_HOLIDAY = "debtor_holiday"
    BANK = "bank"
    INTERIM = "interim"
    INCOME_PARENTAL = "income_parental"
    INCOME_SICKNESS = "income_sickness"
    HOLIDAY_PARENTAL = "holiday_parental"
    HOLIDAY_SICKNESS = "holiday_sickness"
    DEVIATION_PARENTAL = "deviation_parental"
    DEVIATION_SICKNESS = "deviation_sickness"
    ACCRUAL = "accrual"
    ACCRUED_PARENTAL = "accrued_parental"
    ACCRUED_SICKNESS = "accrued_sickness"


DEBTORS = frozenset({Role.DEBTOR_PARENTAL, Role.DEBTOR_SICKNESS, Role.DEBTOR_HOLIDAY})
INCOME = frozenset({Role.INCOME_PARENTAL, Role.INCOME_SICKNESS, Role.HOLIDAY_PARENTAL, Role.HOLIDAY_SICKNESS})
DEVIATIONS = frozenset({Role.DEVIATION_PARENTAL, Role.DEVIATION_SICKNESS})


@dataclass(frozen=True, slots=True)
class NavAccount:
    """One account: its number, the standard account of SAF-T, the number's source, and whether that source states the use."""

    number: str
    standard: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class NavChart:
    """Which account serves which purpose."""

    accounts: Mapping[Role, NavAccount]

    def number(self, role: Role) -> str:
        """Give the number of the account for a purpose."""
        return self.accounts[role].number

    def standard(self, number: str) -> str:
        """Give the standard account that a number maps to; empty for a number that is not in the chart."""
        return next((account.standard for account in self.accounts.values() if account.number == number), "")

    def with_numbers(self, numbers: Mapping[str, str]) -> NavChart:
        """Give the chart with an institution's own numbers, by purpose.

        Raises ValueError for an unknown purpose, a text that is no number, and a cost account that is also a debtor, bank or interim
        account: what waits could then not be told from what came.
        """
        unknown = set(numbers) - set(Role)
        if unknown:
            raise ValueError(f"no such purpose: {', '.join(sorted(unknown))}")
        wrong = [number for number in numbers.values() if not is_number(number)]
        if wrong:
            raise ValueError(f"no account number: {', '.join(sorted(wrong))}")
        own = {Role(role): replace(self.accounts[Role(role)], number=number, source=OWN, verified=True) for role, number in numbers.items()}
        chart = NavChart(MappingProxyType({**self.accounts, **own}))
        chart.refuse_mixed()
        return chart

    def refuse_mixed(self) -> None:
        """Raise ValueError where accounts that must stay apart share a number."""
        costs = INCOME | DEVIATIONS | {Role.ACCRUED_PARENTAL, Role.ACCRUED_SICKNESS}
        groups = (costs, DEBTORS, {Role.BANK}, {Role.INTERIM}, {Role.ACCRUAL})
        numbers = [number for group in groups for number in {self.number(role) for role in group}]
        if len(numbers) != len(set(numbers)):
            raise ValueError("costs, debtor, bank, interim and accrual need accounts of their own")


@cache
def nav_chart(profile: str = DEFAULT_PROFILE) -> NavChart:
    """Give the chart of a profile from ``nav_accounts.toml``. Raises ValueError for a profile that is not there."""
    written = tomllib.loads(Path(__file__).with_name("nav_accounts.toml").read_text(encoding="utf-8"))
    if profile not in written:
        raise ValueError(f"no such profile: {profile}")
    chart = NavChart(MappingProxyType({role: NavAccount(**written[profile][role]) for role in Role}))
    chart.refuse_mixed()
    return chart


def profiles() -> tuple[str, ...]:
    """Name the profiles there are."""
    return tuple(tomllib.loads(Path(__file__).with_name("nav_accounts.toml").read_text(encoding="utf-8")))

"""The income accounts of funds as the state's guide on accounts names them, where an institution says nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from refusion.cases.facts import Kind

# SLS-guide, Artskonto (danish-counterparties §3.3); which of them a clarification course goes to is read from the words.
INCOME: Mapping[Kind, str] = MappingProxyType({
    Kind.PARENTAL_FUND: "18.89",
    Kind.STATE_FLEKSJOB: "18.87",
    Kind.FLEKSJOB_WAGE: "18.92",
    Kind.WAGE_SUBSIDY: "18.92",
    Kind.CLARIFICATION: "18.92",
})


def own_numbers(accounts: Mapping[str, str]) -> Mapping[str, str]:
    """Give an institution's account numbers with those of funds beside them; its own go before them, for every kind too."""
    return accounts if "income" in accounts else {**{f"income:{kind.value}": number for kind, number in INCOME.items()}, **accounts}

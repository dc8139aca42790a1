"""Every figure on the way to a county's amounts, exact, for those who read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from refusion.grants.paid import Figure
from refusion.grants.payout import Run
from refusion.values.money import kroner


def of_county(run: Run, county: str) -> dict[str, dict[str, str]]:
    """Give every figure on the way to a county's amounts, by pot: its own, and those of the country; exact, kronor as text."""
    return {name: {**dict(_figures(pot.figures, county)), "paid": kroner(pot.by_county[county])} for name, pot in run.pots.items()}


def _figures(figures: Mapping[str, Figure], county: str) -> Iterator[tuple[str, str]]:
    for name, figure in figures.items():
        own = figure if isinstance(figure, Fraction) else figure.get(county)
        if own is not None:
            yield name, str(own)

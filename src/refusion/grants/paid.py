"""What one pot gives: to each county and payee, what overflows, what stays with the state, and every figure on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from refusion.values.money import Ore
from refusion.values.said import Said

NOTHING = Ore(0)
Figure: TypeAlias = Fraction | Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Paid:
    """The outcome of one pot in øre; ``figures`` are exact, by step, of the country or by county."""

    available: Ore
    by_county: Mapping[str, Ore]
    by_payee: Mapping[str, Ore] = field(default_factory=dict)
    overflow: Ore = NOTHING
    figures: Mapping[str, Figure] = field(default_factory=dict)
    warnings: tuple[Said, ...] = ()

    @property
    def paid(self) -> Ore:
        """Give all that is paid."""
        return Ore(sum(self.by_county.values()) + sum(self.by_payee.values()))

    @property
    def unpaid(self) -> Ore:
        """Give what stays with the state."""
        return Ore(self.available - self.paid - self.overflow)

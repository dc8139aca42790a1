"""ftrl §§ 8-10, 14-7, 22-3: six base amounts shared among all employers of a person, and what each gets of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from refusion.law.engine.refusals import NotAnswered
from refusion.law.engine.rule import account
from refusion.law.norway.statutes import FTRL
from refusion.values.money import Ore
from refusion.values.said import said

WHOLE = 10_000


@dataclass(frozen=True, slots=True)
class Employer:
    """What one employer pays, claims, and gave in kind, in øre a year."""

    gross: int
    claim: int
    in_kind: int = 0

    @property
    def limited_claim(self) -> int:
        """Give the claim, never above the gross pay: benefits in kind are the person's."""
        return min(self.claim, self.gross)


@dataclass(frozen=True, slots=True)
class Shares:
    """What a year gives each employer and the person for each employment, in øre, in the order of the employers."""

    employers: tuple[Ore, ...]
    person: tuple[Ore, ...]


@account(FTRL.section("8-10").subsection(2), called="avkortet beregningsgrunnlag")
def capped_shares(employers: Sequence[Employer], limit: int, coverage: int) -> Shares:
    """Share a limit (øre a year) among employers, times a coverage in basis points; each amount is rounded once, half up.

    Raises NotAnswered for a negative amount.
    """
    if min((amount for each in employers for amount in (each.gross, each.claim, each.in_kind)), default=0) < 0:
        raise NotAnswered(said("law.negative_fact", name="amount", value=-1))
    refunds, person = _whole_shares(employers, limit)
    return Shares(_covered(refunds, coverage), _covered(person, coverage))


def _whole_shares(employers: Sequence[Employer], limit: int) -> tuple[list[Fraction], list[Fraction]]:
    claims = [Fraction(each.limited_claim) for each in employers]
    total = sum(each.gross + each.in_kind for each in employers)
    if total <= limit:
        return claims, [each.gross + each.in_kind - claim for each, claim in zip(employers, claims, strict=True)]
    nothing = [Fraction(0)] * len(claims)
    if sum(claims) > limit:
        return _filled(claims, [each.gross for each in employers], limit), nothing
    # Every claim is met; who claims less than the own share of the limit leaves the rest of it to the person.
    parts = _lifted(claims, [each.gross + each.in_kind for each in employers], limit)
    return claims, [part - claim for part, claim in zip(parts, claims, strict=True)]


def _filled(claims: list[Fraction], weights: list[int], limit: int) -> list[Fraction]:
    """Share the limit by weight; whoever would get more than the claim gets the claim, and the rest is shared anew."""
    return _settled(claims, weights, limit, above=True)


def _lifted(claims: list[Fraction], weights: list[int], limit: int) -> list[Fraction]:
    """Share the limit by weight; whoever would get less than the claim gets the claim, and the rest is shared anew."""
    return _settled(claims, weights, limit, above=False)


def _settled(claims: list[Fraction], weights: list[int], limit: int, *, above: bool) -> list[Fraction]:
    fixed: set[int] = set()
    while True:
        rest = limit - sum(claims[place] for place in fixed)
        weight = sum(weight for place, weight in enumerate(weights) if place not in fixed)
        parts = [claims[place] if place in fixed else _part(rest, weights[place], weight) for place in range(len(claims))]
        passed = {
            place for place, part in enumerate(parts) if place not in fixed and part != claims[place] and (part > claims[place]) is above
        }
        if not passed:
            return parts
        fixed |= passed


def _part(rest: Fraction | int, weight: int, in_all: int) -> Fraction:
    return Fraction(rest) * weight * Fraction(1, in_all) if in_all else Fraction(0)


def _covered(amounts: Sequence[Fraction], coverage: int) -> tuple[Ore, ...]:
    return tuple(Ore(_half_up(amount * coverage, WHOLE)) for amount in amounts)


def _half_up(amount: Fraction, parts: int) -> int:
    return (2 * amount.numerator + amount.denominator * parts) // (2 * amount.denominator * parts)

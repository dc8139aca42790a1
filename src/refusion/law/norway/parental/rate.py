"""ftrl §§ 14-7, 14-16, 22-3: what a day of leave gives, whole or graded, and which claims count."""

# ruff: noqa: D401 (a rule states what holds)

from __future__ import annotations

from refusion.law.engine.numbers import BASIS_POINTS, ORE, Amount, Day, Share, Truth
from refusion.law.engine.parameters import figures
from refusion.law.engine.rule import rule
from refusion.law.engine.words import at_least, at_most, portion, when
from refusion.law.norway.base_amount import base_amount, least_basis, six_base_amounts
from refusion.law.norway.days import PAID_DAYS_OF_YEAR
from refusion.law.norway.statutes import FTRL, REFUND_RIGHT

FIGURES = figures(__file__, "basis.toml")
LEAST_MONTHLY_CLAIM = FIGURES["least_monthly_claim"]
MONTHS_IN_YEAR = FIGURES["months_in_year"]
KRONE = 100
WHOLE = 10_000


@rule(FTRL.section("14-7"), called="dagsats av beregningsgrunnlaget", gives=ORE)
def benefit_rate(basis_ore: Amount, coverage: Share, start: Day) -> Amount:
    """The basis within six base amounts of the start, times coverage, over 260 days; nothing under half a base amount."""
    limited = at_most(basis_ore, six_base_amounts(base_amount(start)))
    rate = KRONE * portion(limited, coverage, PAID_DAYS_OF_YEAR.ever() * KRONE * WHOLE)
    return when(basis_ore >= least_basis(start), rate, 0)


@rule(FTRL.section("14-16"), called="stillingsprosent ved uttaket", gives=BASIS_POINTS)
def counted_position(position: Share, graded: Truth) -> Share:
    """The position; a leave that is not graded counts as from a whole one."""
    return when(graded, position, WHOLE)


@rule(FTRL.section("14-16"), called="refusjon pr. dag ved gradert uttak", gives=ORE)
def graded_refund_rate(refund_ore: Amount, position: Share, work: Share, degree: Share) -> Amount:
    """The employer's part of a year's refund: with a graded part-time position never more than the share of it on leave."""
    part = _employer_part(refund_ore, position, work, degree)
    return KRONE * ((2 * part + _scale(position)) // (2 * _scale(position)))


@rule(FTRL.section("14-16"), called="utbetaling til bruker pr. dag ved gradert uttak", gives=ORE)
def graded_person_rate(person_ore: Amount, refund_ore: Amount, position: Share, work: Share, degree: Share) -> Amount:
    """The person's own part, and what the employer does not get of the graded refund."""
    own = (person_ore + refund_ore) * degree * at_least(position, 1)
    part = own - _employer_part(refund_ore, position, work, degree)
    return KRONE * ((2 * part + _scale(position)) // (2 * _scale(position)))


def _scale(position: Share) -> Amount:
    return PAID_DAYS_OF_YEAR.ever() * KRONE * WHOLE * at_least(position, 1)


def _employer_part(refund_ore: Amount, position: Share, work: Share, degree: Share) -> Amount:
    # Counted in parts of the position and of the degree, so that nothing is rounded before the whole krone.
    by_degree = refund_ore * degree * at_least(position, 1)
    on_leave = at_least(refund_ore * when(position > 0, position - work, 0) * WHOLE, 0)
    return when(position >= WHOLE, by_degree, at_most(on_leave, by_degree))


@rule(REFUND_RIGHT, called="refusjonskrav som regnes med", gives=ORE)
def counted_claim(monthly_ore: Amount) -> Amount:
    """A monthly claim; one that gives less than 50 øre a day is none."""
    return when(monthly_ore >= LEAST_MONTHLY_CLAIM.ever(), monthly_ore, 0)


@rule(REFUND_RIGHT, called="gradert refusjonskrav pr. år", gives=ORE)
def graded_annual_claim(monthly_ore: Amount, degree: Share) -> Amount:
    """A monthly claim times 12, for the degree of the leave."""
    return portion(monthly_ore * MONTHS_IN_YEAR.ever(), degree, WHOLE)

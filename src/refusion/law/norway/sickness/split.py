"""ftrl §§ 8-10, 8-13, 22-3: what NAV pays a day to each employer and to the person, by grade and within the basis."""

# ruff: noqa: D401 (a rule states what holds)

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from refusion.law.engine.numbers import ORE, YES_OR_NO, Amount, Day, Share, Truth
from refusion.law.engine.parameters import figures
from refusion.law.engine.refusals import NotAnswered
from refusion.law.engine.rule import account, rule
from refusion.law.engine.words import at_most, portion, when
from refusion.law.norway.base_amount import base_amount, six_base_amounts
from refusion.law.norway.days import PAID_DAYS_OF_YEAR
from refusion.law.norway.statutes import FTRL, REFUND_RIGHT
from refusion.values.money import Ore
from refusion.values.said import said

FIGURES = figures(__file__, "sickness.toml")
LEAST_GRADE = FIGURES["sickness_least_grade"]
KRONE = 100
WHOLE = 10_000


@dataclass(frozen=True, slots=True)
class Work:
    """One employment on a sick day: its grade in basis points, income and refund claim in øre a year."""

    grade: int
    income: int
    claim: int


@dataclass(frozen=True, slots=True)
class DaySplit:
    """What a day gives each employer and the person for each employment, whole kroner in øre."""

    employers: tuple[Ore, ...]
    person: tuple[Ore, ...]


@rule(FTRL.section("8-13"), called="sykdomsgrad på minst 20 prosent", gives=YES_OR_NO)
def is_grade_enough(weighted: Amount, income_ore: Amount) -> Truth:
    """The total grade, weighted by income (income times basis points), reaches 20 %."""
    return weighted >= income_ore * LEAST_GRADE.ever()


@rule(FTRL.section("8-10").subsection(2), called="sykepengegrunnlag", gives=ORE)
def sickness_basis(income_ore: Amount, start: Day) -> Amount:
    """A year's income, at most six base amounts of the start."""
    return at_most(income_ore, six_base_amounts(base_amount(start)))


@rule(FTRL.section("8-10").subsection(3), called="sykepenger pr. dag", gives=ORE)
def sickness_rate(basis_ore: Amount, income_ore: Amount, grade: Share) -> Amount:
    """Income within the basis, times the grade, over 260 days, to whole kroner; nothing below a grade of 20 %."""
    rate = KRONE * portion(at_most(basis_ore, income_ore), grade, PAID_DAYS_OF_YEAR.ever() * KRONE * WHOLE)
    return when(is_grade_enough(grade, 1), rate, 0)


@rule(REFUND_RIGHT, called="refusjon av sykepenger pr. dag", gives=ORE)
def sickness_refund_rate(claim_ore: Amount, income_ore: Amount, grade: Share, start: Day) -> Amount:
    """The claim, at most the income and six base amounts, times the grade, to whole kroner."""
    return sickness_rate(sickness_basis(claim_ore, start), income_ore, grade)


@account(REFUND_RIGHT, called="fordeling mellom arbeidsgivere og bruker")
def day_split(works: Sequence[Work], basis: int) -> DaySplit:
    """Give what a day pays for employments within a basis in øre a year; the basis is already within six base amounts.

    Employers are scaled down first and the person gets what is left; each amount is rounded by itself, half up.
    Raises NotAnswered for no income or a negative amount.
    """
    income = sum(work.income for work in works)
    if income <= 0 or min((amount for work in works for amount in (work.grade, work.income, work.claim)), default=0) < 0 or basis < 0:
        raise NotAnswered(said("law.no_income"))
    weighted = sum(work.income * work.grade for work in works)
    if not is_grade_enough(weighted, income):
        return DaySplit(*((Ore(0),) * len(works),) * 2)
    # All in øre a year times basis points times the whole income, so that one division at the end is all the rounding.
    budget = min(basis, income) * weighted
    claims = [min(work.claim, work.income) * work.grade * income for work in works]
    needs = [work.income * work.grade * income - claim for work, claim in zip(works, claims, strict=True)]
    left = max(0, budget - sum(claims))
    return DaySplit(_kroner(claims, budget, income), _kroner(needs, left, income))


def _kroner(wanted: Sequence[int], budget: int, income: int) -> tuple[Ore, ...]:
    """Give each the wanted part, all scaled down alike where the budget is less, as whole kroner a day."""
    in_all = sum(wanted)
    paid, of = (budget, in_all) if in_all > budget else (1, 1)
    parts = PAID_DAYS_OF_YEAR.ever() * KRONE * WHOLE * income * of
    return tuple(Ore(KRONE * ((2 * want * paid + parts) // (2 * parts))) for want in wanted)

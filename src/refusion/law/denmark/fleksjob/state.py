"""The state's fleksjob scheme: a share of the quarter's wage cost by the day of hiring, within a cap."""

# ruff: noqa: D401 (a rule states what holds)

from __future__ import annotations

from datetime import date

from refusion.law.denmark.statutes import STATE_FLEKSJOB
from refusion.law.engine.numbers import BASIS_POINTS, DAY, ORE, YES_OR_NO, Amount, Day, Share, Truth
from refusion.law.engine.parameters import figures
from refusion.law.engine.policies import Policy
from refusion.law.engine.refusals import NotAnswered
from refusion.law.engine.rule import account, rule
from refusion.law.engine.words import at_least, at_most, month_end, months_on, portion, when
from refusion.values.money import Ore
from refusion.values.said import said

FIGURES = figures(__file__, "fleksjob.toml")
STATE_FLEKSJOB_SHARE = FIGURES["state_fleksjob_share"]
STATE_FLEKSJOB_IS_CAPPED = FIGURES["state_fleksjob_is_capped"]
STATE_FLEKSJOB_QUARTER_CAP = FIGURES["state_fleksjob_quarter_cap"]
CONTRIBUTION_DUE_MONTHS = FIGURES["contribution_due_months"]
STATE_FLEKSJOB_CONTRIBUTION = FIGURES["state_fleksjob_contribution"]
CAP_ORDER = Policy(
    "fleksjob_cap",
    ("cap_before_deduction", "deduction_first"),
    "cap_before_deduction",
    "No source states whether the cap is on the wage cost or on what is left when other refunds are taken off.",
)
WHOLE = 10_000
QUARTERS = (1, 2, 3, 4)


@rule(STATE_FLEKSJOB.section("1"), called="refusionsandel efter ansættelsesdag", gives=BASIS_POINTS)
def state_fleksjob_share(hired_on: Day) -> Share:
    """All of it for those hired before 1 April 2002, then half."""
    return STATE_FLEKSJOB_SHARE.at(hired_on)


@rule(STATE_FLEKSJOB.section("1"), called="under kvartalsloftet", gives=YES_OR_NO)
def is_fleksjob_capped(hired_on: Day) -> Truth:
    """Those hired from 5 July 2006."""
    return STATE_FLEKSJOB_IS_CAPPED.at(hired_on) == 1


@rule(STATE_FLEKSJOB.section("1"), called="kvartalsloft", gives=ORE)
def fleksjob_quarter_cap(quarter_day: Day) -> Amount:
    """The highest wage cost of the quarter."""
    return STATE_FLEKSJOB_QUARTER_CAP.at(quarter_day)


@rule(STATE_FLEKSJOB.section("2"), called="lønudgift der indgår", gives=ORE)
def fleksjob_wage_cost(wage_ore: Amount, excluded_ore: Amount) -> Amount:
    """The wage cost less overtime, one-off pay, availability pay, contribution and holiday pay not earned in the job."""
    return at_least(wage_ore - excluded_ore, 0)


@rule(STATE_FLEKSJOB.section("2"), called="refusionsgrundlag", gives=ORE)
def fleksjob_base(wage_cost_ore: Amount, other_refunds_ore: Amount, cap_ore: Amount) -> Amount:
    """The wage cost within the cap less the refunds of others, never below nothing."""
    capped_first = at_most(wage_cost_ore, cap_ore) - other_refunds_ore
    deducted_first = at_most(wage_cost_ore - other_refunds_ore, cap_ore)
    return at_least(when(CAP_ORDER.follows("cap_before_deduction"), capped_first, deducted_first), 0)


@rule(STATE_FLEKSJOB.section("2"), called="fleksrefusion", gives=ORE)
def fleksjob_refund(base_ore: Amount, share: Share) -> Amount:
    """The share of the base, to whole øre."""
    return portion(base_ore, share, WHOLE)


@rule(STATE_FLEKSJOB.section("3"), called="fleksbidrag", gives=ORE)
def fleksjob_contribution(quarter_day: Day) -> Amount:
    """The contribution a month for each full-time year."""
    return STATE_FLEKSJOB_CONTRIBUTION.at(quarter_day)


@rule(STATE_FLEKSJOB.section("3"), called="bidragets forfaldsdag", gives=DAY)
def contribution_due_day(quarter_last_day: Day) -> Day:
    """The end of the second month after the quarter."""
    return month_end(months_on(quarter_last_day, CONTRIBUTION_DUE_MONTHS.ever()))


@account(STATE_FLEKSJOB.section("1"), called="fleksrefusion for et kvartal")
def quarter_refund(hired_on: date, year: int, quarter: int, wage_cost: int, other_refunds: int) -> Ore:
    """Give the state scheme's refund for a quarter in øre.

    Raises NotAnswered for a quarter that is none or before the hiring, NotKnown before the first known cap of those who have one.
    """
    if quarter not in QUARTERS:
        raise NotAnswered(said("law.no_such_quarter", quarter=quarter))
    first = date(year, 3 * quarter - 2, 1).toordinal()
    hired = hired_on.toordinal()
    if hired > month_end(months_on(first, 2)):
        raise NotAnswered(said("law.hired_after_the_quarter", hired_on=hired_on))
    cap = fleksjob_quarter_cap(first) if is_fleksjob_capped(hired) else wage_cost
    return Ore(fleksjob_refund(fleksjob_base(wage_cost, other_refunds, cap), state_fleksjob_share(hired)))
